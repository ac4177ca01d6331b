"""Everything that is asked of a release, and what is wrong with it. What is not shown to be safe is an objection."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.alone import follows_for_someone
from skillnad.analysis.disclosure.verify.blind import Blind
from skillnad.analysis.disclosure.verify.incidence import TOTAL, Incidence, Row, TooWide, incidence_of
from skillnad.analysis.disclosure.verify.objections import Coordinates, Counted, Objection, Publication, Wrong
from skillnad.analysis.disclosure.verify.promises import known_of, promises_of, unkept
from skillnad.analysis.disclosure.verify.reader import GapReader, OutOfBudget
from skillnad.analysis.disclosure.verify.rounded import objections_of_rounding
from skillnad.analysis.disclosure.verify.unknowns import Contradiction, unknowns_of

BUDGET = 20_000_000
"""So many columns of linear programmes are solved before it is given up."""
Counts = Mapping[tuple[str, Coordinates], int]
"""The true count of every row that a table can have."""
Others = Mapping[tuple[str, Coordinates], float]
"""What the inner cells of another table differ by."""


def verify(
    release: Publication | Sequence[Publication],
    policy: Policy,
    truth: Sequence[Counted],
    *,
    others: Sequence[Others] = (),
    budget: float = BUDGET,
) -> list[Objection]:
    """None means that the release, or several of them read together, is as the policy promises. `truth`: the tables of
    inner cells that they were made of, by the same names. `others`: tables that are said to agree with all that is
    shown; each is tried before it is believed. No objection carries a number."""
    releases = release if isinstance(release, Sequence) else (release,)
    counts = counts_of(truth)
    rows = [Row(t.name, t.columns, values, count) for each in releases for t in each.tables for values, count in t.rows]
    is_rounded = policy.way is Way.ROUND
    found = [*([] if is_rounded else _plain(rows, counts, policy)), *_missing(rows, truth)]
    try:
        incidence = incidence_of(releases)
    except TooWide:
        return [*found, *(row.objection(Wrong.UNSURE) for row in rows if row.count is None or is_rounded)]
    if is_rounded:
        return [*found, *objections_of_rounding(incidence, counts, policy.base)]
    apart = list(apart_of(incidence))
    if found or apart:
        return [*found, *apart]
    try:
        return list(_gaps(incidence, counts, policy, budget, others))
    except Contradiction:
        return [rows[0].objection(Wrong.SUM)]


def counts_of(truth: Sequence[Counted]) -> Counts:
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
            yield row.objection(Wrong.UNTRUE)
        elif row.count is not None and policy.small(count):
            yield row.objection(Wrong.SMALL)


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


def apart_of(incidence: Incidence) -> Iterator[Objection]:
    """The same people, shown in one row and hidden in another, or shown as different numbers."""
    first: dict[bytes, Row] = {}
    for at, row in enumerate(incidence.rows):
        if first.setdefault(incidence.people(at), row).count != row.count:
            yield row.objection(Wrong.APART)


def _gaps(
    incidence: Incidence, counts: Counts, policy: Policy, budget: float, others: Sequence[Others]
) -> Iterator[Objection]:
    told = unknowns_of(incidence)
    gaps = [incidence.rows[at] for at in told.gap_rows]
    values = [counts.get((row.table, row.coordinates), 0) for row in gaps]
    if not gaps:
        return
    reader = GapReader(told, *known_of(values, policy), budget)
    known = {incidence.people(at): counts.get((r.table, r.coordinates), 0) for at, r in enumerate(incidence.rows)}
    place = _inner_rows(incidence)
    for inner in _inner_tables(incidence, place, counts, others):
        reader.consider(inner)
    surely = _zeros_tell(incidence, place, counts, policy)[list(told.gap_rows)].tolist()
    try:
        broken = unkept(promises_of(values, policy, surely), reader)
        blind = Blind(incidence, known, policy, budget) if broken else None
        for promise in broken:
            if not (blind and blind.excuses(promise, told.gap_rows[promise.gap], reader)):
                yield gaps[promise.gap].objection(Wrong.EXACT if _same(reader, promise.gap) else Wrong.NARROW)
        if policy.contributors:
            for gap in sorted(follows_for_someone(told, values, policy, reader)):
                yield gaps[gap].objection(Wrong.ALONE)
    except OutOfBudget:
        seen = reader.low, reader.high
        unsure = [p.gap for p in promises_of(values, policy, surely) if policy.contributors or not p.kept(*seen)]
        yield from (gaps[gap].objection(Wrong.UNSURE) for gap in unsure or range(len(gaps)))


def _inner_rows(incidence: Incidence) -> dict[tuple[str, Coordinates], int]:
    """The inner cells that are rows of their own, by what the rows are called."""
    matrix = incidence.matrix
    return {
        (row.table, row.coordinates): int(matrix.indices[matrix.indptr[at]])
        for at, row in enumerate(incidence.rows)
        if TOTAL not in row.coordinates and matrix.indptr[at + 1] - matrix.indptr[at] == 1
    }


def _inner_tables(
    incidence: Incidence, place: Mapping[tuple[str, Coordinates], int], counts: Counts, others: Sequence[Others]
) -> Iterator[np.ndarray]:
    """The counts of all inner cells in each of the others; none where inner cells are not rows of their own."""
    cells = np.zeros(incidence.matrix.shape[1])
    for key, cell in place.items():
        cells[cell] = counts.get(key, 0)
    for other in others if place else ():
        table = cells.copy()
        table[[place[key] for key in other if key in place]] += [much for key, much in other.items() if key in place]
        yield table


def _zeros_tell(
    incidence: Incidence, place: Mapping[tuple[str, Coordinates], int], counts: Counts, policy: Policy
) -> np.ndarray:
    """What each row is at least to a reader to whom all is hidden but the zeros: as many as its inner cells that are
    something. 0 where that reader knows more than so."""
    something = np.zeros(incidence.matrix.shape[1])
    if policy.reader is not Attacker.PRIMARY_KNOWN:
        something[[cell for key, cell in place.items() if counts.get(key, 0)]] = policy.gap_floor
    return np.asarray(incidence.matrix @ something)


def _same(reader: GapReader, gap: int) -> bool:
    return bool(reader.high[gap] - reader.low[gap] < 0.5)
