"""One wrong at a time, where it can matter."""

import ast

import pytest

from benchmarks.proof.mutations import mutated, mutations


@pytest.mark.parametrize(
    ("source", "becomes"),
    [
        ("a < b", ["a <= b"]),
        ("a == b", ["a != b"]),
        ("a in b", ["a not in b"]),
        ("a < b <= c", ["a <= b <= c", "a < b < c"]),
        ("a + b", ["a - b"]),
        ("a // b", ["a * b"]),
        ("a & b", ["a | b"]),
        ("a and b", ["a or b"]),
        ("not a", ["not not a"]),
        ("x = 4", ["5", "3"]),
        ("x = True", ["False"]),
    ],
)
def test_mutations_are_one_wrong_each(source: str, becomes: list[str]) -> None:
    assert [each.becomes for each in mutations(source)] == becomes


@pytest.mark.parametrize(
    "source",
    ["x = 'text' + name", "x = f'{1 + 2}'", "def f(a: int | None) -> int | str: pass", "return_nothing = None"],
)
def test_mutations_leave_texts_and_types_alone(source: str) -> None:
    assert mutations(source) == []


def test_mutation_returns_nothing_in_place_of_something() -> None:
    source = "def f(a):\n    return a\n"
    (found,) = mutations(source)
    assert (found.line, str(found)) == (2, "return a → return None")
    assert ast.unparse(mutated(source, 0)) == "def f(a):\n    return None"


def test_mutation_of_a_return_of_nothing_is_none() -> None:
    assert mutations("def f():\n    return None") == []


def test_mutated_module_runs_with_its_one_wrong() -> None:
    source = "def older(a, b):\n    return a > b\n"
    room: dict = {}
    number = next(each.number for each in mutations(source) if each.becomes == "a >= b")
    exec(compile(mutated(source, number), "older.py", "exec"), room)
    assert room["older"](3, 3) is True


def test_mutations_are_as_many_as_can_be_made() -> None:
    source = "def f(a, b=2):\n    return a * b if not a else [1, a and b]\n"
    plain = ast.unparse(ast.parse(source))
    made = {ast.unparse(mutated(source, each.number)) for each in mutations(source)}
    assert plain not in made
    assert len(made) == len(mutations(source))
