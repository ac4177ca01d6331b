"""Intervals of one share against R's, and the promise of the exact one."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why, wilson
from skillnad.analysis.formulas.proportions import Counted, clopper_pearson

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())["shares"]
CASES = st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


@pytest.mark.parametrize("case", R, ids=lambda case: f"{case['part']} of {case['whole']}")
def test_intervals_are_rs(case: dict) -> None:
    counted = case["part"], case["whole"]
    assert wilson(*counted) == pytest.approx(case["wilson"], rel=1e-6, abs=1e-12)
    assert wilson(*counted, confidence=0.99) == pytest.approx(case["wilson_99"], rel=1e-6, abs=1e-12)
    assert wilson(*counted, continuity=True) == pytest.approx(case["continuity"], rel=1e-6, abs=1e-12)
    assert clopper_pearson(*counted) == pytest.approx(case["exact"], rel=1e-6, abs=1e-12)


@pytest.mark.parametrize("n", [1, 5, 10, 40])
def test_exact_interval_never_covers_less_than_it_says(n: int) -> None:
    ends = [interval for part in range(n + 1) if isinstance(interval := clopper_pearson(part, n), Interval)]
    for true in (thousandth / 1000 for thousandth in range(1001)):
        covering = [part for part, interval in enumerate(ends) if interval.low <= true <= interval.high]
        assert sum(binom.pmf(covering, n, true)) >= 0.95 - 1e-9


@given(CASES)
def test_exact_interval_of_the_others_is_its_mirror(case: tuple[int, int]) -> None:
    part, whole = case
    own, others = clopper_pearson(part, whole), clopper_pearson(whole - part, whole)
    assert isinstance(own, Interval)
    assert isinstance(others, Interval)
    assert own == pytest.approx((1 - others.high, 1 - others.low), abs=1e-9)
    assert own.holds(part / whole)


def test_nobody_has_no_exact_interval() -> None:
    assert clopper_pearson(0, 0) == NoInterval(Why.NOBODY)
    assert Counted(0, 0).share is None
    assert Counted(1, 4).share == 0.25


@pytest.mark.parametrize("case", [(-1, 3), (4, 3)])
def test_part_that_is_none_of_the_whole_is_refused(case: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no part"):
        clopper_pearson(*case)
