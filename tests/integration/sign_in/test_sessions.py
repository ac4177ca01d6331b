"""Sessions end, and are nobody's but who signed in."""

from typing import Any

import people
import pytest
from django.contrib.sessions.models import Session

from skillnad.organisation.models import Account
from skillnad.web.signing.session_limits import BEGAN, IDLE_SECONDS, LONGEST_SECONDS, SEEN


@pytest.fixture
def signed_in(browser: Any, db: None) -> Any:
    people.alva()
    browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD})
    assert browser.get("/rapport/").status_code == 200
    return browser


def moved_back(browser: Any, **seconds: float) -> None:
    """As if so many seconds had gone since each mark."""
    session = browser.session
    for mark, gone in seconds.items():
        session[mark] -= gone
    session.save()


def inside(browser: Any) -> bool:
    return bool(browser.get("/rapport/").status_code == 200)


@pytest.mark.parametrize(("gone", "stays"), [(IDLE_SECONDS - 10, True), (IDLE_SECONDS, False), (10**6, False)])
def test_session_ends_after_half_an_hour_without_a_page(signed_in: Any, gone: float, stays: bool) -> None:
    moved_back(signed_in, **{SEEN: gone})
    assert inside(signed_in) is stays


@pytest.mark.parametrize(("gone", "stays"), [(LONGEST_SECONDS - 10, True), (LONGEST_SECONDS, False)])
def test_session_ends_after_eight_hours_of_pages(signed_in: Any, gone: float, stays: bool) -> None:
    moved_back(signed_in, **{BEGAN: gone})
    assert inside(signed_in) is stays


def test_each_page_begins_the_half_hour_anew(signed_in: Any) -> None:
    for _ in range(4):
        moved_back(signed_in, **{SEEN: IDLE_SECONDS * 0.75})
        assert inside(signed_in)


def test_session_that_ended_is_not_in_the_database(signed_in: Any) -> None:
    key = signed_in.session.session_key
    moved_back(signed_in, **{SEEN: IDLE_SECONDS})
    signed_in.get("/rapport/")
    assert not Session.objects.filter(session_key=key).exists()


def test_session_of_another_is_not_taken_over_at_sign_in(browser: Any, client: Any, db: None) -> None:
    """Whoever has planted a session in a browser does not have the one that it signs in with."""
    people.alva()
    browser.get("/logga-in/kommunen/")
    session = browser.session
    session["planted"] = True
    session.save()
    browser.cookies["sessionid"] = planted = session.session_key
    browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD})
    assert browser.cookies["sessionid"].value != planted
    assert not Session.objects.filter(session_key=planted).exists()


def test_key_that_was_made_up_is_not_taken(browser: Any, db: None) -> None:
    people.alva()
    browser.cookies["sessionid"] = "a" * 32
    browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD})
    assert browser.cookies["sessionid"].value != "a" * 32


def test_account_that_is_switched_off_is_out_at_the_next_page(signed_in: Any) -> None:
    Account.objects.update(is_active=False)
    assert not inside(signed_in)


def test_new_password_ends_other_sessions(signed_in: Any) -> None:
    account = Account.objects.get()
    account.set_password("en annan lång mening som ingen gissar")
    account.save()
    assert not inside(signed_in)


def test_cookie_of_the_session_is_for_no_script(signed_in: Any) -> None:
    cookie = signed_in.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
