"""Plays the reader against a pattern of gaps, with a model of its own, and objects to every gap that tells too much.

Nothing here knows how the pattern was made. The unknowns are the gaps and the latent cells; the relations and
every shown number are given. A gap that is not shown to be safe is an objection: the audit fails closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.followed import followed
from skillnad.analysis.disclosure.gap_reader import NEAR as NEAR
from skillnad.analysis.disclosure.gap_reader import Reader as Reader
from skillnad.analysis.disclosure.gap_reader import bounds_of
from skillnad.analysis.disclosure.known import Bounds, least_small, most_small
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.work import Work

DEEP = 4
"""So many times a sum is followed into the sums that it is a part of: once for each axis."""


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
    follows = followed(reader, [claim.name for claim in claims if not claim.secondary], alone)
    if not unmet:
        return follows
    blind = Reader(told, _movable(told, reader.bounds), reader.bounds, work)
    found = [claim.name for claim in unmet if claim.secondary or not _holds(reader, _excused(reader, blind, claim))]
    return list(dict.fromkeys((*found, *follows)))


def _movable(told: System, bounds: Bounds) -> set[Name]:
    """All that could be hidden: not a zero, where a gap cannot be 0."""
    return {cell.name for cell, least in zip(told.cells, bounds.floor, strict=True) if cell.value or least < 1}


def _least(told: System, floor: float | Bounds) -> dict[Name, float]:
    """What printed zeros alone tell: a cell that is the sum of others is at least what they are at least."""
    entries = told.matrix.tocoo()
    count = told.matrix.shape[0]
    least = np.where(told.values > 0, bounds_of(told, floor).floor, 0.0)
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
