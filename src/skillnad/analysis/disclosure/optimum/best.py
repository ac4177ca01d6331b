"""The search for the cheapest safe choice of gaps: bound and choice come nearer until they meet or time ends.

Benders' decomposition as Fischetti and Salazar-González (2000, 2001) have it for cell suppression. Attackers'
programmes give cuts; the relaxed master gives the bound, and says what a good choice has; choices are covered from the
cuts, repaired and pruned; then whole masters in turn, of all that could still be cheaper, or of a neighbourhood.
"""

from collections.abc import Callable, Iterable

import numpy as np

from skillnad.analysis.disclosure.optimum.cuts import Cut, bridge_cuts, line_cuts
from skillnad.analysis.disclosure.optimum.master import Relaxation, cheapest
from skillnad.analysis.disclosure.optimum.patterns import Tried
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.separation import Separation, broken
from skillnad.analysis.disclosure.optimum.task import Task
from skillnad.analysis.disclosure.programme import Need

EQUAL = 1e-6
ENOUGH = 40
"""So many cuts a round."""
RELAXED = 0.6
"""The relaxed master stops where no more than this part of the time is left."""
SLICE = 0.06
"""The part of the time that one whole master may take."""
MANY = 500
"""From so many choices on the whole master is too slow, and neighbourhoods come after so few `ROUNDS` of cuts."""
ROUNDS = 6
FEW = 4
"""So many needs that are not met are enough to try another choice of a neighbourhood."""
BETWEEN = 40
"""After so many neighbourhoods there is another round of cuts."""
HARD = 10
"""So many masters of one neighbourhood are too many: the next ones are smaller."""
LONGEST = 2.0
"""Seconds for one of them."""
SMALLEST, LARGEST = 40, 150
"""So many choices has a neighbourhood at first, and at most."""


