"""Moves that were found for one choice of gaps serve every other that has the same gaps and more."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.witnesses import ZERO

MOST = 3000
"""So many of the latest moves are kept."""


class Archive:
    """Each move as the columns that it changes and by how much."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.moves: list[tuple[np.ndarray, np.ndarray]] = []

    def add(self, move: np.ndarray) -> None:
        columns = np.flatnonzero(np.abs(move) > ZERO)
        self.moves.append((columns, move[columns]))
        if len(self.moves) > 1.3 * MOST:
            self.moves = self.moves[-MOST:]

    def serving(self, chosen: np.ndarray, needs: Sequence[Need]) -> list[np.ndarray]:
        """Few moves within the choice that meet every one of the needs that any move here meets."""
        if not self.moves or not needs:
            return []
        known = self._matrix()
        within = np.flatnonzero(abs(known) @ (chosen < 0.5).astype(float) <= ZERO)
        columns, amounts = np.array([need[0] for need in needs]), np.array([need[1] for need in needs])
        ways = known[within, :][:, columns].toarray() * np.sign(amounts) >= np.abs(amounts) - ZERO
        found = []
        while ways.size and ways.any():
            best = int(ways.sum(axis=1).argmax())
            found.append(known[[int(within[best])], :].toarray()[0])
            ways = ways[:, ~ways[best]]
        return found

    def _matrix(self) -> csr_array:
        starts = np.cumsum([0, *(len(columns) for columns, _ in self.moves)])
        columns = np.concatenate([columns for columns, _ in self.moves])
        amounts = np.concatenate([amounts for _, amounts in self.moves])
        return csr_array((amounts, columns, starts), shape=(len(self.moves), self.size))
