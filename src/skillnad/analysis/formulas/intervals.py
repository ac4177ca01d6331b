"""What an interval is, what stands in its place where there can be none, and how sure a share is.

An interval's ends are in the unit of what it is about: shares and their differences 0–1, days, SEK, ratios.

The score interval of a share: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
Journal of the American Statistical Association 22 (1927), 209-212; with continuity correction R. G. Newcombe,
Statistics in Medicine 17 (1998), 857-872, method 4. L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a
binomial proportion", Statistical Science 16 (2001), 101-133, recommend it, at small n too. Counts are whole numbers, so
no interval covers just 95 % at every true share: this one does on average over shares, at n = 10 as at 10,000, and
dips near 0 and 1.
"""

from dataclasses import dataclass
from enum import Enum
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

from scipy.special import stdtrit


class Interval(NamedTuple):
    """From `low` to `high`, both with it; an end may be infinite (a ratio to none)."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        return self.low <= value <= self.high

    def within(self, reach: float) -> bool:
        """Whether every value in it is nearer nought than `reach`, or as near."""
        return -reach <= self.low and self.high <= reach


class Why(Enum):
    """Why there is no interval: what a reader is told, in Swedish and English."""

    NOBODY = (
        "Ingen finns att räkna på, så det finns inget intervall.",
        "There is nobody to count, so there is no interval.",
    )
    TOO_FEW = (
        "De är för få för ett intervall. Slå ihop grupper eller perioder så att de blir fler.",
        "They are too few for an interval. Put groups or periods together so that they become more.",
    )
    NO_SPREAD = (
        "Alla har samma värde, så det går inte att räkna ut hur säkert talet är.",
        "All have the same value, so how sure the figure is cannot be worked out.",
    )
    NEAR_NOUGHT = (
        "Det som kvoten räknas mot kan vara noll, så kvoten kan vara hur stor som helst. Visa skillnaden i stället.",
        "What the ratio is taken to may be nought, so the ratio may be of any size. Show the difference instead.",
    )
    NOT_RANDOM = (
        "De som ingår är inte slumpmässigt utvalda (till exempel de första som kom). Hur långt de ligger från alla "
        "andra går därför inte att räkna ut, och talet gäller bara dem. Lotta urvalet eller fråga alla nästa gång.",
        "Those included were not chosen at random (such as the first who came). How far they are from all others can "
        "therefore not be worked out, and the figure is about them alone. Draw lots or ask everyone next time.",
    )
    LONE_STRATUM = (
        "En del av urvalet har högst ett svar, så spridningen där är okänd. Slå ihop den med en liknande del.",
        "A part of the sample has one answer at most, so its spread is unknown. Put it together with a like part.",
    )

    @property
    def sv(self) -> str:
        return self.value[0]

    @property
    def en(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class NoInterval:
    """There is none, and why."""

    reason: Why

    def text(self, language: str = "sv") -> str:
        return self.reason.en if language == "en" else self.reason.sv


MaybeInterval = Interval | NoInterval


@dataclass(frozen=True)
class Comparison:
    """A difference (first less second) or a ratio (first to second), its interval, and the two-sided p of there being
    no difference; what cannot be had is None, and `interval` says why."""

    value: float | None
    interval: MaybeInterval
    p: float | None

    @classmethod
    def none(cls, reason: Why, value: float | None = None) -> "Comparison":
        return cls(value, NoInterval(reason), None)


def normal_quantile(confidence: float) -> float:
    """How many standard errors each way hold `confidence` (0–1, ends excluded): 1.96 of 0.95."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def t_quantile(confidence: float, degrees: float) -> float:
    """The same of Student's t with `degrees` degrees of freedom (above 0, not always whole)."""
    return float(stdtrit(degrees, 0.5 + confidence / 2))


def wilson(part: int, whole: int, *, confidence: float = 0.95, continuity: bool = False) -> MaybeInterval:
    """The score interval of `part` of `whole`, both ends 0–1; none of nothing. An end is 0 where the part is none, and
    1 where it is all. `continuity` widens it by half a count each way."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    if whole == 0:
        return NoInterval(Why.NOBODY)
    share = part / whole
    shift = 0.5 / whole if continuity else 0.0
    low = 0.0 if part == 0 else score_interval(share - shift, whole, confidence).low
    return Interval(low, 1.0 if part == whole else score_interval(share + shift, whole, confidence).high)


def score_interval(share: float, n: float, confidence: float = 0.95) -> Interval:
    """Wilson's formula for a share of `n`, which is above 0 and need not be whole (an effective sample size)."""
    z = normal_quantile(confidence)
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return Interval(middle - reach, middle + reach)
