"""Whole frames in and out of the database, through Django's own connection and in its transaction.

A second SQLite library in the process would drop this connection's locks, so rows are read with plain cursors and
written with executemany (SQLite) or COPY (PostgreSQL): fifteen times faster than the ORM, and still one transaction.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import Any

import polars as pl
from django.db import connection, models

from skillnad.register.imports.copying import copy
from skillnad.register.imports.derived import execute, set_aside
from skillnad.register.imports.writer import Writer

_SLICE = 50_000
_SENT = 20_000  # rows at a time: few enough to stay in the processor's own memory on their way
_VALUES = 300  # of one INSERT; more at a time gains nothing
_IMPORTING = 7_319_502_119  # any number of our own: PostgreSQL's name for the lock of imports
_CACHE_KIBIBYTES = -256 * 1024  # negative is SQLite's way of saying kibibytes, not pages


def read_frame(sql: str, parameters: Sequence[Any], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    """The rows of a query; `schema` names and types its columns."""
    parts = []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_SLICE):
            parts.append(pl.DataFrame(rows, schema=schema, orient="row"))
    return pl.concat(parts) if parts else pl.DataFrame(schema=schema)


@contextmanager
def large_cache() -> Iterator[None]:
    """Room for the indexes while many rows are added; SQLite's 2 MB make each row a read from disk."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA cache_size")
        before = int(cursor.fetchone()[0])
        cursor.execute(f"PRAGMA cache_size = {_CACHE_KIBIBYTES}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {before}")


def one_at_a_time() -> None:
    """Wait for imports that are under way: two that bring the same new person must meet in one client.

    On SQLite a write transaction is alone as it is.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORTING])


def hexadecimal(column: str) -> str:
    """SQL: a binary column as lower-case hexadecimal digits."""
    return f"lower(hex({column}))" if connection.vendor == "sqlite" else f"encode({column}, 'hex')"


def reserve_ids(model: type[models.Model], count: int) -> int:
    """The first of `count` row ids that no one else will be given. The caller holds the write transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
            return int(cursor.fetchone()[0]) + 1
        # Both in one statement would still not be one step for other sessions: the table's own lock is.
        cursor.execute(f"LOCK TABLE {_quoted(table)} IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [table])
        first = int(cursor.fetchone()[0])
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first + count - 1])
        return first


Finish = Callable[[pl.DataFrame], pl.DataFrame]
"""What is left to do with rows just before they are sent."""


def insert(
    model: type[models.Model], frame: pl.DataFrame, finish: Finish | None = None, writes: Writer | None = None
) -> None:
    """Add every row of `frame`, whose columns are then named as the table's. What is derived of many rows is made
    after them, or left to `writes` for when nothing else is to be done."""
    if not frame.height:
        return
    rows = finish(frame) if finish else frame
    table = _quoted(model._meta.db_table)
    aside = set_aside(model, rows.height)
    if connection.vendor == "sqlite":
        columns = ", ".join(_quoted(name) for name in rows.columns)
        _insert_many(f"INSERT INTO {table} ({columns}) VALUES", rows)
    else:
        copy(rows.iter_slices(_SENT), model, table, frozen=aside.frozen)
    writes = writes or Writer(None)
    for statement in aside.again:
        writes.put_off(partial(execute, statement))
    for statement in aside.links:
        writes.put_off(partial(execute, statement), last=True)


def update(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Set the columns of `frame` on the rows that its column `id` names."""
    names = [name for name in frame.columns if name != "id"]
    if not frame.height or not names:
        return
    table = _quoted(model._meta.db_table)
    if connection.vendor == "sqlite":
        sets = ", ".join(f"{_quoted(name)} = %s" for name in names)
        _executemany(f"UPDATE {table} SET {sets} WHERE id = %s", frame.select(*names, "id"))  # noqa: S608
        return
    columns = ", ".join(_quoted(name) for name in frame.columns)
    sets = ", ".join(f"{_quoted(name)} = delivered.{_quoted(name)}" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE delivered ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")  # noqa: S608
        copy(frame.iter_slices(_SENT), model, "delivered")
        cursor.execute(f"UPDATE {table} SET {sets} FROM delivered WHERE {table}.id = delivered.id")  # noqa: S608
        cursor.execute("DROP TABLE delivered")


def remove(model: type[models.Model], ids: pl.Series) -> None:
    """The rows with these ids."""
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"DELETE FROM {table} WHERE id = %s", [(id,) for id in ids])  # noqa: S608
        elif len(ids):  # of the column's own type: else each row is compared with every id
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY(%s::bigint[])", [ids.to_list()])  # noqa: S608


def _insert_many(sql: str, frame: pl.DataFrame) -> None:
    """Some rows a statement: SQLite notes the table's latest id at the end of each, which costs as much as a row."""
    frame = frame.with_columns(pl.col(pl.Date).cast(pl.String))
    together = max(1, _VALUES // frame.width)
    whole = frame.height // together * together
    row = f"({', '.join(['%s'] * frame.width)})"
    with connection.cursor() as cursor:
        cursor.executemany(f"{sql} {', '.join([row] * together)}", _values(frame.head(whole), together))  # type: ignore[arg-type]
        cursor.executemany(f"{sql} {row}", frame.slice(whole).rows())


def _values(frame: pl.DataFrame, together: int) -> Iterator[list[object]]:
    """The values of so many rows at a time, one after another."""
    count = frame.width * together
    for part in frame.iter_slices(together * 200):
        values = list(chain.from_iterable(zip(*(column.to_list() for column in part), strict=True)))
        for place in range(0, len(values), count):
            yield values[place : place + count]


def _executemany(sql: str, frame: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        rows = frame.with_columns(pl.col(pl.Date).cast(pl.String)).iter_rows(buffer_size=4096)
        cursor.executemany(sql, rows)  # type: ignore[arg-type]  # any iterable will do, and a million rows need no list


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
