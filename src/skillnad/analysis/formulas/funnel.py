"""Funnel plots: which units differ from the rest by more than chance, when small units vary more than large ones.

A unit's limits are those that chance alone keeps 95 % (inner), or 99.8 % (outer), of units of its size within:

    exact     the 2.5th and 97.5th (0.1th and 99.9th) percentile of a binomial with the target's share, by its size
    normal    target +- z sqrt(phi target (1 - target) / n), z = 1.96 and 3.09

Exact limits are not smoothed between whole counts, so that chance passes them no more often than they say. Where units
vary more than chance and their size explain, they are over-dispersed: the limits are then normal and widened by phi,
the mean square of the units' z values with the tenth at each end drawn in (winsorised); phi up to 1 + 2 sqrt(2 / units)
is taken as 1. Where a unit's rows go together (`clusters`), its limits are further from the target by the root of how
many times as uncertain it is for that, and its z value is divided by the same.

Sources: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005),
1185-1202; the same, "Handling over-dispersion of performance indicators", Quality and Safety in Health Care 14 (2005),
347-351.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from math import ceil, sqrt
from types import MappingProxyType

import numpy as np
from scipy.special import bdtr, bdtrik

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.intervals import Interval, normal_quantile
from skillnad.analysis.formulas.proportions import Counted, checked

INNER, OUTER = 0.95, 0.998
DRAWN_IN = 0.1
"""The share of the units at each end that is drawn in before their spread is taken."""
LEAST_UNITS = 2

TOO_FEW_UNITS = NotEstimable(
    "too_few_units",
    "Minst två enheter med någon att räkna på behövs för att jämföra dem.",
    "At least two units with someone to count are needed to compare them.",
)
ONE_SHARE = NotEstimable(
    "one_share",
    "Alla, eller ingen, har utfallet i alla enheter, så enheterna skiljer sig inte åt.",
    "All, or none, have the outcome in every unit, so the units do not differ.",
)


class Place(Enum):
    """Where a unit is; the words say nothing of better or worse."""

    FAR_BELOW = ("under den yttre gränsen", "below the outer limit")
    BELOW = ("under den inre gränsen", "below the inner limit")
    INSIDE = ("inom gränserna", "within the limits")
    ABOVE = ("över den inre gränsen", "above the inner limit")
    FAR_ABOVE = ("över den yttre gränsen", "above the outer limit")

    @property
    def sv(self) -> str:
        return self.value[0]

    @property
    def en(self) -> str:
        return self.value[1]


@dataclass(frozen=True)
class Point:
    """A unit: its share 0–1, how many standard errors from the target it is, its own limits, and where it stands."""

    unit: str
    counted: Counted
    share: float
    z: float
    inner: Interval
    outer: Interval
    place: Place


@dataclass(frozen=True)
class Funnel:
    """Units by size, least first; those where there is nobody to count; the target 0–1; and how over-dispersed they
    are. `phi` is 1 where the limits are not widened; `spread` is what was found."""

    points: tuple[Point, ...]
    empty: tuple[str, ...]
    target: float
    spread: float
    phi: float

    def limits(self, whole: int) -> tuple[Interval, Interval]:
        """The inner and the outer limits of a unit of so many, to draw the funnel by. ValueError of less than 1."""
        return _limits(whole, self.target, self.phi, INNER), _limits(whole, self.target, self.phi, OUTER)

    def statement(self, language: str = "sv") -> str:
        """What a reader must know beside the picture."""
        sv, en = by_chance(len(self.points), sqrt(self.phi))
        return en if language == "en" else sv


def funnel(
    units: Mapping[str, Counted],
    *,
    target: float | None = None,
    widen: bool = True,
    effects: Mapping[str, float] = MappingProxyType({}),
) -> Funnel | NotEstimable:
    """The funnel of `units` around `target` (0–1), by default their common share. `widen`: for over-dispersion.
    `effects` are of the units whose rows go together.

    ValueError of a target that is not between 0 and 1.
    """
    counted = {unit: checked(*each) for unit, each in units.items() if each[1]}
    if len(counted) < LEAST_UNITS:
        return TOO_FEW_UNITS
    common = sum(each.part for each in counted.values()) / sum(each.whole for each in counted.values())
    centre = common if target is None else target
    if target is None and common in (0, 1):
        return ONE_SHARE
    if not 0 < centre < 1:
        raise ValueError("a target is between 0 and 1")
    spread = over_dispersion([_z(each, centre) / sqrt(effects.get(unit, 1.0)) for unit, each in counted.items()])
    phi = spread if widen and spread > 1 + 2 * sqrt(2 / len(counted)) else 1.0
    points = (_point(unit, each, centre, phi, effects.get(unit, 1.0)) for unit, each in counted.items())
    ordered = tuple(sorted(points, key=lambda point: (point.counted.whole, point.unit)))
    return Funnel(ordered, tuple(unit for unit in units if unit not in counted), centre, spread, phi)


def over_dispersion(z_values: list[float]) -> float:
    """The mean square of the units' z values, the tenth at each end drawn in: 1 where chance and size explain all."""
    low, high = np.quantile(z_values, [DRAWN_IN, 1 - DRAWN_IN])
    return float(np.mean(np.clip(z_values, low, high) ** 2))


