"""A delivery is one event of the log, with a keyed list of those whose data it brought or changed."""

import pytest

from skillnad.audit.keys import log_sealing
from skillnad.audit.models import AuditEvent, AuditSubject
from skillnad.audit.queries import events_about, verify
from skillnad.register.models import Client

from .conftest import ROWS, Deliver, many, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def pseudonym(key: str) -> int:
    return Client.everyone.get(cases__source_key=key).pseudonym


def listed() -> list[int]:
    """Of the latest delivery."""
    event = AuditEvent.objects.filter(action="register.import").latest("pk")
    return sorted(AuditSubject.objects.filter(event=event).values_list("person", flat=True))


def test_first_delivery_lists_everyone_in_it(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    assert listed() == log_sealing().people([pseudonym("A1"), pseudonym("A2")])


def test_same_delivery_again_lists_nobody(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    deliver({"insatser.csv": text()})
    assert listed() == []


def test_changed_intervention_lists_its_client_alone(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()})
    deliver({"insatser.csv": text(*ROWS[:2], ROWS[2].replace(";;6;;", ";2024-12-31;6;1;"))})
    assert listed() == log_sealing().people([pseudonym("A2")])


def test_new_client_among_known_ones_is_listed_with_those_that_changed(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*ROWS[:2])})
    changed = ROWS[0].replace("2024-06-30", "2024-06-29")
    deliver({"insatser.csv": text(changed, *ROWS[1:])})
    assert listed() == log_sealing().people([pseudonym("A1"), pseudonym("A2")])


def test_rehearsal_leaves_no_list(deliver: Deliver) -> None:
    deliver({"insatser.csv": text()}, dry_run=True)
    assert not AuditSubject.objects.exists()


def test_delivery_is_one_event_of_each_person(deliver: Deliver) -> None:
    deliver({"insatser.csv": text(*many(60))})
    assert [event.action for event in events_about(pseudonym("A7"))] == ["register.import"]
    assert verify() == AuditEvent.objects.count()
