"""The fast engine: one GROUP BY on DuckDB a question, written as Ibis expressions, and the margins from its groups."""

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any

import ibis
import numpy as np

from skillnad.analysis.axes import ChangeKind, FlowKind, axes_of, changed
from skillnad.analysis.calendars import CALENDARS
from skillnad.analysis.comparisons.rows import ByClient, Lasting, LastingBy, Pattern, Rows
from skillnad.analysis.comparisons.seen import seen_from_the_first_day
from skillnad.analysis.engines import CLIENTS, LARGEST, MOST_DECIMALS, SUM
from skillnad.analysis.engines.cells import Booleans, Integers, Spread, apart, clients_in, keys, largest_in, spread
from skillnad.analysis.engines.client_rows import grouped_by_client
from skillnad.analysis.engines.lasting import Lasted, by_day, lasting
from skillnad.analysis.engines.lasting_by import by_client
from skillnad.analysis.engines.numbering import (
    Numbering,
    Selected,
    number_of,
    numbering_of,
    numberings,
    ordinal,
    selected,
)
from skillnad.analysis.engines.occasions import EPOCH, NEVER, Occasions
from skillnad.analysis.engines.path_rows import PathRows, without_total
from skillnad.analysis.engines.pattern_rows import Outcomes, patterns, values_of
from skillnad.analysis.engines.store import Arrays, Store
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.paths import listed_paths, path_axis, step_axes
from skillnad.analysis.questions import Change, Count, CrossTable, Duration, Flow, Question, Sequence, Share, Sum
from skillnad.analysis.results import MISSING_LEVEL, Axis, Key, RawTable
from skillnad.analysis.selection import Reason, event_of, late_entries, left_out, selection_of, span_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import KEYS, Population

WITHIN, OWN, VALUE = "within", "own", "value"
ROWS, DAYS, AMOUNT, CLIENT, FIRST, LAST = "rows", "days", "amount", "client", "first", "last"
LATE = "late"
PART, WHOLE = "part", "whole"
Named = tuple[str, Axis, Numbering]
"""A column of groups: what it is called there, its levels, and how its rows are numbered."""
KEEP = 4
"""How many snapshots an engine holds in memory; the one longest unused goes first."""


class DuckDBEngine:
    """Holds the rows of the last few snapshots in memory. Safe to ask from several threads."""

    def __init__(self, keep: int = KEEP) -> None:
        self._keep = keep
        self._stores: OrderedDict[tuple[str, Path], Store] = OrderedDict()
        self._choosing = threading.Lock()

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        check_question(snapshot.manifest, question)
        return Answer(snapshot, question, self._store(snapshot)).table()

    def rows(self, snapshot: Snapshot, question: Question) -> Rows:
        check_question(snapshot.manifest, question)
        return Answer(snapshot, question, self._store(snapshot))

    def close(self) -> None:
        with self._choosing:
            while self._stores:
                self._stores.popitem()[1].close()

    def _store(self, snapshot: Snapshot) -> Store:
        key = (snapshot.id, snapshot.path)
        with self._choosing:
            store = self._stores.pop(key, None) or Store(snapshot)
            self._stores[key] = store
            while len(self._stores) > self._keep:
                # not closed here, as another thread may be asking it: it closes with its last reference
                self._stores.popitem(last=False)
            return store