def _z(counted: Counted, target: float) -> float:
    return (counted.part / counted.whole - target) / sqrt(target * (1 - target) / counted.whole)


def _point(unit: str, counted: Counted, target: float, phi: float, effect: float) -> Point:
    own = (_limits(counted.whole, target, phi, level) for level in (INNER, OUTER))
    inner, outer = (_further(limits, target, effect) for limits in own)
    share = counted.part / counted.whole
    return Point(unit, counted, share, _z(counted, target) / sqrt(effect), inner, outer, _place(share, inner, outer))


def _further(limits: Interval, target: float, effect: float) -> Interval:
    """From the target, where rows go together."""
    if effect == 1:
        return limits
    low, high = (target + sqrt(effect) * (end - target) for end in limits)
    return Interval(max(0.0, low), min(1.0, high))


def _limits(whole: int, target: float, phi: float, level: float) -> Interval:
    if whole < 1:
        raise ValueError("a unit has someone to count")
    if phi == 1:
        return Interval(*(_least_count(tail, whole, target) / whole for tail in ((1 - level) / 2, (1 + level) / 2)))
    reach = normal_quantile(level) * sqrt(phi * target * (1 - target) / whole)
    return Interval(max(0.0, target - reach), min(1.0, target + reach))


def _least_count(p: float, n: int, share: float) -> int:
    """The least count that a binomial is at or below with chance `p` or more."""
    count = min(n, max(0, ceil(float(bdtrik(p, n, share)))))
    while bdtr(count, n, share) < p:
        count += 1
    while count and bdtr(count - 1, n, share) >= p:
        count -= 1
    return count


def _place(share: float, inner: Interval, outer: Interval) -> Place:
    if share < inner.low:
        return Place.FAR_BELOW if share < outer.low else Place.BELOW
    if share > inner.high:
        return Place.FAR_ABOVE if share > outer.high else Place.ABOVE
    return Place.INSIDE


def by_chance(many: int, widened: float, *, groups: str = "enheter") -> tuple[str, str]:
    """What a reader must know beside `many` groups in a funnel whose limits are `widened` times as wide as chance's, in
    Swedish, which calls them `groups`, and in English."""
    outside = (1 - INNER) * many
    sv = (
        f"Av {many} {groups} hamnar omkring {_decimal(outside)} utanför de inre gränserna av en slump, även om ingen "
        "skiljer sig. Gränserna säger inte vad en skillnad beror på."
    )
    en = (
        f"Of {many} units, about {outside:.1f} fall outside the inner limits by chance even if none differ. "
        "The limits do not tell what a difference comes from."
    )
    if widened > 1:
        sv += (
            f" {groups.capitalize()}na varierar mer än slumpen förklarar; gränserna är därför "
            f"{_decimal(widened)} gånger så breda."
        )
        en += f" The units vary more than chance explains; the limits are therefore {widened:.1f} times as wide."
    return sv, en


def _decimal(number: float) -> str:
    return f"{number:.1f}".replace(".", ",")
