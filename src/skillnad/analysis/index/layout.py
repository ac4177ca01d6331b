"""Which column stands in which planes of a bit matrix, and where each unit's rows are.

A column is an integer a row, written in binary over rows: bit p of row r's integer is bit r of plane `first + p`. A
coded column holds a level's place from 1, and a date column the days since its `base`; 0 is missing. A multi-select
column has a plane a level and one more for the rows without any. Rows are sorted by unit, the missing unit first, and
each unit begins at a whole word of 64 rows; what is left of its last word is no row, which plane 0 (PRESENT) says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from skillnad.codebook.snapshot_schema import Column, Population

Words = np.ndarray[Any, np.dtype[np.uint64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]

ROWS_IN_A_WORD = 64
UNIT = "unit"
"""The column that rows are sorted by. It has no planes: a row's place says its unit."""
PRESENT = 0
"""The plane of the rows that there are."""
ENDS_EARLY = "*ends_early"
"""One plane: rows whose span ends before it begins. No column's name has a star."""


@dataclass(frozen=True)
class Held:
    """A column's planes: `planes` of them from `first` on.

    `top` is the greatest integer (CODE, DATE) or the number of levels (CODES); `base` is the day that 0 stands for,
    counted from 1970-01-01.
    """

    id: str
    kind: Column
    first: int
    planes: int
    top: int
    base: int = 0

    @property
    def slots(self) -> int:
        """How many bitmaps are counted: a level each, and for a multi-select one for none of them. A single value's
        missing is what the other bitmaps leave."""
        return self.top + 1 if self.kind is Column.CODES else self.top


@dataclass(frozen=True)
class Layout:
    """What the planes of an index mean. `unit_rows[u]` rows are in unit u, where 0 is the missing unit."""

    population: Population
    table_sha256: str
    codebook_version: str
    codebook_digest: str
    unit_rows: tuple[int, ...]
    columns: Mapping[str, Held]
    planes: int

    @property
    def rows(self) -> int:
        return sum(self.unit_rows)

    @cached_property
    def unit_words(self) -> Integers:
        """Where each unit's words begin, and at last where the last one's end."""
        words = [-(-rows // ROWS_IN_A_WORD) for rows in self.unit_rows]
        return np.cumsum([0, *words], dtype=np.int64)

    @property
    def words(self) -> int:
        return int(self.unit_words[-1])

    @property
    def bytes_a_row(self) -> float:
        return self.planes * self.words * 8 / max(self.rows, 1)


@dataclass(frozen=True, eq=False)
class Index:
    """A population's bit matrix: `planes[plane, word]`."""

    layout: Layout
    planes: Words

    def planes_of(self, column: str) -> Words:
        held = self.layout.columns[column]
        return self.planes[held.first : held.first + held.planes]

    @property
    def present(self) -> Words:
        """Every row there is, one bit each; the caller's own."""
        present: Words = self.planes[PRESENT].copy()
        return present

    def __repr__(self) -> str:
        return f"Index({self.layout.population.value}, {self.layout.planes} planes)"
