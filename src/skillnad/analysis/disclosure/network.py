"""Moves as cycles: where each cell is an arc between two relations, no linear programme is needed.

A change that keeps every relation runs in cycles (Gusfield 1988), so the cheapest way back between a cell's two ends is
the cheapest move; several ways make up a larger one (Ford and Fulkerson 1956).
"""

import numpy as np

from skillnad.analysis.disclosure.arcs import Arc, Arcs
from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.programme import HIDDEN_COST
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.witnesses import ZERO
from skillnad.analysis.disclosure.work import Work

MOST_WAYS = 24
"""So many ways at most make up one move."""


class Network:
    """Cheap moves. `exact`: where no cycle was found there is no move at all."""

    def __init__(self, told: System, needs: Needs, costs: np.ndarray, arcs: Arcs, work: Work) -> None:
        self.size, self.work, self.arcs = len(told.cells), work, arcs
        self.exact = not arcs.sides and bool((told.values % 1 == 0).all())
        self.room = np.where(needs.movable, np.maximum(0.0, told.values - needs.floor), 0.0)
        self.up, self.down = self._limits(told, needs)
        shape = (arcs.nodes, arcs.nodes)
        self.cost, self.capacity = np.full(shape, np.inf), np.zeros(shape)
        self.cell, self.sign = np.zeros(shape, dtype=int), np.zeros(shape)
        for place in arcs.ends:
            self._lay(place)
            self._price(place, float(costs[place]))
            self.free(place)

    def hide(self, place: int) -> None:
        self._price(place, HIDDEN_COST)

    def show(self, place: int) -> None:
        for tail, head in self.arcs.ends.get(place, ()):
            self.capacity[tail, head] = self.capacity[head, tail] = 0.0

    def free(self, place: int) -> None:
        for tail, head in self.arcs.ends.get(place, ()):
            self.capacity[tail, head], self.capacity[head, tail] = self.up[place], self.down[place]

    def cheapest(self, place: int, amount: float) -> np.ndarray | None:
        """A move of few and cheap cells that changes one by `amount`; None where none was found."""
        around = [(place, 1.0)] if place in self.arcs.ends else self.arcs.sides.get(place, [])
        for other, factor in around:
            move = self._around(other, amount * factor) if other in self.arcs.ends else None
            if move is not None:
                move = self._followed(move)
            if move is not None and abs(move[place] - amount) < ZERO:
                return move
        return None

    def _around(self, place: int, amount: float) -> np.ndarray | None:
        """The cell's own change and the way back from where it ends to where it starts."""
        steps = self.arcs.ends[place]
        if self.capacity[steps[0] if amount > 0 else steps[0][::-1]] < abs(amount) - ZERO:
            return None
        start, end = (steps[-1][1], steps[0][0]) if amount > 0 else (steps[0][0], steps[-1][1])
        before = [(arc, self.capacity[arc]) for tail, head in steps for arc in ((tail, head), (head, tail))]
        self.show(place)
        try:
            move = self._back(start, end, abs(amount))
        finally:
            for arc, capacity in before:
                self.capacity[arc] = capacity
        if move is not None:
            move[place] = amount
        return move

    def _back(self, start: int, end: int, amount: float) -> np.ndarray | None:
        """In one way if any is wide enough, else in several."""
        way = self._square(start, end, amount)
        if way is None:
            way = self._way(np.where(self.capacity >= amount - ZERO, self.cost, np.inf), start, end)
        if way is None:
            return self._in_parts(start, end, amount) if amount > 1 else None
        move = np.zeros(self.size)
        self._send(move, way, amount)
        return move

    def _square(self, start: int, end: int, amount: float) -> list[Arc] | None:
        """The way over three gaps, where there is one: quicker to see than the cheapest way is to find."""
        least = amount - ZERO
        after = np.flatnonzero((self.capacity[start] >= least) & (self.cost[start] <= HIDDEN_COST))
        before = np.flatnonzero((self.capacity[:, end] >= least) & (self.cost[:, end] <= HIDDEN_COST))
        self.work.spend(2 * len(self.cost) + len(after) * len(before))
        between = np.ix_(after, before)
        fits = ((self.capacity[between] >= least) & (self.cost[between] <= HIDDEN_COST)).ravel()
        if not fits.any():
            return None
        first, last = divmod(int(fits.argmax()), len(before))
        return [(start, int(after[first])), (int(after[first]), int(before[last])), (int(before[last]), end)]

    def _in_parts(self, start: int, end: int, amount: float) -> np.ndarray | None:
        """A cell on one way is hidden, and so costs next to nothing on the following, forth or back."""
        move, cost, capacity = np.zeros(self.size), self.cost.copy(), self.capacity.copy()
        for _ in range(MOST_WAYS):
            way = self._way(np.where(capacity > ZERO, cost, np.inf), start, end)
            if way is None:
                return None
            sent = min(amount, *(float(capacity[arc]) for arc in way))
            self._send(move, way, sent)
            for tail, head in way:
                capacity[tail, head] -= sent
                capacity[head, tail] += sent
                cost[tail, head] = cost[head, tail] = HIDDEN_COST
            amount -= sent
            if amount <= ZERO:
                return move
        return None

    def _send(self, move: np.ndarray, way: list[Arc], amount: float) -> None:
        for arc in way:
            move[self.cell[arc]] += self.sign[arc] * amount

    def _way(self, cost: np.ndarray, start: int, end: int) -> list[Arc] | None:
        """The cheapest way (Bellman 1958): from all nodes that have come nearer, at once."""
        far = np.full(len(cost), np.inf)
        far[start] = 0.0
        nearer = np.array([start])
        while len(nearer):
            self.work.spend(len(nearer) * len(cost) + len(cost))
            through = (far[nearer, None] + cost[nearer]).min(axis=0)
            nearer = np.flatnonzero((through < far) & (through < far[end]))
            far[nearer] = through[nearer]
        return self._steps(cost, far, start, end) if far[end] < np.inf else None

    def _steps(self, cost: np.ndarray, far: np.ndarray, start: int, end: int) -> list[Arc]:
        way, here = [], end
        while here != start:
            before = int(np.argmin(far + cost[:, here]))
            way.append((before, here))
            here = before
        return way

    def _followed(self, move: np.ndarray) -> np.ndarray | None:
        """With the latent cells that follow, or None where one would fall below what it can be."""
        if not self.arcs.sides:
            return move
        move = move + self.arcs.follow @ move
        return None if (move < -self.room - ZERO).any() else move

    def _limits(self, told: System, needs: Needs) -> tuple[np.ndarray, np.ndarray]:
        """How far each cell can rise and fall, with the latent cells that follow from it."""
        up, down = np.where(needs.movable, np.maximum(0.0, needs.ceiling - told.values), 0.0), self.room.copy()
        for latent, others in self.arcs.sides.items():
            for place, factor in others:
                limit = up if factor < 0 else down
                limit[place] = min(limit[place], self.room[latent])
        return up, down

    def _lay(self, place: int) -> None:
        for step, (tail, head) in enumerate(self.arcs.ends[place]):
            self.cell[tail, head] = self.cell[head, tail] = place
            self.sign[tail, head], self.sign[head, tail] = (0.0, 0.0) if step else (1.0, -1.0)

    def _price(self, place: int, cost: float) -> None:
        steps = self.arcs.ends.get(place, ())
        for tail, head in steps:
            self.cost[tail, head] = self.cost[head, tail] = cost / len(steps)
