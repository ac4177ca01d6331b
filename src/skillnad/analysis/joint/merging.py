"""Cells that a reader knows to be equal are one cell: two names of it, or a sum where all but one are printed zeros."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from skillnad.analysis.disclosure.system import Cell, Name, Relation


@dataclass(frozen=True)
class Merged:
    """`same` says what each name is called in the system; a name that is missing there is a printed zero. `matrix` has
    a row for each relation between the cells, and a column for each cell."""

    cells: Mapping[Name, Cell]
    matrix: csr_array
    same: Mapping[Name, Name]

    @property
    def relations(self) -> Iterator[Relation]:
        names, matrix = list(self.cells), self.matrix
        for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
            terms = zip(matrix.indices[start:end].tolist(), matrix.data[start:end].tolist(), strict=True)
            yield tuple((names[at], factor) for at, factor in terms)


def merged(cells: Iterable[Cell], relations: Sequence[Relation], *, zeros_known: bool) -> Merged:
    """The cells and relations with equal cells as one, and without zeros that a reader knows."""
    kept = [cell for cell in cells if cell.value or cell.latent or not zeros_known]
    matrix = _matrix({cell.name: place for place, cell in enumerate(kept)}, relations)
    labels = np.arange(len(kept))
    while (more := _equal(matrix)) is not None:
        labels, matrix = more[labels], _renamed(matrix, more)
    of = _by_label(kept, labels)
    first = [min(own, key=lambda cell: (cell.latent, cell.name)) for own in of]
    made = [_one(cell.name, own) for cell, own in zip(first, of, strict=True)]
    same = {cell.name: first[label].name for cell, label in zip(kept, labels.tolist(), strict=True)}
    return Merged({cell.name: cell for cell in made}, matrix, same)


def _matrix(place: Mapping[Name, int], relations: Sequence[Relation]) -> csr_array:
    """Terms of what is not kept are zeros."""
    sizes = [len(relation) for relation in relations]
    columns = np.array([place.get(name, -1) for name, _ in chain.from_iterable(relations)], dtype=np.int64)
    factors = np.array([factor for _, factor in chain.from_iterable(relations)], dtype=float)
    rows, known = np.repeat(np.arange(len(relations)), sizes), columns >= 0
    shape = len(relations), len(place)
    return _without_empty(csr_array(coo_array((factors[known], (rows[known], columns[known])), shape=shape)))


def _equal(matrix: csr_array) -> np.ndarray | None:
    """New labels where relations say that cells are equal; None where none does."""
    lone = np.flatnonzero((np.diff(matrix.indptr) == 2) & (matrix.sum(axis=1) == 0))
    if not len(lone):
        return None
    first = matrix.indptr[lone]
    ends = matrix.indices[first], matrix.indices[first + 1]
    size = matrix.shape[1]
    found: tuple[int, np.ndarray] = connected_components(coo_array((np.ones(len(lone)), ends), shape=(size, size)))
    return found[1]


def _renamed(matrix: csr_array, labels: np.ndarray) -> csr_array:
    told = matrix.tocoo()
    shape = matrix.shape[0], int(labels.max()) + 1
    return _without_empty(csr_array(coo_array((told.data, (told.row, labels[told.col])), shape=shape)))


def _without_empty(matrix: csr_array) -> csr_array:
    matrix.sum_duplicates()
    matrix.eliminate_zeros()
    return csr_array(matrix[np.flatnonzero(np.diff(matrix.indptr)), :])


def _by_label(cells: Sequence[Cell], labels: np.ndarray) -> list[list[Cell]]:
    found: list[list[Cell]] = [[] for _ in range(int(labels.max(initial=-1)) + 1)]
    for cell, label in zip(cells, labels.tolist(), strict=True):
        found[label].append(cell)
    return found


def _one(name: Name, same: Sequence[Cell]) -> Cell:
    """A cell is latent, and a slack, where all that it is the same as are."""
    latent, slack = all(cell.latent for cell in same), all(cell.slack for cell in same)
    return Cell(name, same[-1].value, latent, slack)