class Answer:
    """One question under way."""

    def __init__(self, snapshot: Snapshot, question: Question, store: Store) -> None:
        self.question = question
        self.store = store
        self.snapshot = snapshot
        self.as_of = snapshot.manifest.as_of
        self.axes = axes_of(snapshot, question)
        table = store.table(selection_of(question).population, keyed=isinstance(question, Change))
        self.stored = table
        self.numberings = numberings(snapshot, question, self.axes, table)
        self.selected = selected(snapshot, question, table)

    def table(self) -> RawTable:
        match self.question:
            case Count() | CrossTable() | Share() if self.question.selection.people:
                return self._people()
            case Count() | CrossTable() | Share():
                return self._rows()
            case Duration():
                return self._duration(self.question)
            case Flow():
                return self._flow(self.question)
            case Change():
                return self._change(self.question)
            case Sequence():
                return self._sequence(self.question)
            case Sum():
                return self._sum(self.question)

    def _rows(self) -> RawTable:
        groups, found = self._groups(self.selected)
        return self._raw(self.selected, found.count(groups[ROWS]))

    def _people(self) -> RawTable:
        rows = self.selected.rows()
        # sorting cells and clients as integers is faster than grouping by them first
        found_rows = self.store.fetch(rows.select(**self._numbers(rows), client=rows[CLIENT]))
        clients = clients_in(self._spread(found_rows, CLIENT), found_rows[CLIENT])
        of_share = isinstance(self.question, Share)
        return self._raw(self.selected, apart(clients, len(self.axes[0].levels)) if of_share else clients)

    def _duration(self, question: Duration) -> RawTable:
        taken = self._taken(question)
        found, lasted = self._lasted(question)
        return self._raw(taken, found.count(lasted.ended), lasting(question, found, lasted))

    def lasting(self) -> Mapping[Key, Lasting]:
        """Of a Duration, as `comparisons.rows` says."""
        told = zip(keys(self.axes), by_day(*self._lasted(seen_from_the_first_day(self.question))), strict=True)
        return {key: Lasting(*held) for key, held in told if len(held[0])}

    def lasting_by(self, columns: tuple[str, ...]) -> LastingBy:
        """Of a Duration, as `comparisons.rows` says."""
        question = seen_from_the_first_day(self.question)
        named, rows = self._columns(columns), self._taken(question).rows()
        by = [numbering.number(rows).name(name) for name, _, numbering in named]
        days = _signed_days(rows, question, self.as_of).name(DAYS)
        groups = self.store.fetch(rows.aggregate(by=[*by, rows[CLIENT], days], **{ROWS: rows.count()}))
        numbers = [groups[name] for name, _, _ in named]
        return by_client(_values(named), numbers, groups[CLIENT], Lasted.of(groups[DAYS], groups[ROWS]))

    def _lasted(self, question: Duration) -> tuple[Spread, Lasted]:
        groups, found = self._groups(self._taken(question), by=lambda rows: _days(rows, question, self.as_of))
        return found, Lasted.of(groups[DAYS], groups[ROWS], groups.get(LATE))

    def _taken(self, question: Duration) -> Selected:
        return self.selected.lasting(question.start, question.end, self.as_of)

    def patterns(self, columns: tuple[str, ...]) -> Mapping[Pattern, Counted]:
        """Of a Share, as `comparisons.rows` says."""
        if not isinstance(self.question, Share):
            raise TypeError("only a share has a denominator")
        named = self._columns(columns)
        groups = self._counted(named, lambda rows: {})
        numbers = [groups[name] for name, _, _ in named]
        return patterns(_values(named), numbers, groups[PART], groups[WHOLE])

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        """Of a Share or a Count, as `comparisons.rows` says."""
        if not isinstance(self.question, Share | Count):
            raise TypeError("only rows that are counted are told of by client")
        named = self._columns(columns)
        groups = self._counted(named, lambda rows: {CLIENT: rows[CLIENT]})
        numbers = [groups[name] for name, _, _ in named]
        return grouped_by_client(_values(named), numbers, groups[CLIENT], groups[PART], groups[WHOLE])

    def _columns(self, columns: tuple[str, ...]) -> list[Named]:
        population = selection_of(self.question).population
        axes = [self.snapshot.axis(population, column) for column in columns]
        return [(f"column_{place}", axis, numbering_of(axis, self.stored)) for place, axis in enumerate(axes)]

    def _counted(self, named: list[Named], by: Any) -> Arrays:
        """The rows in groups by the columns and `by`: how many, and how many hold what a Share is of. Of a Share those
        of its denominator alone."""
        rows = self.selected.rows()
        counted = {WHOLE: rows.count(), PART: rows.count(where=ibis.literal(False))}
        if isinstance(self.question, Share):
            outcome = Outcomes.of(self.numberings[0].dimension)
            held = number_of(rows, self.question.of.column)
            counted = {WHOLE: _holding(rows, held, outcome.whole), PART: _holding(rows, held, outcome.part)}
        numbers = [numbering.number(rows).name(name) for name, _, numbering in named]
        also = [number.name(name) for name, number in by(rows).items()]
        return self.store.fetch(rows.aggregate(by=[*numbers, *also], **counted))

    def _flow(self, question: Flow) -> RawTable:
        groups, found = self._groups(self.selected, by=lambda rows: _places(rows, question))
        counts = [found.count(groups[ROWS] * holds) for holds in _flow_cells(groups, question)]
        return self._raw(self.selected, np.concatenate(counts))

    def _change(self, question: Change) -> RawTable:
        rows = self.selected.rows()
        told = self.store.fetch(rows.select(**self._numbers(rows), **_occasion(rows, question)))
        occasions = Occasions(told[CLIENT], told[WITHIN], told[DAYS], told[OWN])
        first, last = occasions.pairs(question.between)
        compared = {name: numbers[last] for name, numbers in told.items()}
        compared["axis_0"] = self._changes(question)[told[VALUE][first], told[VALUE][last]]
        found = self._spread(compared, CLIENT)
        unused = occasions.left_out(first)
        return self._raw(self.selected, found.count(np.ones(len(last), np.int64)), also_out=unused)

    def _changes(self, question: Change) -> Integers:
        """The place of the change from each number of the scale to each."""
        column = self.snapshot.column(question.selection.population, question.of)
        codes, kinds = [MISSING_LEVEL, *(level.code for level in column.levels)], list(ChangeKind)
        places = [kinds.index(changed(column.order, first, last)) for first, last in product(codes, codes)]
        return np.array(places).reshape(len(codes), len(codes))

    def _sequence(self, question: Sequence) -> RawTable:
        axes = step_axes(self.snapshot, question)
        self.numberings = [numbering_of(axis, self.stored) for axis in axes]
        groups, _ = self._groups(self.selected)
        steps = [without_total(numbering.dimension) for numbering in self.numberings]
        numbers = [groups[f"axis_{place}"] for place in range(len(steps))]
        on = PathRows(spread(steps, numbers, len(groups[ROWS])), tuple(step.size for step in steps), groups[ROWS])
        listed = listed_paths(question, on.counts(), on.others)
        self.axes = (path_axis(axes, listed),)
        return self._raw(self.selected, on.on_axis(self.axes[0], listed).count(groups[ROWS]))

    def _sum(self, question: Sum) -> RawTable:
        with_number = self.selected.with_number(question.of)
        groups, found = self._groups(
            with_number,
            by=lambda rows: {CLIENT: rows[CLIENT]},
            also=lambda rows: {AMOUNT: rows[question.of].sum().fill_null(0)},
        )
        values = {
            SUM: found.total(groups[AMOUNT]).round(MOST_DECIMALS),
            CLIENTS: clients_in(found, groups[CLIENT]).astype(float),
            LARGEST: largest_in(found, groups[CLIENT], groups[AMOUNT]).round(MOST_DECIMALS),
        }
        return self._raw(with_number, found.count(groups[ROWS]), {name: held.tolist() for name, held in values.items()})

    def _groups(self, taken: Selected, by: Any = lambda rows: {}, also: Any = lambda rows: {}) -> tuple[Arrays, Spread]:
        """The rows in groups by the axes and `by`, each with its number of rows and `also`; and where they belong."""
        rows = taken.rows()
        numbers = [number.name(name) for name, number in (self._numbers(rows) | by(rows)).items()]
        groups = self.store.fetch(rows.aggregate(by=numbers, **{ROWS: rows.count()}, **also(rows)))
        return groups, self._spread(groups, ROWS)

    def _numbers(self, rows: ibis.Table) -> dict[str, Any]:
        """Each axis as an integer column."""
        return {f"axis_{place}": numbering.number(rows) for place, numbering in enumerate(self.numberings)}

    def _spread(self, groups: Arrays, column: str) -> Spread:
        dimensions = [numbering.dimension for numbering in self.numberings]
        numbers = [groups[f"axis_{place}"] for place in range(len(dimensions))]
        return spread(dimensions, numbers, len(groups[column]))

    def _raw(
        self,
        taken: Selected,
        counts: Integers,
        values: Mapping[str, Iterable[float | None]] | None = None,
        also_out: Mapping[Reason, int] | None = None,
    ) -> RawTable:
        named: list[Key] = list(keys(self.axes))
        return RawTable(
            self.question,
            self.axes,
            dict(zip(named, counts.tolist(), strict=True)),
            {name: dict(zip(named, held, strict=True)) for name, held in (values or {}).items()},
            left_out(Counter(self._left_out(taken)) + Counter(also_out or {})),
        )

    def _left_out(self, taken: Selected) -> dict[Reason, int]:
        asked = taken.left_out()
        if asked is None:
            return {}
        return {Reason(name): int(counted[0]) for name, counted in self.store.fetch(asked).items()}


