"""Direct standardisation: a published example, R's figures, what must not matter, and how often the intervals hold."""

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures
from scipy.stats import chi2

from skillnad.analysis.formulas.differences import share_difference
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why, wilson
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.standardisation import (
    Cell,
    Standardised,
    Way,
    standardised_difference,
    standardised_rate,
    standardised_ratio,
    standardised_share,
)

R = r_figures("standardisation")
CELL = st.integers(1, 60).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))
CELLS = st.lists(st.tuples(CELL, st.integers(1, 900)), min_size=1, max_size=6)


def strata(numbers) -> dict[tuple[str, ...], float]:
    return {(str(place),): number for place, number in enumerate(numbers)}


def cells(parts, wholes) -> dict[tuple[str, ...], Cell]:
    return {stratum: Cell(*cell) for stratum, cell in strata(zip(parts, wholes, strict=True)).items()}


def share(parts, wholes, weights, **how) -> Standardised:
    found = standardised_share(cells(parts, wholes), strata(weights), **how)
    assert isinstance(found, Standardised)
    return found


def share_of(made) -> Standardised:
    counts, weights = zip(*made, strict=True)
    return share(*zip(*counts, strict=True), weights)


def rate(parts, wholes, weights) -> Standardised:
    found = standardised_rate(cells(parts, wholes), strata(weights))
    assert isinstance(found, Standardised)
    return found


def fleiss(made) -> list:
    return [made["part"], made["whole"], made["weight"]]


def test_rate_of_a_published_example() -> None:
    # Down's syndrome among the fifth born and later, a 100,000 births: the data of Fay and Feuer (1997)
    found = rate(*fleiss(R["rates"]["fifth_born"]))
    assert 1e5 * np.array([found.value, *found.interval]) == pytest.approx([75.52901, 67.70212, 188.30017], abs=5e-6)


@pytest.mark.parametrize("name", R["rates"])
def test_rate_is_rs(name: str) -> None:
    right = R["rates"][name]
    found = rate(*fleiss(right))
    assert_same([found.value, found.variance, found.plain], [right[name] for name in ("value", "variance", "plain")])
    assert_same(found.interval, [right["low"], right["high"]])


@pytest.mark.parametrize("name", R["shares"])
def test_share_is_rs(name: str) -> None:
    right = R["shares"][name]
    found = share(*fleiss(right))
    assert_same([found.value, found.variance, found.plain], [right[name] for name in ("value", "variance", "plain")])
    assert found.strata == len(right["part"])


@pytest.mark.parametrize("way", Way)
@pytest.mark.parametrize("name", R["shares"])
def test_interval_of_a_share_is_rs(name: str, way: Way) -> None:
    assert_same(share(*fleiss(R["shares"][name]), way=way).interval, R["shares"][name][way])


@pytest.mark.parametrize(("first", "second"), [("one", "other"), ("other", "none_or_all")])
def test_comparisons_are_rs(first: str, second: str) -> None:
    right = R["comparisons"][f"{first}_{second}"]
    pair = share(*fleiss(R["shares"][first])), share(*fleiss(R["shares"][second]))
    for kind, found in (("difference", standardised_difference(*pair)), ("ratio", standardised_ratio(*pair))):
        assert isinstance(found.interval, Interval)
        assert_same(
            [found.value, *found.interval, found.p],
            [right[kind], right[f"{kind}_low"], right[f"{kind}_high"], right["p"]],
        )


@given(CELLS)
@examples(25, 1000)
def test_group_with_the_standards_own_ages_has_its_plain_share(made) -> None:
    parts, wholes = zip(*(cell for cell, _ in made), strict=True)
    found = share(parts, wholes, wholes)
    assert found.value == pytest.approx(found.plain, abs=1e-12)


@given(CELLS, st.floats(0.01, 1000))
@examples(25, 1000)
def test_only_the_weights_proportions_matter(made, times: float) -> None:
    counts, weights = zip(*made, strict=True)
    parts, wholes = zip(*counts, strict=True)
    before, after = share(parts, wholes, weights), share(parts, wholes, [weight * times for weight in weights])
    assert [after.value, *after.interval] == pytest.approx([before.value, *before.interval], abs=1e-9)


