"""Whole frames in and out of the database, through Django's own connection and in its transaction.

A second SQLite library in the process would drop this connection's locks, so rows are read with plain cursors and
written with executemany (SQLite) or COPY (PostgreSQL): fifteen times faster than the ORM, and still one transaction.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import polars as pl
from django.db import connection, models

_SLICE = 50_000
_MANY = 20_000
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


def insert(model: type[models.Model], frame: pl.DataFrame) -> None:
    """Add every row of `frame`, whose columns are named as the table's."""
    if not frame.height:
        return
    table, columns = _quoted(model._meta.db_table), ", ".join(_quoted(name) for name in frame.columns)
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * frame.width)
        with _indexes_built_after(model, frame.height):
            _executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", frame)  # noqa: S608
    else:
        with _links_checked_after(model, frame.height):
            _copy(f"COPY {table} ({columns}) FROM STDIN WITH (FORMAT csv)", frame)


@contextmanager
def _links_checked_after(model: type[models.Model], added: int) -> Iterator[None]:
    """As `_indexes_built_after`, for PostgreSQL's foreign keys: one join checks what a million triggers would.

    Within the transaction too: a link that leads nowhere refuses the whole load.
    """
    table = _quoted(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {added + 1}) AS probe")  # noqa: S608
        many = added >= _MANY and cursor.fetchone()[0] <= added
        links: list[tuple[str, str]] = []
        if many:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what is pending would be in the way
            sql = "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            sql += "WHERE contype = 'f' AND conrelid = %s::regclass"
            cursor.execute(sql, [table])
            links = cursor.fetchall()
        for name, _ in links:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {_quoted(name)}")
    yield
    with connection.cursor() as cursor:
        for name, definition in links:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {_quoted(name)} {definition}")


@contextmanager
def _indexes_built_after(model: type[models.Model], added: int) -> Iterator[None]:
    """A load that at least doubles a table builds its plain indexes once, sorted, not row by row: twice as fast.

    SQLite's DROP and CREATE belong to the transaction, so a load that is cut off leaves them as they were. Unique
    indexes stay, and refuse what they should.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {_quoted(table)} LIMIT {added + 1})")  # noqa: S608
        many = added >= _MANY and cursor.fetchone()[0] <= added
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'"
        indexes = cursor.execute(sql, [table]).fetchall() if many else []
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {_quoted(name)}")
    yield
    with connection.cursor() as cursor:
        for _, create in indexes:
            cursor.execute(create)


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
        _copy(f"COPY delivered ({columns}) FROM STDIN WITH (FORMAT csv)", frame)
        cursor.execute(f"UPDATE {table} SET {sets} FROM delivered WHERE {table}.id = delivered.id")  # noqa: S608
        cursor.execute("DROP TABLE delivered")


def _executemany(sql: str, frame: pl.DataFrame) -> None:
    with connection.cursor() as cursor:
        rows = frame.with_columns(pl.col(pl.Date).cast(pl.String)).iter_rows(buffer_size=4096)
        cursor.executemany(sql, rows)  # type: ignore[arg-type]  # any iterable will do, and a million rows need no list


def _copy(sql: str, frame: pl.DataFrame) -> None:
    with connection.cursor() as cursor, cursor.cursor.copy(sql) as copy:
        for piece in _as_csv(frame):
            copy.write(piece)


def _as_csv(frame: pl.DataFrame) -> Iterator[bytes]:
    """CSV as COPY reads it: nothing is NULL, `""` is the empty text, bytes are hexadecimal."""
    binary = [name for name, kind in frame.schema.items() if kind == pl.Binary]
    for part in frame.iter_slices(_SLICE):
        digits = [pl.concat_str(pl.lit("\\x"), pl.col(name).bin.encode("hex")).alias(name) for name in binary]
        buffer = io.BytesIO()
        part.with_columns(digits).write_csv(buffer, include_header=False)
        yield buffer.getvalue()


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
