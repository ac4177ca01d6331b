"""Which inner cells each published row counts: the release's own coordinates and groupings as a matrix of ones."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.verify.objections import Coordinates, Objection, Publication, Released, Wrong

TOTAL = "Total"
MOST_INNER = 200_000


@dataclass(frozen=True)
class Row:
    """One published row: None for a gap."""

    table: str
    columns: tuple[str, ...]
    coordinates: Coordinates
    count: int | None

    def objection(self, wrong: Wrong) -> Objection:
        return Objection(wrong, self.table, self.coordinates, self.columns)


@dataclass(frozen=True)
class Incidence:
    """`rows` and, for each, a row of `matrix`: 1 for every inner cell that it counts. `codes`: of each finest column
    (`finest`), by place; inner cells are numbered as an array of that `shape`."""

    rows: tuple[Row, ...]
    matrix: csr_array
    finest: tuple[str, ...]
    codes: tuple[Mapping[str, int], ...]

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(len(codes) for codes in self.codes)

    def people(self, at: int) -> bytes:
        """Which inner cells row `at` counts: the same for the same people."""
        span = slice(self.matrix.indptr[at], self.matrix.indptr[at + 1])
        return bytes(np.sort(self.matrix.indices[span]).tobytes())


class TooWide(Exception):
    """All columns together have too many inner cells. Says nothing of the cells."""


def incidence_of(releases: Sequence[Publication]) -> Incidence:
    """Raises TooWide."""
    tables = [table for release in releases for table in release.tables]
    child_of = {parent: child for release in releases for child, parent in release.groupings}
    columns = list(dict.fromkeys(column for table in tables for column in table.columns))
    finest = tuple(column for column in columns if column not in child_of)
    codes = tuple(_codes(tables, column) for column in finest)
    if prod(map(len, codes)) > MOST_INNER:
        raise TooWide
    masks = _masks(tables, columns, child_of, dict(zip(finest, codes, strict=True)))
    rows = tuple(Row(t.name, t.columns, values, count) for t in tables for values, count in t.rows)
    return Incidence(rows, _matrix(rows, finest, codes, child_of, masks), finest, codes)


def _codes(tables: Sequence[Released], column: str) -> dict[str, int]:
    found = {
        values[table.columns.index(column)]: None
        for table in tables
        if column in table.columns
        for values, _ in table.rows
    }
    return {code: place for place, code in enumerate(code for code in found if code != TOTAL)}


def _lowest(column: str, child_of: Mapping[str, str]) -> str:
    while column in child_of:
        column = child_of[column]
    return column


def _masks(
    tables: Sequence[Released],
    columns: Sequence[str],
    child_of: Mapping[str, str],
    codes: Mapping[str, Mapping[str, int]],
) -> dict[tuple[str, str], np.ndarray]:
    """For each value of each column, which codes of its finest column lie in it: seen where a row has both."""
    found: dict[tuple[str, str], np.ndarray] = {}
    for column in columns:
        lowest = _lowest(column, child_of)
        for value, inside in _inside(tables, column, lowest).items():
            mask = np.zeros(len(codes[lowest]), dtype=bool)
            mask[[codes[lowest][code] for code in inside]] = True
            found[column, value] = mask
    return found


def _inside(tables: Sequence[Released], column: str, lowest: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        if column in table.columns and lowest in table.columns:
            at, to = table.columns.index(column), table.columns.index(lowest)
            for values, _ in table.rows:
                if TOTAL not in (values[at], values[to]):
                    found[values[at]].add(values[to])
    return found


def _matrix(
    rows: Sequence[Row],
    finest: Sequence[str],
    codes: Sequence[Mapping[str, int]],
    child_of: Mapping[str, str],
    masks: Mapping[tuple[str, str], np.ndarray],
) -> csr_array:
    shape = tuple(len(each) for each in codes)
    strides = np.array([prod(shape[axis + 1 :]) for axis in range(len(shape))])
    places, starts = [], [0]
    for row in rows:
        chosen = [np.ones(size, dtype=bool) for size in shape]
        for column, value in zip(row.columns, row.coordinates, strict=True):
            if value != TOTAL:
                axis = finest.index(_lowest(column, child_of))
                chosen[axis] = chosen[axis] & masks.get((column, value), np.zeros(shape[axis], dtype=bool))
        inner = np.zeros(1, dtype=int)
        for axis, mask in enumerate(chosen):
            inner = (inner[:, None] + np.flatnonzero(mask)[None, :] * strides[axis]).ravel()
        places.append(inner)
        starts.append(starts[-1] + len(inner))
    data = np.concatenate(places) if places else np.zeros(0, dtype=int)
    return csr_array((np.ones(len(data)), data, starts), shape=(len(rows), prod(shape)))
