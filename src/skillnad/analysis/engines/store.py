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
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.snapshot import Snapshot, unreadable
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn

CLIENT = "client"
NO_CLIENT = -1
BITS = 63
"""Of a 64-bit integer: levels 1 … 62 have one each."""
_CODED = (Column.CODE, Column.CODES)
Arrays = Mapping[str, "np.ndarray[Any, Any]"]
Members = tuple[tuple[int, ...], ...]

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
    members: Mapping[str, Members]
    columns: Mapping[str, SnapshotColumn]


class Store:
    """One snapshot in one DuckDB. Several threads may ask: each call has a cursor of its own."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._connection = duckdb.connect(":memory:", config=dict(_SETTINGS))
        self._tables: dict[str, StoredTable] = {}
        self._loading = threading.Lock()

    def table(self, population: Population, *, keyed: bool = False) -> StoredTable:
        """A population's rows; `keyed`, in a table of its own, with the keys that few questions need."""
        name = f"{population.value}_keyed" if keyed else population.value
        with self._loading:
            if name not in self._tables:
                self._tables[name] = self._load(population, name, keyed)
            return self._tables[name]

    def fetch(self, expression: ibis.Table) -> Arrays:
        """The expression's columns, counted."""
        sql = ibis.to_sql(expression, dialect="duckdb")
        with self._connection.cursor() as cursor:
            return cursor.execute(sql).fetchnumpy()

    def close(self) -> None:
        self._connection.close()

    def _load(self, population: Population, name: str, keyed: bool) -> StoredTable:
        stored = self._snapshot.table(population).columns.values()
        columns = [column for column in stored if keyed or column.kind is not Column.KEY or column.id == CLIENT]
        read = _read(self._snapshot.file(population), [column.id for column in columns])
        loaded = {column.id: _loaded(column, read.column(column.id)) for column in columns}
        with self._connection.cursor() as cursor:
            cursor.register("loaded", pa.table({name: numbers for name, (numbers, _) in loaded.items()}))
            cursor.execute(f"CREATE TABLE {name} AS SELECT * FROM loaded")  # noqa: S608
            cursor.unregister("loaded")
        schema = {column.id: _type(column) for column in columns}
        members = {column.id: loaded[column.id][1] for column in columns if column.kind in _CODED}
        return StoredTable(ibis.table(schema, name=name), members, {column.id: column for column in columns})


def _read(file: Path, columns: list[str]) -> pa.Table:
    try:
        return pq.read_table(file, columns=columns)
    except (OSError, pa.ArrowException):
        raise unreadable(file) from None


def _loaded(column: SnapshotColumn, read: pa.ChunkedArray) -> tuple[pa.ChunkedArray | pa.Array, Members]:
    """A column as it is counted, and for a coded one what its numbers stand for."""
    match column.kind:
        case Column.KEY:
            return (_numbered_clients(read) if column.id == CLIENT else read.cast(pa.int64())), ()
        case Column.CODE:
            return read.cast(pa.int16()), ((), *((place,) for place in range(len(column.levels))))
        case Column.CODES:
            numbers, sets = _numbered_sets(column, read)
            return numbers, tuple(known(column, codes) for codes in sets)
        case Column.DATE:
            return read.cast(pa.date32()), ()
        case Column.NUMBER:
            return read.cast(pa.float64()), ()


def _type(column: SnapshotColumn) -> str:
    return "int64" if column.kind is Column.KEY and column.id != CLIENT else _TYPES[column.kind]


def _numbered_clients(read: pa.ChunkedArray) -> pa.Array:
    """Pseudonyms as numbers from 0; NO_CLIENT where there is none."""
    known = read.is_valid().to_numpy()
    _, numbers = np.unique(read.fill_null(0).to_numpy(), return_inverse=True)
    return pa.array(np.where(known, numbers, NO_CLIENT).astype(np.int32))


def _numbered_sets(column: SnapshotColumn, read: pa.ChunkedArray) -> tuple[pa.Array, list[list[int]]]:
    """Each row's set of codes as a number, and the codes of each number. A set is first an integer with a bit for each
    code, which sorts fast; where the codes are too many for that, a text."""
    lengths = read.combine_chunks().value_lengths().fill_null(0).to_numpy()
    codes = pa.chunked_array([chunk.flatten() for chunk in read.chunks], pa.int16()).to_numpy().astype(np.int64)
    if len(column.levels) >= BITS:
        return _numbered_lists(np.split(codes, np.cumsum(lengths)[:-1]))
    keys = np.zeros(len(lengths), np.int64)
    starts = np.cumsum(lengths) - lengths
    if len(codes):
        keys[lengths > 0] = np.bitwise_or.reduceat(np.int64(1) << codes, starts[lengths > 0])
    found, numbers = np.unique(keys, return_inverse=True)
    return pa.array(numbers.astype(np.int32)), [[code for code in range(1, BITS) if key >> code & 1] for key in found]


def _numbered_lists(lists: "list[np.ndarray[Any, Any]]") -> tuple[pa.Array, list[list[int]]]:
    sets = [tuple(sorted(set(codes.tolist()))) for codes in lists]
    places = {codes: place for place, codes in enumerate(dict.fromkeys(sets))}
    return pa.array([places[codes] for codes in sets], pa.int32()), [list(codes) for codes in places]


def known(column: SnapshotColumn, codes: list[int]) -> tuple[int, ...]:
    """The places of a set's levels. A value beside "don't know" says that somebody did know."""
    places = tuple(sorted({code - 1 for code in codes}))
    return tuple(place for place in places if column.levels[place].code not in column.unknown) or places
