"""Which stored values are sealed, with which keys, and one batch of them sealed anew.

A value is known by its row and, for reading, by what it was sealed to. Nothing here opens one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models

from skillnad.audit.writing import writing
from skillnad.collection.models import FreeAnswer
from skillnad.collection.storing import seal_kind
from skillnad.lib.sealing import IDENTITY
from skillnad.organisation.second_factor import factors_by_key
from skillnad.register.models import Client

MANY = 1_000
"""Rows a transaction: some hundredths of a second that others wait."""
_KEY = "substr({}, 2, 4)"  # after the version's byte (lib.sealing); both databases count from one


@dataclass(frozen=True)
class Sealed:
    """A stored value; printing it shows nothing that is stored."""

    row: int
    to: int
    kind: str
    value: bytes

    def __repr__(self) -> str:
        return f"Sealed(row={self.row})"


@dataclass(frozen=True)
class Column:
    """A column of sealed values. `to` is the column of the number that each is sealed to, `item` that of which its
    kind is made."""

    name: str
    model: type[models.Model]
    value: str
    to: str
    item: str | None = None
    kind: Callable[[str], str] = lambda item: IDENTITY

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        return _KEY.format(self.value)


COLUMNS = (
    Column("identities", Client, "identity_sealed", "pseudonym"),
    Column("free_answers", FreeAnswer, "text_sealed", "submission_id", "item", seal_kind),
)
"""What an installation seals and keeps in columns of their own; one-time codes' secrets are allauth's
(`organisation.second_factor`). A session keeps a login's token as well, for as long as the login lasts."""

Counts = Mapping[str, Mapping[str, int]]
"""By column, by key: how many values."""


def sealed_counts() -> Counts:
    return {**{column.name: dict(_counted(column)) for column in COLUMNS}, "second_factors": factors_by_key()}


def _counted(column: Column) -> Iterator[tuple[str, int]]:
    sql = f"SELECT {column.key}, count(*) FROM {column.table} WHERE {column.value} IS NOT NULL GROUP BY 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from ((bytes(key).hex(), count) for key, count in cursor.fetchall())


def sealed_with(column: Column, keys: Sequence[str], after: int) -> list[Sealed]:
    """The first MANY values of these keys in rows past `after`, in the order of their rows."""
    told, item = ", ".join(["%s"] * len(keys)), column.item or "''"
    sql = (
        f"SELECT id, {column.to}, {item}, {column.value} FROM {column.table} "  # noqa: S608
        f"WHERE id > %s AND {column.key} IN ({told}) ORDER BY id LIMIT {MANY}"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [after, *(bytes.fromhex(key) for key in keys)])
        return [Sealed(row, to, column.kind(item), bytes(value)) for row, to, item, value in cursor.fetchall()]


def replace(column: Column, fresh: Sequence[tuple[Sealed, bytes]]) -> int:
    """Put the new values in the place of the old, in a transaction of its own; says how many.

    A row whose value is no longer the old one is left, and so is, on PostgreSQL, one that somebody is writing: nobody
    waits for a batch, and a batch waits for nobody.
    """
    if not fresh:
        return 0
    sql = f"UPDATE {column.table} SET {column.value} = %s WHERE id = %s AND {column.value} = %s"  # noqa: S608
    with writing(), connection.cursor() as cursor:
        free = _free(cursor, column, [old.row for old, _ in fresh])
        changes = [(new, old.row, old.value) for old, new in fresh if old.row in free]
        if changes:
            cursor.executemany(sql, changes)
        return cursor.rowcount if changes else 0


def _free(cursor: Any, column: Column, rows: list[int]) -> set[int]:
    """Those that nobody holds, held by this transaction from now on."""
    if connection.vendor != "postgresql":
        return set(rows)
    sql = f"SELECT id FROM {column.table} WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE SKIP LOCKED"  # noqa: S608
    cursor.execute(sql, [rows])
    return {row for (row,) in cursor.fetchall()}
