"""Figures as Swedish text, by their kind: "34 % (30–38)", "+15,0 (+2,6 till +26,8)", "skillnad visad"."""

from collections.abc import Callable, Mapping
from typing import Protocol

from babel.numbers import format_decimal

from skillnad.analysis.formulas.funnel import Place
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import Measure, MeasureKind

SPACE = "\N{NO-BREAK SPACE}"
POINTS_UNIT = "procentenheter"
LEAST_CHANCE = 0.001
WORDS: Mapping[MeasureKind, tuple[str, ...]] = {
    MeasureKind.VERDICT: tuple(each.sv for each in Verdict),
    MeasureKind.PLACING: tuple(each.sv for each in Place),
    MeasureKind.SIGNAL: ("nej", "ja"),
}
"""The words of a kind whose number stands for one, in the order of their numbers."""
_LOCALE = "sv_SE"


def whole(value: int | float) -> str:
    return format_decimal(round(value), format="#,##0", locale=_LOCALE)


def days(value: int | float) -> str:
    """Days with at most one decimal."""
    return format_decimal(value, format="#,##0.#", locale=_LOCALE)


def percent(share: int | float) -> str:
    """A share (0–1) as whole per cent; what is neither none nor all is never rounded to 0 or 100."""
    if 0 < share < 0.005:
        return f"<1{SPACE}%"
    if 0.995 <= share < 1:
        return f">99{SPACE}%"
    return f"{whole(share * 100)}{SPACE}%"


def points(difference: int | float) -> str:
    """A difference of shares (-1–1) in percentage points, without its sign."""
    return format_decimal(abs(difference) * 100, format="0.0", locale=_LOCALE)


def ratio(value: int | float) -> str:
    return "oändlig" if value == float("inf") else format_decimal(value, format="#,##0.00", locale=_LOCALE)


def chance(p: int | float) -> str:
    """A p, never told as 0."""
    if p < LEAST_CHANCE:
        return "<0,001"
    return format_decimal(p, format="0.000" if p < 0.1 else "0.00", locale=_LOCALE)


def signed(text: str, value: int | float) -> str:
    """With + or −; nothing before what is none at all."""
    return f"{'+' if value > 0 else '−' if value else ''}{text}"


def word(kind: MeasureKind, value: int | float) -> str:
    """What the number of a verdict, a placing or a signal stands for."""
    return WORDS[kind][int(value)]


_TEXT: Mapping[MeasureKind, Callable[[int | float], str]] = {
    MeasureKind.SHARE: percent,
    MeasureKind.DAYS: days,
    MeasureKind.POINTS: points,
    MeasureKind.RATIO: ratio,
    MeasureKind.CHANCE: chance,
}


def figure(kind: MeasureKind, value: int | float, *, difference: bool = False) -> str:
    """The number in words; a `difference` has its sign."""
    if kind in WORDS:
        return word(kind, value)
    text = _TEXT.get(kind, whole)
    return signed(text(abs(value)), value) if difference else text(value)


def is_difference(measure: Measure) -> bool:
    """Does the number have a direction: a difference, or an end of its interval?"""
    return "difference" in measure.id


def interval(kind: MeasureKind, low: float, high: float, *, difference: bool = False) -> str:
    """Both ends, the unit left to the figure that it stands beside: "30–38", "−24,0 till −1,6"."""
    ends = [figure(kind, end, difference=difference).removesuffix(f"{SPACE}%") for end in (low, high)]
    return f"{SPACE}till{SPACE}".join(ends) if difference else "–".join(ends)


def reach(kind: MeasureKind, low: float, high: float) -> str:
    """Both ends with their unit: "20–48 %"; one where they read alike."""
    if figure(kind, low) == figure(kind, high):
        return figure(kind, low)
    unit = f"{SPACE}%" if kind is MeasureKind.SHARE else ""
    return f"{interval(kind, low, high)}{unit}"


def with_interval(kind: MeasureKind, value: int | float, ends: tuple[float, float], *, difference: bool = False) -> str:
    """ "34 % (30–38)"."""
    return f"{figure(kind, value, difference=difference)} ({interval(kind, *ends, difference=difference)})"


class Shown(Protocol):
    """A cell that has a number."""

    @property
    def kind(self) -> MeasureKind: ...
    @property
    def ends(self) -> tuple[float, float] | None: ...
    @property
    def to(self) -> float | None: ...
    @property
    def difference(self) -> bool: ...


def cell_figure(cell: Shown, value: int | float) -> str:
    """The cell's number, with its interval or its other end."""
    if cell.to is not None:
        return reach(cell.kind, value, cell.to)
    if cell.ends is not None:
        return with_interval(cell.kind, value, cell.ends, difference=cell.difference)
    return figure(cell.kind, value, difference=cell.difference)
