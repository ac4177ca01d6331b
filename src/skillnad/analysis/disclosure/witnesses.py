"""The moves that are known: each shows that the cells it changes could be something else, for as long as it is used."""

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

ZERO = 1e-6
"""Less than this is no change."""


class Witnesses:
    """Moves by number, and how far each cell is known to move `up` and `down`."""

    def __init__(self, size: int) -> None:
        self.moves: dict[int, dict[int, float]] = {}
        self.users: list[dict[int, float]] = [{} for _ in range(size)]
        self.up, self.down = np.zeros(size), np.zeros(size)
        self._next = 0

    def add(self, move: np.ndarray) -> int:
        places = np.flatnonzero(np.abs(move) > ZERO)
        number, self._next = self._next, self._next + 1
        self.restore(number, dict(zip(places.tolist(), move[places].tolist(), strict=True)))
        return number

    def restore(self, number: int, move: dict[int, float]) -> None:
        self.moves[number] = move
        for place, amount in move.items():
            self.users[place][number] = amount
            self.up[place] = max(self.up[place], amount)
            self.down[place] = min(self.down[place], amount)

    def remove(self, numbers: Iterable[int]) -> dict[int, dict[int, float]]:
        """What was removed, so that it can be restored."""
        removed = {number: self.moves.pop(number) for number in numbers}
        for number, move in removed.items():
            for place in move:
                del self.users[place][number]
        for place in {place for move in removed.values() for place in move}:
            amounts = self.users[place].values()
            self.up[place], self.down[place] = max((0.0, *amounts)), min((0.0, *amounts))
        return removed

    def met(self, place: int, amount: float) -> bool:
        """Is the cell known to move so far?"""
        return bool(self.up[place] >= amount - ZERO if amount > 0 else self.down[place] <= amount + ZERO)

    def moved(self) -> np.ndarray:
        """How far each cell is known to move, one way or the other."""
        return np.maximum(self.up, -self.down)

    def matrix(self) -> csr_array:
        """One row a move."""
        moves = list(self.moves.values())
        places = [place for move in moves for place in move]
        amounts = [amount for move in moves for amount in move.values()]
        starts = np.cumsum([0, *(len(move) for move in moves)])
        return csr_array((amounts, places, starts), shape=(len(moves), len(self.users)), dtype=float)
