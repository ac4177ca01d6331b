"""What has been shown of one choice of gaps: moves, dense, with how far each cell is known to move."""

import numpy as np

from skillnad.analysis.disclosure.witnesses import ZERO


class Shown:
    """Moves by row; those that lean on a cell that is told after all are laid aside and can be taken up again."""

    def __init__(self, size: int) -> None:
        self.moves = np.zeros((64, size))
        self.used = np.zeros(64, dtype=bool)
        self.count = 0
        self.up, self.down = np.zeros(size), np.zeros(size)

    def add(self, move: np.ndarray) -> int:
        if self.count == len(self.moves):
            self.moves = np.vstack([self.moves, np.zeros_like(self.moves)])
            self.used = np.append(self.used, np.zeros_like(self.used))
        self.moves[self.count], self.used[self.count] = move, True
        np.maximum(self.up, move, out=self.up)
        np.minimum(self.down, move, out=self.down)
        self.count += 1
        return self.count - 1

    def met(self, place: int, amount: float) -> bool:
        return bool(self.up[place] >= amount - ZERO if amount > 0 else self.down[place] <= amount + ZERO)

    def leaning(self, columns: list[int]) -> np.ndarray:
        """The rows of the moves in use that change any of the columns."""
        told = np.abs(self.moves[: self.count][:, columns]) > ZERO
        return np.flatnonzero(told.any(axis=1) & self.used[: self.count])

    def lay_aside(self, rows: np.ndarray | list[int]) -> None:
        self.used[rows] = False
        self._look()

    def take_up(self, rows: np.ndarray | list[int]) -> None:
        self.used[rows] = True
        self._look()

    def moved(self) -> np.ndarray:
        """How far each cell is known to move, one way or the other."""
        return np.maximum(self.up, -self.down)

    def in_use(self) -> np.ndarray:
        return self.moves[: self.count][self.used[: self.count]]

    def _look(self) -> None:
        told = self.in_use()
        self.up = np.maximum(0.0, told.max(axis=0, initial=0.0))
        self.down = np.minimum(0.0, told.min(axis=0, initial=0.0))
