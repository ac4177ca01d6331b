"""Logins are given out: their owner changes the password, and nothing about them goes by e-mail."""

from typing import Any

import people
import pytest

from skillnad.organisation.models import Account

NEW = "en helt annan mening som ingen gissar"


def changed(browser: Any, old: str, new: str, again: str) -> Any:
    return browser.post("/konto/password/change/", {"oldpassword": old, "password1": new, "password2": again})


def test_password_is_changed_by_who_knows_the_old_one(alva: Any) -> None:
    changed(alva, people.PASSWORD, NEW, NEW)
    assert Account.objects.get(username="alva").check_password(NEW)


@pytest.mark.parametrize(("old", "new"), [("gissning", NEW), (people.PASSWORD, "kort")])
def test_password_stays_where_the_old_is_wrong_or_the_new_is_weak(alva: Any, old: str, new: str) -> None:
    page = changed(alva, old, new, new).content.decode()
    assert 'aria-invalid="true"' in page
    assert Account.objects.get(username="alva").check_password(people.PASSWORD)


def test_password_page_is_one_of_the_sites_own(alva: Any) -> None:
    page = alva.get("/konto/password/change/").content.decode()
    assert "Byt lösenord" in page
    assert "Hoppa till innehållet" in page


def test_password_page_asks_a_stranger_to_sign_in(browser: Any, db: None) -> None:
    assert browser.get("/konto/password/change/")["Location"].startswith("/logga-in/")


BY_MAIL = ["password/reset/", "password/set/", "email/", "confirm-email/", "confirm-email/abc/", "login/code/confirm/"]


@pytest.mark.parametrize("address", BY_MAIL)
def test_nothing_about_a_login_goes_by_mail(alva: Any, address: str) -> None:
    assert alva.get(f"/konto/{address}").status_code == 404


@pytest.mark.parametrize("address", BY_MAIL)
def test_stranger_cannot_make_the_site_send_mail(browser: Any, db: None, mailoutbox: list[Any], address: str) -> None:
    browser.post(f"/konto/{address}", {"email": "nagon@example.se"})
    assert not mailoutbox


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_signing_in_leads_nowhere_else(browser: Any, db: None, elsewhere: str) -> None:
    people.alva()
    answer = browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD, "next": elsewhere})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_login_that_is_switched_off_does_not_sign_in(browser: Any, db: None) -> None:
    Account.objects.filter(pk=people.alva().pk).update(is_active=False)
    browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD})
    assert "_auth_user_id" not in browser.session
