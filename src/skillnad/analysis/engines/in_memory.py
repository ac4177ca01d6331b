"""The reference engine: plain Python over rows. What it says is right; the others are held against it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import product
from math import fsum
from typing import Any

from skillnad.analysis.axes import FlowKind, axes_of, changed, flow_periods, outcome_of
from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Lasting, LastingBy, Pattern, Rows
from skillnad.analysis.comparisons.seen import seen_from_the_first_day
from skillnad.analysis.engines import CLIENTS, LARGEST, MOST_DECIMALS, SUM
from skillnad.analysis.engines.client_rows import client_rows
from skillnad.analysis.engines.lasting_by import each_by_client
from skillnad.analysis.engines.lasting_rows import Stay, by_day, lasting
from skillnad.analysis.engines.occasions_rows import Pair, pair_of
from skillnad.analysis.engines.rows import Row, codes_of, meets, read_rows
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.paths import OTHER, Path, listed_paths, path_axis, step_axes
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Question,
    Selection,
    Sequence,
    Share,
    Sum,
)
from skillnad.analysis.results import (
    ANY_VALUE,
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    Key,
    LevelKind,
    RawTable,
)
from skillnad.analysis.selection import (
    Reason,
    by_of,
    event_of,
    late_by,
    left_out,
    selection_of,
    span_of,
    span_problem,
    touches,
)
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.periods import Period

Cells = Mapping[Key, list[Any]]


class InMemoryEngine:
    """Reads every row of the population for each question."""

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        check_question(snapshot.manifest, question)
        return _Answer(snapshot, question).table()

    def rows(self, snapshot: Snapshot, question: Question) -> Rows:
        check_question(snapshot.manifest, question)
        return _Answer(snapshot, question)


class _Answer:
    """One question under way: the rows it is about, and how many were left out for which reason."""

    def __init__(self, snapshot: Snapshot, question: Question) -> None:
        self.snapshot = snapshot
        self.question = question
        self.axes = axes_of(snapshot, question)
        self.left_out: Counter[Reason] = Counter()

    def table(self) -> RawTable:
        match self.question:
            case Count() | CrossTable():
                return self._people() if self.question.selection.people else self._rows()
            case Share():
                return self._share(self.question)
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
        return self._raw(_lengths(self._gather((row, row) for row in self._selected())))

    def _people(self) -> RawTable:
        cells = self._gather((row, row["client"]) for row in self._selected())
        return self._raw({key: _distinct(clients) for key, clients in cells.items()})

    def _share(self, question: Share) -> RawTable:
        if question.selection.people:
            return self._share_of_people(question)
        cells: dict[Key, list[Any]] = defaultdict(list)
        for row, outcome in self._outcomes(question):
            for key in product((outcome, TOTAL), *self._levels(row)):
                cells[key].append(row)
        return self._raw(_lengths(cells))

    def _share_of_people(self, question: Share) -> RawTable:
        """Each client once in each group: by the best that any of their rows there says."""
        said: dict[Key, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for row, outcome in self._outcomes(question):
            for key in product(*self._levels(row)):
                if row["client"] is not None:
                    said[key][row["client"]].add(outcome)
        counts: Counter[Key] = Counter()
        for key, of_client in said.items():
            counts.update((level, *key) for found in of_client.values() for level in (_outcome(found), TOTAL))
        return self._raw(counts)

    def _outcomes(self, question: Share) -> Iterator[tuple[Row, str]]:
        column = self.snapshot.axis(question.selection.population, question.of.column)
        outcomes = outcome_of(question, column)
        for row in self._selected():
            yield row, _outcome({outcomes[code] for code in codes_of(row, question.of.column)})

    def patterns(self, columns: tuple[str, ...]) -> Mapping[Pattern, Counted]:
        """Of a Share, as `comparisons.rows` says."""
        if not isinstance(self.question, Share):
            raise TypeError("only a share has a denominator")
        counts: dict[Pattern, Counter[str]] = defaultdict(Counter)
        for row, outcome in self._outcomes(self.question):
            if outcome in (YES, NO):
                counts[_held(row, columns)][outcome] += 1
        return {pattern: Counted(of[YES], of[YES] + of[NO]) for pattern, of in counts.items()}

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        """Of a Share or a Count, as `comparisons.rows` says."""
        counts: dict[tuple[int, Pattern], Counter[str]] = defaultdict(Counter)
        for row, outcome in self._known():
            client = NOBODY if row["client"] is None else row["client"]
            counts[client, tuple(";".join(codes_of(row, column)) for column in columns)][outcome] += 1
        return client_rows([(*key, of[YES], of[YES] + of[NO]) for key, of in counts.items()])

    def _known(self) -> Iterator[tuple[Row, str]]:
        """The rows that are counted, and whether they hold what the question is of."""
        if isinstance(self.question, Count):
            return ((row, NO) for row in self._selected())
        if isinstance(self.question, Share):
            return ((row, outcome) for row, outcome in self._outcomes(self.question) if outcome in (YES, NO))
        raise TypeError("only rows that are counted are told of by client")

    def _duration(self, question: Duration) -> RawTable:
        cells = self._gather(self._lasted(question))
        values: dict[str, dict[Key, float | None]] = defaultdict(dict)
        for key in _keys(self.axes):
            for name, value in lasting(question, cells.get(key, [])).items():
                values[name][key] = value
        return self._raw({key: sum(stay.ended for stay in stays) for key, stays in cells.items()}, values)

    def lasting(self) -> Mapping[Key, Lasting]:
        """Of a Duration, as `comparisons.rows` says."""
        cells = self._gather(self._lasted(seen_from_the_first_day(self.question)))
        return {key: by_day(stays) for key, stays in cells.items()}

    def lasting_by(self, columns: tuple[str, ...]) -> LastingBy:
        """Of a Duration, as `comparisons.rows` says."""
        told = self._lasted(seen_from_the_first_day(self.question))
        return each_by_client((_held(row, columns), row["client"], stay.days, stay.ended) for row, stay in told)

    def _lasted(self, question: Duration) -> Iterator[tuple[Row, Stay]]:
        """The rows with how long they have lasted."""
        as_of = self.snapshot.manifest.as_of
        for row in self._selected():
            first, last = row[question.start], row[question.end]
            problem = span_problem(first, last) or _open_problem(first, last, as_of)
            if problem:
                self.left_out[problem] += 1
            if problem in (None, Reason.OPEN):
                yield row, Stay(((last or as_of) - first).days, last is not None, late_by(question, first))

    def _flow(self, question: Flow) -> RawTable:
        span = span_of(question.population)
        periods = ((TOTAL, question.period), *flow_periods(question))
        cells: dict[Key, list[Any]] = defaultdict(list)
        for row in self._in_time(self._chosen(selection_of(question))):
            for month, period in periods:
                kinds = _flow_kinds(row[span.first], row[span.last], period)
                own = ((month,), kinds) if question.monthly else (kinds,)
                for key in product(*own, *self._levels(row)):
                    cells[key].append(row)
        return self._raw(_lengths(cells))

    def _change(self, question: Change) -> RawTable:
        order = self.snapshot.column(question.selection.population, question.of).order
        cells: dict[Key, list[Any]] = defaultdict(list)
        for first, last in self._compared(question):
            (before,), (after,) = first[question.of], last[question.of]
            for key in product((str(changed(order, before, after)), TOTAL), *self._levels(last)):
                cells[key].append(last)
        return self._raw(_lengths(cells))

    def _compared(self, question: Change) -> Iterator[Pair]:
        """The two occasions of each person who has two; every other row is left out."""
        of_client: dict[int, list[Row]] = defaultdict(list)
        for row in self._selected():
            if row[event_of(question.selection)] is None:
                self.left_out[Reason.NO_EVENT_DATE] += 1
            elif row["client"] is None:
                self.left_out[Reason.NO_CLIENT] += 1
            else:
                of_client[row["client"]].append(row)
        for rows in of_client.values():
            pair = pair_of(question, rows)
            self.left_out[Reason.OTHER_OCCASION if pair else Reason.ONE_OCCASION] += len(rows) - 2 * bool(pair)
            if pair:
                yield pair

    def _sequence(self, question: Sequence) -> RawTable:
        axes = step_axes(self.snapshot, question)
        told = [_paths(row, axes) for row in self._selected()]
        counts = Counter(path for paths in told for path in paths)
        listed = listed_paths(question, counts, lambda named: _others(told, named))
        self.axes = (path_axis(axes, listed),)
        levels = {path: level.code for path, level in zip(listed, self.axes[0].levels, strict=False)}
        on = [{levels.get(path, OTHER) for path in paths} | {TOTAL} for paths in told]
        return self._raw(Counter[Key]((code,) for codes in on for code in codes))

    def _sum(self, question: Sum) -> RawTable:
        rows = [row for row in self._selected() if self._has_number(row, question.of)]
        cells = self._gather((row, (row["client"], row[question.of])) for row in rows)
        full = {key: cells.get(key, []) for key in _keys(self.axes)}
        sums = {key: round(fsum(amount for _, amount in found), MOST_DECIMALS) for key, found in full.items()}
        clients = {key: float(_distinct(client for client, _ in found)) for key, found in full.items()}
        largest = {key: _largest(found) for key, found in full.items()}
        return self._raw(_lengths(cells), {SUM: sums, CLIENTS: clients, LARGEST: largest})

    def _has_number(self, row: Row, column: str) -> bool:
        if row[column] is None:
            self.left_out[Reason.NO_NUMBER] += 1
        return row[column] is not None

    def _selected(self) -> Iterator[Row]:
        """The rows of the question's selection; those with no place in time are counted as left out."""
        selection = selection_of(self.question)
        rows = self._chosen(selection)
        if selection.event == ONGOING:
            return self._ongoing(rows, selection)
        return self._with_event(rows, selection)

    def _chosen(self, selection: Selection) -> Iterator[Row]:
        for row in read_rows(self.snapshot, selection.population):
            if all(meets(row, where) for where in selection.where):
                yield row

    def _with_event(self, rows: Iterator[Row], selection: Selection) -> Iterator[Row]:
        for row in rows:
            if selection.period is None:
                yield row
            elif row[event_of(selection)] is None:
                self.left_out[Reason.NO_EVENT_DATE] += 1
            elif row[event_of(selection)] in selection.period:
                yield row

    def _ongoing(self, rows: Iterator[Row], selection: Selection) -> Iterator[Row]:
        span = span_of(selection.population)
        for row in self._in_time(rows):
            if selection.period and touches(row[span.first], row[span.last], selection.period):
                yield row

    def _in_time(self, rows: Iterator[Row]) -> Iterator[Row]:
        """Rows whose span has a place in time."""
        span = span_of(selection_of(self.question).population)
        for row in rows:
            problem = span_problem(row[span.first], row[span.last])
            if problem:
                self.left_out[problem] += 1
            else:
                yield row

    def _gather(self, rows: Iterable[tuple[Row, Any]]) -> Cells:
        """What each row brings, in every cell and margin that the row belongs to."""
        cells: dict[Key, list[Any]] = defaultdict(list)
        for row, brought in rows:
            for key in product(*self._levels(row)):
                cells[key].append(brought)
        return cells

    def _levels(self, row: Row) -> list[tuple[str, ...]]:
        by = by_of(self.question)
        axes = self.axes[len(self.axes) - len(by) :]
        return [(*_levels_on(axis, codes_of(row, column)), TOTAL) for axis, column in zip(axes, by, strict=True)]

    def _raw(
        self, counts: Mapping[Key, int], values: Mapping[str, Mapping[Key, float | None]] | None = None
    ) -> RawTable:
        full = {key: counts.get(key, 0) for key in _keys(self.axes)}
        return RawTable(self.question, self.axes, full, values or {}, left_out(self.left_out))


