"""Wilson's interval against published and independently computed values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from skillnad.analysis.formulas.intervals import wilson


def test_interval_of_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3: 81 of 263
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_interval_is_scipys(case: tuple[int, int]) -> None:
    right = binomtest(*case).proportion_ci(method="wilson")
    assert wilson(*case) == pytest.approx((right.low, right.high), abs=1e-12)


def test_nothing_has_no_interval() -> None:
    assert wilson(0, 0) is None


@pytest.mark.parametrize(("part", "end", "bound"), [(0, 0, 0.0), (12, 1, 1.0)])
def test_interval_stays_within_nought_and_one(part: int, end: int, bound: float) -> None:
    interval = wilson(part, 12)
    assert interval is not None
    assert interval[end] == bound


def test_more_confidence_is_a_wider_interval() -> None:
    narrow, wide = wilson(5, 20, confidence=0.9), wilson(5, 20, confidence=0.99)
    assert narrow is not None
    assert wide is not None
    assert wide[0] < narrow[0] < 0.25 < narrow[1] < wide[1]
