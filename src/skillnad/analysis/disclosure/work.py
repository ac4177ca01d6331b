"""How much may be done for one table: counted in cells looked at, never in seconds, so that every machine agrees."""

from collections.abc import Callable
from dataclasses import dataclass

LOOK = 100
"""What a column of a linear programme weighs beside a cell that is looked at: measured, and only that roughly."""

MANY_COLUMNS = 500


class TooMuch(Exception):
    """The budget is spent. Says nothing of the cells."""


@dataclass
class Work:
    """Raises TooMuch where more than `budget` is spent."""

    budget: float
    spent: float = 0.0

    def spend(self, cells: float) -> None:
        self.spent += cells
        if self.spent > self.budget:
            raise TooMuch

    def solve(self, columns: int) -> None:
        """A linear programme: its work grows faster than its columns."""
        self.spend(LOOK * columns * max(1.0, columns / MANY_COLUMNS))

    @property
    def left(self) -> bool:
        return self.spent < self.budget


@dataclass
class Timed(Work):
    """Raises TooMuch also where no `seconds` are left: where a reader waits, and the answer is safe whatever it is."""

    seconds: Callable[[], float] = lambda: 1.0

    def spend(self, cells: float) -> None:
        super().spend(cells)
        if self.seconds() <= 0:
            raise TooMuch

    @property
    def left(self) -> bool:
        return self.spent < self.budget and self.seconds() > 0
