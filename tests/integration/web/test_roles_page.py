"""*Behörigheter*: an operator gives and takes back, an auditor reads, and both see from whom and when."""

from typing import Any

import people
import pytest

from skillnad.audit.models import AuditEvent
from skillnad.organisation.models import Account, Assignment, Role

PAGE = "/behorigheter/"


@pytest.fixture
def olle(browser: Any, db: None) -> Any:
    browser.force_login(people.olle())
    people.exempelby()
    return browser


def give(browser: Any, name: str, role: str, **more: str) -> Any:
    return browser.post(f"{PAGE}ge/", {"account": name, "role": role, **more})


def test_operator_gives_a_role_in_a_place(olle: Any) -> None:
    people.astrid()
    answer = give(olle, "astrid", "analyst", place="committee:SN", protected="on")
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    given = Assignment.objects.latest("pk")
    assert (given.role, given.committee, given.unit, given.protected) == ("analyst", people.committee(), None, True)
    assert given.granted_by == Account.objects.get(username="olle").actor


def test_page_tells_who_gave_what_where(olle: Any) -> None:
    people.anna()
    give(olle, "anna", "interviewer", place="unit:BU")
    page = olle.get(PAGE).content.decode()
    assert "<td>intervjuare</td>" in page
    assert "<td>olle</td>" in page
    assert "<td>kommandoraden</td>" in page


def test_operator_takes_a_role_back_and_the_page_remembers(olle: Any) -> None:
    assignment = people.bo().assignments.get()
    assert olle.post(f"{PAGE}ta-tillbaka/", {"assignment": assignment.pk}).status_code == 302
    assignment.refresh_from_db()
    assert assignment.revoked_by == Account.objects.get(username="olle").actor
    ended = olle.get(PAGE).content.decode().partition("Roller som har upphört")[2]
    assert "<td>enhetschef</td><td>Barn och unga</td>" in ended


def test_operator_gives_none_to_the_own_account(olle: Any) -> None:
    answer = give(olle, "olle", "analyst", place="committee:SN")
    assert answer.status_code == 422
    assert "Ingen ger sig själv" in answer.content.decode()
    assert Account.objects.get(username="olle").assignments.count() == 1


def test_role_of_a_unit_needs_one_and_the_page_says_so(olle: Any) -> None:
    people.astrid()
    answer = give(olle, "astrid", "caseworker")
    assert answer.status_code == 422
    assert "Rollen handläggare gäller en enhet" in answer.content.decode()


@pytest.mark.parametrize(
    "told",
    [
        {"account": "ingen", "role": "analyst"},
        {"account": "astrid", "role": "king"},
        {"account": "astrid", "role": "analyst", "place": "unit:X"},
        {"account": "astrid", "role": "analyst", "place": "kommun:SN"},
    ],
)
def test_what_the_form_does_not_offer_is_not_found(told: dict[str, str], olle: Any) -> None:
    people.astrid()
    before = Assignment.objects.count()
    assert olle.post(f"{PAGE}ge/", told).status_code == 404
    assert Assignment.objects.count() == before


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 19, "99999"])
def test_assignment_that_is_not_there_is_not_found(number: str, olle: Any) -> None:
    assert olle.post(f"{PAGE}ta-tillbaka/", {"assignment": number}).status_code == 404


def test_auditor_reads_and_changes_nothing(browser: Any, db: None) -> None:
    browser.force_login(people.rut())
    assignment = people.astrid().assignments.get()
    page = browser.get(PAGE).content.decode()
    assert "Ge en roll" not in page
    assert give(browser, "astrid", "operator").status_code == 403
    assert browser.post(f"{PAGE}ta-tillbaka/", {"assignment": assignment.pk}).status_code == 403
    assert Assignment.objects.filter(revoked_at=None).count() == 2


def test_reading_is_logged(olle: Any) -> None:
    olle.get(PAGE)
    event = AuditEvent.objects.order_by("pk").last()
    assert event is not None
    assert (event.action, event.purpose) == ("roles.read", "access_control")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OPERATOR, Role.AUDITOR)])
def test_other_roles_see_no_roles(role: Role, browser: Any, db: None) -> None:
    browser.force_login(people.login("x", role, unit=people.unit()))
    assert browser.get(PAGE).status_code == 403