@given(CELLS)
@examples(25, 1000)
def test_share_of_the_others_is_the_rest(made) -> None:
    counts, weights = zip(*made, strict=True)
    parts, wholes = zip(*counts, strict=True)
    have, lack = (share(part, wholes, weights) for part in (parts, np.subtract(wholes, parts).tolist()))
    assert [lack.value, *lack.interval] == pytest.approx(
        [1 - have.value, 1 - have.interval.high, 1 - have.interval.low], abs=1e-9
    )


@given(CELLS, CELLS)
@examples(25, 1000)
def test_intervals_hold_the_value_and_turn_with_the_order(made, others) -> None:
    one, other = (
        share(*zip(*(cell for cell, _ in each), strict=True), [w for _, w in each]) for each in (made, others)
    )
    there, back = standardised_difference(one, other), standardised_difference(other, one)
    assert isinstance(there.interval, Interval)
    assert isinstance(back.interval, Interval)
    assert there.interval.low <= there.value <= there.interval.high
    assert list(there.interval) == pytest.approx([-back.interval.high, -back.interval.low])


@given(CELLS, CELLS)
@examples(25, 1000)
def test_ratio_and_difference_agree_on_whether_there_is_one(made, others) -> None:
    one, other = (
        share(*zip(*(cell for cell, _ in each), strict=True), [w for _, w in each]) for each in (made, others)
    )
    ratio, apart = standardised_ratio(one, other).interval, standardised_difference(one, other).interval
    assert isinstance(apart, Interval)
    if isinstance(ratio, Interval) and min(map(abs, apart)) > 1e-9:
        assert ratio.holds(1) == apart.holds(0)


def test_ratio_to_none_is_no_ratio() -> None:
    some, none = share([3], [9], [1]), share([0], [9], [1])
    assert standardised_ratio(some, none).interval == NoInterval(Why.NEAR_NOUGHT)
    ratio = standardised_ratio(none, some)
    assert (ratio.value, ratio.interval.low) == (0, 0)  # type: ignore[union-attr]


def test_ratio_to_what_may_be_none_has_no_upper_end() -> None:
    some, few = share([3], [9], [1]), share([1], [9], [1], way=Way.NORMAL)
    assert standardised_ratio(some, few).interval.high == inf  # type: ignore[union-attr]


def test_no_spread_has_no_p() -> None:
    assert standardised_difference(share([0], [9], [1]), share([9], [9], [1])).p is None


@pytest.mark.parametrize("made", [{("65+", "K"): Cell(1, 4)}, {("65+", "K"): Cell(1, 4), ("65+", "M"): Cell(0, 0)}])
def test_empty_stratum_is_named(made) -> None:
    found = standardised_share(made, {("65+", "K"): 5, ("65+", "M"): 4})
    assert isinstance(found, NotEstimable)
    assert found.reason == "empty_stratum"
    assert "65+ M" in found.sv


def test_stratum_that_the_standard_lacks_is_named() -> None:
    found = standardised_rate({("0-17",): Cell(1, 4), ("18-64",): Cell(2, 4)}, {("18-64",): 5})
    assert isinstance(found, NotEstimable)
    assert (found.reason, "0-17" in found.en) == ("stratum_outside_standard", True)


def test_stratum_without_weight_or_people_counts_for_nothing() -> None:
    without = share([1, 2], [4, 5], [3, 2])
    found = standardised_share(
        {("0",): Cell(1, 4), ("1",): Cell(2, 5), ("2",): Cell(3, 3), ("3",): Cell(0, 0)}, strata([3, 2, 0])
    )
    assert isinstance(found, Standardised)
    assert (found.value, found.strata) == (without.value, 2)


