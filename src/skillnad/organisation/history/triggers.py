"""The database's own refusal to change or remove what has been said of the tree, for each kind of database."""

from collections.abc import Iterator
from typing import Any

TABLES = ("organisation_unitrecord", "organisation_successionrecord")
_MESSAGE = "the history of the organisation is append-only"
_REFUSE = f"""CREATE OR REPLACE FUNCTION organisation_history_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"""


def set_triggers(connection: Any) -> None:
    """From here on, a row can be added and read."""
    _run(connection, _set(connection.vendor))


def lift_triggers(connection: Any) -> None:
    """For a migration that goes back, and for a test that empties its database."""
    for table in TABLES:
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        _run(connection, (f"DROP TRIGGER IF EXISTS {table}_{verb}{of_table}" for verb in ("update", "delete")))


def _set(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield _REFUSE
    for table in TABLES:
        yield from (_on_sqlite(table) if vendor == "sqlite" else _on_postgresql(table))


def _on_sqlite(table: str) -> Iterator[str]:
    for verb in ("update", "delete"):
        yield f"CREATE TRIGGER {table}_{verb} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"


def _on_postgresql(table: str) -> Iterator[str]:
    for name, when in (("update", "UPDATE OR DELETE"), ("delete", "TRUNCATE")):
        each = "ROW" if name == "update" else "STATEMENT"
        refuse = "EXECUTE FUNCTION organisation_history_refuse()"
        yield f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each} {refuse}"


def _run(connection: Any, statements: Iterator[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
