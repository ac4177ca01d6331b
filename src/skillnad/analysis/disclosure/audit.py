"""Plays the reader against a pattern of gaps, with a model of its own, and objects to every gap that tells too much.

Nothing here knows how the pattern was made. The unknowns are the gaps and the latent cells; the relations and
every shown number are given. A gap that is not shown to be safe is an objection: the audit fails closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import highspy
import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.known import Bounds, even_bounds, least_small, most_small
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.work import Work

NEAR = 1e-6
DEEP = 4
"""So many times a sum is followed into the sums that it is a part of: once for each axis."""
MANY = 2_000
"""From so many unknowns on, tables are sought by an interior point method, which needs no basis."""
BEYOND = 0.25
"""And a little past the end: a point of the interior stops short of it."""
WIDE = 100.0
"""The auditor's reader looks no further than twice a cell's value and this: a narrower view only objects more."""


@dataclass(frozen=True)
class Claim:
    """A reader's interval for the cell must reach `low` and `high`; or, for a mere secondary gap (`low` is `high`),
    hold another whole number than the true one."""

    name: Name
    low: float
    high: float

    @property
    def secondary(self) -> bool:
        return self.low == self.high


def count_claims(told: System, hidden: Collection[Name], policy: Policy) -> list[Claim]:
    """What is promised of counts: a small one, shown or not, could be anything from 1 to the threshold (from 0 where
    zeros are protected; to the threshold - 1 where the reader knows which gaps are small)."""
    claims = []
    for cell in told.cells:
        if policy.small(cell.value) and not cell.slack and (cell.value or not cell.latent):
            claims.append(Claim(cell.name, least_small(policy), most_small(policy)))
        elif cell.name in hidden and not cell.latent:
            claims.append(Claim(cell.name, cell.value, cell.value))
    return claims


def sum_claims(told: System, hidden: Collection[Name], forced: Collection[Name], policy: Policy) -> list[Claim]:
    """What is promised of sums: a forced gap cannot be estimated within the policy's margin."""
    claims = []
    for cell in told.cells:
        margin = max(1.0, cell.value * policy.sum_margin) if cell.name in forced else 0.0
        if cell.name in hidden or cell.name in forced:
            claims.append(Claim(cell.name, max(0.0, cell.value - margin), cell.value + margin))
    return claims


class Reader:
    """A reader of the shown cells, who knows the relations, and of a gap that it is at least `floor`; or the bounds
    that are given."""

    def __init__(self, told: System, hidden: Collection[Name], floor: float | Bounds, work: Work | None = None) -> None:
        self.told, self.work = told, work
        self.bounds = _bounds(told, floor)
        self.unknown = _unknown(told, told.latent | np.array([cell.name in hidden for cell in told.cells], dtype=bool))
        self.column = {told.cells[place].name: column for column, place in enumerate(self.unknown)}
        self.left = _left(told, self.unknown)
        self.value = told.values[self.unknown]
        self.least = self.bounds.floor[self.unknown]
        self.most = np.minimum(self.bounds.ceiling[self.unknown], 2 * self.value + WIDE)
        self.low, self.high = self.value.copy(), self.value.copy()
        self.tables: list[np.ndarray] = [self.value]

    def see(self, moves: csr_array) -> None:
        """Other tables, each as what it differs by. One that does not agree with all that is shown tells nothing."""
        told = np.ones(moves.shape[1], dtype=bool)
        told[self.unknown] = False
        changes = csr_array(moves[:, self.unknown]).tocoo()
        seen = changes.data + self.value[changes.col]
        wrong = (seen < self.least[changes.col] - NEAR) | (seen > self.most[changes.col] + NEAR)
        agree = (abs(moves) @ told.astype(float) <= NEAR) & (np.bincount(changes.row[wrong], None, moves.shape[0]) == 0)
        broken = (csr_array(self.left) @ changes.T).tocoo()
        agree[broken.col[np.abs(broken.data) > NEAR]] = False
        kept = agree[changes.row]
        np.minimum.at(self.low, changes.col[kept], seen[kept])
        np.maximum.at(self.high, changes.col[kept], seen[kept])

    def look(self, names: Collection[Name], upward: bool) -> None:
        """Find a table that agrees with all that is shown, with these cells together as large (small) as can be."""
        if self.column:
            self._solve(np.array([self.column[name] for name in names], dtype=np.int32), upward)

    def reach(self, ends: Mapping[Name, float], upward: bool) -> None:
        """The same, where no cell is let past its own end: so one table serves as many cells as it can."""
        columns = np.array([self.column[name] for name in ends], dtype=np.int32)
        beyond = 0.0 if len(self.column) < MANY else BEYOND if upward else -BEYOND
        low, high, wanted = self.least[columns], self.most[columns], np.array(list(ends.values())) + beyond
        if upward:
            self.solver.changeColsBounds(len(columns), columns, low, np.clip(wanted, self.value[columns], high))
        else:
            self.solver.changeColsBounds(len(columns), columns, np.clip(wanted, low, self.value[columns]), high)
        self._solve(columns, upward)
        self.solver.changeColsBounds(len(columns), columns, low, high)

    def _solve(self, columns: np.ndarray, upward: bool) -> None:
        if self.work:
            self.work.solve(len(self.column))
        cost = np.zeros(len(self.column))
        cost[columns] = -1.0 if upward else 1.0
        self.solver.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        self.solver.run()
        if self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal:
            self._take(np.array(self.solver.getSolution().col_value))

    def _take(self, seen: np.ndarray) -> None:
        """A table, once it is tried."""
        agrees = np.abs(self.left @ (seen - self.value)).max(initial=0) <= NEAR
        if agrees and (seen >= self.least - NEAR).all() and (seen <= self.most + NEAR).all():
            self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)
            self.tables.append(seen)

    def know(self, columns: Sequence[int], *, known: bool = True) -> None:
        """Someone knows these; or they are forgotten again."""
        for column in columns:
            ends = (self.value[column],) * 2 if known else (self.least[column], self.most[column])
            self.solver.changeColBounds(int(column), *map(float, ends))

    def moved(self, tables: Sequence[np.ndarray], but_not: Sequence[int] = ()) -> set[int]:
        """The columns that some of the tables move, of those that leave some as they are."""
        far = np.abs(np.array(tables).reshape(-1, len(self.value)) - self.value) > NEAR
        return set(np.flatnonzero(far[~far[:, list(but_not)].any(axis=1)].any(axis=0)).tolist())

    @cached_property
    def solver(self) -> highspy.Highs:
        """Keeps its basis from look to look: only what is sought changes."""
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = self.left.shape
        model.col_cost_ = np.zeros(len(self.value))
        model.col_lower_, model.col_upper_ = self.least, self.most
        model.row_lower_ = model.row_upper_ = self.left @ self.value
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = self.left.indptr, self.left.indices
        model.a_matrix_.value_ = self.left.data
        solver = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0), ("simplex_strategy", 4)):
            solver.setOptionValue(option, value)
        if len(self.value) >= MANY:
            solver.setOptionValue("solver", "ipm")
            solver.setOptionValue("run_crossover", "off")
        solver.passModel(model)
        return solver

    def interval(self, name: Name) -> tuple[float, float]:
        """What has been seen to be possible so far; a shown cell is exactly known."""
        if name not in self.column:
            value = self.told.cells[self.told.position[name]].value
            return value, value
        return float(self.low[self.column[name]]), float(self.high[self.column[name]])

    def exact(self, name: Name) -> tuple[float, float]:
        """The whole interval of one cell, within the auditor's view."""
        if name in self.column:
            self.look([name], upward=True)
            self.look([name], upward=False)
        return self.interval(name)


