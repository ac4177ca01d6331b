"""Repeatable chance: the same seed and name give the same draws on every machine."""

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")


class Dice:
    """Draws of one client's life. `name` keeps lives apart: one more client changes no other client."""

    def __init__(self, seed: int, name: str) -> None:
        self._random = Random(f"{seed}/{name}")  # text seeds are hashed by SHA-512: the same everywhere

    def chance(self, share: float) -> bool:
        return self._random.random() < share

    def pick(self, weights: Mapping[Choice, float]) -> Choice:
        """One key, as often as its weight says."""
        return self._random.choices(list(weights), weights=list(weights.values()))[0]

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        return self._random.choice(choices)

    def between(self, first: int, last: int) -> int:
        return self._random.randint(first, last)

    def days(self, median: float, sigma: float) -> int:
        """A skewed number of days (log-normal): half below `median`, a long tail above."""
        return round(median * math.exp(self._random.gauss(0, sigma)))

    def day(self, first: date, last: date) -> date:
        return first + timedelta(days=self.between(0, (last - first).days))
