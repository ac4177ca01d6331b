"""Releases made by hand, and what is wrong with them."""

from itertools import product

import pytest
from released_tables import Made, Table, changed, given, released

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.verify import incidence
from skillnad.analysis.disclosure.verify.objections import Wrong
from skillnad.analysis.disclosure.verify.verifying import verify

RECTANGLE = ("A,x", "A,y", "B,x", "B,y")


def given_rows(*rows, columns="a b", name="t.csv"):
    return given(columns, *rows, name=name)


COUNTS = (3, 20, 30, 40, 50, 60, 70, 80, 90)
ROWS = [(*place, count) for place, count in zip(product("ABC", "xyz"), COUNTS, strict=True)]
SQUARE = given_rows(*ROWS)


def wrong(release, policy=DEFAULT, *truth):
    """What is wrong, and where."""
    return {(each.wrong, ",".join(each.coordinates)) for each in verify(release, policy, truth or [SQUARE])}


def test_rectangle_of_gaps_is_safe():
    assert wrong(released(SQUARE, RECTANGLE)) == set()


def test_small_number_that_is_shown():
    assert wrong(released(SQUARE)) == {(Wrong.SMALL, "A,x")}


def test_lone_gap_follows():
    assert wrong(released(SQUARE, ["A,x"])) == {(Wrong.EXACT, "A,x")}


@pytest.mark.parametrize("gap", RECTANGLE)
def test_every_gap_of_a_rectangle_is_needed(gap):
    release = released(SQUARE, [each for each in RECTANGLE if each != gap])
    assert wrong(release)


def test_gap_beside_a_rectangle_follows():
    assert wrong(released(SQUARE, (*RECTANGLE, "C,z"))) == {(Wrong.EXACT, "C,z")}


def test_small_gaps_that_leave_too_little_room_are_too_narrow():
    told = given_rows(*[(*place, count) for place, count in zip(product("ABC", "xy"), (1, 3, 3, 1, 9, 9), strict=True)])
    found = wrong(released(told, (*RECTANGLE, "A,Total", "B,Total", "C,Total")), DEFAULT, told)
    assert (Wrong.NARROW, "A,x") in found


def test_small_gaps_of_a_row_that_is_shown_are_too_narrow():
    told = given_rows(*[(*place, count) for place, count in zip(product("ABC", "xy"), (1, 4, 4, 1, 9, 9), strict=True)])
    assert wrong(released(told, RECTANGLE), DEFAULT, told) == {(Wrong.NARROW, gap) for gap in RECTANGLE}


def test_gap_of_two_numbers_is_narrow_and_does_not_follow():
    counts = (1, 2, 20, 2, 1, 30, 9, 9, 40)
    told = given_rows(*[(*place, count) for place, count in zip(product("ABC", "xyz"), counts, strict=True)])
    assert wrong(released(told, RECTANGLE), DEFAULT, told) == {(Wrong.NARROW, gap) for gap in RECTANGLE}


def test_number_that_is_not_the_true_one():
    assert wrong(changed(released(SQUARE, RECTANGLE), "C,z", 91)) == {(Wrong.UNTRUE, "C,z")}


def test_table_that_the_truth_does_not_have():
    other = released(given_rows(("A", "x", 30), name="other.csv"))
    assert (Wrong.UNKNOWN, "Total,Total") in wrong(other)


def test_inner_cell_that_the_release_does_not_have():
    (table,) = released(SQUARE, RECTANGLE).tables
    short = Made((type(table)(table.name, table.columns, tuple(row for row in table.rows if row[0] != ("C", "z"))),))
    assert wrong(short) == {(Wrong.UNKNOWN, "C,z")}


def test_same_people_hidden_in_one_table_and_shown_in_another():
    first = released(SQUARE, RECTANGLE)
    second = given("b", ("x", 113), ("y", 150), ("z", 180), name="u.csv")
    both = Made((*first.tables, *released(second, ["x"]).tables))
    assert (Wrong.APART, "x") in wrong(both, DEFAULT, SQUARE, second)


def test_two_safe_releases_of_the_same_people_are_not_safe_together():
    told = given_rows(*ROWS, name="u.csv")
    first, second = released(SQUARE, RECTANGLE), released(told, ("A,x", "A,z", "C,x", "C,z"))
    assert not wrong(first)
    assert not wrong(second, DEFAULT, told)
    assert verify([first, second], DEFAULT, [SQUARE, told])


def test_overlapping_groupings_are_read_together():
    told = given("g h a", ("G", "K", "1", 3), ("G", "L", "2", 17), ("H", "K", "3", 30), ("H", "L", "4", 40))
    edges = [("a", "g"), ("a", "h")]
    gaps = {"1", "2"}
    hidden = [",".join(place) for place, _ in released(told).tables[0].rows if place[2] in gaps]
    assert {kind for kind, _ in wrong(released(told, hidden, edges), DEFAULT, told)} >= {Wrong.SMALL}


