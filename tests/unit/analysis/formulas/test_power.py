"""The smallest difference that could have been seen: R's figures, and that it is the smallest."""

import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.means import Moments
from skillnad.analysis.formulas.power import (
    SmallestSeen,
    share_power,
    smallest_mean_difference,
    smallest_normal_difference,
    smallest_share_difference,
)

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())
SIZES, BASES = st.integers(1, 5000), st.integers(0, 100).map(lambda percent: percent / 100)


@pytest.mark.parametrize("case", R["power_shares"], ids=lambda case: f"{case['n']}")
def test_smallest_difference_of_shares_is_rs(case: dict) -> None:
    found = smallest_share_difference(case["n"], case["n"], case["base"], power=case["power"], alpha=case["alpha"])
    assert found.up == pytest.approx(case["up"], rel=1e-6)


@pytest.mark.parametrize("case", R["power_means"], ids=lambda case: f"{case['n']}")
def test_smallest_difference_of_means_is_rs(case: dict) -> None:
    group = Moments(case["n"], 0.0, case["sd"] ** 2)
    found = smallest_mean_difference(group, group, power=case["power"], alpha=case["alpha"])
    assert found == pytest.approx(case["delta"], rel=1e-6)


@given(SIZES, SIZES, BASES)
def test_smallest_difference_has_just_the_power(first: int, second: int, base: float) -> None:
    found = smallest_share_difference(first, second, base)
    for step, way in ((found.down, -1), (found.up, 1)):
        if step is not None:
            assert share_power(first, second, base, base + way * step) == pytest.approx(0.8, abs=1e-6)


@given(SIZES, SIZES, BASES)
def test_down_is_up_of_the_others(first: int, second: int, base: float) -> None:
    own, others = smallest_share_difference(first, second, base), smallest_share_difference(first, second, 1 - base)
    assert own.down == (None if others.up is None else pytest.approx(others.up, rel=1e-6))


@given(st.integers(10, 2000), st.integers(10, 2000), st.floats(0.1, 0.9))
def test_more_people_see_smaller_differences(first: int, second: int, base: float) -> None:
    few, many = (smallest_share_difference(first * times, second * times, base).either_way for times in (1, 2))
    assert few is None or (many is not None and many < few)


@pytest.mark.parametrize("groups", [(0, 50), (50, 0), (2, 2)])
def test_so_few_see_nothing(groups: tuple[int, int]) -> None:
    assert smallest_share_difference(*groups, 0.5) == SmallestSeen(None, None)
    assert smallest_share_difference(*groups, 0.5).either_way is None


@pytest.mark.parametrize(
    ("base", "down", "up"), [(0.0, False, True), (1.0, True, False), (0.97, True, False), (0.5, True, True)]
)
def test_share_cannot_leave_nought_and_one(base: float, down: bool, up: bool) -> None:
    found = smallest_share_difference(60, 60, base)
    assert (found.down is not None, found.up is not None) == (down, up)


def test_either_way_is_the_larger_of_both() -> None:
    assert SmallestSeen(0.1, 0.2).either_way == 0.2
    assert SmallestSeen(0.1, None).either_way == 0.1


def test_difference_of_none_and_all_is_seen_at_once() -> None:
    assert share_power(10, 10, 0.0, 1.0) == 1
    assert share_power(1, 1, 0.0, 1.0) == 0


@pytest.mark.parametrize("base", [-0.1, 1.1, float("nan")])
def test_base_that_is_no_share_is_refused(base: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        smallest_share_difference(10, 10, base)


@pytest.mark.parametrize(
    "groups", [(Moments(1, 5, 0), Moments(9, 5, 2)), (Moments(9, 5, 2), Moments(1, 5, 0)), (Moments(9, 5, 0),) * 2]
)
def test_means_without_spread_see_nothing(groups: tuple[Moments, Moments]) -> None:
    assert smallest_mean_difference(*groups) is None


def test_unlike_groups_see_what_their_standard_error_lets_them() -> None:
    found = smallest_mean_difference(Moments(4000, 0, 9.0), Moments(1000, 0, 25.0))
    assert found == pytest.approx(smallest_normal_difference((9 / 4000 + 25 / 1000) ** 0.5), rel=2e-3)


def test_normal_difference_is_2_8_standard_errors() -> None:
    assert smallest_normal_difference(2.0) == pytest.approx(2 * (1.959964 + 0.841621), abs=1e-5)
    assert smallest_normal_difference(inf) == inf


@given(
    st.tuples(st.integers(2, 10_000), st.integers(2, 10_000)),
    st.tuples(st.floats(0.01, 1e4), st.floats(0.01, 1e4)),
    st.sampled_from([0.5, 0.8, 0.95]),
)
def test_smallest_difference_of_means_is_found_for_any_two_groups(sizes: tuple, spreads: tuple, power: float) -> None:
    """Far out in the tail the noncentral t is not a number, and no search may step there."""
    groups = [Moments(n, 0.0, spread) for n, spread in zip(sizes, spreads, strict=True)]
    assert 0 < smallest_mean_difference(*groups, power=power) < inf
