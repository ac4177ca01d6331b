"""What has to stay uncertain: the primary cells, and how far a reader's interval must reach around each hidden one."""

from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array, csr_array

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.contributors import alone
from skillnad.analysis.disclosure.known import Bounds, known_bounds, least_small, most_small
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System

DEPTH = 4
"""So many times a sum can be a part of another sum: once for each axis."""


@dataclass(frozen=True)
class Needs:
    """For each cell of a system, by its place.

    `primary`: must not be told. `low` and `high`: a reader's interval for a primary cell must reach at least that far
    down and up. `floor` and `ceiling`: the least and the most a reader knows a hidden cell to be (the most is infinite
    but for a reader who knows which gaps are small). `movable`: a reader cannot take it as known once it is hidden (a
    printed zero stays known). `alone`: cells that one and the same person is alone in, a set for each such person who
    is protected against: with those cells known, no other primary cell may follow.
    """

    primary: np.ndarray
    low: np.ndarray
    high: np.ndarray
    floor: np.ndarray
    movable: np.ndarray
    ceiling: np.ndarray = field(default_factory=lambda: np.zeros(0))
    alone: tuple[tuple[int, ...], ...] = ()

    def __post_init__(self) -> None:
        if not len(self.ceiling):
            object.__setattr__(self, "ceiling", np.full(len(self.low), np.inf))


def count_needs(told: System, policy: Policy, forced: frozenset[Name] = frozenset()) -> Needs:
    """Counts: 1 to threshold - 1 is primary, in latent cells too, and must seem to be anything from 1 to the threshold
    (to threshold - 1 where the reader knows which gaps are small; from 0 where zeros are protected, and then a zero is
    primary too).

    `forced` cells are hidden whatever their size (but for a printed zero), and must be able to be one more.
    """
    small = _small(told, policy)
    movable = told.latent | (told.values > 0) | (not policy.zeros_printed)
    asked = np.array([cell.name in forced for cell in told.cells], dtype=bool) & ~small & movable
    known = known_bounds(told, policy, forced)
    floor, ceiling = _implied(told, known.floor, movable), known.ceiling
    if policy.reader is Attacker.PRIMARY_KNOWN:
        floor, ceiling = _closed(told, Bounds(floor, ceiling), movable)
    low = np.where(small, np.clip(least_small(policy), floor, told.values), told.values)
    high = np.where(small, np.clip(most_small(policy), told.values, ceiling), told.values + asked)
    return Needs(small | asked, low, high, floor, movable, ceiling, alone(told) if policy.contributors else ())


def _small(told: System, policy: Policy) -> np.ndarray:
    slack = np.array([cell.slack for cell in told.cells], dtype=bool)
    nothing = (told.values == 0) & ~told.latent & policy.zeros_protected
    return ((told.values > 0) & (told.values < policy.threshold) & ~slack) | nothing


def sum_needs(told: System, policy: Policy, forced: frozenset[Name]) -> Needs:
    """Sums: the forced cells are primary, and a reader must not come nearer than the policy's margin on either side."""
    primary = np.array([cell.name in forced for cell in told.cells], dtype=bool)
    margin = np.maximum(1.0, told.values * policy.sum_margin)
    low = np.where(primary, np.maximum(0.0, told.values - margin), told.values)
    high = np.where(primary, told.values + margin, told.values)
    return Needs(primary, low, high, np.zeros(len(told.values)), np.ones(len(told.values), dtype=bool))


def _implied(told: System, floor: np.ndarray, movable: np.ndarray) -> np.ndarray:
    """The least that each cell can be, as its parts are at least so much: a margin over three gaps is 3 or more."""
    least = np.where(movable, floor, told.values)
    for parts, wholes in _parts_and_wholes(told):
        for _ in range(DEPTH):
            sums = parts @ least
            np.maximum.at(least, wholes, sums)
    return np.where(movable, least, floor)


def _closed(told: System, known: Bounds, movable: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Bounds drawn in by each relation in turn: a part is at most what the whole can be without the least of the others
    (of a small whole of two gaps, one at least 1, the other is at most threshold - 2)."""
    low = np.where(movable, known.floor, told.values)
    high = np.where(movable, known.ceiling, told.values)
    entries = told.matrix.tocoo()
    for _ in range(DEPTH):
        ends = entries.data * low[entries.col], entries.data * high[entries.col]
        least = _others(entries, np.minimum(*ends), told.matrix.shape[0])
        most = _others(entries, np.maximum(*ends), told.matrix.shape[0])
        first, second = -most / entries.data, -least / entries.data
        np.maximum.at(low, entries.col, np.minimum(first, second))
        np.minimum.at(high, entries.col, np.maximum(first, second))
    return np.where(movable, low, known.floor), np.where(movable, high, known.ceiling)


def _others(entries: coo_array, told: np.ndarray, relations: int) -> np.ndarray:
    """For each entry, the sum of the others of its relation; infinite where any of them is."""
    endless = np.isinf(told)
    sums = np.bincount(entries.row, np.where(endless, 0.0, told), relations)
    count = np.bincount(entries.row, endless, relations)
    side = np.bincount(entries.row, np.where(endless, np.sign(told), 0.0), relations)[entries.row]
    rest = sums[entries.row] - np.where(endless, 0.0, told)
    return np.where(count[entries.row] - endless > 0, np.copysign(np.inf, side), rest)


def _parts_and_wholes(told: System) -> list[tuple[csr_array, np.ndarray]]:
    """The relations that say that one cell is the sum of others: the others as a matrix, and the one."""
    found = []
    for sign in (1.0, -1.0):
        matrix = csr_array(told.matrix * sign)
        alone = np.flatnonzero(np.asarray((matrix < 0).sum(axis=1)).ravel() == 1)
        if len(alone):
            chosen = csr_array(matrix[alone, :])
            wholes = np.asarray(chosen.argmin(axis=1)).ravel()
            found.append((csr_array(chosen.maximum(0)), wholes))
    return found
