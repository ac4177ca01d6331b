"""Differences between shares of samples: against R's survey package, and in simulated registers."""

from math import inf, sqrt
from statistics import NormalDist

import numpy as np
import pytest
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.differences import share_difference
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sample_differences import ENDLESS, sample_difference, smallest_sample_difference
from skillnad.analysis.formulas.samples import Chosen, Sample, Sampled, Stratum, sample_share, yes_or_no

R = r_figures("sample_differences")
CASES = pytest.mark.parametrize("case", R.values(), ids=R)


def part_of(yes: int, group: int, answered: int, population: int, chosen: Chosen = Chosen.BY_LOT) -> Sampled:
    """A group of one sample."""
    return sample_share(Sample((Stratum(population, answered, answered, yes_or_no(yes, group)),), chosen))


def groups(case: dict) -> list[Sampled]:
    sizes = [yes + no for yes, no in zip(case["yes"], case["no"], strict=True)]
    if len(case["population"]) > 1:
        each = zip(case["yes"], sizes, sizes, case["population"], strict=True)
        return [part_of(*one) for one in each]
    return [part_of(yes, n, sum(sizes), case["population"][0]) for yes, n in zip(case["yes"], sizes, strict=True)]


@CASES
def test_shares_errors_and_effective_sizes_are_rs(case: dict) -> None:
    found = groups(case)
    assert_same([each.value for each in found], case["share"])
    assert_same([each.error for each in found], case["error"])
    sizes = [None if each.effective == inf else each.effective for each in found]
    assert_same(sizes, case["effective"])


@CASES
def test_difference_its_error_and_p_are_rs(case: dict) -> None:
    one, other = groups(case)[:2]
    found = sample_difference(one, other)
    assert_same(found.value, case["difference"])
    assert_same(sqrt(sum((each.error or 0.0) ** 2 for each in (one, other))), case["difference_error"])
    if case["p"] is not None:
        assert_same(found.p, case["p"])


@CASES
def test_interval_is_about_as_wide_as_rs_error_says(case: dict) -> None:
    found = sample_difference(*groups(case)[:2])
    assert isinstance(found.interval, Interval)
    width = (found.interval.high - found.interval.low) / (2 * 1.96)
    assert width == pytest.approx(case["difference_error"], rel=0.06)


def test_few_of_endlessly_many_are_compared_as_any_rows_are() -> None:
    sampled = sample_difference(part_of(300, 1000, 2000, 10**9), part_of(350, 1000, 2000, 10**9))
    plain = share_difference(Counted(300, 1000), Counted(350, 1000))
    assert sampled.value == pytest.approx(plain.value)
    assert sampled.interval == pytest.approx(plain.interval, abs=2e-4)
    assert sampled.p == pytest.approx(plain.p, rel=0.01)


def test_difference_between_all_there_are_has_neither_p_nor_doubt() -> None:
    one, other = part_of(3, 10, 10, 10, Chosen.EVERYONE), part_of(7, 10, 10, 10, Chosen.EVERYONE)
    found = sample_difference(one, other)
    assert found.interval == pytest.approx((-0.4, -0.4))
    assert found.p is None
    assert smallest_sample_difference(one, other) is None


def test_whole_group_against_a_sample_is_as_unsure_as_the_sample() -> None:
    whole, drawn = part_of(12, 30, 30, 30), part_of(40, 75, 75, 600)
    found = sample_difference(whole, drawn)
    assert isinstance(drawn.interval, Interval)
    assert found.interval == pytest.approx((0.4 - drawn.interval.high, 0.4 - drawn.interval.low))
    error = sqrt(0.4 * 0.6 / drawn.effective)
    assert found.p == pytest.approx(2 * (1 - _normal(abs(found.value) / error)), rel=1e-6)


def _normal(z: float) -> float:
    return NormalDist().cdf(z)


@pytest.mark.parametrize("chosen", [each for each in Chosen if not each.at_random])
def test_those_not_drawn_at_random_differ_and_no_more_is_said(chosen: Chosen) -> None:
    one, other = part_of(3, 10, 20, 900, chosen), part_of(7, 10, 20, 900, chosen)
    found = sample_difference(one, other)
    assert (found.value, found.interval, found.p) == (pytest.approx(-0.4), NoInterval(Why.NOT_RANDOM), None)
    assert smallest_sample_difference(one, other) is None


def test_group_that_nobody_is_in_differs_from_none() -> None:
    found = sample_difference(part_of(3, 10, 20, 900), part_of(0, 0, 20, 900))
    assert (found.value, found.interval, found.p) == (None, NoInterval(Why.NOBODY), None)


def test_one_answer_is_too_few_to_compare() -> None:
    found = sample_difference(part_of(1, 1, 20, 900), part_of(3, 10, 20, 900))
    assert (found.interval, found.p) == (NoInterval(Why.TOO_FEW), None)


@pytest.mark.parametrize("yes", [0, 10])
def test_groups_that_all_agree_do_not_differ(yes: int) -> None:
    found = sample_difference(part_of(yes, 10, 20, 900), part_of(yes, 10, 20, 900))
    assert (found.value, found.p) == (0, 1)


def test_smallest_difference_is_that_of_the_effective_sizes() -> None:
    one, other = part_of(30, 100, 200, 400), part_of(50, 100, 200, 400)
    assert (one.effective, other.effective) == (pytest.approx(199), pytest.approx(199))
    expected = smallest_share_difference(199, 199, 0.4).either_way
    assert smallest_sample_difference(one, other) == pytest.approx(expected)
    whole = part_of(12, 30, 30, 30)
    assert smallest_sample_difference(whole, one) == pytest.approx(
        smallest_share_difference(ENDLESS, 199, 0.4).either_way, rel=1e-3
    )


def _drawn(rng: np.random.Generator, share: float, other: float) -> tuple[Sampled, Sampled]:
    """60 drawn of 400, who are of two groups."""
    people = np.repeat([0, 1, 2, 3], [round(200 * share), round(200 * (1 - share)), *_two(200, other)])
    found = np.bincount(rng.choice(people, 60, replace=False), minlength=4)
    return part_of(found[0], found[0] + found[1], 60, 400), part_of(found[2], found[2] + found[3], 60, 400)


def _two(of: int, share: float) -> tuple[int, int]:
    return round(of * share), of - round(of * share)


@pytest.mark.parametrize(("share", "other"), [(0.3, 0.3), (0.1, 0.1), (0.2, 0.45)])
def test_intervals_of_drawn_differences_hold_the_true_one(share: float, other: float) -> None:
    rng = np.random.default_rng(20251122)
    found = [sample_difference(*_drawn(rng, share, other)) for _ in range(1500)]
    held = [each.interval.holds(share - other) for each in found if isinstance(each.interval, Interval)]
    assert 0.93 <= sum(held) / len(found) <= 0.985
    if share == other:
        shown = [each.p <= 0.05 and not each.interval.holds(0.0) for each in found]
        assert sum(shown) / len(found) <= 0.055
