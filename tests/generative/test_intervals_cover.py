"""Simulated registers with known truths: intervals hold it as often as they say, and chance is seldom shown.

An interval of 95 % should hold the truth in 93–97 of 100 registers, for n from 10 to 10,000. Of shares the truth is
drawn anew for each register, evenly from 5 to 95 %: counts are whole numbers, so that no interval covers alike at every
share, and the average is what can be asked of it. Of two medians the shape of the times is drawn anew.
"""

from collections.abc import Callable
from math import sqrt
from zlib import crc32

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from proof_sizes import PROOF, SEED, size

from skillnad.analysis.formulas.differences import Paired, paired_difference, share_difference, share_ratio
from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval, wilson
from skillnad.analysis.formulas.means import Moments, mean_difference, mean_interval, mean_ratio
from skillnad.analysis.formulas.medians import median_difference, median_ratio, quantile_interval
from skillnad.analysis.formulas.multiplicity import adjusted, selected_confidence
from skillnad.analysis.formulas.power import smallest_mean_difference, smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import Sample, Stratum, sample_mean, sample_share, yes_or_no
from skillnad.analysis.formulas.verdicts import Verdict, judged

REGISTERS = size(400, 10_000)
SIZES = (10, 30, 100, 1_000, 10_000)
DRAW = 3.5 * sqrt(0.05 * 0.95 / REGISTERS)
"""How far off 5 or 95 of 100 so many registers may be by the draw alone."""
LUCK = 0.0 if PROOF else DRAW
"""How much is conceded of 93–97 %: a proof concedes nothing."""
Told = tuple[MaybeInterval, float]
"""What an interval was told to be, and the truth."""


def even(rng: Generator) -> float:
    return float(rng.uniform(0.05, 0.95))


def counted(rng: Generator, n: int, share: float) -> Counted:
    return Counted(int(rng.binomial(n, share)), n)


def moments(values: np.ndarray) -> Moments:
    return Moments(len(values), float(values.mean()), float(values.var(ddof=1)))


