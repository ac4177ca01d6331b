"""*Loggkontroll* as the auditor meets it: who, when and why, and never whom."""

from datetime import date, timedelta
from typing import Any

import people
import pytest

from skillnad.audit.actions import record
from skillnad.audit.models import AuditEvent
from skillnad.organisation.models import Account, Role
from skillnad.stewardship.log_review import begin_review
from skillnad.stewardship.models import LogFinding

pytestmark = pytest.mark.django_db

PERSON = 4_611_686_018_427_387_905
PAGE = "/loggkontroll/fro/"


def reading(by: str) -> AuditEvent:
    return record(
        by=by, at=people.NOW, action="client.read", purpose="follow_up", subject_kind="client", subjects=[PERSON]
    )


def a_check() -> None:
    days = {"from_date": date(2026, 3, 1), "to_date": date(2026, 3, 31)}
    begin_review(**days, wanted=10, seed="fro", by=people.BY, at=people.NOW + timedelta(days=40))


@pytest.fixture
def rut(browser: Any) -> Account:
    """An auditor, signed in; and a check with a reading by Anna."""
    rut = people.login("rut", Role.AUDITOR)
    browser.force_login(rut)
    reading(people.anna().actor)
    return rut


def test_checks_are_listed_with_what_is_left(rut: Account, browser: Any) -> None:
    a_check()
    page = browser.get("/loggkontroll/").content.decode()
    assert 'href="/loggkontroll/fro/">2026-03-01–2026-03-31' in page
    assert "<td>1</td><td>1</td><td>1</td>" in page


def test_page_says_what_cannot_be_found(rut: Account, browser: Any) -> None:
    page = browser.get("/loggkontroll/").content.decode()
    assert "varken namn eller adresser" in page
    assert "skillnad audit review" in page


def test_finding_tells_who_when_and_why_and_not_whom(rut: Account, browser: Any) -> None:
    a_check()
    page = browser.get(PAGE).content.decode()
    for word in ("anna", "2026-03-02 10:30", "uppgifter om personen lästes", "slumpvis dragen", "1 person"):
        assert word in page
    assert str(PERSON) not in page


def settled(browser: Any, outcome: str, finding: str = "") -> Any:
    number = finding or str(LogFinding.objects.get().pk)
    return browser.post(f"{PAGE}bedom/", {"finding": number, "outcome": outcome})


def test_outcome_is_kept_and_shown(rut: Account, browser: Any) -> None:
    a_check()
    assert settled(browser, "expected")["Location"] == PAGE
    assert LogFinding.objects.get().settled_by == rut.actor
    page = browser.get(PAGE).content.decode()
    assert "Allt är bedömt." in page
    assert "<td>befogad</td><td>rut</td>" in page


def test_outcome_that_is_none_is_told(rut: Account, browser: Any) -> None:
    a_check()
    answer = settled(browser, "x")
    assert (answer.status_code, "Välj en bedömning" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("finding", ["0", "x", "-1", "9" * 30])
def test_finding_that_is_not_of_the_check_is_not_there(finding: str, rut: Account, browser: Any) -> None:
    a_check()
    assert settled(browser, "expected", finding).status_code == 404


def test_own_reading_has_no_buttons(rut: Account, browser: Any) -> None:
    reading(rut.actor)
    a_check()
    page = browser.get(PAGE).content.decode()
    assert page.count('name="finding"') == 1
    assert "Be en annan granskare" in page


def test_check_that_is_not_there_is_not_found(rut: Account, browser: Any) -> None:
    assert browser.get(PAGE).status_code == 404


def test_reading_the_list_is_logged(rut: Account, browser: Any) -> None:
    a_check()
    browser.get(PAGE)
    last = AuditEvent.objects.order_by("-pk")[0]
    assert (last.by, last.action) == (rut.actor, "log.review_read")


def test_others_are_refused(browser: Any) -> None:
    a_check()
    browser.force_login(people.olle())
    assert browser.get(PAGE).status_code == browser.get("/loggkontroll/").status_code == 403