def test_reader_who_knows_which_gaps_are_small():
    """The row sums to 8, so a small gap beside one of at least 5 is at most 3."""
    told = given_rows(("A", "x", 2), ("A", "y", 6), ("A", "z", 30), ("B", "x", 20), ("B", "y", 30), ("B", "z", 60))
    policy = Policy(attacker=Attacker.PRIMARY_KNOWN)
    assert not wrong(released(told, RECTANGLE), DEFAULT, told)
    assert (Wrong.NARROW, "A,x") in wrong(released(told, RECTANGLE), policy, told)


def test_someone_alone_in_a_cell_fills_in_the_one_beside():
    """All of a rectangle follows from one of its corners."""
    told = given_rows(("A", "x", 1), ("A", "y", 40), ("A", "z", 50), ("B", "x", 20), ("B", "y", 1), ("B", "z", 60))
    policy = Policy(contributors=True)
    assert not wrong(released(told, RECTANGLE), DEFAULT, told)
    assert wrong(released(told, RECTANGLE), policy, told) == {(Wrong.ALONE, "A,x"), (Wrong.ALONE, "B,y")}


def test_someone_alone_in_a_cell_and_in_its_sum_learns_nothing_by_that():
    told = given_rows(*[(*place, count) for place, count in zip(product("AB", "xy"), (1, 0, 40, 50), strict=True)])
    release = released(told, ("A,x", "A,Total", "B,x", "B,Total"))
    assert wrong(release, Policy(contributors=True), told) == set()


@pytest.mark.parametrize(
    ("policy", "unsure"), [(DEFAULT, {*RECTANGLE}), (Policy(way=Way.ROUND, base=5), {*RECTANGLE, "Total,Total"})]
)
def test_what_is_too_wide_to_look_at_is_an_objection_to_each_gap_or_rounded_number(monkeypatch, policy, unsure):
    monkeypatch.setattr(incidence, "MOST_INNER", 8)
    found = {place for kind, place in wrong(released(SQUARE, RECTANGLE), policy) if kind is Wrong.UNSURE}
    assert found & {*RECTANGLE, "Total,Total"} == unsure


def test_gap_may_be_nothing_where_zeros_are_not_always_printed():
    told = given_rows(
        *[(*place, count) for place, count in zip(product("ABC", "xy"), (1, 4, 20, 30, 9, 9), strict=True)]
    )
    assert wrong(released(told, RECTANGLE), Policy(zeros_printed=False), told) == set()
    assert (Wrong.NARROW, "A,x") in wrong(released(told, RECTANGLE), Policy(), told)


def test_what_is_not_tried_for_want_of_time_is_an_objection():
    found = verify(released(SQUARE, RECTANGLE), DEFAULT, [SQUARE], budget=1)
    assert {each.wrong for each in found} == {Wrong.UNSURE}


def test_shown_numbers_that_no_table_has_are_an_objection():
    truth = given_rows(("A", "x", 10), ("A", "y", 10))
    release = changed(released(truth), "Total,Total", 21)
    assert (Wrong.UNTRUE, "Total,Total") in wrong(release, DEFAULT, truth)


def test_objection_says_where_in_words_and_no_number():
    (objection,) = verify(released(SQUARE, ["A,x"]), DEFAULT, [SQUARE])
    assert objection.sv == "t.csv, a=A, b=x: luckan går att räkna ut"
    assert "3" not in repr(objection)


def test_gap_at_a_place_that_the_truth_does_not_have_is_nobody_s():
    """Nothing is small there, and it follows that it is nothing."""
    told = given_rows(("A", "x", 20), ("A", "y", 30), ("B", "x", 40))
    made = released(told, ["B,y"])
    (table,) = made.tables
    more = Made((type(table)(table.name, table.columns, (*table.rows, (("B", "y"), None))),))
    assert wrong(more, Policy(zeros_printed=False), told) == {(Wrong.EXACT, "B,y")}


def test_someone_alone_in_a_cell_fills_in_what_is_reached_from_it_and_no_more():
    """Row A, column x and row B follow one after the other; the other rectangle is out of reach."""
    told = given_rows(
        ("A", "x", 1), ("A", "y", 40), ("A", "z", 30), ("B", "x", 20), ("B", "y", 1), ("B", "z", 60),
        ("C", "x", 30), ("C", "y", 40), ("C", "z", 4), ("D", "x", 50), ("D", "y", 60), ("D", "z", 70),
    )  # fmt: skip
    gaps = (*RECTANGLE, "C,y", "C,z", "D,y", "D,z")
    assert wrong(released(told, gaps), Policy(contributors=True), told) == {(Wrong.ALONE, "A,x"), (Wrong.ALONE, "B,y")}


def test_tables_that_cannot_both_be_true_are_an_objection_to_the_first_row():
    """Twenty people by a, and twenty-five of them by b."""
    first, second = given("a", ("A", 10), ("B", 10)), given("b", ("x", 25), ("y", 0), name="u.csv")
    rows = Table("u.csv", ("b",), ((("x",), 25), (("y",), 0)))
    shown = Made((Table("t.csv", ("a",), ((("A",), 10), (("B",), 10))), rows))
    found = verify(shown, DEFAULT, [first, second])
    assert [(each.wrong, each.table, each.coordinates) for each in found] == [(Wrong.SUM, "t.csv", ("A",))]
