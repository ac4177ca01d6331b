"""Rows of the log on their way in, many at a time: past the models, which take three times as long."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any

from django.db import connection

from skillnad.audit.models import AuditEvent, AuditSubject


@dataclass(frozen=True)
class EventRow:
    """An event as it is stored; `subjects` and `details` are JSON."""

    at: datetime
    by: str
    action: str
    purpose: str
    subject_kind: str
    subjects: str
    details: str
    previous_mac: str
    mac: str


def add_events(rows: Sequence[EventRow], after: int) -> range:
    """In the order given, in the rows after `after`, which are given back. The caller holds the end of the chain."""
    ids = range(after + 1, after + 1 + len(rows))
    adapted: Callable[[datetime], Any] = cache(connection.ops.adapt_datetimefield_value)  # most share one moment
    numbered = ((each, adapted(row.at), *list(vars(row).values())[1:]) for each, row in zip(ids, rows, strict=True))
    _insert(AuditEvent._meta.db_table, ["id", *EventRow.__dataclass_fields__], numbered)
    return ids


def add_people(rows: Iterable[tuple[int, int]]) -> None:
    """(event, keyed name), in the order of the events: a delivery has hundreds of thousands."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is not None:
        _insert(AuditSubject._meta.db_table, ["event_id", "person"], chain([first], waiting))


def _insert(table: str, columns: Sequence[str], rows: Iterator[tuple[Any, ...]]) -> None:
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # type: ignore[arg-type]  # noqa: S608
            return
        with connection.wrap_database_errors, cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
