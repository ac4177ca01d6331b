"""Two means against each other: R's figures, and what units and order may not change."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.means import (
    Moments,
    _fieller,
    degrees_of_freedom,
    mean_change,
    mean_difference,
    mean_interval,
    mean_ratio,
    moments,
)

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())["means"]
GROUPS = st.builds(Moments, st.integers(2, 500), st.floats(50, 500), st.floats(0.1, 400))
FLAT = Moments(9, 4.0, 0.0)


def of(values: list[float]) -> Moments:
    found = moments(values)
    assert found is not None
    return found


def interval_of(comparison: Comparison) -> Interval:
    assert isinstance(comparison.interval, Interval)
    return comparison.interval


@pytest.mark.parametrize("case", R, ids=["normal", "skewed", "few"])
def test_means_are_rs(case: dict) -> None:
    first, second = of(case["first"]), of(case["second"])
    found = mean_difference(first, second)
    assert mean_interval(first) == pytest.approx(case["one"], rel=1e-6)
    assert found.interval == pytest.approx(case["difference"], rel=1e-6)
    assert found.p == pytest.approx(case["p"], rel=1e-6)
    assert degrees_of_freedom(first, second) == pytest.approx(case["df"], rel=1e-6)


@pytest.mark.parametrize("case", R[:2], ids=["normal", "skewed"])
def test_ratio_is_what_welchs_test_does_not_reject(case: dict) -> None:
    assert mean_ratio(of(case["first"]), of(case["second"])).interval == pytest.approx(case["ratio"], rel=1e-6)


def test_moments_of_few_values() -> None:
    assert moments([]) is None
    assert moments([4.0]) == Moments(1, 4.0, 0.0)
    assert moments([1, 2, 6]) == Moments(3, 3.0, 7.0)


def test_moments_of_large_values_keep_their_spread() -> None:
    assert of([1e9 + value for value in (1, 2, 6)]).variance == pytest.approx(7)


@pytest.mark.parametrize("case", R, ids=["normal", "skewed", "few"])
def test_change_is_rs(case: dict) -> None:
    found = mean_change(of([value - 8 for value in case["first"]]))
    assert found.interval == pytest.approx([end - 8 for end in case["one"]], rel=1e-6)
    assert found.p == pytest.approx(case["from_8"], rel=1e-6)


def test_change_of_one_person_has_no_interval() -> None:
    assert mean_change(Moments(1, 8, 0)) == Comparison.none(Why.TOO_FEW, 8)
    assert mean_change(FLAT) == Comparison.none(Why.NO_SPREAD, 4.0)


@given(GROUPS, GROUPS)
def test_difference_the_other_way_is_the_mirror(first: Moments, second: Moments) -> None:
    there, back = mean_difference(first, second), mean_difference(second, first)
    assert interval_of(there) == pytest.approx((-interval_of(back).high, -interval_of(back).low))
    assert there.p == back.p


@given(GROUPS, GROUPS)
def test_interval_leaves_nought_out_just_where_p_is_small(first: Moments, second: Moments) -> None:
    found = mean_difference(first, second)
    assert found.p is not None
    if abs(found.p - 0.05) > 1e-9:
        assert interval_of(found).holds(0) is (found.p > 0.05)


@given(GROUPS, GROUPS, st.sampled_from([0.01, 7.0, 365.25]))
def test_ratio_is_the_same_in_any_unit(first: Moments, second: Moments, unit: float) -> None:
    other = [Moments(group.n, group.mean * unit, group.variance * unit**2) for group in (first, second)]
    plain, turned = mean_ratio(first, second), mean_ratio(*other)
    assert turned.value == pytest.approx(plain.value)
    if isinstance(plain.interval, Interval):
        assert interval_of(turned) == pytest.approx(plain.interval, rel=1e-6)
        assert plain.interval.holds(plain.value or 0.0)


def test_ratio_to_what_may_be_nought_has_no_interval() -> None:
    found = mean_ratio(Moments(10, 50, 4), Moments(10, 1, 40))
    assert (found.value, found.interval) == (50, NoInterval(Why.NEAR_NOUGHT))
    assert mean_ratio(Moments(10, 50, 4), Moments(10, 0, 40)) == Comparison.none(Why.NEAR_NOUGHT)


@pytest.mark.parametrize("compare", [mean_difference, mean_ratio])
def test_one_value_cannot_be_compared(compare) -> None:
    assert compare(Moments(1, 8, 0), Moments(9, 4, 2)).interval == NoInterval(Why.TOO_FEW)
    assert compare(Moments(9, 8, 2), Moments(1, 4, 0)).interval == NoInterval(Why.TOO_FEW)


@pytest.mark.parametrize(("compare", "value"), [(mean_difference, 0.0), (mean_ratio, 1.0)])
def test_values_that_are_all_one_say_nothing_of_how_sure_they_are(compare, value: float) -> None:
    assert compare(FLAT, FLAT) == Comparison.none(Why.NO_SPREAD, value)
    assert mean_interval(FLAT) == NoInterval(Why.NO_SPREAD)


def test_one_flat_group_can_be_compared() -> None:
    assert interval_of(mean_difference(FLAT, Moments(9, 2.0, 1.0))).low > 0


def test_one_value_has_no_interval() -> None:
    assert mean_interval(Moments(1, 8, 0)) == NoInterval(Why.TOO_FEW)


def test_mean_that_is_just_its_own_doubt_may_be_nought() -> None:
    # a standard error of a half, and a mean of twice that
    assert _fieller(Moments(9, 5.0, 1.0), Moments(4, 1.0, 1.0), t=2.0) == NoInterval(Why.NEAR_NOUGHT)
