"""The cheapest safe gaps of a system that are found in time: places of the system in, places out."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.optimum.best import Best
from skillnad.analysis.disclosure.optimum.reachable import open_needs
from skillnad.analysis.disclosure.optimum.task import Task, task_of
from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.secondary import Search, Unprotectable
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.work import TooMuch, Work

MANY = 500
"""From so many choices on the sequential search comes first: it has a safe answer sooner."""
LARGE = 4_000
"""From so many cells on the attacker's programmes of the whole are too slow to be asked for cuts."""
WORK_A_SECOND = 8_000_000
"""How much of the sequential search's work is done in a second: measured, and only that roughly."""


@dataclass(frozen=True)
class Found:
    """`hidden`: a mask over the system's cells, or None where no safe choice was found. `bound`: no safe choice costs
    less. `moves`: one a row, what shows the needs met. `unmet`: places that nothing makes safe."""

    hidden: np.ndarray | None
    bound: float
    proven: bool
    moves: csr_array
    unmet: tuple[int, ...] = ()


def cheapest_gaps(told: System, needs: Needs, wanted: list[Need], left: Callable[[], float], seed: int) -> Found:
    """`wanted`: how far each primary place must be able to move. `left`: seconds that are left."""
    lost = tuple(sorted({place for place, _ in wanted if not needs.movable[place]}))
    task = task_of(told, needs, [need for need in wanted if needs.movable[need[0]]])
    lost += tuple(sorted({int(task.places[column]) for column, _ in open_needs(task)}))
    if lost:
        return Found(None, 0.0, False, _moves(told, task, np.zeros((0, len(task.places)))), lost)
    best = Best(task, left, seed)
    if len(task.choices) > MANY:
        best.start(_in_sequence(told, needs, task, left))
    best.run(large=len(task.places) > LARGE)
    if best.chosen is None:
        return Found(None, best.bound, False, _moves(told, task, np.zeros((0, len(task.places)))))
    hidden = np.zeros(len(told.cells), dtype=bool)
    hidden[task.places[best.chosen > 0.5]] = True
    best.tried.unmet(best.chosen)
    moves = _moves(told, task, best.tried.witnesses.in_use())
    return Found(hidden & ~told.latent, best.bound, best.proven, moves)


def _in_sequence(told: System, needs: Needs, task: Task, left: Callable[[], float]) -> np.ndarray | None:
    """The sequential search's choice, or None where it takes too long or finds none."""
    try:
        hidden = Search(told, needs, Work(WORK_A_SECOND * max(left(), 0.0))).run()
    except (TooMuch, Unprotectable):
        return None
    return np.where(task.open, 1.0, hidden[task.places].astype(float))


def _moves(told: System, task: Task, moves: np.ndarray) -> csr_array:
    rows, columns = np.nonzero(moves)
    return csr_array((moves[rows, columns], (rows, task.places[columns])), shape=(len(moves), len(told.cells)))
