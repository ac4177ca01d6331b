"""Is this a question that the snapshot can answer? If not: what is wrong, in the analyst's words, and what would do.

`check_question` collects every problem of the question before it refuses, so that they are mended in one go.
"""

from collections.abc import Iterator
from datetime import date
from math import prod

from skillnad.analysis.asked_columns import CODED, AskedColumns, no_axis
from skillnad.analysis.asked_rows import selection_problems, span_problems, there_problems
from skillnad.analysis.banded import OWN_LENGTH, banded_of
from skillnad.analysis.calendars import calendar_of, known_of
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import ungrouped
from skillnad.analysis.question_problems import (
    NO_OCCASIONS,
    NO_PEOPLE,
    NO_SUM_OF_AGES,
    NOTHING_TO_SHARE,
    ONE_STEP,
    days_in_order,
    limits_in_days,
    listed_paths,
    with_itself,
)
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Question,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.selection import by_of, calendar_period, event_of, selection_of
from skillnad.codebook.snapshot_schema import Column, Manifest, Population, SnapshotTable
from skillnad.lib.errors import Problem, UserError

MOST_AXES = 4
LEAST_STEPS = 2
MOST_PATHS = 200
MOST_LIMITS = 6
MOST_DAYS = 36_525
"""A hundred years."""
MOST_CELLS = 2_000_000


def check_question(manifest: Manifest, question: Question) -> None:
    """Raises a UserError (ASK-001 … ASK-019) that holds every problem found."""
    population = selection_of(question).population
    if population not in manifest.tables:
        raise UserError(_no_population(manifest, population))
    checker = _Checker(manifest, manifest.tables[population])
    problems = tuple(dict.fromkeys(checker.problems(question)))
    if problems:
        raise UserError(*problems)


def _no_population(manifest: Manifest, population: Population) -> Problem:
    there = ", ".join(manifest.tables)
    return Problem(
        "ASK-014",
        sv=f"Ögonblicksbilden har ingen tabell ”{population}”. Den har {there}.",
        en=f"The snapshot has no table '{population}'. It has {there}.",
    )