def _values(named: list[Named]) -> list[list[str]]:
    return [values_of(axis, numbering.dimension) for _, axis, numbering in named]


def _holding(rows: ibis.Table, column: Any, numbers: list[int]) -> Any:
    """How many rows hold one of the numbers."""
    return rows.count(where=column.isin(numbers) if numbers else ibis.literal(False))


def _occasion(rows: ibis.Table, question: Change) -> dict[str, Any]:
    """What `Occasions` is made of, and the scale's number."""
    selection = question.selection
    day = rows[event_of(selection)].delta(ibis.literal(EPOCH, type="date"), unit="day")
    of_intervention = selection.population is Population.FOLLOW_UPS
    return {
        CLIENT: rows[CLIENT],
        WITHIN: rows["intervention"].fill_null(-1) if of_intervention else ibis.literal(0),
        DAYS: day.fill_null(NEVER),
        OWN: rows[KEYS[selection.population][-1]],
        VALUE: rows[question.of],
    }


def _days(rows: ibis.Table, question: Duration, as_of: date) -> dict[str, Any]:
    """How long, and from which of its days a row is at risk where that need not be the first."""
    days, period = {DAYS: _signed_days(rows, question, as_of)}, late_entries(question)
    if period is None:
        return days
    late = ibis.literal(period.start, type="date").delta(rows[question.start], unit="day")
    return days | {LATE: ibis.greatest(late, 0)}


