"""Plays the reader against a pattern of gaps, with a model of its own, and objects to every gap that tells too much.

Nothing here knows how the pattern was made. The unknowns are the gaps and the latent cells; the relations and
every shown number are given. A gap that is not shown to be safe is an objection: the audit fails closed.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System

NEAR = 1e-6
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
    """What is promised of counts: a small one, shown or not, could be anything from 1 to the threshold."""
    claims = []
    for cell in told.cells:
        if policy.small(cell.value) and not cell.slack:
            claims.append(Claim(cell.name, 1.0, float(policy.threshold)))
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
    """A reader of the shown cells, who knows the relations and that a gap is at least `floor`."""

    def __init__(self, told: System, hidden: Collection[Name], floor: float) -> None:
        names = [cell.name for cell in told.cells]
        unknown = [place for place, cell in enumerate(told.cells) if cell.latent or cell.name in hidden]
        known = sorted(set(range(len(names))) - set(unknown))
        matrix = csc_array(told.matrix)
        self.truth = {cell.name: cell.value for cell in told.cells}
        self.column = {names[place]: column for column, place in enumerate(unknown)}
        self.left = matrix[:, unknown]
        self.right = -(matrix[:, known] @ np.array([told.cells[place].value for place in known]))
        self.bounds = [
            (0.0 if told.cells[place].latent else floor, 2 * told.cells[place].value + WIDE) for place in unknown
        ]
        self.low = np.array([told.cells[place].value for place in unknown], dtype=float)
        self.high = self.low.copy()

    def look(self, names: Collection[Name], upward: bool) -> None:
        """Find a table that agrees with all that is shown, with these cells together as large (small) as can be."""
        if not self.column:
            return
        objective = np.zeros(len(self.column))
        objective[[self.column[name] for name in names]] = -1.0 if upward else 1.0
        seen = linprog(objective, A_eq=self.left, b_eq=self.right, bounds=self.bounds, method="highs")
        if seen.status == 0:
            self.low = np.minimum(self.low, seen.x)
            self.high = np.maximum(self.high, seen.x)

    def interval(self, name: Name) -> tuple[float, float]:
        """What has been seen to be possible so far; a shown cell is exactly known."""
        if name not in self.column:
            return self.truth[name], self.truth[name]
        return float(self.low[self.column[name]]), float(self.high[self.column[name]])

    def exact(self, name: Name) -> tuple[float, float]:
        """The whole interval of one cell, within the auditor's view."""
        if name in self.column:
            self.look([name], upward=True)
            self.look([name], upward=False)
        return self.interval(name)


def objections(told: System, hidden: Collection[Name], claims: Collection[Claim], floor: float) -> list[Name]:
    """The cells whose claim could not be shown to hold; none means that the pattern is safe."""
    reader = Reader(told, hidden, floor)
    blind = Reader(told, [cell.name for cell in told.cells if cell.value or floor < 1], floor)
    unmet = list(claims)
    for upward in (True, False):
        unmet = _look_together(reader, unmet, upward)
    objected = []
    for claim in unmet:
        reader.exact(claim.name)
        if not _holds(reader, claim) and not _holds(reader, _excused(blind, claim)):
            objected.append(claim.name)
    return objected


def _excused(blind: Reader, claim: Claim) -> Claim:
    """What can be asked at all: printed zeros alone tell that a margin over three gaps is at least 3."""
    if claim.secondary:
        return claim
    return Claim(claim.name, max(claim.low, blind.exact(claim.name)[0]), claim.high)


def _look_together(reader: Reader, unmet: list[Claim], upward: bool) -> list[Claim]:
    """One programme serves many claims at once: look as long as it helps."""
    while unmet:
        names = [claim.name for claim in unmet if claim.name in reader.column and not _reached(reader, claim, upward)]
        before = len(names)
        if names:
            reader.look(names, upward)
        unmet = [claim for claim in unmet if not _holds(reader, claim)]
        after = sum(claim.name in reader.column and not _reached(reader, claim, upward) for claim in unmet)
        if not after or after == before:
            break
    return unmet


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
