"""Funnel plots: R's limits and dispersion, and how often chance alone passes them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures
from scipy.stats import binom

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.funnel import Funnel, Place, funnel, over_dispersion
from skillnad.analysis.formulas.proportions import Counted

R = r_figures("charts")["funnels"]
COUNTS = st.integers(1, 300).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def made(parts, wholes, **how) -> Funnel:
    units = {f"u{place}": Counted(*each) for place, each in enumerate(zip(parts, wholes, strict=True))}
    found = funnel(units, **how)
    assert isinstance(found, Funnel)
    return found


@pytest.mark.parametrize("name", R)
def test_target_and_spread_are_rs(name: str) -> None:
    found = made(R[name]["part"], R[name]["whole"])
    assert_same([found.target, found.spread], [R[name]["target"], R[name]["spread"]])
    assert_same([point.z for point in found.points], R[name]["z"])


@pytest.mark.parametrize("name", R)
def test_exact_limits_are_rs(name: str) -> None:
    found = made(R[name]["part"], R[name]["whole"], widen=False)
    assert_same(np.transpose([point.inner for point in found.points]), R[name]["exact_inner"])
    assert_same(np.transpose([point.outer for point in found.points]), R[name]["exact_outer"])


def test_limits_of_units_that_vary_more_than_chance_are_rs() -> None:
    found, right = made(R["spread"]["part"], R["spread"]["whole"]), R["spread"]
    assert found.phi == found.spread > 1
    assert_same(np.transpose([point.inner for point in found.points]), right["wide_inner"])
    assert_same(np.transpose([point.outer for point in found.points]), right["wide_outer"])
    assert "gånger så breda" in found.statement()
    assert "times as wide" in found.statement("en")


def test_limits_of_units_that_vary_as_chance_does_are_not_widened() -> None:
    found = made(R["calm"]["part"], R["calm"]["whole"])
    assert found.phi == 1
    assert "gånger så breda" not in found.statement()


@pytest.mark.parametrize(
    ("part", "place"),
    [(30, Place.FAR_BELOW), (38, Place.BELOW), (50, Place.INSIDE), (62, Place.ABOVE), (70, Place.FAR_ABOVE)],
)
def test_unit_is_placed_by_its_own_limits(part: int, place: Place) -> None:
    found = made([part, 500], [100, 1000], target=0.5, widen=False).points[0]
    assert found.place is place
    assert found.place.sv != found.place.en


def test_unit_on_its_limit_is_inside() -> None:
    inner, _ = made([1, 1], [2, 2], target=0.5).limits(100)
    assert inner == (0.4, 0.6)  # 40 and 60: the 2.5th and 97.5th percentile of 100 throws of a coin
    assert made([40, 60], [100, 100], target=0.5).points[0].place is Place.INSIDE


@given(st.lists(COUNTS, min_size=2, max_size=12), st.integers(1, 99))
@examples(25, 1000)
def test_outer_limits_hold_the_inner_ones_and_the_target(counts, per_cent: int) -> None:
    found = made(*zip(*counts, strict=True), target=per_cent / 100)
    for point in found.points:
        assert 0 <= point.outer.low <= point.inner.low <= point.inner.high <= point.outer.high <= 1
        assert point.outer.low <= found.target <= point.outer.high or point.counted.whole * found.target < 8


@given(st.lists(COUNTS, min_size=2, max_size=12), st.integers(1, 99))
@examples(25, 1000)
def test_funnel_of_the_others_is_its_mirror(counts, per_cent: int) -> None:
    parts, wholes = zip(*counts, strict=True)
    there = made(parts, wholes, target=per_cent / 100)
    back = made(np.subtract(wholes, parts).tolist(), wholes, target=1 - per_cent / 100)
    assert back.spread == pytest.approx(there.spread)
    assert [point.z for point in back.points] == pytest.approx([-point.z for point in there.points])


def test_far_unit_is_drawn_in_before_the_spread_is_taken() -> None:
    calm = [-1.0, 1.0] * 10
    assert over_dispersion(calm) == 1
    assert over_dispersion([*calm, 90.0]) == 1


def test_units_are_ordered_by_size_and_empty_ones_are_told() -> None:
    found = funnel({"big": Counted(9, 90), "none": Counted(0, 0), "small": Counted(2, 9)})
    assert isinstance(found, Funnel)
    assert [point.unit for point in found.points] == ["small", "big"]
    assert found.empty == ("none",)


@pytest.mark.parametrize(
    ("units", "reason"),
    [
        ({"a": (0, 3), "b": (0, 4)}, "one_share"),
        ({}, "too_few_units"),
        ({"a": (1, 3), "b": (0, 0)}, "too_few_units"),
        ({"a": (3, 3), "b": (4, 4)}, "one_share"),
    ],
)
def test_units_that_cannot_be_compared_are_told(units, reason: str) -> None:
    found = funnel({unit: Counted(*each) for unit, each in units.items()})
    assert isinstance(found, NotEstimable)
    assert found.reason == reason


@pytest.mark.parametrize("target", [0, 1, 50])
def test_target_is_a_share(target: float) -> None:
    with pytest.raises(ValueError, match="target"):
        made([1, 2], [4, 4], target=target)


def test_limits_of_nobody_are_refused() -> None:
    with pytest.raises(ValueError, match="someone"):
        made([1, 2], [4, 4]).limits(0)


def test_parts_beyond_their_wholes_are_refused() -> None:
    with pytest.raises(ValueError, match="no part"):
        made([5, 2], [4, 4])


def test_chance_passes_the_limits_no_more_often_than_they_say() -> None:
    chance, runs = np.random.default_rng(SEED), size(150, 5_000)
    wholes, places = np.array([10, 30, 60, 100, 200, 500, 1000, 3000]), []
    for _ in range(runs):
        found = made(chance.binomial(wholes, 0.3).tolist(), wholes.tolist(), target=0.3, widen=False)
        places += [point.place for point in found.points]
    far = np.mean([place in (Place.FAR_BELOW, Place.FAR_ABOVE) for place in places])
    outside = np.mean([place is not Place.INSIDE for place in places])
    assert outside < 0.05 + 4 * (0.05 * 0.95 / len(places)) ** 0.5
    assert far < 0.002 + 4 * (0.002 / len(places)) ** 0.5


def test_units_that_vary_more_are_seldom_outside_widened_limits() -> None:
    chance, runs, outside = np.random.default_rng(SEED), size(100, 5_000), []
    for _ in range(runs):
        wholes = np.full(30, 200)
        true = chance.beta(0.3 * 60, 0.7 * 60, 30)  # four times as much variance as chance gives
        found = made(chance.binomial(wholes, true).tolist(), wholes.tolist())
        outside.append(np.mean([point.place is not Place.INSIDE for point in found.points]))
    assert 0.02 < np.mean(outside) < 0.12  # without widening: 0.32


def _exact(target: float) -> Funnel:
    return made([1, 1], [2, 2], target=target, widen=False)


@given(st.integers(1, 400), st.integers(1, 99))
@examples(25, 1000)
def test_limits_are_percentiles_of_a_binomial(whole: int, per_cent: int) -> None:
    inner, outer = _exact(per_cent / 100).limits(whole)
    tails = binom.ppf([0.025, 0.975, 0.001, 0.999], whole, per_cent / 100) / whole
    assert [*inner, *outer] == pytest.approx(tails.tolist())


@given(st.integers(1, 400), st.integers(1, 99))
@examples(25, 1000)
def test_chance_of_a_unit_outside_is_what_its_limits_say(whole: int, per_cent: int) -> None:
    share = per_cent / 100
    for limits, most in zip(_exact(share).limits(whole), (0.05, 0.002), strict=True):
        inside = [count for count in range(whole + 1) if limits.holds(count / whole)]
        assert 1 - binom.pmf(inside, whole, share).sum() <= most + 1e-9


def test_funnel_narrows_with_size() -> None:
    found = made(R["spread"]["part"], R["spread"]["whole"])
    widths = [inner.high - inner.low for inner, _ in map(found.limits, (50, 100, 500, 5000))]
    assert widths == sorted(widths, reverse=True)
    assert widths[0] / widths[3] == pytest.approx(10)  # a hundred times as many


def test_statement_says_how_many_are_outside_by_chance() -> None:
    found = made([5] * 40, [20] * 40, target=0.25)
    assert found.statement().startswith("Av 40 enheter hamnar omkring 2,0 utanför")
    assert found.statement("en").startswith("Of 40 units, about 2.0 fall outside")


@pytest.mark.parametrize(("apart", "widened"), [(7, False), (8, True)])
def test_limits_are_widened_past_a_spread_that_chance_may_give(apart: int, widened: bool) -> None:
    # of eight units the spread is to be above 1 + 2 sqrt(2 / 8) = 2; seven and eight per cent apart make 1.96 and 2.56
    found = made([50 - apart, 50 + apart] * 4, [100] * 8, target=0.5)
    assert found.spread == pytest.approx((apart / 5) ** 2)
    assert found.phi == (found.spread if widened else 1)


def test_limit_of_just_enough_chance_is_not_passed_over() -> None:
    # one person, whose chance of not having it is 97.5 per cent: the upper inner limit is none, not all
    inner, _ = _exact(1 - 0.975).limits(1)
    assert inner == (0, 0)


@pytest.mark.parametrize(("part", "wide"), [(5070, False), (5072, True)])
def test_limits_are_widened_past_two_standard_errors_of_the_spread(part: int, wide: bool) -> None:
    # of eight units the spread is 1 by chance, with a standard error of a half: here it is 1.96, and 2.07
    found = made([part, 10_000 - part] * 4, [10_000] * 8, target=0.5)
    assert (found.phi > 1) is wide


def test_unit_on_its_outer_limit_is_not_far_out() -> None:
    _, outer = _exact(0.5).limits(100)
    low, high = (round(100 * end) for end in outer)
    assert [point.place for point in _of(low, high).points] == [Place.BELOW, Place.ABOVE]
    assert [point.place for point in _of(low - 1, high + 1).points] == [Place.FAR_BELOW, Place.FAR_ABOVE]


def _of(low: int, high: int) -> Funnel:
    return made([low, high], [100, 100], target=0.5, widen=False)