def _bounds(told: System, floor: float | Bounds) -> Bounds:
    return floor if isinstance(floor, Bounds) else even_bounds(told, floor)


def _left(told: System, unknown: np.ndarray) -> csc_array:
    """The relations that something unknown stands in."""
    columns = csr_array(csc_array(told.matrix)[:, unknown])
    return csc_array(columns[np.flatnonzero(np.diff(columns.indptr)), :])


def _unknown(told: System, gap: np.ndarray) -> np.ndarray:
    """The gaps that are left when every relation with a single one has been solved for it, again and again."""
    gap, uses = gap.copy(), csr_array(told.matrix != 0).astype(int)
    while True:
        lone = np.flatnonzero(uses @ gap.astype(int) == 1)
        solved = np.flatnonzero((uses[lone, :].sum(axis=0) > 0) & gap) if len(lone) else lone
        if not len(solved):
            return np.flatnonzero(gap)
        gap[solved] = False


def objections(
    told: System,
    hidden: Collection[Name],
    claims: Collection[Claim],
    floor: float | Bounds,
    *,
    moves: csr_array | None = None,
    alone: Sequence[tuple[int, ...]] = (),
    work: Work | None = None,
) -> list[Name]:
    """The cells whose claim could not be shown to hold; none means that the pattern is safe.

    `floor`: what every gap is known to be at least, or `known_bounds` of a policy. `moves`: what other tables are said
    to differ by, one a row; each is tried before it is believed. `alone`: cells that someone knows, as `Needs.alone`.
    Without `work` the auditor looks for as long as it takes. Raises TooMuch.
    """
    reader = Reader(told, hidden, floor, work)
    if moves is not None and moves.shape[0]:
        reader.see(moves)
    least = _least(told, reader.bounds)
    unmet = [claim for claim in (_eased(claim, least) for claim in claims) if not _holds(reader, claim)]
    open_claims = [claim for claim in unmet if claim.name in reader.column]
    for halving, upward in ((False, True), (False, False), (True, True), (True, False)):
        _look_together(reader, open_claims, upward, halving=halving)
    unmet = [claim for claim in unmet if not _holds(reader, claim)]
    follows = _followed(reader, [claim.name for claim in claims if not claim.secondary], alone)
    if not unmet:
        return follows
    blind = Reader(told, _movable(told, reader.bounds), reader.bounds, work)
    found = [claim.name for claim in unmet if claim.secondary or not _holds(reader, _excused(reader, blind, claim))]
    return list(dict.fromkeys((*found, *follows)))


