"""Tables of counts with all margins as systems, and readers who try to undo their gaps by ways of their own.

The readers know nothing of `skillnad.analysis.disclosure`: their unknowns are the inner cells of the table.
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from itertools import product
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.system import Cell, System, system

SHARED = Path(__file__).parents[2] / "shared" / "data" / "sdc"
TOTAL = "*"
Key = tuple[str, ...]


def with_margins(counts: np.ndarray) -> dict[Key, int]:
    """Every cell and margin by level names a00, a01 … of the first axis, b00 … of the next."""
    return {key: int(counts[_where(key)].sum()) for key in _keys(counts.shape)}


def relations(shape: tuple[int, ...]) -> list[tuple[tuple[Key, float], ...]]:
    """Each total with what it is the total of."""
    found = []
    for key in _keys(shape):
        for axis in (axis for axis, code in enumerate(key) if code == TOTAL):
            parts = [(*key[:axis], level, *key[axis + 1 :]) for level in levels(shape, axis)]
            found.append((*((part, 1.0) for part in parts), (key, -1.0)))
    return found


def as_system(counts: np.ndarray) -> System:
    return system([Cell(key, value) for key, value in with_margins(counts).items()], relations(counts.shape))


def levels(shape: tuple[int, ...], axis: int) -> list[str]:
    return [f"{'abcd'[axis]}{level:02d}" for level in range(shape[axis])]


def _keys(shape: tuple[int, ...]) -> Iterator[Key]:
    return product(*([*levels(shape, axis), TOTAL] for axis in range(len(shape))))


def _where(key: Key) -> tuple[slice | int, ...]:
    return tuple(slice(None) if code == TOTAL else int(code[1:]) for code in key)


class Solver:
    """A reader with an integer programme over the inner cells: every table that shows these numbers and these gaps."""

    def __init__(self, counts: np.ndarray, hidden: Collection[Key], floor: int = 1) -> None:
        self.shape = counts.shape
        self.sums = {key: self._sum(key) for key in _keys(counts.shape)}
        truth = with_margins(counts)
        low = [floor if key in hidden else truth[key] for key in self.sums]
        high = [np.inf if key in hidden else truth[key] for key in self.sums]
        self.agrees = LinearConstraint(np.array(list(self.sums.values())), low, high)

    def interval(self, key: Key, *, whole: bool = True) -> tuple[float, float]:
        return self._end(key, 1, whole), self._end(key, -1, whole)

    def table(self, key: Key, sign: int, *, whole: bool = True) -> np.ndarray:
        """A table that agrees and has the least (`sign` 1) or most (-1) at `key`."""
        integer = np.full(int(np.prod(self.shape)), int(whole))
        found = milp(sign * self.sums[key], constraints=self.agrees, bounds=Bounds(0, 10_000), integrality=integer)
        assert found.success, "the truth itself agrees with what is shown"
        return found.x

    def _end(self, key: Key, sign: int, whole: bool) -> float:
        return round(float(self.sums[key] @ self.table(key, sign, whole=whole)), 6)

    def _sum(self, key: Key) -> np.ndarray:
        mask = np.zeros(self.shape)
        mask[_where(key)] = 1.0
        return mask.ravel()


def derivable(counts: np.ndarray, hidden: Collection[Key], floor: int = 1) -> list[Key]:
    """The gaps that a reader can fill in exactly: those that are the same in every table that agrees.

    One other table speaks for every gap where it differs from the truth, so few need to be looked for.
    """
    reader, truth, same = Solver(counts, hidden, floor), with_margins(counts), dict.fromkeys(hidden)
    for key, sign in product(hidden, (1, -1)):
        if key in same:
            other = reader.table(key, sign)
            same = {each: None for each in same if abs(reader.sums[each] @ other - truth[each]) < 0.5}
    return list(same)


def counted(file: str, *columns: str, of: str = "freq") -> np.ndarray:
    """A shared table of inner cells as an array, levels in the file's order."""
    with (SHARED / file).open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    names = [list(dict.fromkeys(row[column] for row in rows)) for column in columns]
    counts = np.zeros([len(part) for part in names], dtype=int)
    for row in rows:
        place = tuple(part.index(row[column]) for part, column in zip(names, columns, strict=True))
        counts[place] += int(row[of])
    return counts


def shared_rows(file: str) -> list[Mapping[str, str]]:
    with (SHARED / file).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))
