"""The log: added to, read, shown to be whole, and never changed."""

from datetime import timedelta
from typing import Any

import people
import pytest
from django.db import DatabaseError, connection, transaction

from skillnad.audit.actions import record
from skillnad.audit.checkpoints import Checkpoint
from skillnad.audit.models import AppendOnly, AuditEvent
from skillnad.audit.queries import checkpoint, verify
from skillnad.audit.triggers import lift_triggers, set_triggers
from skillnad.lib.errors import UserError

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def an_event(number: int = 0, **values: Any) -> AuditEvent:
    row = {"by": people.BY, "at": people.NOW + timedelta(minutes=number), "action": "test.read", **values}
    return record(**row)


@pytest.fixture
def three_events() -> list[AuditEvent]:
    return [an_event(number, subjects=[number]) for number in range(3)]


def tamper(statement: str, *values: Any) -> None:
    """What someone who owns the database can do."""
    lift_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
    set_triggers(connection)


def test_empty_log_is_whole() -> None:
    assert verify() == 0
    assert checkpoint() == Checkpoint(0, "")


def test_untouched_log_is_whole(three_events: list[AuditEvent]) -> None:
    assert verify() == 3


def test_each_event_follows_the_one_before(three_events: list[AuditEvent]) -> None:
    first, second, third = three_events
    assert (first.previous_mac, second.previous_mac, third.previous_mac) == ("", first.mac, second.mac)


def test_details_are_sealed_as_they_are_read_back() -> None:
    an_event(details={"b": (1, 2), "a": {3: "å"}, "none": None}, subjects=range(2))
    assert verify() == 1


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("by", "account:99"),
        ("action", "test.other"),
        ("purpose", "annat"),
        ("subject_kind", "client"),
        ("subjects", "[7]"),
        ("details", '{"rows": 1}'),
        ("at", "2026-03-02 09:31:00.000001+00:00"),
    ],
)
def test_changed_column_is_found(three_events: list[AuditEvent], column: str, value: str) -> None:
    tamper(f'UPDATE audit_auditevent SET "{column}" = %s WHERE id = %s', value, three_events[1].pk)
    with pytest.raises(UserError, match=r"AUD-001 logg, händelse 2 \(rad"):
        verify()


def test_cut_end_is_found_by_a_checkpoint_only(three_events: list[AuditEvent]) -> None:
    kept = checkpoint()
    tamper("DELETE FROM audit_auditevent WHERE id = %s", three_events[2].pk)
    assert verify() == 2
    with pytest.raises(UserError, match="AUD-006"):
        verify(since=[kept])


def test_log_that_goes_on_still_passes_its_checkpoint(three_events: list[AuditEvent]) -> None:
    kept = checkpoint()
    an_event(4)
    assert verify(since=[kept]) == 4


def test_python_refuses_to_change_an_event(three_events: list[AuditEvent]) -> None:
    event = three_events[0]
    for change in (event.save, event.delete, AuditEvent.objects.all().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        AuditEvent.objects.update(action="x")
    with pytest.raises(AppendOnly):
        AuditEvent.objects.bulk_update([event], ["action"])


@pytest.mark.parametrize("statement", ["UPDATE audit_auditevent SET action = 'x'", "DELETE FROM audit_auditevent"])
def test_database_refuses_to_change_an_event(three_events: list[AuditEvent], statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="the audit log is append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify() == 3


@pytest.mark.parametrize("missing", ["by", "action"])
def test_event_names_who_and_what(missing: str) -> None:
    with pytest.raises(DatabaseError):
        an_event(**{missing: ""})


def test_event_leaves_with_the_work_it_tells_of() -> None:
    with transaction.atomic():
        an_event()
        transaction.set_rollback(True)
    assert verify() == 0
