"""When a series over time says that something has changed: stated rules, with their sources.

A point on the centre line neither adds to a shift nor breaks it, and one that is equal to the point before it neither
adds to a trend nor breaks it: L. P. Provost and S. K. Murray, The Health Care Data Guide (2011), chs. 3 and 4.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import log2

from scipy.special import bdtr

PROVOST = "L. P. Provost, S. K. Murray: The Health Care Data Guide (2011)"
ANHOEJ = "J. Anhøj, A. V. Olesen: Run charts revisited, PLoS ONE 9 (2014), e113825"
SWED = "F. S. Swed, C. Eisenhart: Tables for testing randomness of grouping, Ann. Math. Statist. 14 (1943), 66–87"


@dataclass(frozen=True)
class Rule:
    """A rule as a reader sees it, and where it is from. `id` is stable."""

    id: str
    sv: str
    en: str
    source: str


@dataclass(frozen=True)
class Signal:
    """That a rule holds, and the places (from 0) of the points that it holds for."""

    rule: Rule
    points: tuple[int, ...]


BEYOND = Rule("beyond_limits", "en punkt utanför styrgränserna", "a point beyond the control limits", PROVOST)
SHIFT_8 = Rule(
    "shift_8",
    "minst åtta punkter i rad på samma sida om mittlinjen",
    "eight points or more in a row on one side",
    PROVOST,
)
SHIFT_6 = Rule(
    "shift_6", "minst sex punkter i rad på samma sida om medianen", "six points or more in a row on one side", PROVOST
)
TREND_6 = Rule(
    "trend_6", "minst sex punkter i rad som ökar, eller minskar", "six points or more in a row up, or down", PROVOST
)
TREND_5 = Rule(
    "trend_5", "minst fem punkter i rad som ökar, eller minskar", "five points or more in a row up, or down", PROVOST
)
RUNS = Rule(
    "number_of_runs",
    "fler eller färre sviter på samma sida om medianen än slumpen ger (högst 5 procent)",
    "more or fewer runs on one side of the median than chance gives (5 per cent at most)",
    SWED,
)
LONG_RUN = Rule(
    "unusually_long_run",
    "en ovanligt lång svit på samma sida om medianen, för så många punkter",
    "an unusually long run on one side of the median, for so many points",
    ANHOEJ,
)
FEW_CROSSINGS = Rule(
    "unusually_few_crossings",
    "ovanligt få gånger som kurvan korsar medianen, för så många punkter",
    "the curve crosses the median unusually few times, for so many points",
    ANHOEJ,
)


def sides(values: Sequence[float], centre: float) -> list[int]:
    """On which side of the centre line each point is: -1, 1, or 0 on it."""
    return [(value > centre) - (value < centre) for value in values]


def runs(side: Sequence[int]) -> list[tuple[int, ...]]:
    """The points of each run on one side, in order; those on the centre line are in none."""
    useful = [place for place, which in enumerate(side) if which]
    return [tuple(run) for _, run in groupby(useful, key=lambda place: side[place])]


def trends(values: Sequence[float]) -> list[tuple[int, ...]]:
    """The points of each rise and each fall, in order; of equal points in a row the first. Neighbours share a point."""
    kept = [place for place in range(len(values)) if place == 0 or values[place] != values[place - 1]]
    steps = [(before, after, values[after] > values[before]) for before, after in pairwise(kept)]
    found = [list(each) for _, each in groupby(steps, key=lambda step: step[2])]
    return [(each[0][0], *(after for _, after, _ in each)) for each in found]


def at_least(rule: Rule, length: int, stretches: Sequence[tuple[int, ...]]) -> list[Signal]:
    """A signal of each stretch that is `length` points or longer."""
    return [Signal(rule, stretch) for stretch in stretches if len(stretch) >= length]


def longest_expected_run(useful: int) -> int:
    """The longest run among so many points that is not unusual: log2(n) + 3, to the nearest whole (about 5 %)."""
    return round(log2(useful) + 3)


def fewest_expected_crossings(useful: int) -> int:
    """The least number of crossings that is not unusual: the 5th percentile of a binomial, n - 1 throws of a coin."""
    return next(count for count in range(useful) if bdtr(count, useful - 1, 0.5) >= 0.05)
