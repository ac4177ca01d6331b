"""What a database derives from rows: indexes, and on PostgreSQL keys and links, built once after a large load."""

from dataclasses import dataclass

from django.db import connection, models

_MANY = 20_000
_PENDING = "SET CONSTRAINTS ALL IMMEDIATE"
"""What is not yet proved of earlier rows would be in the way of changing their table."""
_READY = (
    _PENDING,
    "SET LOCAL maintenance_work_mem = '256MB'",  # sorts that fit in memory
    "SET LOCAL max_parallel_maintenance_workers = 0",  # rows come sorted by key: more processes only do more work
    "SET LOCAL jit = off",
)
_UNSORTED = "SET LOCAL max_parallel_maintenance_workers = 1"
"""What rows point at is in no order, and a process more sorts it in two thirds of the time."""


@dataclass(frozen=True)
class Aside:
    """What a load is to make again: `again` after its own rows, `links` after the indexes of every table (two sorted
    indexes prove a link in a third of the time of two tables).

    `frozen` says that its rows may be written as long settled ones (COPY's FREEZE), which spares the table from writing
    each page again: so where it is empty, and new in this transaction.
    """

    again: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    frozen: bool = False


def set_aside(model: type[models.Model], added: int) -> Aside:
    """A load that at least doubles a table builds its indexes once, sorted, not row by row; on PostgreSQL its links
    are checked by one join each too, not by a million triggers. SQLite's unique indexes stay.

    Both databases' DROP and CREATE belong to the transaction: a load that is cut off leaves them as they were, and a
    row that should be refused refuses the whole load. PostgreSQL lets nobody read the table meanwhile.
    """
    if added < _MANY or not _rows_at_most(model, added):
        return Aside()
    if connection.vendor == "sqlite":
        drops, again = _sqlite_indexes(model._meta.db_table)
        execute(*drops)
        return Aside(again)
    drops, again, links = _postgresql_derived(model._meta.db_table)
    execute(*drops)
    frozen = _rows_at_most(model, 0)
    if frozen:
        execute(f"TRUNCATE {connection.ops.quote_name(model._meta.db_table)}")
    return Aside(again, links, frozen)


def _rows_at_most(model: type[models.Model], count: int) -> bool:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {table} LIMIT {count + 1}) AS probe")  # noqa: S608
        return int(cursor.fetchone()[0]) <= count


Statements = tuple[str, ...]


def _sqlite_indexes(table: str) -> tuple[Statements, Statements]:
    """What drops the indexes, and what makes them again."""
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql LIKE 'CREATE INDEX%%'"
    with connection.cursor() as cursor:
        indexes = cursor.execute(sql, [table]).fetchall()
    drops = tuple(f"DROP INDEX {connection.ops.quote_name(name)}" for name, _ in indexes)
    return drops, tuple(create for _, create in indexes)


def _postgresql_derived(table: str) -> tuple[Statements, Statements, Statements]:
    """Keys and links are derived too here: what breaks them is refused when they come back. What drops all, what makes
    keys and indexes again, and what makes links."""
    links, keys = _constraints(table, "f"), _constraints(table, "p", "u")
    indexes = _plain_indexes(table)
    dropped = (*(drop for drop, _ in (*links, *keys)), *(f"DROP INDEX {name}" for name, _ in indexes))
    made = (*(add for _, add in keys), _UNSORTED, *(create for _, create in indexes))
    return (_PENDING, *dropped), (*_READY, *made), tuple(add for _, add in links)


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


def execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
