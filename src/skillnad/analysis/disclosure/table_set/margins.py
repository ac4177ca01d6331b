"""All cells of a table, out of its inner ones; and whether what margins it came with agree."""

from dataclasses import dataclass
from math import prod

import numpy as np

from skillnad.analysis.disclosure.release import Coordinates
from skillnad.analysis.disclosure.table_set.dimensions import Dimension, dimensions_of
from skillnad.analysis.disclosure.table_set.families import Family
from skillnad.analysis.disclosure.table_set.tables import GivenTable
from skillnad.lib.errors import UserError

MOST = 5
MOST_CELLS = 200_000
"""More is no table that anybody reads, but columns that should have been groupings."""


@dataclass(frozen=True, eq=False)
class FullTable:
    """`values`: a count for each combination of levels, one axis a dimension. None of them is in the repr."""

    given: GivenTable
    dimensions: tuple[Dimension, ...]
    values: np.ndarray

    def coordinates(self, levels: tuple[int, ...]) -> Coordinates:
        """In the order of the table's own columns."""
        told: dict[str, str] = {}
        for dimension, place in zip(self.dimensions, levels, strict=True):
            row = dimension.coordinates(dimension.levels[place])
            told.update(zip(dimension.columns, row, strict=True))
        return tuple(told[column] for column in self.given.columns)

    def __repr__(self) -> str:
        return f"FullTable({self.given.name})"


def full_table(given: GivenTable, families: tuple[Family, ...]) -> FullTable:
    """Inner cells that are not there count 0. Raises UserError: DISC-046 where it does not add up, DISC-052 where it is
    too large."""
    dimensions = dimensions_of(given.columns, families)
    cells = prod(len(dimension.levels) for dimension in dimensions)
    if cells > MOST_CELLS:
        raise _too_large(given, cells)
    placed = {row: _placed(given, dimensions, row) for row in given.counts}
    inner = np.zeros([dimension.size for dimension in dimensions], dtype=np.int64)
    for row, levels in placed.items():
        own = _inner(dimensions, levels)
        if own is not None:
            inner[own] = given.counts[row]
    values = inner
    for axis, dimension in enumerate(dimensions):
        values = np.moveaxis(np.tensordot(dimension.sums, values, axes=(1, axis)), 0, axis)
    wrong = [row for row, levels in placed.items() if values[levels] != given.counts[row]]
    if wrong:
        raise _no_sum(given, wrong)
    return FullTable(given, dimensions, values)


def _placed(given: GivenTable, dimensions: tuple[Dimension, ...], row: Coordinates) -> tuple[int, ...]:
    told = dict(zip(given.columns, row, strict=True))
    levels = tuple(dimension.level_of(told) for dimension in dimensions)
    if None in levels:
        raise UserError.of(
            "DISC-048",
            where=f"{given.name}, {given.where(row)}",
            sv="Radens värden hör inte ihop enligt de andra raderna. Rätta grupperingens värde, eller skriv Total i "
            "den finare kolumnen och i andra grupperingar.",
            en="The values of the line do not belong together by the other lines. Mend the grouping's value, or write "
            "Total in the finer column and in other groupings.",
        )
    return tuple(level for level in levels if level is not None)


def _inner(dimensions: tuple[Dimension, ...], levels: tuple[int, ...]) -> tuple[int, ...] | None:
    """The places of an inner cell's own values; None for a margin."""
    told = [dimension.levels[place] for dimension, place in zip(dimensions, levels, strict=True)]
    if any(level.column != dimension.columns[0] for dimension, level in zip(dimensions, told, strict=True)):
        return None
    return tuple(level.own[0] for level in told)


def _no_sum(given: GivenTable, rows: list[Coordinates]) -> UserError:
    named = "; ".join(given.where(row) for row in rows[:MOST])
    return UserError.of(
        "DISC-046",
        where=given.name,
        sv=f"Tabellen går inte ihop: de inre cellerna blir inte det som står för {named}. Rätta talen, eller ta bort "
        "raderna med Total, så räknas de ut.",
        en=f"The table does not add up: the inner cells do not make what is said of {named}. Mend the numbers, or "
        "remove the lines with Total, and they are worked out.",
    )


def _too_large(given: GivenTable, cells: int) -> UserError:
    return UserError.of(
        "DISC-052",
        where=given.name,
        sv=f"Tabellen får {cells} celler med alla summor, fler än {MOST_CELLS}. Följer en kolumn av en annan, skriv "
        "--hierarchy FINARE=GRÖVRE; annars ta bort en kolumn eller gör dess värden grövre.",
        en=f"The table has {cells} cells with all margins, more than {MOST_CELLS}. Where a column follows from "
        "another, write --hierarchy FINER=COARSER; else remove a column, or make its values coarser.",
    )
