"""What is left for a reader to find out: the inner cells that are not known, and the rows that count some of them."""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.verify.incidence import Incidence


class Contradiction(Exception):
    """What is shown does not add up. Says nothing of the cells."""


@dataclass(frozen=True)
class Unknowns:
    """`inner`: the inner cells that are not known, a column each. `told @ unknown = right`: what shown rows say of
    them. `gaps @ unknown + known`: the rows of `gap_rows`, one for every set of inner cells that a gap stands for."""

    inner: np.ndarray
    told: csr_array
    right: np.ndarray
    gaps: csr_array
    known: np.ndarray
    gap_rows: tuple[int, ...]


def unknowns_of(incidence: Incidence) -> Unknowns:
    """Raises Contradiction."""
    counts = np.array([np.nan if row.count is None else row.count for row in incidence.rows], dtype=float)
    shown = np.flatnonzero(~np.isnan(counts))
    values = _settled(csr_array(incidence.matrix[shown, :]), counts[shown])
    inner = np.flatnonzero(np.isnan(values))
    sums = incidence.matrix @ np.nan_to_num(values)
    told, right = _distinct(csr_array(incidence.matrix[shown, :][:, inner]), counts[shown] - sums[shown])
    gap_rows = _apart(incidence.matrix, np.flatnonzero(np.isnan(counts)))
    gaps = csr_array(incidence.matrix[list(gap_rows), :][:, inner])
    return Unknowns(inner, told, right, gaps, sums[list(gap_rows)], gap_rows)


def _settled(matrix: csr_array, counts: np.ndarray) -> np.ndarray:
    """Inner cells that a row alone shows: every one of a row of zero, and the one that is left of a row, again and
    again; the others are nan."""
    values = np.full(matrix.shape[1], np.nan)
    values[np.unique(matrix[np.flatnonzero(counts == 0), :].indices)] = 0.0
    while True:
        open_cells = np.isnan(values)
        left = csr_array(matrix[:, np.flatnonzero(open_cells)])
        single = np.flatnonzero(np.diff(left.indptr) == 1)
        if not len(single):
            return values
        rest = counts - matrix @ np.nan_to_num(values)
        if (rest < -1e-9).any():
            raise Contradiction
        cells = np.flatnonzero(open_cells)[left.indices[left.indptr[single]]]
        values[cells] = rest[single]
        if not np.allclose(values[cells], rest[single]):
            raise Contradiction


def _distinct(matrix: csr_array, right: np.ndarray) -> tuple[csr_array, np.ndarray]:
    """Each set of unknowns once; the same set with two sums, or nothing that is something, is no table."""
    found: dict[bytes, int] = {}
    for row in range(matrix.shape[0]):
        span = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
        first = found.setdefault(np.sort(span).tobytes(), row)
        if abs(right[first] - right[row]) > 1e-9 or (not len(span) and abs(right[row]) > 1e-9):
            raise Contradiction
    kept = [row for row in found.values() if matrix.indptr[row] < matrix.indptr[row + 1]]
    return csr_array(matrix[kept, :]), right[kept]


def _apart(matrix: csr_array, rows: np.ndarray) -> tuple[int, ...]:
    """One row for each set of inner cells."""
    found: dict[bytes, int] = {}
    for row in rows.tolist():
        found.setdefault(np.sort(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]).tobytes(), row)
    return tuple(found.values())
