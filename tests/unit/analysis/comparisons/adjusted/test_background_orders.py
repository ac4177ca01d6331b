"""Which background columns have an order, and how it reaches the model."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.comparisons.adjusted.orders import order_of
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Share, Where
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


def test_answer_joins_a_thin_age_with_its_neighbour(tmp_path):
    """As if the question had put them together. Fewest are those of whom no age is recorded."""
    women = {"0": (12, 60), "13": (2, 90), "21": (45, 50), "": (7, 14)}
    men = {"0": (12, 60), "13": (2, 20), "21": (90, 110), "": (10, 20)}
    rows = [
        {"legal_sex": sex, "age_group": age, "problem": "1" if number < part else "2"}
        for sex, amounts in (("1", women), ("2", men))
        for age, (part, whole) in amounts.items()
        for number in range(whole)
    ]
    snapshot = make_snapshot(tmp_path, interventions=rows)
    of = Share(Where("problem", ("1",)), by=("legal_sex",))
    by_hand = "merged:age_group:a=0,13;b=21"
    found, same = (ask(snapshot, Comparison(of, adjusted_for=(name,))).cells for name in ("age_group", by_hand))
    assert found["adjusted"]["1",] is not None
    assert found["adjusted_difference"] == same["adjusted_difference"]
