"""Conditions as XLSForm writes them (`relevant`), and the small part of its expressions that a condition can say."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from skillnad.exchange.forms.xlsform_words import form_name, number_text
from skillnad.instruments.asked import Clause, Condition, Item, ItemKind

_TOKEN = re.compile(
    r"\s*(?:(?P<ref>\$\{\s*[^}\s]+\s*\}|\.(?![\d.]))|(?P<text>'[^']*'|\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<op><=|>=|!=|=|<|>)|(?P<mark>[(),])|(?P<word>[A-Za-z][\w-]*))"
)
_DEEPEST: Final = 20


class NoCounterpart(ValueError):
    """An expression that says more than a condition can; the text is what it was that could not be read."""


class NotThere(NoCounterpart):
    """A question that has not been asked by then; the text is its name in the form."""


@dataclass(frozen=True)
class Comparison:
    """`name` compared with `told`; "" names the answer itself (`.`). `sort`: = != < <= > >= or selected."""

    name: str
    sort: str
    told: str


@dataclass(frozen=True)
class Joined:
    """`word`: and, or, not. `closed` stood in parentheses of its own."""

    word: str
    parts: tuple["Comparison | Joined", ...]
    closed: bool = False


Expression = Comparison | Joined


def relevant_of(condition: Condition, items: dict[str, Item]) -> str:
    """The text of the column `relevant`; empty where the condition always holds."""
    all_of = [_clause(clause, items) for clause in condition.all]
    any_of = [_clause(clause, items) for clause in condition.any]
    if any_of and not all_of:
        return " or ".join(any_of)
    if len(any_of) > 1:
        return " and ".join([*all_of, f"({' or '.join(any_of)})"])
    return " and ".join([*all_of, *any_of])


def _clause(clause: Clause, items: dict[str, Item]) -> str:
    name, item = form_name(clause.item), items[clause.item]
    chosen = item.kind in (ItemKind.MULTIPLE, ItemKind.RANK)
    if clause.in_ or clause.not_in:
        codes = [option.code for option in item.options if option.code in clause.in_ | clause.not_in]
        tests = [f"selected(${{{name}}}, '{code}')" if chosen else f"${{{name}}} = '{code}'" for code in codes]
        joined = " or ".join(tests)
        if clause.not_in:
            return f"not({joined})"
        return f"({joined})" if len(tests) > 1 else joined
    if clause.at_least is not None:
        return f"${{{name}}} >= {number_text(clause.at_least)}"
    return f"${{{name}}} <= {number_text(clause.at_most or 0)}"


def parsed(text: str) -> Expression:
    """The expression, or NoCounterpart."""
    reader = _Reader(list(_marks(text)))
    found = reader.joined("or")
    if reader.at < len(reader.marks):
        raise NoCounterpart(reader.marks[reader.at][1])
    return found


def _marks(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NoCounterpart(text[at : at + 12].strip())
        yield str(match.lastgroup), match[match.lastgroup or 0]
        at = match.end()


class _Reader:
    """Recursive descent: or, and, then one test or a parenthesis."""

    def __init__(self, marks: list[tuple[str, str]]) -> None:
        self.marks = marks
        self.at = 0
        self.depth = 0

    def next(self) -> tuple[str, str]:
        return self.marks[self.at] if self.at < len(self.marks) else ("end", "")

    def take(self, wanted: str = "") -> tuple[str, str]:
        mark = self.next()
        if mark[0] == "end" or (wanted and mark[1] != wanted):
            raise NoCounterpart(mark[1] or "…")
        self.at += 1
        return mark

    def joined(self, word: str) -> Expression:
        parts = [self._part(word)]
        while self.next() == ("word", word):
            self.take()
            parts.append(self._part(word))
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def _part(self, word: str) -> Expression:
        return self.joined("and") if word == "or" else self._one()

    def _one(self) -> Expression:
        mark = self.next()[1]
        if mark in ("(", "not"):
            return self._closed(mark)
        if mark == "selected":
            return self._selected()
        left = self._operand()
        compared = self.take()
        if compared[0] != "op":
            raise NoCounterpart(compared[1])
        return _test(left, compared[1], self._operand())

    def _closed(self, mark: str) -> Expression:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NoCounterpart("(")
        if mark == "not":
            self.take()
        self.take("(")
        inner = self.joined("or")
        self.take(")")
        self.depth -= 1
        if mark == "not":
            return Joined("not", (inner,))
        return Joined(inner.word, inner.parts, closed=True) if isinstance(inner, Joined) else inner

    def _selected(self) -> Comparison:
        self.take()
        self.take("(")
        name = self._operand()
        self.take(",")
        told = self._operand()
        self.take(")")
        return _test(name, "selected", told)

    def _operand(self) -> tuple[str, str]:
        sort, mark = self.take()
        if sort not in ("ref", "text", "number"):
            raise NoCounterpart(mark)
        return sort, mark


_TURNED: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


def _test(left: tuple[str, str], sort: str, right: tuple[str, str]) -> Comparison:
    if left[0] != "ref" and right[0] == "ref":
        left, sort, right = right, _TURNED.get(sort, sort), left
    if left[0] != "ref" or right[0] == "ref":
        raise NoCounterpart(f"{left[1]} {sort} {right[1]}")
    name = "" if left[1] == "." else left[1][2:-1].strip()
    return Comparison(name, sort, right[1].strip("'\"") if right[0] == "text" else right[1])
