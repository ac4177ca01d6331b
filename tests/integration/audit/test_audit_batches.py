"""Many events at once: one chain, in their order, all or none."""

import people
import pytest
from django.db import transaction

from skillnad.audit.actions import record, record_many
from skillnad.audit.entries import EVERYONE, Entry
from skillnad.audit.keys import log_sealing
from skillnad.audit.models import AppendOnly, AuditEvent, AuditSubject
from skillnad.audit.queries import verify

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def reads(*pseudonyms: int) -> list[Entry]:
    return [Entry("client.read", subject_kind="client", subjects=[each]) for each in pseudonyms]


def many(*entries: Entry) -> int:
    return record_many(entries=entries, by=people.BY, at=people.NOW)


def test_batch_follows_what_is_there_and_is_followed() -> None:
    record(by=people.BY, at=people.NOW, action="before")
    assert many(*reads(*range(1, 1201))) == 1200
    record(by=people.BY, at=people.NOW, action="after")
    assert verify() == 1202


def test_batch_keeps_its_order() -> None:
    many(*reads(3, 1, 2))
    assert list(AuditEvent.objects.order_by("pk").values_list("subjects", flat=True)) == [[3], [1], [2]]


def test_no_events_are_no_batch() -> None:
    assert many() == 0
    assert verify() == 0


def test_batch_leaves_with_the_work_it_tells_of() -> None:
    with transaction.atomic():
        many(*reads(1, 2))
        transaction.set_rollback(True)
    assert not AuditEvent.objects.exists()
    assert not AuditSubject.objects.exists()


def listed(event: AuditEvent) -> list[int]:
    return list(AuditSubject.objects.filter(event=event).order_by("pk").values_list("person", flat=True))


def an_event(**values: object) -> AuditEvent:
    return record(by=people.BY, at=people.NOW, **{"action": "x", **values})  # type: ignore[arg-type]


def test_subjects_that_are_people_are_listed_under_keyed_names() -> None:
    event = an_event(subject_kind="client", subjects=[5, 6])
    assert listed(event) == log_sealing().people([5, 6])
    assert not {5, 6} & set(listed(event))


def test_people_of_another_subject_are_listed_once_each() -> None:
    event = an_event(subject_kind="import_run", subjects=[1], people=[9, 8, 9])
    assert listed(event) == log_sealing().people([8, 9])
    assert event.details["people"]["count"] == 2


def test_list_tells_no_pseudonym() -> None:
    event = an_event(subject_kind="import_run", subjects=[1], people=[4_611_686_018_427_387_905])
    assert "4611686018427387905" not in str(AuditEvent.objects.filter(pk=event.pk).values())


def test_everyone_is_one_name() -> None:
    assert listed(an_event(people=EVERYONE)) == log_sealing().people([0])


def test_subjects_of_other_kinds_are_no_people() -> None:
    assert listed(an_event(subject_kind="account", subjects=[5])) == []


def test_long_list_is_stored_whole() -> None:
    event = an_event(people=range(1, 25_001))
    assert len(listed(event)) == 25_000
    assert verify() == 1


def test_lists_are_added_to_and_never_changed() -> None:
    an_event(people=[1])
    for change in (AuditSubject.objects.all().delete, AuditSubject.objects.get().delete):
        with pytest.raises(AppendOnly):
            change()
    with pytest.raises(AppendOnly):
        AuditSubject.objects.update(person=2)