def _held(row: Row, columns: tuple[str, ...]) -> Pattern:
    return tuple(";".join(codes_of(row, column)) for column in columns)


def _levels_on(axis: Axis, codes: tuple[str, ...]) -> tuple[str, ...]:
    """The levels of a row that has the codes."""
    kinds = {level.code: level.kind for level in axis.levels}
    any_value = ANY_VALUE in kinds and any(kinds[code] is LevelKind.VALUE for code in codes)
    return (*codes, ANY_VALUE) if any_value else codes


def _paths(row: Row, axes: Iterable[Axis]) -> set[Path]:
    """Every way through the row's levels on each step."""
    steps = []
    for axis in axes:
        codes = codes_of(row, axis.id)
        steps.append([place for place, level in enumerate(axis.levels) if level.code in codes])
    return set(product(*steps))


def _others(told: Iterable[set[Path]], named: frozenset[Path]) -> tuple[int, int]:
    """How many rows have a path without a name, and how many have no other."""
    unnamed = [paths for paths in told if paths - named]
    return len(unnamed), sum(not paths & named for paths in unnamed)


def _keys(axes: tuple[Axis, ...]) -> Iterator[Key]:
    return product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes))


def _lengths(cells: Cells) -> dict[Key, int]:
    return {key: len(found) for key, found in cells.items()}


