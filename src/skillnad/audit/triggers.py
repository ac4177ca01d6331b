"""The database's own refusal to change or remove an event, for each kind of database."""

from typing import Any

_MESSAGE = "the audit log is append-only"

_SET = {
    "sqlite": [
        f"""CREATE TRIGGER audit_event_{verb.lower()} BEFORE {verb} ON audit_auditevent
            BEGIN SELECT RAISE(ABORT, '{_MESSAGE}'); END"""
        for verb in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{_MESSAGE}'; END $$""",
        """CREATE TRIGGER audit_event_update BEFORE UPDATE OR DELETE ON audit_auditevent
            FOR EACH ROW EXECUTE FUNCTION audit_event_refuse()""",
        """CREATE TRIGGER audit_event_delete BEFORE TRUNCATE ON audit_auditevent
            FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
    ],
}
_LIFT = {
    "sqlite": ["DROP TRIGGER IF EXISTS audit_event_update", "DROP TRIGGER IF EXISTS audit_event_delete"],
    "postgresql": [
        "DROP TRIGGER IF EXISTS audit_event_update ON audit_auditevent",
        "DROP TRIGGER IF EXISTS audit_event_delete ON audit_auditevent",
    ],
}


def set_triggers(connection: Any) -> None:
    """From here on, an event can be added and read."""
    _run(connection, _SET)


def lift_triggers(connection: Any) -> None:
    """For a migration that goes back, and for a test that empties its database."""
    _run(connection, _LIFT)


def _run(connection: Any, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
