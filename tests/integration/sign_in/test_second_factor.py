"""One-time codes: demanded before any page, sealed in the database, with codes in reserve."""

import re
from typing import Any

import people
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

from skillnad.audit.models import AuditEvent
from skillnad.organisation.models import Account

ACTIVATE, CODE, SPARE = "/konto/engangskoder/borja/", "/konto/engangskod/", "/konto/reservkoder/"


@pytest.fixture
def alva(db: None, settings: Any) -> Account:
    """Of an installation that demands a second factor."""
    settings.SKILLNAD_SECOND_FACTOR = True
    return people.alva()


def gives_password(browser: Any) -> Any:
    return browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD})


def code_now(secret: str) -> str:
    """Of the telephone, whose clock is as ours."""
    *_, counter, _ = yield_hotp_counters_from_time()
    return format_hotp_value(hotp_value(secret, counter))


def sets_up(browser: Any) -> tuple[str, list[str]]:
    """The secret, and the codes in reserve that are shown after."""
    gives_password(browser)
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", browser.get(ACTIVATE).content.decode())
    assert secret
    page = browser.post(ACTIVATE, {"code": code_now(secret[1])}, follow=True).content.decode()
    return secret[1], re.findall(r"<code>(\d{8})</code>", page)


def inside(browser: Any) -> bool:
    return bool(browser.get("/rapport/").status_code == 200)


def forget_used_codes() -> None:
    """A code is good once; the tests do not wait half a minute for the next."""
    from django.core.cache import cache

    cache.clear()


@pytest.mark.parametrize("page", ["/rapport/", "/", "/utforska/", "/konto/password/change/", SPARE])
def test_no_page_opens_before_a_code_is_set_up(alva: Account, browser: Any, page: str) -> None:
    gives_password(browser)
    assert browser.get(page)["Location"] == ACTIVATE


def test_setting_up_opens_the_pages_and_shows_codes_in_reserve(alva: Account, browser: Any) -> None:
    _, spare = sets_up(browser)
    assert len(set(spare)) == 10
    assert inside(browser)
    assert AuditEvent.objects.filter(action="account.second_factor_added", by=alva.actor).count() == 1


def test_wrong_code_sets_nothing_up(alva: Account, browser: Any) -> None:
    gives_password(browser)
    browser.get(ACTIVATE)
    assert 'role="alert"' in browser.post(ACTIVATE, {"code": "000"}).content.decode()
    assert not Authenticator.objects.exists()
    assert not inside(browser)


def test_password_alone_does_not_sign_in_any_more(alva: Account, browser: Any) -> None:
    sets_up(browser)
    browser.post("/logga-ut/")
    assert gives_password(browser)["Location"].startswith(CODE)
    assert browser.get("/rapport/")["Location"].startswith("/logga-in/")


def test_code_after_the_password_signs_in(alva: Account, browser: Any) -> None:
    secret, _ = sets_up(browser)
    browser.post("/logga-ut/")
    forget_used_codes()
    gives_password(browser)
    assert "Skriv engångskoden" in browser.get(CODE).content.decode()
    browser.post(CODE, {"code": code_now(secret)})
    assert inside(browser)


def test_wrong_code_is_refused_and_logged(alva: Account, browser: Any) -> None:
    sets_up(browser)
    browser.post("/logga-ut/")
    gives_password(browser)
    browser.post(CODE, {"code": "12345x"})
    assert not inside(browser)
    event = AuditEvent.objects.filter(action="account.sign_in_refused").latest("pk")
    assert (event.details, event.subjects) == ({"reason": "second_factor"}, [alva.pk])


def test_code_is_good_once(alva: Account, browser: Any) -> None:
    secret, _ = sets_up(browser)
    browser.post("/logga-ut/")
    forget_used_codes()
    code = code_now(secret)
    for times in (1, 2):
        gives_password(browser)
        browser.post(CODE, {"code": code})
        assert inside(browser) is (times == 1)
        browser.post("/logga-ut/")


def test_code_in_reserve_signs_in_once(alva: Account, browser: Any) -> None:
    _, spare = sets_up(browser)
    for times in (1, 2):
        browser.post("/logga-ut/")
        gives_password(browser)
        browser.post(CODE, {"code": spare[3]})
        assert inside(browser) is (times == 1)


def test_codes_in_reserve_are_shown_once(alva: Account, browser: Any) -> None:
    _, spare = sets_up(browser)
    page = browser.get(SPARE).content.decode()
    assert not [code for code in spare if code in page]
    assert "10 av 10 reservkoder kvar" in page


def test_new_codes_in_reserve_replace_the_old(alva: Account, browser: Any) -> None:
    _, spare = sets_up(browser)
    page = browser.post("/konto/reservkoder/nya/", follow=True).content.decode()
    new = re.findall(r"<code>(\d{8})</code>", page)
    assert len(new) == 10
    assert not set(new) & set(spare)


def test_secret_is_sealed_in_the_database(alva: Account, browser: Any) -> None:
    secret, spare = sets_up(browser)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert not [word for word in (secret, *spare) if word in stored]


def test_second_factor_that_is_demanded_is_not_put_away(alva: Account, browser: Any) -> None:
    sets_up(browser)
    assert "krävs engångskod av alla" in browser.post("/konto/engangskoder/sluta/").content.decode()
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_second_factor_of_ones_own_choice_can_be_put_away(alva: Account, browser: Any, settings: Any) -> None:
    settings.SKILLNAD_SECOND_FACTOR = False
    sets_up(browser)
    browser.post("/konto/engangskoder/sluta/")
    assert not Authenticator.objects.exists()
    assert "bara lösenord" in browser.get("/konto/engangskoder/").content.decode()


def test_session_from_before_the_code_was_set_up_elsewhere_ends(alva: Account, browser: Any, client: Any) -> None:
    from django.test import Client

    before = Client()
    gives_password(before)
    sets_up(browser)
    assert before.get("/rapport/")["Location"].startswith("/logga-in/")
    assert not before.session.get("_auth_user_id")


def test_installation_that_demands_none_lets_in_with_a_password(browser: Any, db: None) -> None:
    people.alva()
    gives_password(browser)
    assert inside(browser)
    assert "Du loggar in med bara lösenord" in browser.get("/konto/engangskoder/").content.decode()


def test_codes_are_changed_only_by_who_has_just_shown_who_it_is(alva: Account, browser: Any) -> None:
    sets_up(browser)
    session = browser.session
    session["account_authentication_methods"] = [
        {**step, "at": step["at"] - 3600} for step in session["account_authentication_methods"]
    ]
    session.save()
    asked = browser.get("/konto/reservkoder/nya/")["Location"]
    assert asked.startswith("/konto/bekrafta/")
    assert "stämmer inte" in browser.post(asked, {"password": "fel"}).content.decode()
    assert browser.post(asked, {"password": people.PASSWORD})["Location"] == "/konto/reservkoder/nya/"
    assert browser.get("/konto/reservkoder/nya/").status_code == 200
