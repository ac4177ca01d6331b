"""Logins that nobody made: each is refused, leaves no account, and is told in the log without the person."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from oidc_servers import LOA2, signed

from skillnad.audit.models import AuditEvent
from skillnad.organisation.models import Account

from .conftest import DONE, Municipality

Forge = Callable[[dict[str, Any], Any], str]
STRANGER = rsa.generate_private_key(65537, 2048)


def said(**changes: Any) -> Forge:
    """The provider's own signature under other claims; None takes a claim away."""

    def forge(claims: dict[str, Any], key: Any) -> str:
        return signed({name: value for name, value in {**claims, **changes}.items() if value is not None}, key)

    return forge


def unsigned(claims: dict[str, Any], key: Any) -> str:
    return jwt.encode(claims, None, "none", {"kid": key.as_dict(add_kid=True)["kid"]})


def by_stranger(claims: dict[str, Any], key: Any) -> str:
    """With a key of one's own, under the name of the provider's."""
    return jwt.encode(claims, STRANGER, "RS256", {"kid": key.as_dict(add_kid=True)["kid"]})


def by_unknown_key(claims: dict[str, Any], key: Any) -> str:
    return jwt.encode(claims, STRANGER, "RS256", {"kid": "min-egen"})


def by_secret(claims: dict[str, Any], key: Any) -> str:
    """With what is public or shared as if it were a secret of the provider's."""
    return jwt.encode(claims, "hemligt" * 8, "HS256", {"kid": key.as_dict(add_kid=True)["kid"]})


def without_signature(claims: dict[str, Any], key: Any) -> str:
    return signed(claims, key).rsplit(".", 1)[0] + "."


def no_token(claims: dict[str, Any], key: Any) -> str:
    return "inget"


THE_SERVERS = ("werkzeug", "oidc", "authlib", "urllib3")  # which are the test's own
LONG_AGO = int(time.time()) - 3600
FORGED: dict[str, tuple[Forge, str]] = {
    "another issuer": (said(iss="https://login.annan.se"), "issuer"),
    "no issuer": (said(iss=None), "malformed"),
    "another audience": (said(aud="annat-system"), "audience"),
    "meant for another among several": (said(aud=["skillnad", "annat"], azp="annat"), "audience"),
    "another nonce": (said(nonce="0" * 64), "nonce"),
    "no nonce": (said(nonce=None), "nonce"),
    "expired": (said(exp=LONG_AGO), "expired"),
    "no end": (said(exp=None), "malformed"),
    "not valid yet": (said(nbf=int(time.time()) + 3600), "expired"),
    "another person": (said(sub="bodil"), "subject"),
    "a lower level": (said(acr=LOA2), "level"),
    "no level": (said(acr=None), "level"),
    "levels in a list": (said(acr=["http://id.elegnamnden.se/loa/1.0/loa3"]), "level"),
    "algorithm none": (unsigned, "algorithm"),
    "a shared secret": (by_secret, "algorithm"),
    "a stranger's key": (by_stranger, "signature"),
    "an unknown key": (by_unknown_key, "signature"),
    "the signature taken away": (without_signature, "signature"),
    "no token": (no_token, "malformed"),
}


def last_refusal() -> AuditEvent:
    return AuditEvent.objects.filter(action="account.sign_in_refused").latest("pk")


@pytest.mark.parametrize("name", FORGED)
def test_forged_token_lets_nobody_in(municipality: Municipality, name: str) -> None:
    forge, reason = FORGED[name]
    municipality.server.person("astrid", "Analytiker SN")
    municipality.server.forge = forge
    assert municipality.signs_in("astrid").status_code == 403
    assert last_refusal().details == {"provider": "kommunen", "reason": reason}
    assert not municipality.inside()
    assert not Account.objects.exists()


