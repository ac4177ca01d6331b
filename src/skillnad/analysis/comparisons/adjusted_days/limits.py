"""Within how many days: the limits that an adjusted comparison of times can be made at.

A reader who could choose any limit would move it a day at a time, and see row by row how many of each background ended
on each day. So there are few: those of LIMITS, at which the law and the handbooks set their own (14 days for a first
judgement, 90 until a decision should be carried out, 120 for an investigation), and one that nobody chooses, the median
of all. `model` takes the limits next to the one that is asked for as known.
"""

from dataclasses import replace
from math import floor

from skillnad.analysis.comparisons.days.durations import open_too
from skillnad.analysis.comparisons.days.groups import Cells
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.measures import followed
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Measure, MeasureKind, ProtectedTable

LIMITS = (7, 14, 30, 60, 90, 120, 180, 365, 730)
LIMIT = Measure("limit", "Gräns, dagar", MeasureKind.DAYS)
"""Stands at all rows together, and at no group."""


def adjusts_times(question: object) -> bool:
    return isinstance(question, Comparison) and isinstance(question.of, Duration) and bool(question.adjusted_for)


def completed(question: Comparative, cells: Cells) -> Comparative:
    """The question with the limit that it is made at, where it names none; as it is where the median of all is not
    shown. `cells` are the plain question's, as a reader is shown them."""
    if not isinstance(question, Comparison) or not isinstance(question.of, Duration) or not question.adjusted_for:
        return question
    common = common_median(question.of, cells)
    if question.of.within or common is None:
        return question
    return replace(question, of=replace(question.of, within=(whole_days(common),)))


def common_median(of: Duration, cells: Cells) -> float | None:
    return cells[followed("median") if open_too(of, cells) else "median"].get((TOTAL,))


def whole_days(median: float) -> int:
    """Half a day is the next whole one: by then half of them have ended."""
    return floor(median + 0.5)


def limit_of(table: ProtectedTable) -> int | None:
    """The limit of a table of adjusted times; None of other tables, and where there is none."""
    limit = table.cells.get(LIMIT.id, {}).get((TOTAL,))
    return None if limit is None else int(limit)


def beside(limit: int, median: int | None) -> tuple[int | None, int | None]:
    """The nearest other limits that a reader can ask for, below and above."""
    others = {*LIMITS, *([] if median is None else [median])} - {limit}
    return max((other for other in others if other < limit), default=None), min(
        (other for other in others if other > limit), default=None
    )
