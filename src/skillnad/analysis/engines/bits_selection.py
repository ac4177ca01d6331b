"""Which rows a question is about, as one bit a row: its filters, its period, and whom they leave out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import numpy as np

from skillnad.analysis.calendars import NOT_THERE, THERE, CalendarOf, calendar_of, known_of
from skillnad.analysis.index.layout import ENDS_EARLY, Index, Integers, Words
from skillnad.analysis.index.masks import has_any, in_days, rows_in
from skillnad.analysis.questions import ONGOING, Question, Selection, Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.selection import Reason, event_of, selection_of, span_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import MISSING

_FIRST_DAY = date(1970, 1, 1).toordinal()
_MONTHS_TO_1970 = 1970 * 12
HAS_IT = 1


@dataclass(frozen=True)
class Selected:
    """The rows that are counted, and how many are left out, by reason."""

    live: Words
    left_out: Mapping[Reason, int]


def selected(snapshot: Snapshot, question: Question, index: Index) -> Selected:
    """The rows of the question's selection."""
    selection = selection_of(question)
    chosen = index.present
    for where in selection.where:
        chosen = chosen & meets(snapshot, selection, index, where)
    if selection.period is None:
        return Selected(chosen, {})
    if selection.event == ONGOING:
        return _ongoing(index, chosen, selection, selection.period)
    return _with_event(index, chosen, event_of(selection), selection.period)


def meets(snapshot: Snapshot, selection: Selection, index: Index, where: Where) -> Words:
    """Rows that hold any of the codes."""
    if known := known_of(where.column):
        return _known(index, known, where.codes)
    through = calendar_of(where.column)
    if through:
        read = [through.calendar.read(code) for code in where.codes if code != MISSING_LEVEL]
        ordinals = [ordinal for ordinal in read if ordinal is not None]
        wanted = np.flatnonzero(np.isin(ordinals_of(index, through), ordinals)).tolist() if ordinals else []
        wanted = [integer for integer in wanted if integer != MISSING]
        missing = [MISSING] if MISSING_LEVEL in where.codes else []
        return has_any(index, through.column, [*missing, *wanted])
    levels = snapshot.axis(selection.population, where.column).levels
    places = [place for place, level in enumerate(levels, start=1) if level.code in where.codes]
    return has_any(index, where.column, [MISSING if place == len(levels) else place for place in places])


def _known(index: Index, day: str, codes: Collection[str]) -> Words:
    missing = has_any(index, day, [MISSING])
    held = {THERE: index.present & ~missing, NOT_THERE: missing}
    none = np.zeros_like(missing)
    return reduce(np.bitwise_or, (held[code] for code in codes if code in held), none)


def ordinals_of(index: Index, through: CalendarOf) -> Integers:
    """The calendar's ordinal of each integer of a date column; that of MISSING means nothing."""
    held = index.layout.columns[through.column]
    days = np.arange(held.base, held.base + held.top + 1).astype("datetime64[D]")
    months = days.astype("datetime64[M]").astype(np.int64) + _MONTHS_TO_1970
    found: Integers = months * through.calendar.per_year // 12
    return found


def _with_event(index: Index, chosen: Words, day: str, period: Period) -> Selected:
    nobody_knows = rows_in(chosen & has_any(index, day, [MISSING]))
    return Selected(
        chosen & in_days(index, day, _number(period.start), _number(period.end)), {Reason.NO_EVENT_DATE: nobody_knows}
    )


def _ongoing(index: Index, chosen: Words, selection: Selection, period: Period) -> Selected:
    span = span_of(selection.population)
    early = has_any(index, ENDS_EARLY, [HAS_IT])
    first = index.layout.columns[span.first]
    last = index.layout.columns[span.last]
    begun = in_days(index, span.first, first.base + 1, _number(period.end))
    lasts = in_days(index, span.last, _number(period.start), last.base + last.top + 1)
    lasts |= has_any(index, span.last, [MISSING])
    left = {
        Reason.NO_FIRST_DAY: chosen & has_any(index, span.first, [MISSING]),
        Reason.END_BEFORE_START: chosen & early,
    }
    return Selected(chosen & begun & lasts & ~early, {reason: rows_in(rows) for reason, rows in left.items()})


def _number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _FIRST_DAY
