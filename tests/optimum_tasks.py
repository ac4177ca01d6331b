"""Small tables as tasks of the optimum, and the cheapest safe choice by trying all of them."""

from itertools import product

import numpy as np
from disclosure_tables import as_system

from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.optimum.reachable import eased
from skillnad.analysis.disclosure.optimum.task import Task, task_of
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import System

LONE = np.array([[3, 20, 30], [40, 50, 60]])
"""One small number: the cheapest gaps beside it are those of its row and column, 20, 40 and 50."""


def task(counts: np.ndarray, policy: Policy = DEFAULT) -> tuple[System, Task]:
    told = as_system(counts)
    needs = count_needs(told, policy)
    return told, task_of(told, needs, eased(told, needs))


def column(told: System, of: Task, *name: str) -> int:
    return int(np.flatnonzero(of.places == told.position[name])[0])


def chosen(told: System, of: Task, *names: tuple[str, ...]) -> np.ndarray:
    """Open columns and the named ones."""
    choice = of.open.astype(float)
    for name in names:
        choice[column(told, of, *name)] = 1.0
    return choice


def cheapest_by_trying(told: System, policy: Policy) -> float:
    """The cost of the cheapest pattern that the auditor has nothing against: the free cells in every combination."""
    needs, known = count_needs(told, policy), known_bounds(told, policy)
    free = np.flatnonzero(needs.movable & ~needs.primary & ~told.latent)
    primary = {told.cells[place].name for place in np.flatnonzero(needs.primary)}
    best = np.inf
    for bits in product((False, True), repeat=len(free)):
        places = free[list(bits)]
        cost = float(np.log2(2 + told.values[places]).sum())
        if cost < best - 1e-9:
            hidden = primary | {told.cells[place].name for place in places}
            if not objections(told, hidden, count_claims(told, hidden, policy), known):
                best = cost
    return best