@pytest.mark.parametrize(
    ("parts", "wholes", "weights", "why"),
    [
        ([5], [4], [1], "not of its whole"),
        ([-1], [4], [1], "negative"),
        ([-2], [-1], [1], "negative"),
        ([1], [4], [0], "standard population"),
        ([1, 1], [4, 4], [-1, 3], "standard population"),
    ],
)
def test_counts_that_cannot_be_are_refused(parts, wholes, weights, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        share(parts, wholes, weights)


@pytest.mark.parametrize("n", [10, 50, 400])
def test_intervals_cover_as_often_as_they_say(n: int) -> None:
    chance, runs = np.random.default_rng(SEED), size(200, 10_000)
    true, weights, wholes = np.array([0.1, 0.3, 0.6, 0.85]), np.array([0.2, 0.4, 0.3, 0.1]), [n, 2 * n, n, n // 2]
    right, hits = float(true @ weights), 0
    for _ in range(runs):
        hits += share(chance.binomial(wholes, true).tolist(), wholes, weights.tolist()).interval.holds(right)
    slack = 4 * (0.05 * 0.95 / runs) ** 0.5
    assert 0.93 - slack < hits / runs < 0.97 + slack


def test_interval_of_a_rate_covers_at_least_as_often_as_it_says() -> None:
    chance, runs = np.random.default_rng(SEED), size(200, 10_000)
    true, weights, time = np.array([0.01, 0.05, 0.2]), np.array([0.5, 0.3, 0.2]), [200.0, 150.0, 60.0]
    hits = sum(
        rate(chance.poisson(true * time).tolist(), time, weights.tolist()).interval.holds(float(true @ weights))
        for _ in range(runs)
    )
    assert hits / runs > 0.95 - 4 * (0.05 * 0.95 / runs) ** 0.5


@given(CELL)
@examples(25, 1000)
def test_share_of_one_stratum_has_wilsons_interval(cell: tuple[int, int]) -> None:
    right = wilson(*cell)
    assert isinstance(right, Interval)
    assert share([cell[0]], [cell[1]], [1]).interval == pytest.approx(right, abs=1e-9)


@given(CELL, CELL)
@examples(25, 1000)
def test_difference_of_one_stratum_is_newcombes(one: tuple[int, int], other: tuple[int, int]) -> None:
    right = share_difference(Counted(*one), Counted(*other))
    found = standardised_difference(share(*zip(one, strict=True), [1]), share(*zip(other, strict=True), [1]))
    assert found.value == pytest.approx(right.value)
    assert found.interval == pytest.approx(right.interval, abs=1e-9)


@given(st.integers(0, 80), st.floats(0.5, 900))
@examples(25, 1000)
def test_rate_of_one_stratum_has_the_exact_interval_of_a_count(events: int, time: float) -> None:
    # F. Garwood, Biometrika 28 (1936): which Fay and Feuer's is of one stratum
    low = chi2.ppf(0.025, 2 * events) / 2 if events else 0.0
    assert rate([events], [time], [3]).interval == pytest.approx(
        (low / time, chi2.ppf(0.975, 2 * events + 2) / 2 / time)
    )


def test_more_confidence_is_a_wider_interval() -> None:
    sure, surer = (share([4, 9], [12, 30], [1, 2], confidence=confidence).interval for confidence in (0.9, 0.99))
    assert surer.low < sure.low < sure.high < surer.high


def test_groups_that_are_alike_are_seldom_told_apart() -> None:
    chance, runs, told = np.random.default_rng(SEED), size(150, 10_000), np.zeros(2)
    true, weights, mixes = np.array([0.15, 0.4, 0.7]), [3, 4, 2], ([80, 60, 20], [20, 50, 90])
    for _ in range(runs):
        one, other = (share(chance.binomial(wholes, true).tolist(), wholes, weights) for wholes in mixes)
        for place, found in enumerate(
            (standardised_difference(one, other).interval, standardised_ratio(one, other).interval)
        ):
            assert isinstance(found, Interval)
            told[place] += not found.holds(place)
    assert (told / runs < 0.07 + 4 * (0.05 * 0.95 / runs) ** 0.5).all()


@pytest.mark.parametrize(("part", "end", "expected"), [(1, 0, 0), (8, 1, 1)])
def test_normal_interval_of_a_share_does_not_leave_nought_and_one(part: int, end: int, expected: float) -> None:
    assert share([part], [9], [1], way=Way.NORMAL).interval[end] == expected


@pytest.mark.parametrize("weight", [1, 2, 3, 7, 11, 13])
def test_ratio_of_shares_without_spread_is_sure(weight: int) -> None:
    one, other = (share([9, 0], [9, 9], [each, 17], way=Way.NORMAL) for each in (weight, weight + 3))
    assert standardised_ratio(one, other).interval == pytest.approx((one.value / other.value,) * 2)
