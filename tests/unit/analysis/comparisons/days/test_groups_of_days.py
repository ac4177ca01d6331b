"""Rows of groups by their days: added, taken away, laid out, and set against each other where that may be told."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from raw_tables import axis

from skillnad.analysis.comparisons.days.groups import (
    NOBODY,
    EachDay,
    Groups,
    ended_only,
    how_many,
    less,
    life_table,
    shown_groups,
)
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.questions import Duration
from skillnad.lib.errors import UserError

ROWS = st.lists(st.tuples(st.integers(0, 9), st.booleans()), max_size=30)
POLICY = Policy(threshold=2, quantile_minimum=3)
OF = Duration("start_date", "end_date", by=("unit",))
A, B, C = [(1, True)] * 8, [(2, True)] * 5, [(3, False)] * 4


def lasting(rows) -> Lasting:
    days = sorted({day for day, _ in rows})
    counts = ([rows.count((day, over)) for day in days] for over in (True, False))
    return Lasting(*(np.array(each, np.int64) for each in (days, *counts)))


def told(rows: Lasting) -> list[list[int]]:
    return [rows.days.tolist(), rows.ended.tolist(), rows.open.tolist()]


def groups(*hidden: str, multiple: bool = False, **units) -> Groups:
    """Of units, with everyone as the total; the `hidden` are."""
    unit = axis("unit", *units, multiple=multiple)
    every = [row for rows in units.values() for row in rows]
    rows = {code: lasting(of) for code, of in {**units, "": [], "*": every}.items()}
    return Groups(unit, {code: None if code in hidden else of for code, of in rows.items()}, POLICY)


def other(found: Groups, code: str, against: str = REST) -> list[list[int]] | None:
    pair = found.opposed(Comparison(OF, against))[code]
    return pair and told(pair.other)


@given(one=ROWS, two=ROWS)
def test_rows_of_both_less_those_of_one_are_the_others(one, two):
    assert told(less(lasting(one + two), lasting(two))) == told(lasting(one))


@given(rows=ROWS)
def test_each_day_is_the_sorted_days_of_what_has_ended(rows):
    days = sorted(float(day) for day, over in rows if over)
    found = EachDay(lasting(rows))
    assert list(found) == days == np.asarray(found).tolist()
    assert (len(found), found[:3], found[-2:]) == (len(days), days[:3], days[-2:])


def test_place_that_no_row_has_is_an_error():
    with pytest.raises(IndexError):
        EachDay(lasting(A))[8]


@given(rows=ROWS.filter(bool))
def test_life_table_is_that_of_the_rows(rows):
    found, right = life_table(lasting(rows)), from_rows(*zip(*rows, strict=True))
    assert found.at_risk.tolist() == right.at_risk.tolist()
    assert (found.ended.tolist(), found.open.tolist()) == (right.ended.tolist(), right.open.tolist())


def test_what_is_open_is_left_out_with_its_days():
    assert told(ended_only(lasting([(1, True), (2, False), (3, True), (3, False)]))) == [[1, 3], [1, 1], [0, 0]]
    assert how_many(NOBODY) == 0


def test_all_others_are_those_in_other_named_groups():
    found = groups(A=A, B=B, C=C)
    assert other(found, "A") == told(lasting(B + C))
    assert found.opposed(Comparison(OF))["A"].told_by == ("A", "*")


def test_of_two_the_first_is_set_against_the_second():
    found = groups(A=A, B=B).opposed(Comparison(OF))
    assert {code: (told(pair.own), told(pair.other)) for code, pair in found.items()} == {
        "A": (told(lasting(A)), told(lasting(B)))
    }


def test_of_two_that_overlap_each_is_set_against_those_outside_it():
    assert other(groups(A=A, B=B, multiple=True), "B") == told(lasting(A))


def test_named_group_is_what_the_others_are_set_against():
    found = groups(A=A, B=B, C=C)
    assert [other(found, code, "B") for code in ("A", "C")] == [told(lasting(B))] * 2
    assert "B" not in found.opposed(Comparison(OF, "B"))


def test_group_that_is_not_there_is_refused():
    with pytest.raises(UserError) as refused:
        groups(A=A, B=B, C=C).opposed(Comparison(OF, "D"))
    assert refused.value.code == "ASK-056"


@pytest.mark.parametrize("hidden", ["A", "*"])
def test_hidden_group_or_total_is_compared_with_nothing(hidden):
    assert other(groups(hidden, A=A, B=B, C=C), "A") is None


def test_others_are_known_though_one_of_them_is_hidden():
    assert other(groups("B", A=A, B=B, C=C), "A") == told(lasting(B + C))


@pytest.mark.parametrize("few", [0, 1, 2])
def test_group_that_is_too_small_is_not_compared_and_an_empty_one_not_named(few):
    found = groups(A=A, B=B, C=C[:few]).opposed(Comparison(OF))
    assert found.get("C", "none") == (None if few else "none")
    assert found["A"]


def test_groups_are_hidden_with_either_of_their_numbers():
    unit, rows = axis("unit", "A", "B"), {("A",): lasting(A), ("*",): lasting(A + C)}
    keys = [(code,) for code in ("A", "B", "", "*")]
    cells = {"count": dict.fromkeys(keys, 8), "open": dict.fromkeys(keys, 4) | {("A",): None}}
    found = shown_groups(unit, rows, cells, POLICY, with_open=True)
    assert found.rows["A"] is None
    assert told(found.rows["*"]) == told(lasting(A + C))
    assert found.rows["B"] is NOBODY
    ended = shown_groups(unit, rows, cells, POLICY, with_open=False)
    assert told(ended.rows["A"]) == told(ended.rows["*"]) == told(lasting(A))
