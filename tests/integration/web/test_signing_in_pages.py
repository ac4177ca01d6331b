"""Signing in and out, and what stands on every page."""

from typing import Any

import people
import pytest


def test_start_sends_a_stranger_to_sign_in(browser: Any, db: None) -> None:
    assert browser.get("/")["Location"] == "/logga-in/"


def test_signing_in_leads_to_the_reports(browser: Any, db: None) -> None:
    people.alva()
    answer = browser.post("/logga-in/", {"login": "alva", "password": people.PASSWORD}, follow=True)
    assert answer.request["PATH_INFO"] == "/rapport/"


def test_signing_in_with_a_wrong_password_says_so_without_telling_who_exists(browser: Any, db: None) -> None:
    people.alva()
    known = browser.post("/logga-in/", {"login": "alva", "password": "fel"}).content.decode()
    unknown = browser.post("/logga-in/", {"login": "ingen", "password": "fel"}).content.decode()
    assert 'role="alert"' in known
    assert known.replace("alva", "ingen").count("<p>") == unknown.count("<p>")


def test_nobody_makes_an_account_of_their_own(browser: Any, db: None) -> None:
    assert "Du kan inte skapa ett konto själv" in browser.get("/konto/nytt/").content.decode()


def test_signing_out_ends_the_session(alva: Any) -> None:
    alva.post("/logga-ut/")
    assert alva.get("/rapport/").status_code == 302


@pytest.mark.parametrize("address", ["/logga-in/", "/tillganglighet/", "/finns-inte/"])
def test_pages_run_no_script_of_others(browser: Any, db: None, address: str) -> None:
    answer = browser.get(address)
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert "<script" not in answer.content.decode()


def test_menu_shows_only_what_the_account_may_open(anna: Any) -> None:
    page = anna.get("/tillganglighet/").content.decode()
    assert "Rapport</a>" in page
    assert "Utforska</a>" not in page
