"""Tables that a search says agree with a release are tried before they are believed, and spare the verifier its own."""

from itertools import product

import pytest
from released_tables import Made, Table, given, released

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify.objections import Wrong
from skillnad.analysis.disclosure.verify.verifying import verify

COUNTS = (3, 20, 30, 40, 50, 60, 70, 80, 90)
SQUARE = given(
    "a b", *((*place, count) for place, count in zip(product("ABC", "xyz"), COUNTS, strict=True)), name="t.csv"
)
GAPS = ("A,x", "A,y", "B,x", "B,y")
NOTHING = 1.0
"""So small a budget that no programme is solved."""


def changed_by(amount, places=GAPS):
    """The rectangle with its corner so much larger."""
    signs = (1, -1, -1, 1)
    return {("t.csv", tuple(place.split(","))): sign * float(amount) for place, sign in zip(places, signs, strict=True)}


def wrong(release, others=(), budget=NOTHING):
    return {each.wrong for each in verify(release, DEFAULT, [SQUARE], others=others, budget=budget)}


def test_tables_that_agree_show_a_release_safe_without_any_programme():
    assert wrong(released(SQUARE, GAPS), [changed_by(2), changed_by(-2)]) == set()


def test_without_them_nothing_is_shown_within_so_small_a_budget():
    assert wrong(released(SQUARE, GAPS)) == {Wrong.UNSURE}


def test_table_that_does_not_go_far_enough_shows_nothing_of_the_small_number():
    assert wrong(released(SQUARE, GAPS), [changed_by(1), changed_by(-2)]) == {Wrong.UNSURE}


@pytest.mark.parametrize(
    "other",
    [
        changed_by(2, ("A,x", "A,z", "B,x", "B,z")),  # changes what is shown
        changed_by(-3),  # a gap of nothing, where zeros are printed
        {("t.csv", ("A", "x")): 2.0},  # does not add up
    ],
)
def test_table_that_does_not_agree_is_not_believed(other):
    assert wrong(released(SQUARE, GAPS), [other, changed_by(-2)]) == {Wrong.UNSURE}


def test_other_tables_make_no_unsafe_release_safe():
    assert wrong(released(SQUARE, ["A,x"]), [changed_by(2), changed_by(-2)], budget=1e6) == {Wrong.EXACT}


def test_only_what_no_table_keeps_is_unsure():
    """The corner is seen larger and never smaller; any other number will do for the rest."""
    found = verify(released(SQUARE, GAPS), DEFAULT, [SQUARE], others=[changed_by(2)], budget=NOTHING)
    assert [(each.wrong, each.coordinates) for each in found] == [(Wrong.UNSURE, ("A", "x"))]


def test_inner_cell_that_the_truth_does_not_have_is_of_nobody_in_other_tables_too():
    told = given("a b", ("A", "x", 20), ("A", "y", 30), ("B", "x", 40), name="t.csv")
    (table,) = released(told, GAPS).tables
    made = Made((Table(table.name, table.columns, (*table.rows, (("B", "y"), None))),))
    policy = Policy(zeros_printed=False)
    assert verify(made, policy, [told], others=[changed_by(-2)], budget=NOTHING) != []
    assert verify(made, policy, [told], others=[changed_by(2)], budget=NOTHING) == []
