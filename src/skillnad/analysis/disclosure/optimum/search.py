"""The cheapest safe gaps of a system that are found in time: places of the system in, places out."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.optimum.best import EQUAL, Best
from skillnad.analysis.disclosure.optimum.cuts import line_cuts
from skillnad.analysis.disclosure.optimum.master import Relaxation
from skillnad.analysis.disclosure.optimum.reachable import LARGE, open_needs
from skillnad.analysis.disclosure.optimum.task import Task, task_of
from skillnad.analysis.disclosure.optimum.whole_numbers import with_whole_moves
from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.secondary import Pruning, Search, Unprotectable
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.work import Timed, TooMuch, Work

FIRST = 0.5
"""The part of the time that the sequential search may take, where more comes after it."""
CHOSEN = 0.6
"""The part of the time that a large system's moves may take; the rest is for what turns out not to be needed."""
MANY_USERS = 200
"""A gap of a large system that more moves than this change is not tried without."""


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
    nothing = csr_array((0, len(told.cells)))
    if lost:
        return Found(None, 0.0, False, nothing, lost)
    if len(task.places) > LARGE:
        return _of_a_large_one(told, needs, task, left)
    best = Best(task, left, seed)
    best.start(_in_sequence(told, needs, task, _part(left, FIRST)))
    best.run()
    return _told(told, best) if best.chosen is not None else Found(None, best.bound, False, nothing)


def _told(told: System, best: Best) -> Found:
    task, tried, choice = best.task, best.tried, best.chosen
    assert choice is not None  # noqa: S101  only asked of a search that found one
    tried.unmet(choice)
    chosen = with_whole_moves(task, choice, tried.witnesses.in_use(), best.left)
    tried.unmet(chosen)
    hidden = np.zeros(len(told.cells), dtype=bool)
    hidden[task.places[chosen > 0.5]] = True
    proven = best.proven and task.price(chosen > 0.5) <= best.bound + EQUAL
    return Found(hidden & ~told.latent, best.bound, proven, _moves(told, task, tried.witnesses.in_use()))


def _of_a_large_one(told: System, needs: Needs, task: Task, left: Callable[[], float]) -> Found:
    """The choice of one need at a time, without what it turns out not to need, and the bound of the lines alone."""
    relaxed = Relaxation(task)
    relaxed.add(line_cuts(task))
    relaxed.solve()
    try:
        search = _pruned(told, needs, left)
    except (TooMuch, Unprotectable):
        return Found(None, relaxed.bound, False, csr_array((0, len(told.cells))))
    return Found(search.hidden & ~told.latent, relaxed.bound, False, search.witnesses.matrix())


def _pruned(told: System, needs: Needs, left: Callable[[], float]) -> Search:
    """Safe however long that takes; then gaps are shown again for as long as there is time."""
    choosing = True
    search = Search(told, needs, Timed(math.inf, seconds=lambda: 1.0 if choosing else left()))
    search.run_singly(_part(left, CHOSEN), search.ways.cheapest)
    choosing = False
    Pruning(search, MANY_USERS).run()
    return search


def _in_sequence(told: System, needs: Needs, task: Task, left: Callable[[], float]) -> np.ndarray | None:
    """The first choice of a search that has more to come, or None where none is found."""
    search = Search(told, needs, Work(math.inf))
    try:
        search.run_singly(left, search.ways.fewest)
    except Unprotectable:
        return None
    return np.where(task.open, 1.0, search.hidden[task.places].astype(float))


def _part(left: Callable[[], float], part: float) -> Callable[[], float]:
    """What is left of a part of the time that is left now."""
    kept = left() * (1 - part)
    return lambda: left() - kept


def _moves(told: System, task: Task, moves: np.ndarray) -> csr_array:
    rows, columns = np.nonzero(moves)
    return csr_array((moves[rows, columns], (rows, task.places[columns])), shape=(len(moves), len(told.cells)))