def _followed(reader: Reader, small: Sequence[Name], alone: Sequence[tuple[int, ...]]) -> list[Name]:
    """The small cells that are the same in every table that was found where someone's own are as they are."""
    cells = {reader.column[name] for name in small if name in reader.column}
    found: set[int] = set()
    for places in alone:
        own = [
            reader.column[name] for name in (reader.told.cells[place].name for place in places) if name in reader.column
        ]
        if own:
            found |= _same_for(reader, own, cells.difference(own))
    return [reader.told.cells[reader.unknown[column]].name for column in sorted(found)]


def _same_for(reader: Reader, own: list[int], waiting: set[int]) -> set[int]:
    """Of the waiting columns."""
    waiting = waiting - reader.moved(reader.tables, own)
    if waiting:
        reader.know(own)
        for upward in (True, False):
            _move_together(reader, waiting, upward)
        reader.know(own, known=False)
    return waiting


def _move_together(reader: Reader, waiting: set[int], upward: bool) -> None:
    """Takes those away that some table moves: all at once for as long as it helps, then each alone."""
    batches = [sorted(waiting)]
    while batches:
        batch = [column for column in batches.pop() if column in waiting]
        if not batch:
            continue
        step = 1.0 if upward else -1.0
        names = [reader.told.cells[reader.unknown[column]].name for column in batch]
        before = len(reader.tables)
        reader.reach(dict(zip(names, reader.value[batch] + step, strict=True)), upward)
        moved = waiting & reader.moved(reader.tables[before:])
        waiting -= moved
        if moved:
            batches.append(batch)
        elif len(batch) > 1:
            batches += [batch[: len(batch) // 2], batch[len(batch) // 2 :]]


def _movable(told: System, bounds: Bounds) -> set[Name]:
    """All that could be hidden: not a zero, where a gap cannot be 0."""
    return {cell.name for cell, least in zip(told.cells, bounds.floor, strict=True) if cell.value or least < 1}


def _least(told: System, floor: float | Bounds) -> dict[Name, float]:
    """What printed zeros alone tell: a cell that is the sum of others is at least what they are at least."""
    entries = told.matrix.tocoo()
    count = told.matrix.shape[0]
    least = np.where(told.values > 0, _bounds(told, floor).floor, 0.0)
    for sign in (1.0, -1.0):
        wholes = entries.data * sign < 0
        single = np.bincount(entries.row[wholes], minlength=count) == 1
        of = np.flatnonzero(wholes & single[entries.row])
        parts = ~wholes & single[entries.row]
        for _ in range(DEEP):
            sums = np.bincount(entries.row[parts], np.abs(entries.data[parts]) * least[entries.col[parts]], count)
            np.maximum.at(least, entries.col[of], sums[entries.row[of]] / np.abs(entries.data[of]))
    return {cell.name: float(bound) for cell, bound in zip(told.cells, least, strict=True)}


def _eased(claim: Claim, least: Mapping[Name, float]) -> Claim:
    return claim if claim.secondary else Claim(claim.name, max(claim.low, least[claim.name]), claim.high)


def _excused(reader: Reader, blind: Reader, claim: Claim) -> Claim:
    """What can be asked at all, where more than the zeros of one relation tells of a cell; and where a reader who knows
    which gaps are small would know its most whatever is hidden."""
    _, high = reader.interval(claim.name)
    if high < claim.high - NEAR and np.isinf(blind.bounds.ceiling).all():
        return claim
    lowest, highest = blind.exact(claim.name)
    told = reader.told.cells[reader.told.position[claim.name]].value
    return Claim(claim.name, max(claim.low, lowest), max(told, min(claim.high, highest)))


def _look_together(reader: Reader, claims: list[Claim], upward: bool, *, halving: bool) -> None:
    """One programme serves many claims at once; with `halving`, where it serves none of several, halves are tried."""
    waiting = [claims]
    while waiting:
        batch = waiting.pop()
        unmet = [claim for claim in batch if not _reached(reader, claim, upward)]
        if not unmet:
            continue
        reader.reach({claim.name: _end(claim, upward) for claim in unmet}, upward)
        left = [claim for claim in unmet if not _reached(reader, claim, upward)]
        if left and len(left) < len(unmet):
            waiting.append(left)
        elif halving and len(left) > 1:
            waiting += [left[: len(left) // 2], left[len(left) // 2 :]]


def _end(claim: Claim, upward: bool) -> float:
    """Where a claim asks a cell to reach: for a mere secondary gap the next whole number."""
    step = 1.0 if claim.secondary else 0.0
    return claim.high + step if upward else claim.low - step


def _reached(reader: Reader, claim: Claim, upward: bool) -> bool:
    low, high = reader.interval(claim.name)
    if claim.secondary:
        return _holds(reader, claim)
    return high >= claim.high - NEAR if upward else low <= claim.low + NEAR


def _holds(reader: Reader, claim: Claim) -> bool:
    low, high = reader.interval(claim.name)
    if claim.secondary:
        return high >= claim.high + 1 - NEAR or low <= claim.low - 1 + NEAR
    return high >= claim.high - NEAR and low <= claim.low + NEAR
