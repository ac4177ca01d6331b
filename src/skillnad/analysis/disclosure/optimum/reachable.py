"""What can be asked at all: how far each primary cell can move where everything that can be hidden is."""

from dataclasses import replace

import numpy as np

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.optimum.patterns import Tried
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.separation import Separation
from skillnad.analysis.disclosure.optimum.task import Task, task_of
from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.system import System

NEAR = 1e-6
LARGE = 4_000
"""From so many cells on programmes of the whole are too slow: all is taken to be reachable, until it is not found."""


def wanted(told: System, needs: Needs) -> list[Need]:
    """Places with how far each must be able to move, farthest first."""
    found = []
    for place in np.flatnonzero(needs.primary).tolist():
        for end in (needs.high[place], needs.low[place]):
            amount = float(end - told.values[place])
            if amount:
                found.append((place, amount))
    return sorted(found, key=lambda need: (-abs(need[1]), -need[1], need[0]))


def eased(told: System, needs: Needs) -> list[Need]:
    """The same, less where a reader knows more without any shown number: downward, as a margin over three gaps is 3 or
    more; and upward for one who knows which gaps are small."""
    asked = [need for need in wanted(told, needs) if needs.movable[need[0]]]
    if len(asked) and needs.movable.sum() > LARGE:
        return asked
    task = task_of(told, needs, asked)
    names = dict(zip(task.wanted, asked, strict=True))
    known_above = not np.isinf(needs.ceiling).all()
    less = {}
    for need in open_needs(task):
        if need[1] < 0 or known_above:
            less[names[need]] = reach(task, need)
    kept = ((place, less.get((place, amount), amount)) for place, amount in asked)
    return [(place, amount) for place, amount in kept if abs(amount) > NEAR]


def open_needs(task: Task) -> list[Need]:
    """The needs that are not met even where all is hidden."""
    return [] if len(task.value) > LARGE else Tried(Separation(task), Pool(task)).unmet(np.ones(len(task.value)))


def reach(task: Task, need: Need) -> float:
    """How far it is met where all is hidden."""
    separation = Separation(replace(task, wanted=()))
    separation.bound(np.ones(len(task.value)))
    return float(np.sign(need[1])) * separation.reach(need)[0]
