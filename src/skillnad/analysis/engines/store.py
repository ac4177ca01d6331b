"""A snapshot's rows in DuckDB, in the form that is fast to count.

Each population is read from Parquet once, at its first question. A multi-select column becomes the number of its set of
levels: there are few different sets, so one GROUP BY on small integers holds every cell and every margin. A client
becomes a number from 0, so that distinct clients can be found by sorting integers.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import ibis
import numpy as np

from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn

CLIENT = "client"
NO_CLIENT = -1
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
        coded = [column for column in columns if column.kind in (Column.CODE, Column.CODES)]
        file = _text(str(self._snapshot.file(population)))
        with self._connection.cursor() as cursor:
            members = {column.id: _members(cursor, file, column) for column in coded}
            _create(cursor, population, file, columns)
        schema = {column.id: _TYPES[column.kind] for column in columns}
        return StoredTable(ibis.table(schema, name=population.value), members)


def _members(cursor: duckdb.DuckDBPyConnection, file: str, column: SnapshotColumn) -> tuple[tuple[int, ...], ...]:
    """What each number of a coded column stands for. The sets of a multi-select are numbered here."""
    if column.kind is Column.CODE:
        return ((), *((place,) for place in range(len(column.levels))))
    name = _name(column.id)
    cursor.execute(
        f"CREATE TABLE {_sets(column)} AS SELECT row_number() OVER () - 1 AS number, codes FROM "  # noqa: S608
        f"(SELECT DISTINCT coalesce({name}, []) AS codes FROM read_parquet({file}))"
    )
    found = cursor.execute(f"SELECT codes FROM {_sets(column)} ORDER BY number").fetchall()  # noqa: S608
    return tuple(_known(column, codes) for (codes,) in found)


def _known(column: SnapshotColumn, codes: list[int]) -> tuple[int, ...]:
    """The places of a set's levels. A value beside "don't know" says that somebody did know."""
    places = tuple(sorted({code - 1 for code in codes}))
    return tuple(place for place in places if column.levels[place].code not in column.unknown) or places


def _create(
    cursor: duckdb.DuckDBPyConnection, population: Population, file: str, columns: list[SnapshotColumn]
) -> None:
    selected = ", ".join(f"{_selected(column)} AS {_name(column.id)}" for column in columns)
    joins = " ".join(_join(column) for column in columns)
    clients = f"SELECT DISTINCT client AS key FROM read_parquet({file}) WHERE client IS NOT NULL"  # noqa: S608
    cursor.execute(
        f"CREATE TABLE {population.value} AS "  # noqa: S608
        f"WITH numbered AS (SELECT key, row_number() OVER () - 1 AS number FROM ({clients})) "
        f"SELECT {selected} FROM read_parquet({file}) AS t {joins}"
    )


def _selected(column: SnapshotColumn) -> str:
    match column.kind:
        case Column.KEY:
            return f"coalesce(numbered.number, {NO_CLIENT})::INTEGER"
        case Column.CODES:
            return f"{_sets(column)}.number::INTEGER"
        case Column.CODE:
            return f"t.{_name(column.id)}::SMALLINT"
        case Column.DATE:
            return f"t.{_name(column.id)}::DATE"
        case Column.NUMBER:
            return f"t.{_name(column.id)}::DOUBLE"


def _join(column: SnapshotColumn) -> str:
    match column.kind:
        case Column.KEY:
            return "LEFT JOIN numbered ON numbered.key = t.client"
        case Column.CODES:
            return f"JOIN {_sets(column)} ON {_sets(column)}.codes = coalesce(t.{_name(column.id)}, [])"
        case _:
            return ""


def _sets(column: SnapshotColumn) -> str:
    return _name(f"sets of {column.id}")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
