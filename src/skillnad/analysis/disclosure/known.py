"""What a reader knows of a gap before any number is read: the least and the most that it can be, by policy.

A0 knows that no count is negative; A1 that a gap is at least 1, because zeros are printed; A2 also which gaps are the
small numbers, and so that those are under the threshold and that every other gap is at least it.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System


@dataclass(frozen=True)
class Bounds:
    """For each cell of a system, by its place: what it is known to be at least, and at most, where it is hidden."""

    floor: np.ndarray
    ceiling: np.ndarray


def even_bounds(told: System, floor: float) -> Bounds:
    """Every gap is at least `floor`; a latent cell is at least 0."""
    return Bounds(np.where(told.latent, 0.0, floor), np.full(len(told.cells), np.inf))


def known_bounds(told: System, policy: Policy, forced: Collection[Name] = frozenset()) -> Bounds:
    """What the policy's reader knows of counts. A `forced` gap that is not small is one of which nothing is known but
    what is known of every gap: why it is hidden is not told."""
    bounds = even_bounds(told, float(policy.gap_floor))
    if policy.reader is not Attacker.PRIMARY_KNOWN:
        return bounds
    own = ~told.latent
    small = own & np.array([policy.small(cell.value) for cell in told.cells], dtype=bool)
    asked = own & ~small & np.array([cell.name in forced for cell in told.cells], dtype=bool)
    large = own & ~small & ~asked
    floor = np.where(small, 0.0 if policy.zeros_protected else 1.0, bounds.floor)
    if policy.zeros_printed:
        floor = np.where(large, float(policy.threshold), floor)
    return Bounds(floor, np.where(small, policy.threshold - 1.0, np.inf))


def least_small(policy: Policy) -> float:
    """The least that a small number must seem to be able to be."""
    return 0.0 if policy.zeros_protected else 1.0


def most_small(policy: Policy) -> float:
    """The most that a small number must seem to be able to be: the threshold, unless the reader knows better."""
    return policy.threshold - (1.0 if policy.reader is Attacker.PRIMARY_KNOWN else 0.0)
