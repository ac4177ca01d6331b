"""What a database derives from rows: indexes, and on PostgreSQL keys and links, built once after a large load."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models

_MANY = 20_000
_SORT_MEMORY = "256MB"


@contextmanager
def derived_afterwards(model: type[models.Model], added: int) -> Iterator[bool]:
    """A load that at least doubles a table builds its indexes once, sorted, not row by row; on PostgreSQL its links
    are checked by one join each too, not by a million triggers. SQLite's unique indexes stay.

    Both databases' DROP and CREATE belong to the transaction: a load that is cut off leaves them as they were, and a
    row that should be refused refuses the whole load. PostgreSQL lets nobody read the table meanwhile. Gives whether
    its rows may be written as long settled ones (COPY's FREEZE), which spares it from writing each page again: so
    where the table is empty, and new in this transaction.
    """
    if added < _MANY or not _rows_at_most(model, added):
        yield False
        return
    derived = _sqlite_derived if connection.vendor == "sqlite" else _postgresql_derived
    drops, again = derived(model._meta.db_table)
    _execute(drops)
    frozen = connection.vendor == "postgresql" and _rows_at_most(model, 0)
    if frozen:
        _execute([f"TRUNCATE {connection.ops.quote_name(model._meta.db_table)}"])
    yield frozen
    _execute(again)


def _rows_at_most(model: type[models.Model], count: int) -> bool:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {count + 1}) AS probe")  # noqa: S608
        return int(cursor.fetchone()[0]) <= count


def _sqlite_derived(table: str) -> tuple[list[str], list[str]]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'"
    with connection.cursor() as cursor:
        indexes = cursor.execute(sql, [table]).fetchall()
    return [f"DROP INDEX {connection.ops.quote_name(name)}" for name, _ in indexes], [create for _, create in indexes]


def _postgresql_derived(table: str) -> tuple[list[str], list[str]]:
    """Keys and links are derived too here: what breaks them is refused when they come back. What is pending of earlier
    links would be in the way, and sorts that fit in memory are worth asking for. Rows come nearly sorted, so that a
    server that sorts them in several processes does twice the work, of which the import's own is in need."""
    links, keys = _constraints(table, "f"), _constraints(table, "p", "u")
    indexes = _plain_indexes(table)
    return (
        [
            "SET CONSTRAINTS ALL IMMEDIATE",
            *(drop for drop, _ in (*links, *keys)),
            *(f"DROP INDEX {name}" for name, _ in indexes),
        ],
        [
            f"SET LOCAL maintenance_work_mem = '{_SORT_MEMORY}'",
            "SET LOCAL max_parallel_maintenance_workers = 0",
            "SET LOCAL jit = off",
            *(add for _, add in keys),
            *(create for _, create in indexes),
            *(add for _, add in links),  # last: two sorted indexes prove a link in a third of the time of two tables
        ],
    )


def _constraints(table: str, *kinds: str) -> list[tuple[str, str]]:
    """What drops and what adds each key of the table (`p`, `u`), or each link to or from it (`f`)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype = ANY(%s) AND (conrelid = %s::regclass OR contype = 'f' AND confrelid = %s::regclass) "
            "ORDER BY oid",
            [list(kinds), *[connection.ops.quote_name(table)] * 2],
        )
        found = [(f"ALTER TABLE {of}", connection.ops.quote_name(name), text) for of, name, text in cursor.fetchall()]
    return [(f"{alter} DROP CONSTRAINT {name}", f"{alter} ADD CONSTRAINT {name} {text}") for alter, name, text in found]


def _plain_indexes(table: str) -> list[tuple[str, str]]:
    """The name and definition of each index that is no key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
            "WHERE NOT indisunique AND indrelid = %s::regclass",
            [connection.ops.quote_name(table)],
        )
        return [(str(name), str(text)) for name, text in cursor.fetchall()]


def _execute(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
