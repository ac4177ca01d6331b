"""A question's columns as integers to group by, and its conditions, as Ibis expressions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from operator import add, and_
from typing import Any

import ibis

from skillnad.analysis.axes import outcome_of
from skillnad.analysis.banded import DAYS, Banded, banded_of
from skillnad.analysis.calendars import Calendar, CalendarOf, calendar_of, known_of
from skillnad.analysis.engines.cells import Dimension
from skillnad.analysis.engines.store import Members, StoredTable
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import merged_of, merged_places
from skillnad.analysis.questions import ONGOING, Change, Flow, Question, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, UNKNOWN_OUTCOME, YES, Axis, LevelKind
from skillnad.analysis.selection import Reason, by_of, event_of, selection_of, span_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period

Condition = Any  # an Ibis boolean column: Ibis has no types to check against
THERE_OR_NOT: Members = ((0,), (1,))
"""The places of the levels that the numbers of a `known:` column stand for."""


@dataclass(frozen=True)
class Numbering:
    """How an axis is counted: an integer of each row, and what the integers stand for."""

    number: Callable[[ibis.Table], Any]
    dimension: Dimension


def numberings(snapshot: Snapshot, question: Question, axes: Sequence[Axis], table: StoredTable) -> list[Numbering]:
    """One for each axis but a Flow's own two."""
    by = by_of(question)
    ordinary = [numbering_of(axis, table) for axis in axes[len(axes) - len(by) :]]
    if isinstance(question, Change):
        return [_number_made(axes[0]), *ordinary]
    return [_outcome(snapshot, question, axes[0], table), *ordinary] if isinstance(question, Share) else ordinary


def _number_made(axis: Axis) -> Numbering:
    """An axis whose levels are found beside the database: its rows have no number of their own there."""
    return Numbering(lambda rows: ibis.literal(0), Dimension.of(axis, [(place,) for place in range(len(axis.levels))]))


def numbering_of(axis: Axis, table: StoredTable) -> Numbering:
    """Of a coded column, a calendar, or whether a date is known."""
    through = calendar_of(axis.id)
    if through is None:
        return Numbering(lambda rows: number_of(rows, axis.id), Dimension.of(axis, _members(table, axis.id)))
    units = sum(level.kind is LevelKind.VALUE for level in axis.levels)
    first = (through.calendar.read(axis.levels[0].code) if units else None) or 0
    members = [*((place,) for place in range(units)), ()]
    return Numbering(lambda rows: _ordinal(rows, through).fill_null(first + units) - first, Dimension.of(axis, members))


def number_of(rows: ibis.Table, column: str) -> Any:
    """The number of each row on a coded column, or one that a question makes."""
    if bands := banded_of(column):
        return _band(rows, bands)
    known = known_of(column)
    return rows[known].isnull().cast("int16") if known else rows[stored_behind(column)[0]]


def _band(rows: ibis.Table, bands: Banded) -> Any:
    """From 1, as levels are stored; 0 where there is none."""
    first, last = rows[bands.columns[0]], rows[bands.columns[-1]]
    amount = last.delta(first, unit="day") if bands.kind == DAYS else first
    reached = [(amount >= limit).cast("int16") for limit in bands.limits]
    inside = amount >= 0 if bands.kind == DAYS else amount.notnull()
    return inside.fill_null(False).ifelse(reduce(add, reached, ibis.literal(1)), 0).fill_null(0).cast("int16")


def _members(table: StoredTable, column: str) -> Members:
    if known_of(column):
        return THERE_OR_NOT
    if bands := banded_of(column):
        return ((), *((place,) for place in range(len(bands.codes))))
    members = table.members[stored_behind(column)[0]]
    if made := merged_of(column):
        to = merged_places(made, table.columns[made.column])
        return tuple(tuple(sorted({to[place] for place in places})) for places in members)
    return members


def _outcome(snapshot: Snapshot, question: Share, axis: Axis, table: StoredTable) -> Numbering:
    """A Share's outcome: what the numbers of its column come to."""
    column = question.of.column
    levels = snapshot.axis(question.selection.population, column).levels
    outcomes = outcome_of(question, snapshot.axis(question.selection.population, column))
    order = (YES, NO, UNKNOWN_OUTCOME)  # `yes` wins where a row holds several levels
    members = [
        tuple(sorted(order.index(outcomes[levels[place].code]) for place in places))[:1]
        for places in _members(table, column)
    ]
    if question.selection.people:  # the best of a client's rows counts, so a row also counts for what is less
        last = len(order)
        members = [tuple(range(places[0] if places else last, last + 1)) for places in members]
    return Numbering(lambda rows: number_of(rows, column), Dimension.of(axis, members))