def test_token_that_is_not_forged_lets_in_by_the_same_way(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.server.forge = said()
    municipality.signs_in("astrid")
    assert municipality.inside()


def test_answer_that_was_used_once_is_refused(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    address = municipality.callback("astrid")
    municipality.browser.get(address)
    municipality.browser.post("/logga-ut/")
    assert municipality.browser.get(address).status_code == 403
    assert last_refusal().details["reason"] == "state"
    assert not municipality.inside()


def test_answer_to_another_browser_is_refused(municipality: Municipality, client_of_another: Any) -> None:
    """Who lures somebody into a login of their own."""
    municipality.server.person("astrid", "Analytiker SN")
    address = municipality.callback("astrid")
    assert client_of_another.get(address).status_code == 403
    assert client_of_another.get("/rapport/").status_code == 302


@pytest.mark.parametrize("words", ["", "?code=x", "?state=x", "?code=x&state=x", "?error=access_denied&state=x"])
def test_answer_that_nobody_asked_for_is_refused(municipality: Municipality, words: str) -> None:
    assert municipality.browser.get(DONE + words).status_code == 403
    assert last_refusal().details["reason"] == "state"


def test_code_of_another_login_does_not_fit(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    theirs = parse_qs(urlsplit(municipality.callback("astrid")).query)
    own = parse_qs(urlsplit(municipality.led_to()).query)
    answer = municipality.browser.get(DONE, {"code": theirs["code"][0], "state": own["state"][0]})
    assert answer.status_code == 403
    assert not municipality.inside()


def test_login_that_the_person_breaks_off_says_so(municipality: Municipality) -> None:
    state = parse_qs(urlsplit(municipality.led_to()).query)["state"][0]
    answer = municipality.browser.get(DONE, {"error": "access_denied", "state": state})
    assert "inloggningen avbröts" in answer.content.decode()


def test_description_of_another_issuer_is_refused(municipality: Municipality) -> None:
    municipality.server.configuration = {"issuer": "https://login.annan.se"}
    assert municipality.browser.get("/logga-in/kommunen/").status_code == 403
    assert last_refusal().details["reason"] == "issuer"


ELSEWHERE = ["https://annan.se/", "//annan.se/", "/\\annan.se", "javascript:alert(1)", "https:annan.se", "\t//annan.se"]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_login_leads_to_no_other_site(municipality: Municipality, address: str) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    assert municipality.signs_in("astrid", next=address)["Location"] == "/"


@pytest.mark.parametrize("address", ELSEWHERE)
def test_password_leads_to_no_other_site(browser: Any, db: None, address: str) -> None:
    import people

    people.alva()
    told = {"login": "alva", "password": people.PASSWORD, "next": address}
    assert browser.post("/logga-in/", told)["Location"] == "/"


def test_address_gives_the_provider_no_other_wishes(municipality: Municipality) -> None:
    """allauth takes scopes, parameters and what the login is for from the address; here they are the file's."""
    asked = municipality.led_to(scope="admin", auth_params="acr_values=ingen", process="connect", action="x")
    query = parse_qs(urlsplit(asked).query)
    assert set(query["scope"][0].split()) == {"openid", "profile"}
    assert query["acr_values"] == ["http://id.elegnamnden.se/loa/1.0/loa3"]
    assert query["code_challenge_method"] == ["S256"]
    assert len(query["nonce"][0]) == 64


def test_provider_that_is_not_in_the_file_is_not_there(municipality: Municipality) -> None:
    assert municipality.browser.get("/logga-in/annan/").status_code == 404
    assert municipality.browser.get("/logga-in/annan/klar/").status_code == 404


def test_log_of_a_refusal_has_nothing_of_the_person(municipality: Municipality, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    municipality.server.person("Stenskvättan", "Nattskärran", name="Gräshoppsångaren")
    municipality.signs_in("Stenskvättan")
    own = [line.getMessage() for line in caplog.records if not line.name.startswith(THE_SERVERS)]
    told = "\n".join(own) + json.dumps(list(AuditEvent.objects.values("action", "subjects", "details", "by")))
    assert not [word for word in ("Stenskv", "Nattsk", "Gräshopp", "hemligt") if word in told]
