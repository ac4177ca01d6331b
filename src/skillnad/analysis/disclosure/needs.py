"""What has to stay uncertain: the primary cells, and how far a reader's interval must reach around each hidden one."""

from dataclasses import dataclass

import numpy as np

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System


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
    low = np.where(small, np.minimum(1.0, told.values), told.values)
    high = np.where(small, float(policy.threshold), told.values + asked)
    floor = np.where(told.latent, 0.0, float(policy.gap_floor))
    return Needs(small | asked, low, high, floor, movable)


def sum_needs(told: System, policy: Policy, forced: frozenset[Name]) -> Needs:
    """Sums: the forced cells are primary, and a reader must not come nearer than the policy's margin on either side."""
    primary = np.array([cell.name in forced for cell in told.cells], dtype=bool)
    margin = np.maximum(1.0, told.values * policy.sum_margin)
    low = np.where(primary, np.maximum(0.0, told.values - margin), told.values)
    high = np.where(primary, told.values + margin, told.values)
    return Needs(primary, low, high, np.zeros(len(told.values)), np.ones(len(told.values), dtype=bool))
