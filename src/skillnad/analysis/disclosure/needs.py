"""What has to stay uncertain: the primary cells, and how far a reader's interval must reach around each hidden one."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System

DEPTH = 4
"""So many times a sum can be a part of another sum: once for each axis."""


@dataclass(frozen=True)
class Needs:
    """For each cell of a system, by its place.

    `primary`: must not be told. `low` and `high`: a reader's interval for a primary cell must reach at least that far
    down and up. `floor`: the least a reader knows a hidden cell to be. `movable`: a reader cannot take it as known
    once it is hidden (a printed zero stays known).
    """

    primary: np.ndarray
    low: np.ndarray
    high: np.ndarray
    floor: np.ndarray
    movable: np.ndarray


def count_needs(told: System, policy: Policy, forced: frozenset[Name] = frozenset()) -> Needs:
    """Counts: 1 to threshold - 1 is primary, in latent cells too, and must seem to be anything from 1 to the threshold.

    `forced` cells are hidden whatever their size (but for a printed zero), and must be able to be one more.
    """
    slack = np.array([cell.slack for cell in told.cells], dtype=bool)
    small = (told.values > 0) & (told.values < policy.threshold) & ~slack
    movable = told.latent | (told.values > 0) | (not policy.zeros_printed)
    asked = np.array([cell.name in forced for cell in told.cells], dtype=bool) & ~small & movable
    floor = _implied(told, np.where(told.latent, 0.0, float(policy.gap_floor)), movable)
    low = np.where(small, np.clip(1.0, floor, told.values), told.values)
    high = np.where(small, float(policy.threshold), told.values + asked)
    return Needs(small | asked, low, high, floor, movable)


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
