"""A log that is followed by two processes: each knows its own part, and together they say what one would."""

import people
import pytest
from django.db import connection

from skillnad.audit.actions import record_many
from skillnad.audit.entries import Entry
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.audit.triggers import lift_triggers, set_triggers
from skillnad.audit.verifying import Verified, verified

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]

EVENTS = 101


@pytest.fixture(autouse=True)
def a_log() -> None:
    read = [Entry("client.read", subject_kind="client", subjects=[number]) for number in range(1, EVENTS + 1)]
    assert record_many(entries=read, by=people.BY, at=people.NOW) == EVENTS


def tamper(statement: str) -> None:
    lift_triggers(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    set_triggers(connection)


def without_rows(found: Verified) -> tuple[int, list[tuple[str, int]], int]:
    return found.events, [(fault.wrong.value, fault.number) for fault in found.faults], found.wrong


def test_two_processes_follow_all_events() -> None:
    assert verify(processes=2) == EVENTS


@pytest.mark.parametrize("place", [1, 50, 51, 100])
def test_two_processes_tell_the_place_in_the_whole_log(place: int) -> None:
    row = AuditEvent.objects.order_by("pk")[place].pk
    tamper(f"UPDATE audit_auditevent SET purpose = 'x' WHERE id = {row}")
    assert without_rows(verified(2)) == (EVENTS, [("changed", place + 1)], 1)


def test_gap_between_the_two_parts_is_told() -> None:
    """Whoever removes the event that the second part should begin after cannot hide it there."""
    first, last = (AuditEvent.objects.order_by(order).values_list("pk", flat=True)[0] for order in ("pk", "-pk"))
    middle = first + (last - first) // 2
    for row in (middle, middle + 1):
        tamper(f"DELETE FROM audit_auditsubject WHERE event_id = {row}")
        tamper(f"DELETE FROM audit_auditevent WHERE id = {row}")
    assert [fault.wrong.value for fault in verified(2).faults] == ["removed"]
    assert without_rows(verified(2)) == without_rows(verified(1))


def test_faults_of_both_parts_are_told() -> None:
    tamper("UPDATE audit_auditevent SET purpose = 'x'")
    found = verified(2)
    assert (found.wrong, len(found.faults)) == (EVENTS, 20)


def test_empty_log_is_followed_by_two() -> None:
    tamper("DELETE FROM audit_auditsubject")
    tamper("DELETE FROM audit_auditevent")
    assert verify(processes=2) == 0