class _Checker:
    """The rules, on one population of one snapshot. Each yields the problems that it finds."""

    def __init__(self, manifest: Manifest, table: SnapshotTable) -> None:
        self.manifest = manifest
        self.table = table
        self.columns = AskedColumns(manifest, table)

    def problems(self, question: Question) -> Iterator[Problem]:
        selection = selection_of(question)
        yield from selection_problems(self.columns, selection)
        yield from self._axes(by_of(question))
        if isinstance(question, Duration | Sequence | Sum) and question.selection.people:
            yield NO_PEOPLE
        match question:
            case Share():
                yield from self._share(question.of, question.by, question.selection.where)
                yield from _told_by_the_rows(question)
                yield from self._outside(question.of.column, question.outside, question.of.codes)
            case Count(shares=True, by=()):
                yield NOTHING_TO_SHARE
            case CrossTable():
                yield from self._outside(question.rows, question.outside, ())
            case Duration():
                yield from self._duration(question)
            case Flow():
                yield from self._flow(question)
            case Change():
                yield from self._change(question)
            case Sequence():
                yield from self._sequence(question)
            case Sum():
                yield from self._sum(question.of)

    def _axes(self, by: tuple[str, ...]) -> Iterator[Problem]:
        for column in by:
            yield from self.columns.axis(column)
        own = [ungrouped(column) for column in by]
        if len(set(own)) < len(own):
            twice = next(column for column in own if own.count(column) > 1)
            yield Problem(
                "ASK-005",
                sv=f"{twice} står två gånger i frågan. Ta bort den ena.",
                en=f"{twice} is in the question twice. Remove one.",
            )
        if len(by) > MOST_AXES:
            yield Problem(
                "ASK-006",
                sv=f"Frågan har {len(by)} indelningar; en tabell har högst {MOST_AXES}. Ta bort några.",
                en=f"The question is by {len(by)} columns; a table has at most {MOST_AXES}. Remove some.",
            )
        yield from self._size(by)

    def _size(self, by: tuple[str, ...]) -> Iterator[Problem]:
        cells = prod(len(self.table.columns[name].levels) + 2 for name in by if name in self.table.columns)
        if cells > MOST_CELLS:
            yield Problem(
                "ASK-015",
                sv=f"Tabellen skulle få {cells} celler; den får ha högst {MOST_CELLS}. Ta bort en indelning.",
                en=f"The table would have {cells} cells; it may have {MOST_CELLS}. Remove a column.",
            )

    def _share(self, of: Where, by: tuple[str, ...], held: tuple[Where, ...]) -> Iterator[Problem]:
        found = list(self.columns.where(of))
        yield from found
        if found:
            return
        column = self.columns.stored(of.column)
        alone = any(where.column == of.column and set(where.codes) <= set(of.codes) for where in held)
        if column.kind is Column.CODE and (of.column in by or alone):
            yield with_itself(of.column)
        if column.kind not in CODED:
            yield no_axis(of.column, column)
        elif set(of.codes) & (column.unknown | {MISSING_LEVEL}):
            yield Problem(
                "ASK-009",
                sv=f"Andelen har ingen nämnare: ”vet ej” och saknade uppgifter i {of.column} räknas utanför den. "
                "Ange koder som säger något.",
                en=f"The share has no denominator: 'don't know' and missing values of {of.column} stand outside it. "
                "Give codes that name something.",
            )

    def _outside(self, column: str, codes: tuple[str, ...], chosen: tuple[str, ...]) -> Iterator[Problem]:
        """Only where a row has one value can it stand inside or outside, and no value is both."""
        if not codes or self.columns.unknown(column) or calendar_of(column):
            return
        yield from self.columns.codes(Where(column, codes))
        if self.columns.stored(column).kind is not Column.CODE or set(codes) & {*chosen, MISSING_LEVEL}:
            yield Problem(
                "ASK-019",
                sv=f"Det som ställs utanför nämnaren ska vara värden av en uppgift med ett värde per rad, och inte de "
                f"som andelen gäller. Välj andra koder av {column}, eller inga.",
                en=f"What is put outside the denominator is values of a column with one value a row, and not those "
                f"that the share is of. Choose other codes of {column}, or none.",
            )

    def _duration(self, question: Duration) -> Iterator[Problem]:
        for column in (question.start, question.end):
            yield from self.columns.date("ASK-007", column)
        banded = filter(None, map(banded_of, (*question.by, *_conditions(question))))
        if any(question.end in made.columns for made in banded):
            yield OWN_LENGTH
        if question.start == question.end:
            yield Problem(
                "ASK-005",
                sv=f"Tiden går från {question.start} till samma datum. Ange två olika datum.",
                en=f"The duration is from {question.start} to the same date. Give two dates.",
            )
        if any(not 0 <= limit <= MOST_DAYS for limit in question.within) or len(question.within) > MOST_LIMITS:
            yield limits_in_days(MOST_DAYS, MOST_LIMITS)

    def _change(self, question: Change) -> Iterator[Problem]:
        yield from self.columns.scale(question.of)
        selection = question.selection
        if not selection.event and not selection.period:
            yield from self.columns.date("ASK-004", event_of(selection))
        if self.table.population is Population.CLIENTS or selection.event == ONGOING or selection.people:
            yield NO_OCCASIONS
        first, last = question.between or (date.min, self.manifest.as_of)
        if not first < last <= self.manifest.as_of:
            yield days_in_order(self.manifest.as_of)

    def _sequence(self, question: Sequence) -> Iterator[Problem]:
        yield from self._axes(question.steps)
        if len(question.steps) < LEAST_STEPS:
            yield ONE_STEP
        if not 1 <= question.top <= MOST_PATHS or question.least < 1:
            yield listed_paths(MOST_PATHS)

    def _sum(self, of: str) -> Iterator[Problem]:
        yield from self.columns.number(of)
        if of == "age":
            yield NO_SUM_OF_AGES

    def _flow(self, question: Flow) -> Iterator[Problem]:
        yield from span_problems(self.table)
        for where in question.where:
            yield from there_problems(self.table, where, question.period)


def _conditions(question: Duration) -> Iterator[str]:
    return (where.column for where in question.selection.where)


def _told_by_the_rows(question: Share) -> Iterator[Problem]:
    """Rows that are chosen or divided by a date have it: there is no share of them to tell."""
    day = known_of(question.of.column)
    if day and (calendar_period(question, day) or (day,) in map(stored_behind, question.by)):
        yield with_itself(question.of.column)
