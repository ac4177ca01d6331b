"""What intervals are, and Wilson's against published and independently computed values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from skillnad.analysis.formulas.intervals import (
    Comparison,
    Interval,
    NoInterval,
    Why,
    normal_quantile,
    t_quantile,
    wilson,
)


def test_interval_of_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3: 81 of 263
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_interval_is_scipys(case: tuple[int, int]) -> None:
    right = binomtest(*case).proportion_ci(method="wilson")
    assert wilson(*case) == pytest.approx((right.low, right.high), abs=1e-12)


def test_nothing_has_no_interval() -> None:
    assert wilson(0, 0) == NoInterval(Why.NOBODY)


@pytest.mark.parametrize(("part", "end", "bound"), [(0, 0, 0.0), (12, 1, 1.0)])
def test_interval_stays_within_nought_and_one(part: int, end: int, bound: float) -> None:
    interval = wilson(part, 12)
    assert isinstance(interval, Interval)
    assert interval[end] == bound


def test_more_confidence_is_a_wider_interval() -> None:
    narrow, wide = wilson(5, 20, confidence=0.9), wilson(5, 20, confidence=0.99)
    assert isinstance(narrow, Interval)
    assert isinstance(wide, Interval)
    assert wide.low < narrow.low < 0.25 < narrow.high < wide.high


def test_part_larger_than_its_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        wilson(4, 3)


@given(st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_continuity_widens_the_interval(case: tuple[int, int]) -> None:
    plain, wider = wilson(*case), wilson(*case, continuity=True)
    assert isinstance(plain, Interval)
    assert isinstance(wider, Interval)
    assert 0 <= wider.low <= plain.low <= plain.high <= wider.high <= 1


def test_interval_holds_its_ends() -> None:
    assert [Interval(1, 2).holds(value) for value in (0.9, 1, 1.5, 2, 2.1)] == [False, True, True, True, False]


@pytest.mark.parametrize(
    ("interval", "within"),
    [((-0.05, 0.05), True), ((-0.06, 0.0), False), ((0.0, 0.06), False), ((0.01, 0.02), True)],
)
def test_interval_within_a_reach_is_so_both_ways(interval: tuple[float, float], within: bool) -> None:
    assert Interval(*interval).within(0.05) is within


@pytest.mark.parametrize("why", Why)
def test_reason_is_told_in_both_languages(why: Why) -> None:
    none = NoInterval(why)
    assert none.text() == why.sv != why.en == none.text("en")
    assert why.sv.endswith(".")
    assert why.en.endswith(".")


def test_reasons_are_all_told_apart() -> None:
    assert len({why.sv for why in Why}) == len({why.en for why in Why}) == len(Why) == len(Why.__members__)


def test_comparison_that_cannot_be_made_has_no_p() -> None:
    assert Comparison.none(Why.TOO_FEW, 3.0) == Comparison(3.0, NoInterval(Why.TOO_FEW), None)


@pytest.mark.parametrize(("degrees", "expected"), [(1, 12.706205), (9, 2.262157), (1e9, 1.959964)])
def test_t_quantile_is_the_tables(degrees: float, expected: float) -> None:
    assert t_quantile(0.95, degrees) == pytest.approx(expected, abs=1e-6)
    assert normal_quantile(0.95) == pytest.approx(1.959964, abs=1e-6)
