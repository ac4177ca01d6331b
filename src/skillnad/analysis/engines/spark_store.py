"""A snapshot's rows as Spark sees them, in the form that the expressions of DuckDB's engine are written for.

Nothing is loaded: a table is a view of the Parquet files, of which Spark reads the columns that a question needs. What
comes back to the driver is groups, except where distinct people or occasions are looked for: then it is a row each,
of a few integers.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.engines.spark_pieces import pieces
from skillnad.analysis.engines.spark_session import Frame, Session, failed
from skillnad.analysis.engines.store import CLIENT, NO_CLIENT, Arrays, Members, StoredTable, known
from skillnad.analysis.snapshot import Snapshot, unreadable
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn

_TYPES = {
    Column.KEY: ("int64", "bigint"),
    Column.CODE: ("int16", "smallint"),
    Column.CODES: ("int32", "int"),
    Column.DATE: ("date", "date"),
    Column.NUMBER: ("float64", "double"),
}
"""Of a column: Ibis' type, and Spark's."""
_STORED = {"int64": "bigint", "int32": "int", "int16": "smallint", "double": "double", "date32[day]": "date"}
_SET, _NUMBER = "set_of_{}", "number_of_{}"


class SparkStore:
    """One snapshot in one session, with the multi-selects `sets`: each has to be numbered before it is asked of."""

    def __init__(self, snapshot: Snapshot, session: Session, sets: Sequence[str]) -> None:
        self._snapshot = snapshot
        self._session = session
        self._sets = sets

    def table(self, population: Population, *, keyed: bool = False) -> StoredTable:
        """A population's rows, with its keys whether `keyed` or not. Raises UserError SNAP-004, SPARK-003."""
        pieces(self._snapshot, population)  # every part is there
        held = self._snapshot.table(population).columns.values()
        columns = [column for column in held if column.kind is not Column.CODES or column.id in self._sets]
        parts = self._snapshot.parts(population)
        told = _told(pq.read_schema(parts[0]), self._snapshot.table(population).columns)
        frame = self._session.read.schema(told).parquet(*(_uri(part) for part in parts))
        members: dict[str, Members] = {}
        for column in columns:
            if column.kind is Column.CODES:
                frame, members[column.id] = self._numbered(frame, column, population)
            elif column.kind is Column.CODE:
                members[column.id] = ((), *((place,) for place in range(len(column.levels))))
        name = "_".join([population.value, self._snapshot.id[:16], *self._sets])
        frame.selectExpr(*(_expression(column) for column in columns)).createOrReplaceTempView(name)
        schema = {column.id: _TYPES[column.kind][0] for column in columns}
        return StoredTable(ibis.table(schema, name=name), members, {column.id: column for column in columns})

    def fetch(self, expression: ibis.Table) -> Arrays:
        """The expression's columns, counted; clients as numbers from 0, NO_CLIENT where there is none."""
        found = self._collect(self._session.sql(ibis.pyspark.compile(expression)))
        return {name: _array(name, found.column(name)) for name in found.column_names}

    def _numbered(self, frame: Frame, column: SnapshotColumn, population: Population) -> tuple[Frame, Members]:
        """The frame with each row's set of codes as a number, and the places that each number stands for."""
        key, number = _SET.format(column.id), _NUMBER.format(column.id)
        with_key = frame.selectExpr("*", f"sort_array(array_distinct(coalesce({column.id}, array()))) AS {key}")
        found = self._collect(with_key.select(key).distinct())
        sets = sorted(tuple(codes) for codes in found.column(key).to_pylist())
        numbers = pa.table({key: pa.array(sets, pa.list_(pa.int16())), number: pa.array(range(len(sets)), pa.int32())})
        numbered = with_key.join(self._session.createDataFrame(numbers).hint("broadcast"), key, "left")
        self._check(column, sets, population)
        return numbered, tuple(known(column, list(codes)) for codes in sets)

    def _check(self, column: SnapshotColumn, sets: Sequence[tuple[int, ...]], population: Population) -> None:
        if any(not 1 <= code <= len(column.levels) for codes in sets for code in codes):
            raise unreadable(self._snapshot.file(population))

    def _collect(self, frame: Frame) -> pa.Table:
        try:
            return frame.toArrow()
        except Exception as error:  # Spark's own, or Java's
            raise failed(error) from None


def _uri(part: Path) -> str:
    return part.absolute().as_uri()


def _told(schema: pa.Schema, columns: Iterable[str]) -> str:
    """The columns of the files in Spark's words, so that it need not look for them."""
    return ", ".join(f"`{name}` {_stored(schema.field(name).type)}" for name in columns)


def _stored(held: pa.DataType) -> str:
    return f"array<{_stored(held.value_type)}>" if pa.types.is_list(held) else _STORED[str(held)]


def _expression(column: SnapshotColumn) -> str:
    held = _NUMBER.format(column.id) if column.kind is Column.CODES else column.id
    return f"CAST(`{held}` AS {_TYPES[column.kind][1]}) AS `{column.id}`"


def _array(name: str, column: pa.ChunkedArray) -> "np.ndarray[Any, Any]":
    if name != CLIENT:
        return column.fill_null(0).to_numpy()  # a count of no rows is null in Spark
    _, numbers = np.unique(column.fill_null(0).to_numpy(), return_inverse=True)
    return np.where(column.is_valid().to_numpy(), numbers, NO_CLIENT)
