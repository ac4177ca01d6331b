"""*Who has read about me*, from the store."""

from typing import Any

import people
import pytest

from skillnad.audit.actions import record
from skillnad.audit.entries import EVERYONE
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import events_about
from skillnad.register.models import Client
from skillnad.stewardship.log_extract import LogExtract, log_extract, names_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def cecilia() -> Client:
    return people.cecilia(identity_index=installed_keys().blind_index("20010203TK01"))


def an_event(action: str = "client.read", by: str = people.BY, **values: Any) -> AuditEvent:
    return record(by=by, at=people.NOW, action=action, **values)


def extract(number: str = "20010203-TK01") -> LogExtract:
    return log_extract(identity=number, by=people.BY, at=people.NOW)


def read(*pseudonyms: int, **values: Any) -> AuditEvent:
    return an_event(subject_kind="client", subjects=pseudonyms, **values)


def test_events_of_a_person_are_those_that_touched_it(cecilia: Client) -> None:
    alone, together = read(cecilia.pseudonym), read(1, cecilia.pseudonym, 2)
    read(1)
    listed = an_event(subject_kind="import_run", subjects=[cecilia.pseudonym], people=[cecilia.pseudonym])
    an_event(subject_kind="import_run", subjects=[cecilia.pseudonym], people=[5])
    assert list(events_about(cecilia.pseudonym)) == [listed, together, alone]


def test_what_touched_everyone_is_said_to_have(cecilia: Client) -> None:
    an_event("snapshot.made", people=EVERYONE)
    read(cecilia.pseudonym)
    assert [(one.what, one.everyone) for one in extract().readings] == [
        ("uppgifter om personen lästes", False),
        ("en pseudonymiserad ögonblicksbild av hela registret gjordes", True),
    ]


def test_reading_tells_who_when_and_why(cecilia: Client) -> None:
    anna = people.anna()
    read(cecilia.pseudonym, by=anna.actor, purpose="follow_up")
    (one,) = extract().readings
    assert (one.by, one.at) == ("anna", people.NOW)
    assert one.why == "uppföljning, utvärdering och kvalitetssäkring"


def test_extract_of_nobody_is_empty_and_logged_without_the_number() -> None:
    assert extract("19991231-T999") == LogExtract(False)
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.subjects, event.details) == ("log.extract", [], {"found": False, "events": 0})


def test_extract_is_an_event_of_the_person(cecilia: Client) -> None:
    assert extract().readings == []
    assert [one.what for one in extract().readings] == ["ett loggutdrag gjordes"]


@pytest.mark.parametrize("written", ["20010203-TK01", "20010203TK01", "010203-TK01", " 20010203-tk01\n"])
def test_number_is_read_as_an_import_reads_it(written: str, cecilia: Client) -> None:
    assert extract(written).found


def test_person_with_protected_identity_gets_an_extract_too(cecilia: Client) -> None:
    Client.everyone.update(protected=True)
    read(cecilia.pseudonym)
    assert len(extract().readings) == 1


def test_extract_prints_nothing_of_what_it_holds(cecilia: Client) -> None:
    read(cecilia.pseudonym, by=people.anna().actor)
    assert "anna" not in repr(extract())


def test_actors_are_called_by_what_they_are() -> None:
    anna = people.anna()
    told = names_of({anna.actor, "account:999999", "operator:import", "nobody", "job:x"})
    assert [told[each] for each in (anna.actor, "operator:import", "nobody", "job:x")] == [
        "anna",
        "driften (import)",
        "ingen inloggad",
        "job:x",
    ]
    assert told["account:999999"] == "inloggning 999999, som inte finns kvar"
