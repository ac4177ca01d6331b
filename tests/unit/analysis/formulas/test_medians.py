"""Medians and quantiles: R's figures, a published example, and chances counted out."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, norm

from skillnad.analysis.formulas.differences import fisher_mid_p, p_of_shares
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.medians import (
    End,
    _of_both,
    lower_end,
    median_difference,
    median_ratio,
    median_test_p,
    median_variance,
    quantile_interval,
)
from skillnad.analysis.formulas.proportions import Counted

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())["medians"]
SIZES, PLACES = st.integers(1, 2000), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9])
VALUES = st.lists(st.integers(1, 900), min_size=6, max_size=30).map(sorted)
FIRST = sorted([32, 39, 26, 35, 43, 27, 40, 37, 34, 29])
SECOND = sorted([36, 44, 47, 42, 49, 39, 46, 31, 33, 48])


@pytest.mark.parametrize("case", R, ids=["skewed", "many", "normal", "few"])
def test_medians_are_rs(case: dict) -> None:
    first, second = sorted(case["first"]), sorted(case["second"])
    found = median_difference(first, second)
    assert found.interval == pytest.approx(case["difference"], rel=1e-6)
    assert found.p == pytest.approx(case["p"], rel=1e-6)
    assert median_ratio(first, second).interval == pytest.approx(case["ratio"], rel=1e-6)


@pytest.mark.parametrize("case", R, ids=["skewed", "many", "normal", "few"])
def test_quantile_intervals_are_rs(case: dict) -> None:
    values = sorted(case["first"])
    for one in case["quantiles"]:
        assert quantile_interval(values, one["p"], exact=True) == pytest.approx(one["exact"], rel=1e-6)
        assert quantile_interval(values, one["p"]) == pytest.approx(one["interpolated"], rel=1e-6)


def test_difference_of_a_published_example() -> None:
    # D. G. Bonett's statpsych, ci.median2: standard error 4.316291
    found = median_difference(FIRST, SECOND)
    assert found.value == -8.5
    assert found.interval == pytest.approx((-16.95977, -0.04022524), abs=5e-6)
    assert (median_variance(FIRST) + median_variance(SECOND)) ** 0.5 == pytest.approx(4.316291, abs=5e-7)


def test_p_counts_how_many_are_above_the_median_of_both() -> None:
    assert median_test_p([1, 2, 3, 4], [5, 6, 7, 8]) == fisher_mid_p(Counted(0, 4), Counted(4, 4))
    assert median_test_p([1, 1, 1, 9], [1, 1, 9, 9]) == fisher_mid_p(Counted(1, 4), Counted(2, 4))  # at it is not above


@given(one=VALUES, other=VALUES)
def test_median_of_both_is_that_of_all_put_together(one, other):
    both = sorted(one + other)
    assert [_of_both(one, other, place) for place in range(len(both))] == both


def test_those_at_the_median_count_as_above_where_that_splits_more_evenly():
    one, other = [1] * 60 + [2] * 40, [1] * 35 + [2] * 65
    assert median_test_p(one, other) == p_of_shares(Counted(40, 100), Counted(65, 100))
    assert median_test_p([1, 2, 2, 2], [2, 2, 2, 3]) == fisher_mid_p(Counted(0, 4), Counted(1, 4))


@given(SIZES, PLACES)
def test_exact_rank_is_the_innermost_with_enough_chance(n: int, p: float) -> None:
    end = lower_end(n, p)
    rank = 0 if end is None else end.rank
    assert rank == 0 or binom.sf(rank - 1, n, p) >= 0.975 - 1e-12
    assert binom.sf(rank, n, p) < 0.975
    assert end is None or 0 <= end.weight <= 1


@pytest.mark.parametrize(("n", "exact"), [(5, None), (6, 1), (10, 2), (20, 6), (100, 40)])
def test_rank_of_the_median_is_the_tables(n: int, exact: int | None) -> None:
    # Conover, Practical Nonparametric Statistics, 3rd ed. 1999, table A3
    end = lower_end(n, 0.5)
    assert (end and end.rank) == exact


def test_rank_with_just_enough_chance_is_not_moved() -> None:
    end = lower_end(6, 0.5, confidence=1 - 2 * 0.5**6)
    assert end == End(1, 0.0)


@given(VALUES, PLACES)
def test_interpolated_interval_is_within_the_exact(values: list[int], p: float) -> None:
    inner, outer = quantile_interval(values, p), quantile_interval(values, p, exact=True)
    if isinstance(inner, Interval):
        assert isinstance(outer, Interval)
        assert outer.low <= inner.low <= inner.high <= outer.high
    else:
        assert inner == outer


@given(VALUES, PLACES)
def test_quantile_interval_turns_with_the_values(values: list[int], p: float) -> None:
    own = quantile_interval(values, p)
    turned = quantile_interval([-value for value in reversed(values)], 1 - p)
    if isinstance(own, Interval):
        assert turned == pytest.approx((-own.high, -own.low))
    else:
        assert turned == own


@pytest.mark.parametrize(("values", "why"), [([], Why.NOBODY), ([3, 4, 8, 9, 9], Why.TOO_FEW)])
def test_few_values_have_no_interval(values: list[float], why: Why) -> None:
    assert quantile_interval(values) == NoInterval(why)


def test_far_quantile_needs_more_values() -> None:
    assert quantile_interval(range(30), 0.9) == NoInterval(Why.TOO_FEW)
    assert isinstance(quantile_interval(range(40), 0.9), Interval)


@given(VALUES, VALUES)
def test_difference_the_other_way_is_the_mirror(first: list[int], second: list[int]) -> None:
    there, back = median_difference(first, second), median_difference(second, first)
    assert there.p == pytest.approx(back.p)
    if isinstance(there.interval, Interval):
        assert isinstance(back.interval, Interval)
        assert there.interval == pytest.approx((-back.interval.high, -back.interval.low))


@given(VALUES, VALUES)
def test_ratio_is_the_same_in_any_unit(first: list[int], second: list[int]) -> None:
    plain = median_ratio(first, second)
    weeks = median_ratio([value / 7 for value in first], [value / 7 for value in second])
    assert weeks.value == pytest.approx(plain.value)
    if isinstance(plain.interval, Interval):
        assert weeks.interval == pytest.approx(plain.interval)


@pytest.mark.parametrize("compare", [median_difference, median_ratio])
@pytest.mark.parametrize(("first", "why"), [([], Why.NOBODY), ([1, 2, 3, 4, 5], Why.TOO_FEW), ([7] * 9, Why.NO_SPREAD)])
def test_medians_that_cannot_be_compared(compare, first: list[float], why: Why) -> None:
    assert compare(first, [7] * 8).interval == NoInterval(why)
    assert compare([7] * 8, first).interval == NoInterval(why)


def test_ratio_to_nought_has_no_interval() -> None:
    assert median_ratio(FIRST, [0] * 9) == Comparison.none(Why.NEAR_NOUGHT)
    assert median_ratio([0] * 9, FIRST) == Comparison.none(Why.NEAR_NOUGHT)


def test_median_is_the_quantile_that_is_meant_where_none_is_named() -> None:
    # of ten values the second and the ninth, of a hundred the fortieth and the sixty-first (Conover, table A3)
    assert quantile_interval(range(1, 11), exact=True) == (2, 9)
    assert quantile_interval(range(1, 101), exact=True) == (40, 61)


@pytest.mark.parametrize("compare", [median_difference, median_ratio])
def test_six_values_are_enough_to_be_compared(compare) -> None:
    assert isinstance(compare(FIRST[:6], SECOND[:6]).interval, Interval)


def test_end_at_the_last_of_all_values_has_no_next() -> None:
    # one value is below the 99th percentile in 99 of 100
    assert lower_end(1, 0.99) == End(1, 0.0)


@pytest.mark.parametrize("second", [[7] * 8, [7] * 3])
def test_medians_that_cannot_be_compared_are_still_told(second: list[int]) -> None:
    assert median_difference([1, 1, 3, 9, 9], second).value == -4
    assert median_ratio([1, 1, 3, 9, 9], second).value == pytest.approx(3 / 7)


@pytest.mark.parametrize(("n", "low", "high"), [(2, 1, 2), (10, 2, 9), (17, 5, 13), (30, 10, 21)])
def test_variance_of_a_median_is_by_two_values_about_it(n: int, low: int, high: int) -> None:
    # Bonett and Price: the values whose place is the middle's less or more the root of how many there are
    deviations = norm.ppf(binom.cdf(low - 1, n, 0.5))
    assert median_variance(range(1, n + 1)) == pytest.approx(((high - low) / (2 * deviations)) ** 2)
