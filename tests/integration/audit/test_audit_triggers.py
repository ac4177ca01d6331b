"""The migration that makes the log append-only, there and back; and the test suite's own way of emptying it."""

from typing import Any

import people
import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from skillnad.audit.actions import record
from skillnad.audit.models import AuditEvent
from skillnad.audit.triggers import lift_triggers, set_triggers

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def refused(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return True
    return False


@pytest.fixture(autouse=True)
def one_event() -> Any:
    return record(by=people.BY, at=people.NOW, action="test.write")


@pytest.mark.parametrize("statement", ["DELETE FROM audit_auditevent", "UPDATE audit_auditevent SET purpose = 'x'"])
def test_triggers_are_set_by_the_migration(statement: str) -> None:
    assert refused(statement)


def test_table_cannot_be_truncated() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    assert refused("TRUNCATE audit_auditevent")


def test_flush_is_refused() -> None:
    with pytest.raises(Exception, match=r"append-only|flush"):
        call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.exists()


def test_triggers_are_lifted_and_set_again() -> None:
    lift_triggers(connection)
    assert not refused("UPDATE audit_auditevent SET purpose = 'x'")
    set_triggers(connection)
    assert refused("UPDATE audit_auditevent SET purpose = 'y'")


def test_migration_goes_back_and_forth() -> None:
    call_command("migrate", "audit", "0001", verbosity=0)
    assert not refused("UPDATE audit_auditevent SET purpose = 'x'")
    call_command("migrate", "audit", verbosity=0)
    assert refused("UPDATE audit_auditevent SET purpose = 'y'")


def test_each_test_starts_with_an_empty_log() -> None:
    assert AuditEvent.objects.count() == 1
