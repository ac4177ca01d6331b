"""Which background columns have an order, and how it reaches the model."""

import pytest

from skillnad.analysis.comparisons.adjusted.orders import order_of
from skillnad.codebook.snapshot_schema import AT_START, Column, SnapshotColumn, SnapshotLevel

BANDS = ("0-17", "18-20", "21-64", "65+")


def column(name: str, *codes: str, order: tuple[str, ...] = (), unknown: tuple[str, ...] = ()) -> SnapshotColumn:
    levels = tuple(SnapshotLevel(code, code, code) for code in codes)
    return SnapshotColumn(name, Column.CODE, name, name, levels, unknown=frozenset(unknown), order=order)


@pytest.mark.parametrize("name", ["age_group", AT_START])
def test_ages_are_in_the_order_of_their_bands(name):
    assert order_of(column(name, *BANDS), name) == BANDS


def test_scale_has_its_own_order_without_dont_know():
    scale = column("goals", "1", "2", "3", "9", order=("3", "2", "1"), unknown=("9",))
    assert order_of(scale, "goals") == ("3", "2", "1")


def test_other_codes_have_none():
    assert order_of(column("origin", "1", "2", "3"), "origin") == ()


def test_ages_put_together_keep_their_order_whichever_is_named_first():
    name = "merged:age_group:Gamla=65+;Unga=0-17,18-20"
    assert list(order_of(column("age_group", *BANDS), name)) == ["Unga", "others", "Gamla"]


def test_groups_that_are_no_run_of_ages_have_no_order():
    name = "merged:age_group:Ytterst=0-17,65+"
    assert order_of(column("age_group", *BANDS), name) == ()


def test_merged_codes_without_an_order_have_none():
    assert list(order_of(column("origin", "1", "2", "3"), "merged:origin:Norden=1,2")) == []
