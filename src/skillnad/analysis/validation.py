"""Is this a question that the snapshot can answer? If not: what is wrong, in the analyst's words, and what would do.

`check_question` collects every problem of the question before it refuses, so that they are mended in one go.
"""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from math import prod

from skillnad.analysis.calendars import CALENDARS, base_column, calendar_of
from skillnad.analysis.question_problems import (
    NO_OCCASIONS,
    ONE_STEP,
    days_in_order,
    limits_in_days,
    listed_paths,
    no_scale,
    not_there,
    with_itself,
)
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.selection import by_of, event_of, selection_of
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import SPAN, Column, Manifest, Population, SnapshotColumn, SnapshotTable
from skillnad.lib.errors import Problem, UserError

MOST_AXES = 4
LEAST_STEPS = 2
MOST_PATHS = 200
MOST_LIMITS = 6
MOST_DAYS = 36_525
"""A hundred years."""
MOST_CELLS = 2_000_000
CODED = (Column.CODE, Column.CODES)


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

    def problems(self, question: Question) -> Iterator[Problem]:
        selection = selection_of(question)
        yield from self._selection(selection)
        yield from self._axes(by_of(question))
        if isinstance(question, CrossTable | Duration | Share | Sequence | Sum):
            yield from self._people(question)
        match question:
            case Share():
                yield from self._share(question.of, question.by, question.selection.where)
                yield from self._outside(question.of.column, question.outside, question.of.codes)
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

    def _selection(self, selection: Selection) -> Iterator[Problem]:
        if selection.event == ONGOING:
            yield from self._ongoing(selection)
        elif selection.event or selection.period:
            yield from self._date("ASK-004", event_of(selection))
        for where in selection.where:
            yield from self._where(where)
            yield from self._there(where, selection.period)

    def _ongoing(self, selection: Selection) -> Iterator[Problem]:
        yield from self._span()
        if selection.period is None:
            yield Problem(
                "ASK-016",
                sv="Frågan gäller pågående, men säger inte när. Ange en period, till exempel 2025.",
                en="The question is about what is ongoing, but does not say when. Give a period, such as 2025.",
            )

    def _axes(self, by: tuple[str, ...]) -> Iterator[Problem]:
        for column in by:
            yield from self._axis(column)
        if len(set(by)) < len(by):
            twice = next(column for column in by if by.count(column) > 1)
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

    def _axis(self, column: str) -> Iterator[Problem]:
        if problem := self._unknown(column):
            yield problem
        elif calendar_of(column):
            yield from self._date("ASK-010", base_column(column))
        elif self._stored(column).kind not in CODED:
            yield _no_axis(column, self._stored(column))

    def _date(self, code: str, column: str) -> Iterator[Problem]:
        if problem := self._unknown(column):
            yield problem
        elif self._stored(column).kind is not Column.DATE or calendar_of(column):
            dates = self._names(Column.DATE)
            yield Problem(
                code,
                sv=f"{column} är inget datum. Datumen är {dates}.",
                en=f"{column} is no date. The dates are {dates}.",
            )

    def _where(self, where: Where) -> Iterator[Problem]:
        if problem := self._unknown(where.column):
            yield problem
        elif not where.codes:
            yield Problem(
                "ASK-017",
                sv=f"Villkoret på {where.column} har inga koder. Ange minst en.",
                en=f"The condition on {where.column} has no codes. Give at least one.",
            )
        elif calendar_of(where.column):
            yield from self._calendar_codes(where)
        elif self._stored(where.column).kind in CODED:
            yield from self._codes(where)
        else:
            yield _no_axis(where.column, self._stored(where.column))

    def _there(self, where: Where, period: Period | None) -> Iterator[Problem]:
        """A unit is asked about when it was there."""
        if period is None or where.column not in self.table.columns:
            return
        for level in self.table.columns[where.column].levels:
            before = level.first_day is not None and level.first_day >= period.end
            after = level.last_day is not None and level.last_day < period.start
            if level.code in where.codes and (before or after):
                yield not_there(level, period)

    def _codes(self, where: Where) -> Iterator[Problem]:
        known = [level.code for level in self._stored(where.column).levels]
        for code in where.codes:
            if code not in (*known, MISSING_LEVEL):
                yield Problem(
                    "ASK-008",
                    sv=f"{where.column} har ingen kod ”{code[:20]}”. Koderna är {', '.join(known[:60])}.",
                    en=f"{where.column} has no code '{code[:20]}'. The codes are {', '.join(known[:60])}.",
                )

    def _calendar_codes(self, where: Where) -> Iterator[Problem]:
        through = calendar_of(where.column)
        found = list(self._date("ASK-010", base_column(where.column)))
        yield from found
        for code in where.codes:
            if not found and through and code and through.calendar.read(code) is None:
                example = through.calendar.code(through.calendar.ordinal(self.manifest.as_of))
                yield Problem(
                    "ASK-008",
                    sv=f"{where.column} har ingen kod ”{code[:20]}”. Koderna ser ut som {example}.",
                    en=f"{where.column} has no code '{code[:20]}'. The codes look like {example}.",
                )

    def _share(self, of: Where, by: tuple[str, ...], held: tuple[Where, ...]) -> Iterator[Problem]:
        found = list(self._where(of))
        yield from found
        if found:
            return
        column = self._stored(of.column)
        alone = any(where.column == of.column and set(where.codes) <= set(of.codes) for where in held)
        if column.kind is Column.CODE and (of.column in by or alone):
            yield with_itself(of.column)
        if column.kind not in CODED:
            yield _no_axis(of.column, column)
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
        if not codes or self._unknown(column) or calendar_of(column):
            return
        yield from self._codes(Where(column, codes))
        if self._stored(column).kind is not Column.CODE or set(codes) & {*chosen, MISSING_LEVEL}:
            yield Problem(
                "ASK-019",
                sv=f"Det som ställs utanför nämnaren ska vara värden av en uppgift med ett värde per rad, och inte de "
                f"som andelen gäller. Välj andra koder av {column}, eller inga.",
                en=f"What is put outside the denominator is values of a column with one value a row, and not those "
                f"that the share is of. Choose other codes of {column}, or none.",
            )

    def _duration(self, question: Duration) -> Iterator[Problem]:
        for column in (question.start, question.end):
            yield from self._date("ASK-007", column)
        if question.start == question.end:
            yield Problem(
                "ASK-005",
                sv=f"Tiden går från {question.start} till samma datum. Ange två olika datum.",
                en=f"The duration is from {question.start} to the same date. Give two dates.",
            )
        if any(not 0 <= limit <= MOST_DAYS for limit in question.within) or len(question.within) > MOST_LIMITS:
            yield limits_in_days(MOST_DAYS, MOST_LIMITS)

    def _change(self, question: Change) -> Iterator[Problem]:
        yield from self._scale(question.of)
        selection = question.selection
        if not selection.event and not selection.period:
            yield from self._date("ASK-004", event_of(selection))
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

    def _scale(self, name: str) -> Iterator[Problem]:
        """A change is for better or worse only where the codebook says what is better."""
        if problem := self._unknown(name):
            yield problem
        elif calendar_of(name) or not self._stored(name).order:
            yield no_scale(name, [column.id for column in self.table.columns.values() if column.order])

    def _flow(self, question: Flow) -> Iterator[Problem]:
        yield from self._span()
        for where in question.where:
            yield from self._there(where, question.period)

    def _sum(self, column: str) -> Iterator[Problem]:
        if problem := self._unknown(column):
            yield problem
        elif calendar_of(column) or self._stored(column).kind is not Column.NUMBER:
            numbers = self._names(Column.NUMBER)
            yield Problem(
                "ASK-013",
                sv=f"{column} är inget tal och kan inte summeras. Talen är {numbers}.",
                en=f"{column} is no number and has no sum. The numbers are {numbers}.",
            )

    def _people(self, question: CrossTable | Duration | Share | Sequence | Sum) -> Iterator[Problem]:
        plain = isinstance(question, CrossTable) and question.percent is Percent.NONE
        if question.selection.people and not plain:
            yield Problem(
                "ASK-012",
                sv="Personer kan bara räknas som antal: andelar, tider och summor gäller rader, för samma person kan "
                "stå i flera celler. Ta bort valet personer, eller fråga populationen clients.",
                en="People can only be counted: shares, durations and sums are of rows, as the same person can stand "
                "in several cells. Leave out people, or ask the population clients.",
            )

    def _span(self) -> Iterator[Problem]:
        """What is ongoing has a first and a last day, and the snapshot has both."""
        if self.table.population not in SPAN:
            yield self._no_span()
            return
        absent = [day for day in SPAN[self.table.population] if day not in self.table.columns]
        if absent:
            yield self._no_days(absent)

    def _no_days(self, absent: list[str]) -> Problem:
        first, last = SPAN[self.table.population]
        days = ", ".join(absent)
        return Problem(
            "ASK-018",
            sv=f"Det går inte att säga vad som pågår i {self.table.population}: det kräver {first} och {last}, och "
            f"ögonblicksbilden saknar {days}. Importera {days}, eller fråga om det som påbörjats i perioden.",
            en=f"What is ongoing among {self.table.population} cannot be told: that takes {first} and {last}, and the "
            f"snapshot lacks {days}. Import {days}, or ask about what began in the period.",
        )

    def _no_span(self) -> Problem:
        spans = ", ".join(population for population in SPAN)
        return Problem(
            "ASK-011",
            sv=f"{self.table.population} har ingen första och sista dag, så inget pågår. Fråga om {spans}.",
            en=f"{self.table.population} have no first and last day, so nothing is ongoing. Ask about {spans}.",
        )

    def _stored(self, column: str) -> SnapshotColumn:
        return self.table.columns[base_column(column)]

    def _names(self, kind: Column) -> str:
        return ", ".join(column.id for column in self.table.columns.values() if column.kind is kind)

    def _unknown(self, column: str) -> Problem | None:
        """Why there is no such column here: not used, in another population, or nowhere (with the nearest name)."""
        name = base_column(column)
        if name in self.table.columns:
            return None
        if name in self.manifest.not_used:
            return Problem(
                "ASK-003",
                sv=f"{name} används inte i kommunen, så det finns inget att räkna. Kodboken säger vilka som används.",
                en=f"{name} is not used in this municipality, so nothing can be counted. The codebook says which are.",
            )
        there = [population.value for population, table in self.manifest.tables.items() if name in table.columns]
        if there:
            return _elsewhere(name, self.table.population, there)
        return self._nowhere(column)

    def _nowhere(self, column: str) -> Problem:
        names = [*self.table.columns, *(f"{unit}:{name}" for unit in CALENDARS for name in self._dates())]
        near = get_close_matches(column, names, n=1, cutoff=0.5)
        hint_sv = f"Menade du {near[0]}?" if near else f"Kolumnerna är {', '.join(self.table.columns)}."
        hint_en = f"Did you mean {near[0]}?" if near else f"The columns are {', '.join(self.table.columns)}."
        return Problem(
            "ASK-001",
            sv=f"Det finns ingen kolumn ”{column[:40]}”. {hint_sv}",
            en=f"There is no column '{column[:40]}'. {hint_en}",
        )

    def _dates(self) -> list[str]:
        return [column.id for column in self.table.columns.values() if column.kind is Column.DATE]


def _elsewhere(name: str, population: Population, there: list[str]) -> Problem:
    return Problem(
        "ASK-002",
        sv=f"{name} finns inte i {population} men i {', '.join(there)}. Byt population.",
        en=f"{name} is not in {population} but in {', '.join(there)}. Change the population.",
    )


def _no_axis(name: str, column: SnapshotColumn) -> Problem:
    instead = {Column.DATE: f"month:{column.id}", Column.NUMBER: "age_group"}.get(column.kind, "unit")
    return Problem(
        "ASK-010",
        sv=f"{name} har inga koder att dela in efter. Använd till exempel {instead}.",
        en=f"{name} has no codes to divide by. Use {instead}, for instance.",
    )
