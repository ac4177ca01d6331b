"""The log as it is stored, row by row and with nothing made of it. No Django: a process of its own can read it.

Both databases give texts: a moment in UTC, and JSON as the database writes it.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg

Row = tuple[int, str, str, str, str, str, str, str, str, str]
"""id, at, by, action, purpose, subject_kind, subjects, details, previous_mac, mac."""

_ROWS = 20_000  # at a time, from a server
_AT = {
    "sqlite": "at || ''",  # without the type of the column, which some connections would make a moment of
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
}
_JSON = {"sqlite": "{} || ''", "postgresql": "{}::text"}


@dataclass(frozen=True)
class Database:
    """Which database, and how a process of its own reaches it. Printing it leaves the password out."""

    vendor: str
    reached: Mapping[str, Any] = field(repr=False)


@contextmanager
def opened(database: Database) -> Iterator[Any]:
    """A connection that only reads, and sees the log as it was at one moment."""
    if database.vendor == "sqlite":
        file = sqlite3.connect(f"file:{quote(str(database.reached['path']))}?mode=ro", uri=True)
        try:
            yield file
        finally:
            file.close()
        return
    with psycopg.connect(**database.reached) as server:
        server.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield server


def database_of(connection: Any) -> Database:
    """How another process reaches what Django's `connection` reaches."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return Database("sqlite", {"path": Path(settings["NAME"])})
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return Database("postgresql", {word: settings[name] for name, word in names.items() if settings[name]})


def events(connection: Any, vendor: str, after: int, last: int) -> Iterator[Row]:
    """The events of rows `after`+1 to `last`."""
    subjects, details = (_JSON[vendor].format(name) for name in ("subjects", "details"))
    told = f'{_AT[vendor]}, "by", action, purpose, subject_kind, {subjects}, {details}, previous_mac, mac'
    sql = f"SELECT id, {told} FROM audit_auditevent WHERE id > {after:d} AND id <= {last:d} ORDER BY id"  # noqa: S608
    return _streamed(connection, vendor, sql, "log_events")


def people(connection: Any, vendor: str, after: int, last: int) -> Iterator[tuple[int, int]]:
    """(event, keyed name) of the same rows, as they were added."""
    between = f"event_id > {after:d} AND event_id <= {last:d}"
    sql = f"SELECT event_id, person FROM audit_auditsubject WHERE {between} ORDER BY id"  # noqa: S608
    return _streamed(connection, vendor, sql, "log_people")


def _streamed(connection: Any, vendor: str, sql: str, name: str) -> Iterator[Any]:
    """Row by row, on a server by a cursor of its own there: the log need not fit in memory."""
    if vendor == "sqlite":
        yield from connection.execute(sql)
        return
    with connection.cursor(name=name, withhold=connection.autocommit) as cursor:
        cursor.itersize = _ROWS
        cursor.execute(sql)
        yield from cursor
