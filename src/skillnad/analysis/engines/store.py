"""A snapshot's rows in DuckDB, in the form that is fast to count.

Each population is read from Parquet once, at its first question. A multi-select column becomes the number of its set of
levels: there are few different sets, so one GROUP BY on small integers holds every cell and every margin. A client
becomes a number from 0, so that distinct clients can be found by sorting integers.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import numpy as np

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn

CLIENT = "client"
NO_CLIENT = -1
BITS = 63
"""Of a 64-bit integer: levels 1 … 62 have one each."""
_CODED = (Column.CODE, Column.CODES)
Arrays = Mapping[str, "np.ndarray[Any, Any]"]

_SETTINGS = {
    "autoinstall_known_extensions": "false",  # nothing is downloaded, ever
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",
    "perfect_ht_threshold": "24",  # grouping by small integers: an array, no hashing (twice as fast)
}
_TYPES = {
    Column.KEY: "int32",
    Column.CODE: "int16",
    Column.CODES: "int32",
    Column.DATE: "date",
    Column.NUMBER: "float64",
}


@dataclass(frozen=True)
class StoredTable:
    """One population: the expression that questions are built on, and what the numbers of its coded columns stand for.

    `members[column][number]` are the places of the levels (from 0) that the number stands for; none is missing.
    """

    rows: ibis.Table
    members: Mapping[str, tuple[tuple[int, ...], ...]]


class Store:
    """One snapshot in one DuckDB. Several threads may ask: each call has a cursor of its own."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._connection = duckdb.connect(":memory:", config=dict(_SETTINGS))
        self._tables: dict[Population, StoredTable] = {}
        self._loading = threading.Lock()

    def table(self, population: Population) -> StoredTable:
        with self._loading:
            if population not in self._tables:
                self._tables[population] = self._load(population)
            return self._tables[population]

    def fetch(self, expression: ibis.Table) -> Arrays:
        """The expression's columns, counted."""
        sql = ibis.to_sql(expression, dialect="duckdb")
        with self._connection.cursor() as cursor:
            return cursor.execute(sql).fetchnumpy()

    def close(self) -> None:
        self._connection.close()

    def _load(self, population: Population) -> StoredTable:
        stored = self._snapshot.table(population).columns.values()
        columns = [column for column in stored if column.kind is not Column.KEY or column.id == CLIENT]
        with self._connection.cursor() as cursor:
            _stage(cursor, self._snapshot.file(population), columns)
            members = {column.id: _members(cursor, column) for column in columns if column.kind in _CODED}
            _number(cursor, population, columns)
        schema = {column.id: _TYPES[column.kind] for column in columns}
        return StoredTable(ibis.table(schema, name=population.value), members)


def _stage(cursor: duckdb.DuckDBPyConnection, file: Path, columns: list[SnapshotColumn]) -> None:
    """Reads the Parquet file, with a key for each set of levels."""
    cast = {Column.KEY: "BIGINT", Column.CODE: "SMALLINT", Column.DATE: "DATE", Column.NUMBER: "DOUBLE"}
    selected = [
        f"{_set_key(column)} AS {_name(column.id)}"
        if column.kind is Column.CODES
        else f"{_name(column.id)}::{cast[column.kind]} AS {_name(column.id)}"
        for column in columns
    ]
    cursor.execute(f"CREATE TABLE staged AS SELECT {', '.join(selected)} FROM read_parquet(?)", [str(file)])  # noqa: S608


def _set_key(column: SnapshotColumn) -> str:
    """One bit for each level where they fit in an integer (four times as fast to compare), else the list itself."""
    codes = f"coalesce({_name(column.id)}, [])"
    if not _in_bits(column):
        return codes
    return f"coalesce(list_aggregate(list_transform({codes}, lambda code: 1::BIGINT << code::BIGINT), 'bit_or'), 0)"


def _in_bits(column: SnapshotColumn) -> bool:
    return len(column.levels) < BITS


def _members(cursor: duckdb.DuckDBPyConnection, column: SnapshotColumn) -> tuple[tuple[int, ...], ...]:
    """What each number of a coded column stands for. The sets of a multi-select are numbered here."""
    if column.kind is Column.CODE:
        return ((), *((place,) for place in range(len(column.levels))))
    cursor.execute(
        f"CREATE TABLE {_sets(column)} AS SELECT row_number() OVER () - 1 AS number, key FROM "  # noqa: S608
        f"(SELECT DISTINCT {_name(column.id)} AS key FROM staged)"
    )
    found = cursor.execute(f"SELECT key FROM {_sets(column)} ORDER BY number").fetchall()  # noqa: S608
    return tuple(_known(column, _codes(column, key)) for (key,) in found)


def _codes(column: SnapshotColumn, key: Any) -> list[int]:
    return [code for code in range(1, BITS) if key >> code & 1] if _in_bits(column) else key


def _known(column: SnapshotColumn, codes: list[int]) -> tuple[int, ...]:
    """The places of a set's levels. A value beside "don't know" says that somebody did know."""
    places = tuple(sorted({code - 1 for code in codes}))
    return tuple(place for place in places if column.levels[place].code not in column.unknown) or places


def _number(cursor: duckdb.DuckDBPyConnection, population: Population, columns: list[SnapshotColumn]) -> None:
    """The population's table: what was staged, with sets and clients as numbers."""
    sets = [column for column in columns if column.kind is Column.CODES]
    numbered = {column.id: f"{_sets(column)}.number::INTEGER" for column in sets}
    numbered[CLIENT] = f"coalesce(clients.number, {NO_CLIENT})::INTEGER"
    selected = [f"{numbered.get(column.id, f'staged.{_name(column.id)}')} AS {_name(column.id)}" for column in columns]
    joins = [f"JOIN {_sets(column)} ON {_sets(column)}.key = staged.{_name(column.id)}" for column in sets]
    cursor.execute(
        "CREATE TABLE clients_numbered AS SELECT client AS key, row_number() OVER () - 1 AS number FROM "
        "(SELECT DISTINCT client FROM staged WHERE client IS NOT NULL)"
    )
    cursor.execute(
        f"CREATE TABLE {population.value} AS SELECT {', '.join(selected)} FROM staged "  # noqa: S608
        f"LEFT JOIN clients_numbered AS clients ON clients.key = staged.client {' '.join(joins)}"
    )
    for table in ("staged", "clients_numbered", *map(_sets, sets)):
        cursor.execute(f"DROP TABLE {table}")


def _sets(column: SnapshotColumn) -> str:
    return _name(f"sets of {column.id}")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
