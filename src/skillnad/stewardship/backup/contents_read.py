"""What a database holds, read from the outside: the same questions before a backup and after a restore."""

from dataclasses import dataclass
from typing import Any

_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    "postgresql": "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\"",
}


@dataclass(frozen=True)
class Held:
    """`rows` of each table, the applied `migrations` ("app.name"), and the seal of the log's last event."""

    rows: dict[str, int]
    migrations: tuple[str, ...]
    log_end: str


def held(connection: Any, vendor: str) -> Held:
    """`connection` is sqlite3's or psycopg's. An empty database holds no tables."""
    rows = {name: _count(connection, name) for name in tables(connection, vendor)}
    if "django_migrations" not in rows or "audit_auditevent" not in rows:
        return Held(rows, (), "")
    migrations = connection.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall()
    end = connection.execute("SELECT mac FROM audit_auditevent ORDER BY id DESC LIMIT 1").fetchone()
    return Held(rows, tuple(sorted(f"{app}.{name}" for app, name in migrations)), end[0] if end else "")


def tables(connection: Any, vendor: str) -> list[str]:
    return [name for (name,) in connection.execute(_TABLES[vendor]).fetchall()]


def _count(connection: Any, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(connection.execute(f'SELECT count(*) FROM "{quoted}"').fetchone()[0])  # noqa: S608 (the catalogue's name)
