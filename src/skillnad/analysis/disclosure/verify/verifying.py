"""Everything that is asked of a release, and what is wrong with it. What is not shown to be safe is an objection."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.alone import follows_for_someone
from skillnad.analysis.disclosure.verify.incidence import TOTAL, Incidence, Row, TooWide, incidence_of
from skillnad.analysis.disclosure.verify.objections import Coordinates, Counted, Objection, Publication, Wrong
from skillnad.analysis.disclosure.verify.promises import Promise, broken, known_of
from skillnad.analysis.disclosure.verify.reader import NEAR, GapReader, OutOfBudget
from skillnad.analysis.disclosure.verify.unknowns import Contradiction, Unknowns, unknowns_of

BUDGET = 50_000_000
"""So many columns of linear programmes are solved before it is given up."""
Counts = Mapping[tuple[str, Coordinates], int]
"""The true count of every row that a table can have."""


def verify(
    release: Publication | Sequence[Publication], policy: Policy, truth: Sequence[Counted], *, budget: float = BUDGET
) -> list[Objection]:
    """None means that the release, or several of them read together, is as the policy promises. `truth`: the tables of
    inner cells that they were made of, by the same names. No objection carries a number."""
    releases = release if isinstance(release, Sequence) else (release,)
    counts = _counts(truth)
    rows = [Row(t.name, t.columns, values, count) for each in releases for t in each.tables for values, count in t.rows]
    found = [*_plain(rows, counts, policy), *_missing(rows, truth)]
    try:
        incidence = incidence_of(releases)
    except TooWide:
        return [*found, *(_objection(Wrong.UNSURE, row) for row in rows if row.count is None)]
    apart = list(_apart(incidence))
    if found or apart:
        return [*found, *apart]
    try:
        return list(_gaps(incidence, counts, policy, budget))
    except Contradiction:
        return [_objection(Wrong.SUM, rows[0])]


def _counts(truth: Sequence[Counted]) -> Counts:
    """Sums over every choice of columns."""
    found: dict[tuple[str, Coordinates], int] = defaultdict(int)
    for table in truth:
        for values, count in table.counts.items():
            if TOTAL not in values:
                for summed in product((True, False), repeat=len(values)):
                    place = tuple(TOTAL if out else value for out, value in zip(summed, values, strict=True))
                    found[table.name, place] += count
    return dict(found)


def _plain(rows: Sequence[Row], counts: Counts, policy: Policy) -> Iterator[Objection]:
    for row in rows:
        count = counts.get((row.table, row.coordinates), 0)
        if row.count is not None and row.count != count:
            yield _objection(Wrong.UNTRUE, row)
        elif row.count is not None and policy.small(count):
            yield _objection(Wrong.SMALL, row)


def _missing(rows: Sequence[Row], truth: Sequence[Counted]) -> Iterator[Objection]:
    """A table that the truth does not have, and inner cells that no table shows or hides."""
    released = {row.table: row.columns for row in rows}
    known = {table.name for table in truth}
    there = {(row.table, row.coordinates) for row in rows}
    for name, columns in released.items():
        if name not in known:
            yield Objection(Wrong.UNKNOWN, name, (TOTAL,) * len(columns), columns)
    for table in truth:
        for values in table.counts:
            if table.name in released and (table.name, values) not in there:
                yield Objection(Wrong.UNKNOWN, table.name, values, table.columns)


def _apart(incidence: Incidence) -> Iterator[Objection]:
    """The same people, shown in one row and hidden in another, or shown as different numbers."""
    first: dict[bytes, Row] = {}
    matrix = incidence.matrix
    for at, row in enumerate(incidence.rows):
        people = np.sort(matrix.indices[matrix.indptr[at] : matrix.indptr[at + 1]]).tobytes()
        if first.setdefault(people, row).count != row.count:
            yield _objection(Wrong.APART, row)


def _gaps(incidence: Incidence, counts: Counts, policy: Policy, budget: float) -> Iterator[Objection]:
    told = unknowns_of(incidence)
    gaps = [incidence.rows[at] for at in told.gap_rows]
    values = [counts.get((row.table, row.coordinates), 0) for row in gaps]
    if not gaps:
        return
    reader = GapReader(told, *known_of(values, policy), budget)
    try:
        for promise in broken(told, values, policy, reader):
            if not _excused(incidence, counts, policy, promise, gaps[promise.gap], reader):
                yield _objection(Wrong.EXACT if _same(reader, promise.gap) else Wrong.NARROW, gaps[promise.gap])
        if policy.contributors:
            for gap in sorted(follows_for_someone(told, values, policy, reader)):
                yield _objection(Wrong.ALONE, gaps[gap])
    except OutOfBudget:
        yield from (_objection(Wrong.UNSURE, row) for row in gaps)


def _same(reader: GapReader, gap: int) -> bool:
    return bool(reader.high[gap] - reader.low[gap] < 0.5)


def _excused(
    incidence: Incidence, counts: Counts, policy: Policy, promise: Promise, row: Row, reader: GapReader
) -> bool:
    """A small number is not asked to seem to be what no pattern of gaps could make it seem: what zeros tell, and that
    some gaps are small where that is told, all patterns tell."""
    if promise.secondary:
        return False
    blind, gap = _blind(incidence, counts, policy, row, reader.budget)
    blind.reach([gap], [promise.low], upward=False)
    blind.reach([gap], [promise.high], upward=True)
    low, high = max(promise.low, blind.low[gap]), min(promise.high, blind.high[gap])
    return bool(reader.low[promise.gap] <= low + NEAR and reader.high[promise.gap] >= high - NEAR)


def _blind(incidence: Incidence, counts: Counts, policy: Policy, row: Row, budget: float) -> tuple[GapReader, int]:
    """A reader of the same tables with everything hidden that could be, and which of its gaps the row is."""
    known = policy.gap_floor >= 1 or policy.zeros_printed
    rows = tuple(
        replace(each, count=0 if known and not counts.get((each.table, each.coordinates), 0) else None)
        for each in incidence.rows
    )
    told: Unknowns = unknowns_of(replace(incidence, rows=rows))
    values = [counts.get((rows[at].table, rows[at].coordinates), 0) for at in told.gap_rows]
    reader = GapReader(told, *known_of(values, policy), budget)
    people = incidence.matrix[[incidence.rows.index(row)], :].indices
    for gap, at in enumerate(told.gap_rows):
        if np.array_equal(np.sort(incidence.matrix[[at], :].indices), np.sort(people)):
            return reader, gap
    raise AssertionError("a gap of the release is one of the blind reader's too")


def _objection(wrong: Wrong, row: Row) -> Objection:
    return Objection(wrong, row.table, row.coordinates, row.columns)
