"""The verifier's view of a rounded release, and of what is wrong with one."""

from dataclasses import replace

import pytest

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.releasing import rounded_release
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import Layout, ProtectedRelease
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet
from skillnad.analysis.disclosure.verify.objections import Wrong
from skillnad.analysis.disclosure.verify.rounded import _wrong
from skillnad.analysis.disclosure.verify.verifying import verify

FIVE = Policy(way=Way.ROUND, base=5)
ROWS = {
    ("a1", "A", "k"): 2, ("a1", "A", "m"): 3, ("a2", "A", "k"): 1, ("a2", "A", "m"): 40,
    ("b1", "B", "k"): 4, ("b1", "B", "m"): 4, ("b2", "B", "k"): 33, ("b2", "B", "m"): 2,
}  # fmt: skip
TOLD = TableSet((GivenTable("t.csv", Layout(("muni", "region", "sex", "n"), "n"), ROWS),), (("muni", "region"),))
WHOLE = ("Total", "Total", "Total")


def changed(coordinates: tuple[str, ...], count: int | None) -> ProtectedRelease:
    """The rounded release with another number in one place."""
    release = rounded_release(TOLD, FIVE)
    rows = tuple((at, count if at == coordinates else number) for at, number in release.tables[0].rows)
    return replace(release, tables=(replace(release.tables[0], rows=rows),))


def wrongs(release: ProtectedRelease) -> dict[tuple[str, ...], Wrong]:
    return {each.coordinates: each.wrong for each in verify(release, FIVE, TOLD.tables)}


def test_rounded_release_has_no_objections() -> None:
    assert wrongs(rounded_release(TOLD, FIVE)) == {}


@pytest.mark.parametrize("count", [0, 95, None])
def test_sum_that_is_not_one_is_objected_to(count) -> None:
    assert wrongs(changed(WHOLE, count)) == {WHOLE: Wrong.SUM}


def test_large_cell_that_is_changed_is_objected_to() -> None:
    assert wrongs(changed(("b2", "B", "k"), 35))["b2", "B", "k"] is Wrong.UNTRUE


@pytest.mark.parametrize("count", [1, 2, 4])
def test_small_cell_that_is_shown_is_objected_to(count) -> None:
    assert wrongs(changed(("a1", "A", "k"), count))["a1", "A", "k"] is Wrong.SMALL


def test_small_cell_that_is_more_than_the_base_is_objected_to() -> None:
    assert wrongs(changed(("a1", "A", "k"), 10))["a1", "A", "k"] is Wrong.UNTRUE


def test_table_that_the_truth_does_not_have_is_objected_to() -> None:
    assert {each.wrong for each in verify(rounded_release(TOLD, FIVE), FIVE, ())} >= {Wrong.UNKNOWN}


@pytest.mark.parametrize(
    ("count", "shown", "wrong"),
    [(0, 0, None), (0, 5, Wrong.UNTRUE), (1, 5, None), (4, 0, None), (5, 5, None), (5, 0, Wrong.UNTRUE)],
)
def test_only_small_numbers_may_be_nothing_or_the_base(count, shown, wrong) -> None:
    assert _wrong(count, shown, 5) is wrong
