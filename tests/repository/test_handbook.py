"""The methods handbook against the code: no statistic without an entry, no entry of what is not there."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from skillnad.analysis.handbook import internal, statistics

FORMULAS = Path(__file__).parents[2] / "src" / "skillnad" / "analysis" / "formulas"


def public_functions() -> set[str]:
    """`module.function` of every function of a module that has no underscore first; methods are not among them."""
    return {
        f"{path.stem}.{node.name}"
        for path in FORMULAS.glob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


FUNCTIONS = public_functions()
COVERED = [name for each in statistics().values() for name in each.covers]


@pytest.mark.parametrize("name", sorted(FUNCTIONS))
def test_every_formula_is_in_the_handbook(name: str) -> None:
    assert name in COVERED or name in internal(), "write an entry in handbook/texts, or say why in internal.toml"


@pytest.mark.parametrize("name", sorted({*COVERED, *internal()}))
def test_what_the_handbook_names_is_there(name: str) -> None:
    assert name in FUNCTIONS


def test_no_formula_has_two_entries() -> None:
    assert [name for name, times in Counter([*COVERED, *internal()]).items() if times > 1] == []