def _distinct(clients: Iterable[int | None]) -> int:
    """How many clients. A row without a client is nobody's."""
    return len({client for client in clients if client is not None})


def _largest(amounts: Iterable[tuple[int | None, float]]) -> float:
    """What the client with most of the sum has; 0 where nobody has anything."""
    of: dict[int, float] = defaultdict(float)
    for client, amount in amounts:
        if client is not None:
            of[client] += amount
    return round(max([0.0, *of.values()]), MOST_DECIMALS)


def _open_problem(first: date, last: date | None, as_of: date) -> Reason | None:
    """Why there is no length, or no whole one, of a span that begins on `first`."""
    if last is not None:
        return None
    return Reason.NOT_BEGUN if first > as_of else Reason.OPEN


def _outcome(found: set[str]) -> str:
    return next(outcome for outcome in (YES, NO, UNKNOWN_OUTCOME, MISSING_LEVEL) if outcome in found)


def _flow_kinds(first: date, last: date | None, period: Period) -> tuple[str, ...]:
    """What the row is in the period; TOTAL where any of its days is in it."""
    kinds = {
        FlowKind.ONGOING_START: first < period.start and (last is None or last >= period.start),
        FlowKind.NEW: first in period,
        FlowKind.CLOSED: last is not None and last in period,
        FlowKind.ONGOING_END: first < period.end and (last is None or last >= period.end),
        TOTAL: touches(first, last, period),
    }
    return tuple(str(kind) for kind, holds in kinds.items() if holds)