def less(n: int) -> int:
    """The size of the other group, so that the two are unlike."""
    return max(10, n // 2)


def one_share(rng: Generator, n: int) -> Told:
    share = even(rng)
    return wilson(*counted(rng, n, share)), share


def two_shares(rng: Generator, n: int) -> Told:
    one, other = even(rng), even(rng)
    return share_difference(counted(rng, n, one), counted(rng, less(n), other)).interval, one - other


def two_shares_ratio(rng: Generator, n: int) -> Told:
    one, other = even(rng), even(rng)
    found = share_ratio(counted(rng, n, one), counted(rng, less(n), other))
    return (found.interval if isinstance(found.interval, Interval) else Interval(0, np.inf)), one / other


def same_people_twice(rng: Generator, n: int) -> Told:
    shares = rng.dirichlet([1, 1, 1, 1])
    return paired_difference(Paired(*rng.multinomial(n, shares).tolist())).interval, float(shares[1] - shares[2])


def one_mean(rng: Generator, n: int) -> Told:
    return mean_interval(moments(rng.normal(40, 12, n))), 40


def one_skewed_mean(rng: Generator, n: int) -> Told:
    return mean_interval(moments(rng.gamma(2, 50, n))), 100


def two_means(rng: Generator, n: int) -> Told:
    return mean_difference(moments(rng.normal(40, 12, n)), moments(rng.normal(35, 25, less(n)))).interval, 5


def two_skewed_means(rng: Generator, n: int) -> Told:
    return mean_difference(moments(rng.gamma(2, 50, n)), moments(rng.gamma(2, 40, less(n)))).interval, 20


def two_means_ratio(rng: Generator, n: int) -> Told:
    return mean_ratio(moments(rng.normal(60, 12, n)), moments(rng.normal(40, 15, less(n)))).interval, 1.5


def one_median(rng: Generator, n: int) -> Told:
    return quantile_interval(np.sort(rng.exponential(100, n))), 100 * np.log(2)


def one_quartile(rng: Generator, n: int) -> Told:
    return quantile_interval(np.sort(rng.exponential(100, n)), 0.75), 100 * np.log(4)


def one_ninetieth(rng: Generator, n: int) -> Told:
    return quantile_interval(np.sort(rng.exponential(100, n)), 0.9), 100 * np.log(10)


SHAPES: tuple[tuple[Callable[[Generator, int], np.ndarray], float], ...] = (
    (lambda rng, n: rng.exponential(100, n), 100 * float(np.log(2))),
    (lambda rng, n: rng.lognormal(4, 0.8, n), float(np.exp(4))),
    (lambda rng, n: rng.normal(150, 10, n), 150),
    (lambda rng, n: rng.uniform(1, 199, n), 100),
)
"""How long things take, with the true median; a register draws one of them."""


def times_and_longer_ones(rng: Generator, n: int) -> tuple[np.ndarray, np.ndarray, float]:
    draw, median = SHAPES[rng.integers(len(SHAPES))]
    return np.sort(draw(rng, n)), np.sort(1.4 * draw(rng, less(n))), median


def two_medians(rng: Generator, n: int) -> Told:
    first, second, median = times_and_longer_ones(rng, n)
    return median_difference(first, second).interval, -0.4 * median


def two_medians_ratio(rng: Generator, n: int) -> Told:
    first, second, _ = times_and_longer_ones(rng, n)
    return median_ratio(first, second).interval, 1 / 1.4


def drawn_share(rng: Generator, n: int) -> Told:
    """n drawn of 3 n people, whose share is what it happens to be."""
    people = 3 * n
    yes = int(rng.binomial(people, even(rng)))
    found = int(rng.hypergeometric(yes, people - yes, n))
    return sample_share(Sample((Stratum(people, n, n, yes_or_no(found, n)),))).interval, yes / people


def drawn_group_share(rng: Generator, n: int) -> Told:
    """As many outside the group asked about as in it, about: how many are in it is drawn too."""
    inside, share = int(rng.binomial(6 * n, 0.5)), even(rng)
    yes = int(rng.binomial(inside, share))
    found = rng.multivariate_hypergeometric([yes, inside - yes, 6 * n - inside], 2 * n)
    stratum = Stratum(6 * n, 2 * n, 2 * n, yes_or_no(int(found[0]), int(found[0] + found[1])))
    return sample_share(Sample((stratum,))).interval, yes / inside


def drawn_share_by_stratum(rng: Generator, n: int) -> Told:
    """Two strata of n answers each, one drawn five times as densely as the other, their shares unlike."""
    strata, yes, base = [], 0, even(rng)
    for times in (10, 2):
        share = min(0.95, max(0.05, base + rng.uniform(-0.2, 0.2)))
        has = int(rng.binomial(times * n, share))
        found = int(rng.hypergeometric(has, times * n - has, n))
        strata.append(Stratum(times * n, n, n, yes_or_no(found, n)))
        yes += has
    return sample_share(Sample(tuple(strata))).interval, yes / (12 * n)


def drawn_mean(rng: Generator, n: int) -> Told:
    people = rng.normal(40, 12, 3 * n)
    return sample_mean(Sample((Stratum(3 * n, n, n, moments(people[:n])),))).interval, float(people.mean())


FROM_TEN = (
    one_share,
    two_shares,
    two_shares_ratio,
    same_people_twice,
    one_mean,
    two_means,
    two_skewed_means,
    two_means_ratio,
    one_median,
    two_medians,
    two_medians_ratio,
    drawn_share,
    drawn_group_share,
    drawn_share_by_stratum,
    drawn_mean,
)
CASES = [(told, n) for told in FROM_TEN for n in SIZES]
CASES += [(one_skewed_mean, n) for n in SIZES if n >= 100]
CASES += [(one_quartile, n) for n in SIZES if n >= 30]
CASES += [(one_ninetieth, n) for n in SIZES if n >= 100]


def seeded(*names: object) -> Generator:
    """Chances of its own for each test, the same on every machine."""
    return default_rng([SEED, crc32(repr(names).encode())])


def coverage(told: Callable[[Generator, int], Told], n: int) -> float:
    rng, held = seeded(told.__name__, n), 0
    for _ in range(REGISTERS):
        interval, truth = told(rng, n)
        held += isinstance(interval, Interval) and interval.holds(truth)
    return held / REGISTERS


@pytest.mark.parametrize(("told", "n"), CASES, ids=lambda value: getattr(value, "__name__", str(value)))
def test_interval_holds_the_truth_as_often_as_it_says(told, n: int, record_property) -> None:
    found = coverage(told, n)
    record_property("simulated registers", REGISTERS)
    record_property("per cent held the truth", round(100 * float(found), 2))
    assert 0.93 - LUCK <= found <= 0.97 + LUCK


def shown_by_chance(comparisons: list[Comparison]) -> bool:
    return any(each.verdict is Verdict.DIFFERENCE_SHOWN for each in judged(comparisons, [None] * len(comparisons)))


def shares_of_strangers(rng: Generator) -> list[Comparison]:
    """Twenty comparisons of groups that have nothing to do with each other, of any size."""
    made = []
    for share in rng.uniform(0.02, 0.98, 20):
        first, second = (int(10 ** rng.uniform(1, 3.5)) for _ in range(2))
        made.append(share_difference(counted(rng, first, share), counted(rng, second, share)))
    return made


def shares_of_units(rng: Generator) -> list[Comparison]:
    """Each of 15 units against all the others: the comparisons lean on each other."""
    share, sizes = even(rng), (10 ** rng.uniform(1, 3, 15)).astype(int)
    parts = rng.binomial(sizes, share)
    whole, part = int(sizes.sum()), int(parts.sum())
    return [
        share_difference(Counted(int(k), int(n)), Counted(part - int(k), whole - int(n)))
        for k, n in zip(parts, sizes, strict=True)
    ]


def means_of_strangers(rng: Generator) -> list[Comparison]:
    sizes = (10 ** rng.uniform(1.5, 2.5, (20, 2))).astype(int)
    return [mean_difference(moments(rng.normal(9, 3, n)), moments(rng.normal(9, 5, m))) for n, m in sizes]


def medians_of_strangers(rng: Generator) -> list[Comparison]:
    sizes = (10 ** rng.uniform(1, 2.5, (20, 2))).astype(int)
    return [median_difference(np.sort(rng.exponential(9, n)), np.sort(rng.exponential(9, m))) for n, m in sizes]


@pytest.mark.parametrize("page", [shares_of_strangers, shares_of_units, means_of_strangers, medians_of_strangers])
def test_pages_without_any_difference_seldom_show_one(page, record_property) -> None:
    rng = seeded(page.__name__)
    found = sum(shown_by_chance(page(rng)) for _ in range(REGISTERS)) / REGISTERS
    record_property("simulated pages", REGISTERS)
    record_property("per cent showed a difference", round(100 * float(found), 2))
    assert found <= 0.05 + DRAW


def test_of_the_differences_shown_few_are_chance() -> None:
    rng, shown, chance = seeded("false"), 0, 0
    for _ in range(REGISTERS):
        p_values = []
        for number in range(20):
            other = 0.3 if number % 2 else 0.4
            p_values.append(share_difference(counted(rng, 300, 0.3), counted(rng, 300, other)).p or 0.0)
        told = [p <= 0.05 for p in adjusted(p_values)]
        shown, chance = shown + sum(told), chance + sum(told[1::2])
    assert 0 < chance / shown <= 0.05


def test_intervals_of_the_picked_out_hold_as_often_as_they_say() -> None:
    rng, held, told = seeded("picked"), 0, 0
    for _ in range(REGISTERS):
        truths = rng.normal(0, 0.05, 20)
        pairs = [(counted(rng, 300, 0.4 + truth), counted(rng, 300, 0.4)) for truth in truths]
        shown = [p <= 0.05 for p in adjusted([share_difference(*pair).p or 0.0 for pair in pairs])]
        confidence = selected_confidence(sum(shown), 20)
        for truth, pair, picked in zip(truths, pairs, shown, strict=True):
            interval = share_difference(*pair, confidence=confidence).interval
            told += picked
            held += picked and isinstance(interval, Interval) and interval.holds(truth)
    assert held / told >= 0.95 - DRAW


@pytest.mark.parametrize(("first", "second", "base"), [(80, 80, 0.5), (200, 600, 0.2), (5_000, 5_000, 0.1)])
def test_smallest_share_difference_is_seen_in_eight_of_ten(first: int, second: int, base: float) -> None:
    rng, up = seeded(first, second), smallest_share_difference(first, second, base).up
    assert up is not None
    pairs = [(counted(rng, first, base), counted(rng, second, base + up)) for _ in range(REGISTERS)]
    seen = sum((share_difference(*pair).p or 0.0) <= 0.05 for pair in pairs)
    assert seen / REGISTERS == pytest.approx(0.8, abs=0.03 + 2 * LUCK)


@pytest.mark.parametrize(("first", "second"), [(10, 10), (40, 15), (2_000, 500)])
def test_smallest_mean_difference_is_seen_in_eight_of_ten(first: int, second: int) -> None:
    rng, seen = seeded(first, second), 0
    away = smallest_mean_difference(Moments(first, 0, 9.0), Moments(second, 0, 25.0))
    assert away is not None
    for _ in range(REGISTERS):
        found = mean_difference(moments(rng.normal(away, 3, first)), moments(rng.normal(0, 5, second)))
        seen += found.p is not None and found.p <= 0.05
    assert seen / REGISTERS == pytest.approx(0.8, abs=0.03 + 2 * LUCK)
