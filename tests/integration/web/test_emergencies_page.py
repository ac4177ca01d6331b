"""*Nödöppningar*: opened by who reads people somewhere, seen by the manager and the auditor."""

from typing import Any

import people
import pytest

from skillnad.organisation.models import BreakGlass, Role

PAGE = "/nodoppningar/"
TOLD = {"place": "unit:LSS", "reason": "danger", "hours": "2", "explanation": "Larm om en händelse i natt"}


@pytest.fixture
def astrid(browser: Any, db: None) -> Any:
    browser.force_login(people.login("astrid", Role.ANALYST, unit=people.unit()))
    return browser


def seen_by(browser: Any, account: Any) -> str:
    browser.force_login(account)
    page: str = browser.get(PAGE).content.decode()
    return page


def test_opening_leads_back_and_tells_that_it_is_open(astrid: Any) -> None:
    answer = astrid.post(f"{PAGE}oppna/", TOLD)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    page = astrid.get(PAGE).content.decode()
    assert "öppnade Funktionsstöd" in page
    assert "det är öppet nu" in page


def test_opening_is_ended_on_the_page(astrid: Any) -> None:
    astrid.post(f"{PAGE}oppna/", TOLD)
    number = BreakGlass.objects.get().assignment_id
    assert astrid.post(f"{PAGE}avsluta/", {"opening": number}).status_code == 302
    assert "det är öppet nu" not in astrid.get(PAGE).content.decode()


def test_auditor_and_manager_of_the_place_see_why_and_other_managers_do_not(astrid: Any) -> None:
    astrid.post(f"{PAGE}oppna/", TOLD)
    assert TOLD["explanation"] in seen_by(astrid, people.rut())
    assert TOLD["explanation"] in seen_by(astrid, people.login("eva", Role.UNIT_MANAGER, unit=people.unit("LSS")))
    assert TOLD["explanation"] not in seen_by(astrid, people.bo())


def test_who_opens_nothing_is_shown_no_form(browser: Any, db: None) -> None:
    assert "Öppna i ett nödfall" not in seen_by(browser, people.rut())
    assert browser.post(f"{PAGE}oppna/", TOLD).status_code == 403
    assert browser.post(f"{PAGE}avsluta/", {"opening": "1"}).status_code == 403


def test_explanation_that_points_someone_out_is_refused_and_kept_in_the_form(astrid: Any) -> None:
    answer = astrid.post(f"{PAGE}oppna/", {**TOLD, "explanation": "Det gäller <b> 20010203-TK01"})
    assert answer.status_code == 422
    assert "&lt;b&gt; 20010203-TK01</textarea>" in answer.content.decode()
    assert not BreakGlass.objects.exists()


@pytest.mark.parametrize("wrong", [{"place": ""}, {"place": "unit:X"}, {"hours": "9"}, {"hours": ""}])
def test_what_the_form_does_not_offer_is_not_found(wrong: dict[str, str], astrid: Any) -> None:
    assert astrid.post(f"{PAGE}oppna/", {**TOLD, **wrong}).status_code == 404


@pytest.mark.parametrize("number", ["", "x", "9" * 19, "12345"])
def test_opening_that_is_not_ones_own_is_not_found(number: str, astrid: Any) -> None:
    assert astrid.post(f"{PAGE}avsluta/", {"opening": number}).status_code == 404


def test_page_with_nothing_says_so(astrid: Any) -> None:
    assert "inga nödöppningar" in astrid.get(PAGE).content.decode()
