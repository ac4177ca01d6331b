"""Relations that follow from others are left out: a table with all its margins says most things several times."""

import numpy as np
from scipy.sparse import csr_array

MODULUS = (1 << 31) - 1


def independent(matrix: csr_array) -> csr_array:
    """Rows that say the same as all of them.

    Each kept row tells a column from those that are known before it. A row whose columns are all known is left out
    where random numbers that keep the kept rows keep it too (Schwartz 1980; the numbers are whole and so exact).
    """
    return csr_array(matrix[_kept(matrix), :])


def _kept(matrix: csr_array) -> list[int]:
    spans = [slice(start, end) for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True)]
    rows = [(matrix.indices[span].tolist(), matrix.data[span].tolist()) for span in spans]
    if not all(abs(value) == 1 for _, data in rows for value in data):
        return list(range(len(rows)))
    numbers = np.random.default_rng(0).integers(MODULUS, size=matrix.shape[1]).tolist()
    known = _first_known(rows, numbers)
    waiting = sorted((row for row in range(len(rows)) if rows[row][0]), key=lambda row: len(rows[row][0]))
    kept: list[int] = []
    while waiting:
        later = []
        for row in waiting:
            unknown = [column for column in rows[row][0] if column not in known]
            if len(unknown) > 1:
                later.append(row)
            elif unknown or _sum(rows[row], known):
                kept.append(row)
                for column in unknown:
                    known[column] = _told(rows[row], column, known)
        if len(later) == len(waiting):
            unknown = [column for column in rows[later[0]][0] if column not in known]
            known.update((column, numbers[column]) for column in unknown[1:])
        waiting = later
    return sorted(kept)


def _first_known(rows: list[tuple[list[int], list[float]]], numbers: list[int]) -> dict[int, int]:
    """The columns that are no whole of parts: never alone of their sign in a row."""
    wholes = set()
    for columns, data in rows:
        for sign in (1, -1):
            own = [column for column, value in zip(columns, data, strict=True) if value == sign]
            if len(own) == 1:
                wholes.add(own[0])
    return {column: numbers[column] for column in range(len(numbers)) if column not in wholes}


def _sum(row: tuple[list[int], list[float]], known: dict[int, int]) -> int:
    return sum(int(value) * known[column] for column, value in zip(*row, strict=True)) % MODULUS


def _told(row: tuple[list[int], list[float]], column: int, known: dict[int, int]) -> int:
    others = sum(int(value) * known[other] for other, value in zip(*row, strict=True) if other != column)
    own = next(int(value) for other, value in zip(*row, strict=True) if other == column)
    return -own * others % MODULUS
