"""What someone who owns the database can do to the log, and cannot hide: each way is found, and told where."""

from collections.abc import Iterator
from typing import Any

import people
import pytest
from django.db import connection

from skillnad.audit.actions import record_many
from skillnad.audit.entries import Entry
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import checkpoint, verify
from skillnad.audit.triggers import lift_triggers, set_triggers
from skillnad.audit.verifying import verified
from skillnad.lib.errors import UserError

pytestmark = [pytest.mark.django_db, pytest.mark.database]

EVENTS, ROW = "audit_auditevent", "at, by, action, purpose, subject_kind, subjects, details"


@pytest.fixture(autouse=True)
def ten_events() -> Iterator[None]:
    """Each reads a person, and the tenth is a delivery of three."""
    read = [Entry("client.read", subject_kind="client", subjects=[number]) for number in range(1, 10)]
    record_many(entries=[*read, Entry("register.import", people=[1, 2, 3])], by=people.BY, at=people.NOW)
    lift_triggers(connection)
    yield
    set_triggers(connection)


def rows() -> list[int]:
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


def run(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.replace('"by"', "by").replace(" by,", ' "by",'), values)


def remove(place: int) -> None:
    """The `place`th event, and what is listed beside it: `place` counts from 1."""
    row = rows()[place - 1]
    run("DELETE FROM audit_auditsubject WHERE event_id = %s", row)
    run(f"DELETE FROM {EVENTS} WHERE id = %s", row)


def found() -> list[tuple[str, int]]:
    return [(fault.wrong.value, fault.number) for fault in verified().faults]


def test_untouched_log_has_no_fault() -> None:
    assert verified().events == 10
    assert found() == []


@pytest.mark.parametrize("place", [1, 2, 5, 9])
def test_removed_event_is_told_by_the_one_after_it(place: int) -> None:
    remove(place)
    assert found() == [("removed", place)]


def test_several_removed_in_a_row_are_one_gap() -> None:
    remove(4)
    remove(4)
    assert found() == [("removed", 4)]


def test_first_event_that_was_never_first_is_told() -> None:
    remove(1)
    with pytest.raises(UserError, match=r"AUD-002 logg, händelse 1 \(rad \d+, 2026-03-02 09:30 UTC\)"):
        verify()


@pytest.mark.parametrize("place", [1, 4, 10])
def test_changed_event_is_told(place: int) -> None:
    run(f"UPDATE {EVENTS} SET purpose = 'x' WHERE id = %s", rows()[place - 1])
    assert found() == [("changed", place)]


def test_changed_seal_is_told_where_it_is_and_where_it_was_followed() -> None:
    run(f"UPDATE {EVENTS} SET mac = %s WHERE id = %s", "0" * 64, rows()[3])
    assert found() == [("changed", 4), ("removed", 5)]


def move(row: int, to: int) -> None:
    run(f"UPDATE {EVENTS} SET id = %s WHERE id = %s", to, row)
    run("UPDATE audit_auditsubject SET event_id = %s WHERE event_id = %s", to, row)


def test_two_events_that_changed_places_are_told() -> None:
    fourth, fifth = rows()[3:5]
    move(fourth, 10_000)
    move(fifth, fourth)
    move(10_000, fifth)
    assert [one for one in found() if one[0] == "moved"] == [("moved", 4), ("moved", 5), ("moved", 6)]


def test_event_that_was_moved_to_the_end_is_told() -> None:
    move(rows()[3], 10_000)
    assert [one for one in found() if one[0] == "moved"] == [("moved", 4), ("moved", 10)]


def make_room(after: int) -> int:
    """A row id between two events."""
    row = rows()[after - 1]
    run(f"UPDATE {EVENTS} SET id = -id WHERE id > %s", row)
    run(f"UPDATE {EVENTS} SET id = -id + 1 WHERE id < 0")
    run("UPDATE audit_auditsubject SET event_id = event_id + 1 WHERE event_id > %s", row)
    return row + 1


@pytest.mark.parametrize("after", [1, 5, 9])
def test_inserted_event_is_told(after: int) -> None:
    row = make_room(after)
    values = f"SELECT {row}, {ROW}, 'x', 'y' FROM {EVENTS} WHERE id = {rows()[0]}"
    run(f"INSERT INTO {EVENTS} (id, {ROW}, previous_mac, mac) {values}")
    assert ("inserted", after + 1) in found()
    assert {number for _, number in found()} == {after + 1}


@pytest.mark.parametrize("cut", [1, 3, 10])
def test_cut_end_is_told_by_the_checkpoint(cut: int) -> None:
    kept = checkpoint()
    for _ in range(cut):
        remove(len(rows()))
    assert found() == []
    with pytest.raises(UserError, match="AUD-006 kontrollpunkt rad") as refused:
        verify(since=[kept])
    end = f"rad {rows()[-1]}" if rows() else "ingen händelse alls"
    assert f"det sista i loggen är {end}" in str(refused.value)


def test_log_that_was_written_anew_does_not_go_through_the_checkpoint() -> None:
    kept, last = checkpoint(), rows()[-1]
    remove(10)
    row = AuditEvent.objects.get(pk=record_and_row("something.else"))
    move(row.pk, last)
    assert found() == []
    with pytest.raises(UserError, match="på dess rad står en annan händelse"):
        verify(since=[kept])


def record_and_row(action: str) -> int:
    record_many(entries=[Entry(action)], by=people.BY, at=people.NOW)
    return rows()[-1]


def test_person_who_was_taken_off_a_list_is_told() -> None:
    run("DELETE FROM audit_auditsubject WHERE id = (SELECT max(id) FROM audit_auditsubject)")
    assert found() == [("people", 10)]


@pytest.mark.parametrize("place", [3, 10])
def test_person_who_was_changed_for_another_is_told(place: int) -> None:
    row = rows()[place - 1]
    last = "SELECT max(id) FROM audit_auditsubject WHERE event_id = %s"
    run(f"UPDATE audit_auditsubject SET person = 7 WHERE id = ({last})", row)
    assert found() == [("people", place)]


def test_person_who_was_put_on_a_list_is_told() -> None:
    run("INSERT INTO audit_auditsubject (event_id, person) VALUES (%s, 7)", rows()[-1])
    assert found() == [("people", 10)]


def test_list_of_an_event_that_is_not_there_is_told() -> None:
    run("DELETE FROM audit_auditsubject WHERE event_id = %s", rows()[-1])
    run("INSERT INTO audit_auditsubject (event_id, person) VALUES (%s, 7)", rows()[0])
    with pytest.raises(UserError, match="AUD-005 logg, personlistor"):
        verify()


def test_all_that_is_wrong_is_told_at_once() -> None:
    remove(7)
    run(f"UPDATE {EVENTS} SET purpose = 'x' WHERE id = %s", rows()[1])
    with pytest.raises(UserError) as refused:
        verify()
    assert [problem.code for problem in refused.value.problems] == ["AUD-001", "AUD-002"]


def test_faults_beyond_the_first_twenty_are_counted() -> None:
    record_many(entries=[Entry("x")] * 20, by=people.BY, at=people.NOW)
    run(f"UPDATE {EVENTS} SET purpose = 'x'")
    with pytest.raises(UserError, match="AUD-008 logg: Ytterligare 10 fel"):
        verify()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_is_wrong_says_what_to_do(language: str) -> None:
    remove(2)
    with pytest.raises(UserError) as refused:
        verify()
    assert ("säkerhetskopian" if language == "sv" else "backup") in refused.value.text(language)
