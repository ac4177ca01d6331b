"""Secondary suppression by Gaussian elimination (Langsrud 2024), as the R package GaussSuppression has it for small
counts where zeros are published.

A cell is a vector over the inner cells. Zeros are published, then the other cells in turn, the largest first. One is
hidden instead where, with all that is published, it would give a primary cell away: where what is left of its vector,
when all that follows from what is published is taken away, is a multiple of what is left of a primary cell's. A cell
of which nothing but inner cells of one person each is left is hidden too: whoever knows that a gap is at least 1 could
read each of them from their sum. No interval is asked for: the pattern is safe against exact disclosure alone.
"""

from dataclasses import dataclass
from time import process_time

import numpy as np
from scipy.sparse import csr_array

from benchmarks.disclosure_tables import TOTAL
from skillnad.analysis.disclosure.system import System

NOTHING = 1e-7
"""Less than this of a coefficient is rounding: those of tables are small whole numbers and their parts."""
TIES = 0.99
"""Equal counts are ranked by how much is told of the same inner cells; that weighs less than one count."""
SEED = 0


@dataclass(frozen=True)
class Gauss:
    """Secondary gaps as a mask over the system's cells, and seconds of the processor."""

    gaps: np.ndarray
    seconds: float

    @property
    def count(self) -> int:
        return int(self.gaps.sum())


def eliminated(told: System, primary: np.ndarray, *, ones: bool = True) -> Gauss:
    """`primary`: a mask over the cells, none of them zero. `ones`: hide what tells a sum of cells of one person too."""
    began = process_time()
    sums = inner_sums(told)
    elimination = _Elimination(told, primary, sums, ones)
    for place in in_turn(told, sums):
        if told.values[place] and not primary[place]:
            elimination.offer(int(place))
    return Gauss(elimination.gaps, process_time() - began)


def inner_sums(told: System) -> csr_array:
    """Cells × inner cells: 1 where the inner cell is in the cell. Each relation must say that one cell is a sum."""
    parts = _parts(told)
    inner = [place for place in range(len(told.cells)) if place not in parts]
    held = {place: frozenset((number,)) for number, place in enumerate(inner)}
    rows = [sorted(_held(place, parts, held)) for place in range(len(told.cells))]
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = [column for row in rows for column in row]
    return csr_array((np.ones(len(columns)), columns, starts), shape=(len(rows), len(inner)))


def _parts(told: System) -> dict[int, list[int]]:
    """Each cell that is a sum, with the parts that one relation gives it."""
    matrix, found = told.matrix, {}
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        places, signs = matrix.indices[start:end], matrix.data[start:end]
        (whole,) = places[signs < 0]
        found[int(whole)] = places[signs > 0].tolist()
    return found


def _held(place: int, parts: dict[int, list[int]], held: dict[int, frozenset[int]]) -> frozenset[int]:
    if place not in held:
        held[place] = frozenset().union(*(_held(part, parts, held) for part in parts[place]))
    return held[place]


def in_turn(told: System, sums: csr_array) -> np.ndarray:
    """Places in the order that they are offered in. What is still equal goes by name, totals first."""
    more = told.values + 1
    told_of = sums @ (sums.T @ more)
    rank = more + TIES * told_of / told_of.max()
    names = [[(part != TOTAL, part) for part in cell.name] for cell in told.cells]
    return np.array(sorted(range(len(names)), key=lambda place: (-rank[place], names[place])))


class _Elimination:
    """`left` holds what is left of each cell's vector, a row a cell, over the inner cells that anyone is in; and last a
    random sum of it, by which multiples of each other are soon found."""

    def __init__(self, told: System, primary: np.ndarray, sums: csr_array, ones: bool) -> None:
        own = np.diff(sums.indptr) == 1
        inner = np.zeros(sums.shape[1])
        inner[sums.indices[sums.indptr[:-1][own]]] = told.values[own]
        vectors = sums[:, np.flatnonzero(inner)].toarray()
        self.single = (inner[inner > 0] == 1) & ones
        self.left = np.column_stack([vectors, vectors @ np.random.default_rng(SEED).random(vectors.shape[1])])
        self.asked = primary & (vectors @ ~self.single > 0)  # what is of single ones alone is met by their own rule
        self.waiting = (told.values > 0) & (self.asked | ~primary)
        self.gaps = np.zeros(len(primary), dtype=bool)
        self.used = np.zeros(vectors.shape[1], dtype=bool)

    def offer(self, place: int) -> None:
        """Publishes the cell, or hides it where it would tell too much."""
        self.waiting[place] = False
        span = np.flatnonzero(self.left[place, :-1])
        if not len(span):
            return
        if self._tells_ones(place, span) or self._tells(place, int(span[0])):
            self.gaps[place] = True
        else:
            self._take_away(place, span)

    def _tells_ones(self, place: int, span: np.ndarray) -> bool:
        """Is a sum of cells of one person left? A difference of some is none, the first time that they are in one."""
        if not self.single[span].all():
            return False
        if len(np.unique(np.sign(self.left[place, span]))) == 1 or self.used[span].any():
            return True
        self.used[span] = True
        return False

    def _tells(self, place: int, inner: int) -> bool:
        """Is what is left of a primary cell a multiple of what is left of this one, which has some of `inner` left?"""
        own = self.left[place]
        like = np.flatnonzero(self.asked & (self.left[:, inner] != 0))
        times = self.left[like, inner] / own[inner]
        near = np.isclose(self.left[like, -1], times * own[-1], rtol=NOTHING, atol=NOTHING)
        return any(
            np.allclose(self.left[other], factor * own, rtol=0.0, atol=NOTHING)
            for other, factor in zip(like[near], times[near], strict=True)
        )

    def _take_away(self, place: int, span: np.ndarray) -> None:
        """What is published is known: the others are told without one inner cell, of several people where one is."""
        several = span[~self.single[span]]
        pivot = int((several if len(several) else span)[0])
        own, columns = self.left[place], np.append(span, self.left.shape[1] - 1)
        cells = np.flatnonzero(self.waiting & (self.left[:, pivot] != 0))
        rest = self.left[np.ix_(cells, columns)] - np.outer(self.left[cells, pivot] / own[pivot], own[columns])
        self.left[np.ix_(cells, columns)] = np.where(np.abs(rest) < NOTHING, 0.0, rest)
        self.left[cells, pivot] = 0.0
