"""The database's own refusal to change or remove what is in the log, for each kind of database."""

from collections.abc import Iterator, Sequence
from typing import Any

_MESSAGE = "the audit log is append-only"
EVENTS, SUBJECTS = "audit_auditevent", "audit_auditsubject"
_REFUSE = f"""CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$"""


def set_triggers(connection: Any, tables: Sequence[str] = (EVENTS, SUBJECTS)) -> None:
    """From here on, a row can be added and read."""
    if connection.vendor == "postgresql":
        _run(connection, [_REFUSE])
    for table in tables:
        _run(connection, _set(connection.vendor, table))


def lift_triggers(connection: Any, tables: Sequence[str] = (EVENTS, SUBJECTS)) -> None:
    """For a migration that goes back, and for a test that empties its database."""
    for table in tables:
        of_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        _run(connection, [f"DROP TRIGGER IF EXISTS {name}{of_table}" for name in _names(table)])


def _names(table: str) -> tuple[str, str]:
    short = table.replace("audit_audit", "audit_")
    return f"{short}_update", f"{short}_delete"


def _set(vendor: str, table: str) -> Iterator[str]:
    update, delete = _names(table)
    if vendor == "sqlite":
        for name, verb in ((update, "UPDATE"), (delete, "DELETE")):
            yield f"CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"
        return
    for name, when in ((update, "UPDATE OR DELETE"), (delete, "TRUNCATE")):
        each = "ROW" if name == update else "STATEMENT"
        yield f"CREATE TRIGGER {name} BEFORE {when} ON {table} FOR EACH {each} EXECUTE FUNCTION audit_event_refuse()"


def _run(connection: Any, statements: Iterator[str] | Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