class Best:
    """`chosen` is the best safe choice so far, or None; no safe choice costs less than `bound`."""

    def __init__(self, task: Task, left: Callable[[], float], seed: int) -> None:
        self.task, self.left, self.seconds = task, left, left()
        self.separation, self.pool, self.relaxation = Separation(task), Pool(task), Relaxation(task)
        self.tried = Tried(self.separation, self.pool, left)
        self.random = np.random.default_rng(seed)
        self.chosen: np.ndarray | None = None
        self.cost = np.inf
        self.bound = 0.0
        self.order = list(task.wanted)
        self.told = 0
        self.many = len(task.choices) > MANY

    @property
    def proven(self) -> bool:
        return self.cost <= self.bound + EQUAL

    def start(self, chosen: np.ndarray | None) -> None:
        """A choice that is said to be safe; what is not needed of it is left out."""
        self._add(line_cuts(self.task))
        if chosen is None or self.tried.unmet(chosen):
            return
        self._better(chosen)
        if not self.many:
            return  # covers of the cuts are soon better
        thinned = self.tried.thinned(self.relaxation.chosen)
        if thinned is not None:
            self._better(thinned)

    def run(self) -> None:
        """Until the choice meets the bound or time ends."""
        self._add(line_cuts(self.task))
        self.relaxation.solve()
        self.bound = max(self.bound, self.relaxation.bound)
        self._relax()
        if self._time() and not self.many:
            self._wholes()
        if self._time():
            self._neighbourhoods()

    def _time(self) -> bool:
        return not self.proven and self.left() > 0

    def _relax(self) -> None:
        """Rounds of cuts, until none is broken or they no longer help; now and then a choice is tried."""
        since, spent, rounds = 0, 0.0, 0
        while self._time() and not (self.many and self.chosen is not None and rounds >= ROUNDS):
            rounds += 1
            before, began = self.bound, self.left()
            more = self._round()
            spent += began - self.left()
            since = 0 if self.bound > before * 1.0005 + EQUAL else since + 1
            if not more or since >= 3:
                break
            if self.left() < RELAXED * self.seconds:
                break
            if spent > self._pace() and not self.tried.made:
                self._attempt(self.pool.covered(self.task.open.astype(float), self.relaxation.chosen))
                spent = 0.0
        if self._time() and (self.chosen is None or not self.many):
            self._attempt(self.pool.covered(self.task.open.astype(float), self.relaxation.chosen))

    def _pace(self) -> float:
        return 0.04 * self.seconds

    def _round(self) -> bool:
        """One round of cuts of the relaxed master."""
        chosen = self.relaxation.solve()
        self.bound = max(self.bound, self.relaxation.bound)
        cuts, hit, met = broken(self.separation, chosen, self.order, ENOUGH)
        self._turn(hit, met)
        return self._add([*cuts, *bridge_cuts(self.task, chosen)])

    def _turn(self, hit: set[Need], met: set[Need]) -> None:
        """Needs that were not come to go first, then those with cuts, last those met; alike amounts together."""
        rank = {need: (1 if need in hit else 2 if need in met else 0) for need in self.order}
        self.order.sort(key=lambda need: (rank[need], -abs(need[1]), need[1]))

    def _add(self, cuts: Iterable[Cut]) -> bool:
        self.pool.add(cuts)
        new = list(self.pool.cuts)[self.told :]
        self.told = len(self.pool)
        self.relaxation.add(new)
        return bool(new)

    def _attempt(self, chosen: np.ndarray) -> None:
        found = self.tried.safe(chosen, self.relaxation.chosen)
        self._add([])
        if found is not None:
            self._better(found)

    def _better(self, chosen: np.ndarray) -> None:
        cost = self.task.price(chosen > 0.5)
        if cost < self.cost - EQUAL:
            self.chosen, self.cost = chosen.copy(), cost

    def _wholes(self) -> None:
        """The master with whole choices, again and again with the cuts that its answers break."""
        gap = 0.01
        while self._time():
            free, rest = self._left_open()
            whole = cheapest(self.pool, free, rest, seconds=min(self.left(), SLICE * self.seconds), gap=gap)
            self.bound = max(self.bound, min(whole.bound, self.cost))
            if whole.chosen is None or not self._time():
                return
            before = len(self.pool)
            self._attempt(whole.chosen)
            self._add(bridge_cuts(self.task, whole.chosen))
            if not whole.done:
                return
            if len(self.pool) == before:
                if gap <= EQUAL:
                    return
                gap = EQUAL
            for _ in range(3):
                if not self._time() or not self._round():
                    break

    def _left_open(self) -> tuple[np.ndarray, np.ndarray]:
        """What a cheaper choice could still differ in: reduced costs settle the rest."""
        reduced, near = self.relaxation.reduced, self.relaxation.chosen
        room = self.cost - self.relaxation.bound - EQUAL
        settled = ~self.task.open & (np.abs(reduced) > room) & ((near < EQUAL) | (near > 1 - EQUAL))
        return ~settled & ~self.task.open, np.where(self.task.open | (settled & (near > 0.5)), 1.0, 0.0)

    def _neighbourhoods(self) -> None:
        """All but a part of the choice is kept, and that part made as cheap as it can be."""
        size, tries, more = SMALLEST, 0, self.many
        while self._time() and self.chosen is not None:
            tries += 1
            if more and tries % BETWEEN == 0:
                more = self._round()
            free = self._near(size, self.chosen)
            cheaper, masters = self._made_cheaper(free, self.chosen)
            if masters >= HARD:
                size = max(SMALLEST, size - 10)
            elif not cheaper:
                if free.sum() == len(self.task.choices):
                    return
                size = min(size + 1, LARGEST)

    def _made_cheaper(self, free: np.ndarray, rest: np.ndarray) -> tuple[bool, int]:
        """Whether a cheaper choice was found, and how many masters that took."""
        for masters in range(1, HARD + 1):
            seconds = min(self.left(), LONGEST)
            whole = cheapest(self.pool, free, rest, below=self.cost - EQUAL * 10, seconds=seconds)
            if whole.chosen is None:
                if whole.done and free.sum() == len(self.task.choices):
                    self.bound = self.cost
                return False, masters
            before, cost = len(self.pool), self.cost
            if not self.tried.unmet(whole.chosen, FEW, before=rest):
                self._attempt(whole.chosen)
            self._add([])
            if self.cost < cost - EQUAL or len(self.pool) == before or not self._time():
                return self.cost < cost - EQUAL, masters
        return False, HARD

    def _near(self, size: int, chosen: np.ndarray) -> np.ndarray:
        """So many choices around one that is made, by lines; and a few from anywhere."""
        lines, open_ = self.task.lines, self.task.open
        made = np.flatnonzero((chosen > 0.5) & ~open_)
        got = np.zeros(len(open_), dtype=bool)
        got[self.random.choice(made)] = True
        while (lacking := size - int((got & ~open_).sum())) > 0:
            reached = np.asarray(lines.T @ (lines @ got.astype(float) > 0).astype(float) > 0) & ~got
            next_ = np.flatnonzero(reached)
            if not len(next_):
                break
            got[self.random.permutation(next_)[:lacking]] = True
        return (got | (self.random.random(len(open_)) < 0.02)) & ~open_
