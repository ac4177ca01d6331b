"""The unit manager's page: the own unit's small numbers, each reading in the log, and nobody else's."""

from typing import Any

import people
import pytest

from skillnad.analysis.snapshot import Snapshot
from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.organisation.models import Account, Assignment, Role, Unit
from skillnad.organisation.permissions import own_units

PAGE = "/min-enhet/"


@pytest.fixture
def bo(browser: Any, db: None) -> Any:
    """A browser where the manager of the snapshot's third unit, which has three interventions, has signed in."""
    account = people.bo()
    Unit.objects.filter(code="BU").update(code="C", name="Väster")
    browser.force_login(account)
    return browser


def read() -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action="own_area.read"))


def test_manager_sees_the_small_numbers_of_the_own_unit(bo: Any, snapshot: Snapshot) -> None:
    page = bo.get(PAGE).content.decode()
    assert "Väster" in page
    assert ">3</td>" in page
    assert '<span aria-hidden="true">..' not in page


def test_page_is_of_the_own_unit_alone(bo: Any, snapshot: Snapshot) -> None:
    page = bo.get(PAGE).content.decode()
    assert ">60<" not in page
    assert ">30<" not in page


def test_page_says_what_it_is_and_what_it_is_not(bo: Any, snapshot: Snapshot) -> None:
    page = bo.get(PAGE).content.decode()
    assert "får inte spridas" in page
    assert "i förtroende eller anonymt finns inte här" in page
    assert "Hämta" not in page


def test_each_reading_is_logged_with_the_unit_and_the_purpose(bo: Any, snapshot: Snapshot) -> None:
    bo.get(PAGE)
    bo.get(PAGE)
    first, second = read()
    assert first.by == second.by == Account.objects.get(username="bo").actor
    assert (first.subject_kind, first.subjects, first.purpose) == ("unit", ["C"], "follow_up")
    assert first.details == {"snapshot": snapshot.id}
    assert verify() == AuditEvent.objects.count()


@pytest.mark.parametrize("who", [people.anna, people.alva, people.olle])
def test_nobody_else_opens_the_page(browser: Any, db: None, who: Any, snapshot: Snapshot) -> None:
    browser.force_login(who())
    answer = browser.get(PAGE)
    assert answer.status_code == 403
    assert "enhetschef" in answer.content.decode()
    assert read() == []


def test_manager_whose_unit_is_not_in_the_data_is_told_so(browser: Any, db: None, snapshot: Snapshot) -> None:
    browser.force_login(people.bo())
    assert "inga uppgifter om din enhet" in browser.get(PAGE).content.decode()


def test_manager_is_told_that_there_is_nothing_yet(bo: Any) -> None:
    assert "Här finns inget att visa ännu" in bo.get(PAGE).content.decode()
    assert read() == []


def test_answer_is_kept_by_no_browser(bo: Any, snapshot: Snapshot) -> None:
    assert "no-store" in bo.get(PAGE)["Cache-Control"]


def test_page_stands_in_the_managers_menu_alone(bo: Any, snapshot: Snapshot) -> None:
    assert 'href="/min-enhet/"' in bo.get(PAGE).content.decode()
    bo.force_login(people.alva())
    assert 'href="/min-enhet/"' not in bo.get("/rapport/").content.decode()


def test_own_units_are_where_the_account_is_manager_now(db: None) -> None:
    account = people.bo()
    assert own_units(account) == {"BU"}
    Assignment.objects.filter(account=account).update(revoked_at=people.NOW, revoked_by=people.BY)
    assert own_units(account) == frozenset()
    assert own_units(people.anna()) == frozenset()


def test_caseworker_elsewhere_is_no_manager_there(db: None) -> None:
    account = people.bo()
    other = Unit.objects.get(code="LSS")
    Assignment.objects.create(
        account=account, role=Role.CASEWORKER, unit=other, granted_at=people.NOW, granted_by=people.BY
    )
    assert own_units(account) == {"BU"}
