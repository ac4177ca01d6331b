"""Small wrongs in Python source, one at a time: another comparison, operator or number, or nothing returned.

Texts are left alone, and so are types, decorators and f-strings: a wrong there is a wrong wording. A library that does
this exists (mutmut), but leaves properties and module constants alone, changes texts first, and copies the tree.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
}  # fmt: skip
_LEFT_ALONE = {"annotation", "returns", "decorator_list", "type_params"}


@dataclass(frozen=True)
class Mutation:
    """One wrong: where, what stands there, and what it becomes."""

    number: int
    line: int
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.was} → {self.becomes}"


@dataclass(frozen=True)
class _Change:
    """A field of a node, which is shown before and after, and what is put there."""

    node: ast.expr | ast.Return
    name: str
    value: object

    def make(self) -> None:
        setattr(self.node, self.name, self.value)

    def told(self, number: int) -> Mutation:
        """What it becomes; the tree is then as it was."""
        was, before = ast.unparse(self.node), getattr(self.node, self.name)
        self.make()
        becomes = ast.unparse(self.node)
        setattr(self.node, self.name, before)
        return Mutation(number, self.node.lineno, was, becomes)


def mutations(source: str) -> list[Mutation]:
    """Every mutation of a module, numbered from 0."""
    every = list(_changes(ast.parse(source)))  # before any is made
    return [change.told(number) for number, change in enumerate(every)]


def mutated(source: str, number: int) -> ast.Module:
    """The module with mutation `number`."""
    tree = ast.parse(source)
    list(_changes(tree))[number].make()
    return ast.fix_missing_locations(tree)


def _changes(node: ast.AST) -> Iterator[_Change]:
    """Those of a node itself, and then of what it holds."""
    if isinstance(node, ast.JoinedStr):
        return
    yield from _own(node)
    for name, child in ast.iter_fields(node):
        held = child if isinstance(child, list) else [child]
        for each in () if name in _LEFT_ALONE else held:
            if isinstance(each, ast.AST):
                yield from _changes(each)


def _own(node: ast.AST) -> Iterator[_Change]:
    match node:
        case ast.Compare():
            yield from _compared(node)
        case ast.BinOp() if type(node.op) in _COUNTED and not _text_or_type(node):
            yield _Change(node, "op", _COUNTED[type(node.op)]())
        case ast.BoolOp():
            other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield _Change(node, "op", other)
        case ast.UnaryOp(op=ast.Not()):
            twice = ast.UnaryOp(ast.Not(), node.operand)
            yield _Change(node, "operand", twice)
        case ast.Return(value=ast.expr()) if not _nothing(node.value):
            yield _Change(node, "value", ast.Constant(None))
        case ast.Constant():
            yield from _constants(node)


def _compared(node: ast.Compare) -> Iterator[_Change]:
    for place, operator in enumerate(node.ops):
        ops = [*node.ops[:place], _COMPARED[type(operator)](), *node.ops[place + 1 :]]
        yield _Change(node, "ops", ops)


def _constants(node: ast.Constant) -> Iterator[_Change]:
    value = node.value
    if isinstance(value, bool):
        yield _Change(node, "value", not value)
    elif isinstance(value, (int, float)):
        yield _Change(node, "value", value + 1)
        yield _Change(node, "value", value - 1)


def _text_or_type(node: ast.BinOp) -> bool:
    """Is this one text after another, or a type that may be None?"""
    return any(isinstance(side, ast.JoinedStr) or _is_text_or_none(side) for side in (node.left, node.right))


def _is_text_or_none(side: ast.expr) -> bool:
    return isinstance(side, ast.Constant) and isinstance(side.value, (str, bytes, type(None)))


def _nothing(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None
