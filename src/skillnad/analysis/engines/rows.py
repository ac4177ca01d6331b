"""The rows of a snapshot as plain dictionaries, for the reference engine: slow and obvious."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow.parquet as pq

from skillnad.analysis.banded import banded_of
from skillnad.analysis.calendars import NOT_THERE, THERE, calendar_of, known_of
from skillnad.analysis.merged import merged_of
from skillnad.analysis.questions import Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import MISSING, Column, Population, SnapshotColumn

Row = Mapping[str, Any]
"""A row by column: a coded column as the tuple of its codes (MISSING_LEVEL alone where missing), others as stored."""


def read_rows(snapshot: Snapshot, population: Population) -> list[Row]:
    """Every row of a population."""
    columns = snapshot.table(population).columns
    stored = pq.read_table(snapshot.file(population), columns=list(columns)).to_pylist()
    return [_Row(columns, {name: _value(column, row[name]) for name, column in columns.items()}) for row in stored]


class _Row(dict[str, Any]):
    """A row that also has the columns that a question makes."""

    def __init__(self, columns: Mapping[str, SnapshotColumn], held: Mapping[str, Any]) -> None:
        super().__init__(held)
        self._columns = columns

    def __missing__(self, name: str) -> tuple[str, ...]:
        if bands := banded_of(name):
            return (bands.code(self),)
        made = merged_of(name)
        if made is None:
            raise KeyError(name)
        unknown = self._columns[made.column].unknown
        return tuple(dict.fromkeys(made.level_of(code, unknown) for code in self[made.column]))


def codes_of(row: Row, column: str) -> tuple[str, ...]:
    """The levels that a row has on a column, a calendar, or whether a date is known."""
    if known := known_of(column):
        return (NOT_THERE,) if row[known] is None else (THERE,)
    through = calendar_of(column)
    if through is None:
        codes: tuple[str, ...] = row[column]
        return codes
    day: date | None = row[through.column]
    return (MISSING_LEVEL,) if day is None else (through.calendar.code(through.calendar.ordinal(day)),)


def meets(row: Row, where: Where) -> bool:
    """Does the row hold any of the codes?"""
    return any(code in where.codes for code in codes_of(row, where.column))


def _value(column: SnapshotColumn, value: Any) -> Any:
    if column.kind is Column.CODE:
        return (_code(column, value),)
    if column.kind is Column.CODES:
        return _codes(column, value or [])
    return value


def _codes(column: SnapshotColumn, places: list[int]) -> tuple[str, ...]:
    """The codes of a multi-select. A value beside "don't know" says that somebody did know."""
    codes = tuple(_code(column, place) for place in sorted(set(places)))
    return tuple(code for code in codes if code not in column.unknown) or codes or (MISSING_LEVEL,)


def _code(column: SnapshotColumn, place: int) -> str:
    return MISSING_LEVEL if place == MISSING else column.levels[place - 1].code