def _ordinal(rows: ibis.Table, through: CalendarOf) -> Any:
    return ordinal(rows[through.column], through.calendar)


def ordinal(day: Any, calendar: Calendar) -> Any:
    """`Calendar.ordinal` of a date column."""
    unit = {"month": day.month(), "quarter": day.quarter(), "year": ibis.literal(1)}[calendar.unit]
    return day.year().cast("int32") * calendar.per_year + unit.cast("int32") - 1


@dataclass(frozen=True)
class Selected:
    """Which rows of a table: those that meet every condition, and those that do but are left out, by reason."""

    table: ibis.Table
    chosen: Condition
    usable: Condition
    reasons: Mapping[Reason, Condition]

    def rows(self) -> ibis.Table:
        return self.table.filter(self.chosen & self.usable)

    def left_out(self) -> ibis.Table | None:
        """One row: how many rows each reason has; None where no reason is possible."""
        if not self.reasons:
            return None
        counts = {reason.value: self.table.count(where=self.chosen & holds) for reason, holds in self.reasons.items()}
        return self.table.aggregate(**counts)

    def lasting(self, start: str, end: str, as_of: date) -> "Selected":
        """Those with a length, or with one so far: the open have one until `as_of`, and are also told of as open."""
        first, last = self.table[start], self.table[end]
        is_open = first.notnull() & last.isnull()
        begun = first <= _day(as_of)
        told = {
            Reason.NO_FIRST_DAY: first.isnull(),
            Reason.END_BEFORE_START: last < first,
            Reason.OPEN: is_open & begun,
            Reason.NOT_BEGUN: is_open & ~begun,
        }
        return self._and(told, ((last >= first) | (is_open & begun)).fill_null(False))

    def with_number(self, column: str) -> "Selected":
        """Those with a number; the others are left out."""
        number = self.table[column]
        return self._and({Reason.NO_NUMBER: number.isnull()}, number.notnull())

    def _and(self, further: Mapping[Reason, Condition], usable: Condition) -> "Selected":
        reasons = dict(self.reasons)
        for reason, holds in further.items():
            here = self.usable & holds
            reasons[reason] = reasons[reason] | here if reason in reasons else here
        return replace(self, usable=self.usable & usable, reasons=reasons)


def selected(snapshot: Snapshot, question: Question, table: StoredTable) -> Selected:
    """The rows that a question is about; a Flow's are those with a day in its period."""
    selection = selection_of(question)
    if isinstance(question, Flow):
        selection = replace(selection, event=ONGOING, period=question.period)
    chosen = reduce(and_, (_meets(snapshot, selection, table, where) for where in selection.where), ibis.literal(True))
    if selection.period is None:
        return Selected(table.rows, chosen, ibis.literal(True), {})
    if selection.event == ONGOING:
        return _ongoing(table.rows, chosen, selection, selection.period)
    return _with_event(table.rows, chosen, table.rows[event_of(selection)], selection.period)


def _with_event(rows: ibis.Table, chosen: Condition, day: Any, period: Period) -> Selected:
    inside = ((day >= _day(period.start)) & (day < _day(period.end))).fill_null(False)
    return Selected(rows, chosen, inside, {Reason.NO_EVENT_DATE: day.isnull()})


def _ongoing(rows: ibis.Table, chosen: Condition, selection: Selection, period: Period) -> Selected:
    span = span_of(selection.population)
    first, last = rows[span.first], rows[span.last]
    lasts = last.isnull() | ((last >= first) & (last >= _day(period.start)))
    return Selected(
        rows,
        chosen,
        (first.notnull() & (first < _day(period.end)) & lasts).fill_null(False),
        {Reason.NO_FIRST_DAY: first.isnull(), Reason.END_BEFORE_START: (last < first).fill_null(False)},
    )


def _day(day: date) -> Any:
    return ibis.literal(day, type="date")


def _meets(snapshot: Snapshot, selection: Selection, table: StoredTable, where: Where) -> Condition:
    through = calendar_of(where.column)
    if through is None:
        levels = snapshot.axis(selection.population, where.column).levels
        wanted = {place for place, level in enumerate(levels) if level.code in where.codes}
        members = enumerate(_members(table, where.column))
        numbers = [number for number, places in members if wanted & set(places or (len(levels) - 1,))]
        return number_of(table.rows, where.column).isin(numbers) if numbers else ibis.literal(False)
    ordinals = [through.calendar.read(code) for code in where.codes if code != MISSING_LEVEL]
    held = _ordinal(table.rows, through).isin(ordinals).fill_null(False) if ordinals else ibis.literal(False)
    return held | table.rows[through.column].isnull() if MISSING_LEVEL in where.codes else held
