"""The site as it is set up: what is open, what is closed, and what every answer says to the browser."""

from typing import Any

import people
import pytest
from django.conf import settings
from django.core.management import call_command

from skillnad.audit.models import AuditEvent
from skillnad.audit.queries import verify
from skillnad.organisation.models import Account

pytestmark = pytest.mark.django_db


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_right_password_signs_in(browser: Any) -> None:
    anna = people.anna()
    browser.post("/konto/login/", {"login": "anna", "password": people.PASSWORD})
    assert browser.session["_auth_user_id"] == str(anna.pk)


def test_wrong_password_does_not(browser: Any) -> None:
    people.anna()
    browser.post("/konto/login/", {"login": "anna", "password": "gissning"})
    assert "_auth_user_id" not in browser.session


def test_signing_in_is_logged_and_a_refusal_names_no_one(browser: Any) -> None:
    anna = people.anna()
    for password in ("gissning", people.PASSWORD):
        browser.post("/konto/login/", {"login": "anna", "password": password})
    refused, signed_in = AuditEvent.objects.order_by("pk")[3:]
    assert (refused.by, refused.action, refused.subjects) == ("nobody", "account.sign_in_refused", [])
    assert (signed_in.by, signed_in.action) == (anna.actor, "account.sign_in")
    assert verify() == 5


def test_no_one_signs_up_alone(browser: Any) -> None:
    browser.post("/konto/signup/", {"username": "nykomling", "password1": people.PASSWORD})
    assert not Account.objects.exists()


def test_too_many_guesses_are_stopped(browser: Any) -> None:
    people.anna()
    for _ in range(11):
        browser.post("/konto/login/", {"login": "anna", "password": "gissning"})
    browser.post("/konto/login/", {"login": "anna", "password": people.PASSWORD})
    assert "_auth_user_id" not in browser.session


def test_answers_carry_a_strict_policy(browser: Any) -> None:
    headers = browser.get("/konto/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_errors_are_not_shown_with_their_innards() -> None:
    assert settings.DEBUG is False


def test_security_comes_first_and_sessions_before_accounts() -> None:
    order = [name.rsplit(".", 1)[1] for name in settings.MIDDLEWARE]
    assert order[:2] == ["SecurityMiddleware", "WhiteNoiseMiddleware"]
    assert order.index("SessionMiddleware") < order.index("AuthenticationMiddleware") < order.index("AccountMiddleware")