def _signed_days(rows: ibis.Table, question: Duration, as_of: date) -> Any:
    """As `Lasted.of` reads them: of what is open, until the snapshot's day."""
    first, last = rows[question.start], rows[question.end]
    so_far = ibis.literal(as_of, type="date").delta(first, unit="day")
    return last.isnull().ifelse(-1 - so_far, last.delta(first, unit="day"))


def _places(rows: ibis.Table, question: Flow) -> dict[str, Any]:
    """Where a row's first and last day fall: 0 before the period, 1 … in its months (or in it), more after it."""
    span = span_of(question.population)
    first, last, period = rows[span.first], rows[span.last], question.period
    after = _months(question) + 1
    return {
        FIRST: (first < period.start).ifelse(0, _month(first, question)).cast("int32"),
        LAST: (last < period.end).ifelse(_month(last, question), after).fill_null(after).cast("int32"),
    }


def _month(day: Any, question: Flow) -> Any:
    month = CALENDARS["month"]
    return ordinal(day, month) - month.ordinal(question.period.start) + 1 if question.monthly else ibis.literal(1)


def _months(question: Flow) -> int:
    return sum(1 for _ in question.period.months()) if question.monthly else 1


def _flow_cells(groups: Arrays, question: Flow) -> list[Booleans]:
    """For each cell of a Flow's own axes, in order, which groups are in it; the whole period comes last."""
    months = _months(question)
    spans = [(month, month) for month in range(1, months + 1)] if question.monthly else []
    return [holds for start, end in [*spans, (1, months)] for holds in _kinds(groups[FIRST], groups[LAST], start, end)]


def _kinds(first: Integers, last: Integers, start: int, end: int) -> list[Booleans]:
    """FlowKind by FlowKind, and TOTAL: which groups hold it in the places from `start` to `end`."""
    kinds = {
        FlowKind.ONGOING_START: (first < start) & (last >= start),
        FlowKind.NEW: (first >= start) & (first <= end),
        FlowKind.CLOSED: (last >= start) & (last <= end),
        FlowKind.ONGOING_END: (first <= end) & (last > end),
    }
    return [*kinds.values(), (first <= end) & (last >= start)]
