"""Cells and the linear relations between them: the one shape that every table, or several linked ones, is protected in.

A *published* cell is shown unless it is hidden. A *latent* cell never stands in the table but follows from what does:
how many of those who answered a multi-select variable do not have one of its values. It is protected like the others.
A *slack* is a latent number that nobody is in: it only says that one cell is at most another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.lib.errors import UserError

Name = tuple[str, ...]
Relation = tuple[tuple[Name, float], ...]
"""Cells with their coefficients; the products sum to 0."""


@dataclass(frozen=True)
class Cell:
    """One number. `value` is what was counted; it never leaves the system."""

    name: Name
    value: float
    latent: bool = False
    slack: bool = False

    def __repr__(self) -> str:
        return f"Cell({self.name})"


@dataclass(frozen=True)
class System:
    """Cells in canonical order and their relations as a sparse matrix: relations × values = 0."""

    cells: tuple[Cell, ...]
    matrix: csr_array

    def __repr__(self) -> str:
        return f"System({len(self.cells)} cells, {self.matrix.shape[0]} relations)"

    @cached_property
    def values(self) -> np.ndarray:
        return np.array([cell.value for cell in self.cells], dtype=float)

    @cached_property
    def latent(self) -> np.ndarray:
        return np.array([cell.latent for cell in self.cells], dtype=bool)

    @cached_property
    def by_column(self) -> csc_array:
        """The relations that each cell stands in."""
        return csc_array(self.matrix)

    @cached_property
    def position(self) -> dict[Name, int]:
        return {cell.name: index for index, cell in enumerate(self.cells)}


def system(cells: Iterable[Cell], relations: Iterable[Relation]) -> System:
    """The system in canonical order, so that the same table gives the same pattern in whatever order it is told.

    Raises UserError (DISC-002) where a cell is named twice, a count is negative, or a relation does not hold.
    """
    cells = sorted(cells, key=lambda cell: cell.name)
    return _in_order(cells, _matrix(cells, _distinct(relations)))


def system_of(cells: Sequence[Cell], matrix: csr_array) -> System:
    """The same of relations that are a matrix already: a row each, and a column for each of the cells."""
    by_name = sorted(range(len(cells)), key=lambda place: cells[place].name)
    return _in_order([cells[place] for place in by_name], _distinct_rows(csr_array(matrix[:, by_name])))


def _distinct_rows(matrix: csr_array) -> csr_array:
    matrix.sort_indices()
    spans = zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)
    told = {(matrix.indices[a:b].tobytes(), matrix.data[a:b].tobytes()): row for row, (a, b) in enumerate(spans)}
    return csr_array(matrix[sorted(told.values()), :])


def _in_order(cells: Sequence[Cell], matrix: csr_array) -> System:
    order = _canonical(cells, matrix)
    ordered = System(tuple(cells[index] for index in order), _sorted_rows(matrix[:, order]))
    check(ordered)
    return ordered


def check(told: System) -> None:
    """Refuse what is no table: every later promise rests on the relations holding."""
    if len(told.position) != len(told.cells):
        raise _refused("en cell finns två gånger", "a cell stands twice")
    if (told.values < 0).any() or not np.isfinite(told.values).all():
        raise _refused("ett antal är negativt", "a count is negative")
    if told.matrix.shape[0] and np.abs(told.matrix @ told.values).max() > 1e-6 * (1 + told.values.max()):
        raise _refused("summorna stämmer inte", "it does not add up")


def _refused(sv: str, en: str) -> UserError:
    return UserError.of(
        "DISC-002",
        sv=f"Tabellen kan inte skyddas: {sv}. Kontrollera underlaget; inget visas.",
        en=f"The table cannot be protected: {en}. Check what it was made of; nothing is shown.",
    )


def _distinct(relations: Iterable[Relation]) -> list[Relation]:
    return sorted({tuple(sorted(relation)) for relation in relations})


def _matrix(cells: Sequence[Cell], relations: Sequence[Relation]) -> csr_array:
    position = {cell.name: index for index, cell in enumerate(cells)}
    rows = [row for row, relation in enumerate(relations) for _ in relation]
    columns = [position[name] for relation in relations for name, _ in relation]
    data = [coefficient for relation in relations for _, coefficient in relation]
    return csr_array((data, (rows, columns)), shape=(len(relations), len(cells)), dtype=float)


def _canonical(cells: Sequence[Cell], matrix: csr_array, rounds: int = 4) -> np.ndarray:
    """An order that does not depend on names but where cells play the same part: each cell's colour is refined by the
    colours of its relations and their cells (Weisfeiler and Leman 1968), and names break what ties remain."""
    colours = _mix(
        np.array([cell.value * 4 + cell.latent + 2 * cell.slack for cell in cells]).view(np.uint64) + np.uint64(1)
    )
    entries = matrix.tocoo()
    signs = _mix(entries.data.view(np.uint64))
    for _ in range(rounds):
        told = np.zeros(matrix.shape[0], dtype=np.uint64)
        np.add.at(told, entries.row, _mix(colours[entries.col] ^ signs))
        heard = np.zeros(len(cells), dtype=np.uint64)
        np.add.at(heard, entries.col, _mix(told[entries.row] ^ signs))
        colours = _mix(colours ^ (heard + np.uint64(0x9E3779B97F4A7C15)))
    return np.lexsort((np.arange(len(cells)), colours, np.array([cell.value for cell in cells])))


def _mix(numbers: np.ndarray) -> np.ndarray:
    """SplitMix64's finaliser (Steele, Lea and Flood 2014): spreads bits so that sums of colours seldom meet."""
    mixed = numbers + np.uint64(0x9E3779B97F4A7C15)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))


def _sorted_rows(matrix: csr_array) -> csr_array:
    """Relations in an order that follows from the cells' order."""
    matrix = csr_array(matrix)
    matrix.sort_indices()
    starts, places, factors = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    told = [(places[a:b], factors[a:b]) for a, b in pairwise(starts)]
    return matrix[sorted(range(len(told)), key=told.__getitem__), :]
