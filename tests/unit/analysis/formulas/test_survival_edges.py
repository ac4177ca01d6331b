"""How many fully followed rows a curve is worth, and quantiles at the edges of what can be told: worked by hand."""

from math import inf

import pytest

from skillnad.analysis.formulas.estimable import Estimate, NotEstimable
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.formulas.survival import Curve, followed_rows, kaplan_meier, share_within, time_until


def curve_of(days: list[int], ended: list[bool], entry: list[int | None] | None = None) -> Curve:
    curve = kaplan_meier(from_rows(days, ended, entry))
    assert isinstance(curve, Curve)
    return curve


@pytest.mark.parametrize("limit", range(6))
def test_rows_that_have_all_ended_are_all_followed(limit: int) -> None:
    assert followed_rows(curve_of([1, 2, 2, 4], [True] * 4), limit) == pytest.approx(4)


@pytest.mark.parametrize(("limit", "rows"), [(2, 4), (3, 4), (4, 3), (7, 3)])
def test_row_that_is_open_before_the_limit_is_not_followed_to_it(limit: int, rows: int) -> None:
    assert followed_rows(curve_of([3, 8, 9, 9], [False, True, True, False]), limit) == rows


def test_row_that_is_open_when_some_have_ended_is_worth_a_part() -> None:
    # 1 of 4 ended, then one left, then 1 of 2: S is 3/8, and the variance of its log 1/12 + 1/2
    curve = curve_of([1, 2, 3, 4], [True, False, True, True])
    assert followed_rows(curve, 3) == pytest.approx((5 / 8) / (3 / 8) / (1 / 12 + 1 / 2))


def test_all_ended_with_some_open_before_is_worth_nothing() -> None:
    assert followed_rows(curve_of([3, 8, 9], [False, True, True]), 9) == 0


def test_late_entries_before_any_has_ended_are_worth_nothing() -> None:
    assert followed_rows(curve_of([8, 9], [True, True], [None, 2]), 5) == 0


def test_limit_of_no_days_is_a_limit() -> None:
    found = share_within(curve_of([0, 0, 5, 5], [True, True, True, False]), 0)
    assert isinstance(found, Estimate)
    assert found.value == 0.5


def test_limit_on_the_last_day_can_be_told() -> None:
    assert isinstance(share_within(curve_of([5, 9], [True, False]), 9), Estimate)


def test_share_that_just_half_have_reached_is_told_from_the_middle_of_the_stretch() -> None:
    found = time_until(curve_of([2, 4, 10, 12], [True] * 4), 0.5)
    assert isinstance(found, Estimate)
    assert found.value == 7


def test_share_that_is_reached_and_never_passed_is_told_to_the_last_day() -> None:
    found = time_until(curve_of([2, 4, 10, 12], [True, True, False, False]), 0.5)
    assert isinstance(found, Estimate)
    assert found.value == 8
    assert isinstance(found.interval, Interval)
    assert found.interval.high == inf


@pytest.mark.parametrize(("p", "asked", "reached"), [(0.5, 50, 33), (0.75, 75, 33)])
def test_share_that_is_not_reached_says_how_many_have_ended(p: float, asked: int, reached: int) -> None:
    found = time_until(curve_of([2, 4, 4], [True, False, False]), p)
    assert isinstance(found, NotEstimable)
    for text in (found.sv, found.en):
        assert str(asked) in text
        assert str(reached) in text
