"""The municipality's own login lets people in by their groups, keeps others out, and is asked again."""

import socket
from typing import Any

import people
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skillnad.audit.models import AuditEvent
from skillnad.organisation.actions import grant_role
from skillnad.organisation.models import Account, Role

from .conftest import Municipality, roles

pytestmark = pytest.mark.database
PERSONAL_NUMBER = "https://id.oidc.se/claim/personalIdentityNumber"


def last_reason() -> str:
    event = AuditEvent.objects.filter(action="account.sign_in_refused").latest("pk")
    return str(event.details["reason"])


def test_login_offers_the_municipality(municipality: Municipality) -> None:
    page = municipality.browser.get("/logga-in/?next=/rapport/").content.decode()
    assert 'href="/logga-in/kommunen/?next=/rapport/"' in page
    assert "Logga in med Exempelby kommun" in page


def test_login_without_providers_offers_none(browser: Any, db: None) -> None:
    assert "Logga in med" not in browser.get("/logga-in/").content.decode()


def test_member_of_a_group_is_let_in_with_its_role(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN", "Kören")
    assert municipality.signs_in("astrid")["Location"] == "/"
    assert municipality.inside()
    assert roles(Account.objects.get(username="astrid")) == {("analyst", "SN")}


def test_group_may_give_several_roles(municipality: Municipality) -> None:
    municipality.server.person("bodil", "Chefer BU")
    municipality.signs_in("bodil")
    assert roles(Account.objects.get(username="bodil")) == {("unit_manager", "BU"), ("analyst", "")}


def test_login_leads_on_to_the_page_that_was_asked_for(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    assert municipality.signs_in("astrid", next="/utforska/")["Location"] == "/utforska/"


def test_person_keeps_the_account_from_one_login_to_the_next(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.person("astrid", "Analytiker ON", preferred_username="astrid.ny")
    municipality.signs_in("astrid")
    assert roles(Account.objects.get()) == {("analyst", "ON")}


@pytest.mark.parametrize("groups", [(), ("Kören",), ("Nedlagda",)])
def test_nobody_gets_in_without_a_group_that_gives_something(
    municipality: Municipality, groups: tuple[str, ...]
) -> None:
    municipality.server.person("cesar", *groups)
    answer = municipality.signs_in("cesar")
    assert (answer.status_code, last_reason()) == (403, "no_group")
    assert not municipality.inside()
    assert not Account.objects.exists()


def test_roles_that_others_gave_stay(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    account = Account.objects.get()
    grant_role(account=account, role=Role.AUDITOR, by=people.BY, at=people.NOW)
    municipality.server.person("astrid", "Analytiker ON")
    municipality.signs_in("astrid")
    assert roles(account) == {("analyst", "ON"), ("auditor", "")}


def test_person_who_left_the_group_is_out_at_the_next_request(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.person("astrid")
    assert municipality.browser.get("/rapport/").status_code == 403
    assert last_reason() == "no_group"
    assert roles(Account.objects.get()) == set()
    assert municipality.browser.get("/rapport/")["Location"].startswith("/logga-in/")


def test_person_who_changed_group_has_the_new_role_at_the_next_request(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.person("astrid", "Analytiker ON")
    assert municipality.inside()
    assert roles(Account.objects.get()) == {("analyst", "ON")}


def test_person_whom_the_provider_has_signed_out_is_out(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.revoke("astrid")
    assert municipality.browser.get("/rapport/").status_code == 403
    assert last_reason() == "ended"
    assert roles(Account.objects.get()) == set()


@pytest.mark.parametrize("body", [{"sub": "bodil", "groups": ["Chefer BU"]}, ["sub"], {}])
def test_answer_about_somebody_else_ends_the_session(municipality: Municipality, body: object) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.userinfo = (200, body)
    assert municipality.browser.get("/rapport/").status_code == 403
    assert last_reason() == "subject"


@pytest.mark.parametrize("status", [500, 503, 302])
def test_silent_provider_shows_a_page_and_widens_nothing(municipality: Municipality, status: int) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.userinfo = (status, {})
    answer = municipality.browser.get("/rapport/")
    assert answer.status_code == 503
    assert "Kommunens inloggning svarar inte" in answer.content.decode()
    assert roles(Account.objects.get()) == {("analyst", "SN")}
    municipality.server.userinfo = None
    assert municipality.inside()


def test_provider_that_is_down_ends_the_login_with_a_page(municipality: Municipality) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        municipality.described(issuer=f"http://127.0.0.1:{nobody.getsockname()[1]}")
        answer = municipality.browser.get("/logga-in/kommunen/")
    assert (answer.status_code, last_reason()) == (503, "silent")


def test_provider_is_asked_again_only_when_it_is_time(municipality: Municipality) -> None:
    municipality.described(recheck_seconds=600)
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    before = municipality.server.asked
    assert municipality.inside()
    assert municipality.server.asked == before


def test_session_of_a_provider_that_is_no_longer_in_the_file_ends(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.settings.SKILLNAD_SIGN_IN = type(municipality.settings.SKILLNAD_SIGN_IN)()
    assert municipality.browser.get("/rapport/").status_code == 403


def test_disabled_account_stays_out(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    Account.objects.update(is_active=False)
    municipality.browser.post("/logga-ut/")
    assert municipality.signs_in("astrid").status_code == 403
    assert last_reason() == "disabled"


def test_name_of_a_local_account_is_not_taken_over(municipality: Municipality) -> None:
    local = people.login("olle", Role.OPERATOR)
    municipality.server.person("x1", "Analytiker SN", preferred_username="Olle")
    municipality.signs_in("x1")
    assert roles(local) == {("operator", "")}
    assert Account.objects.exclude(pk=local.pk).get().username.startswith("kommunen-")


def test_account_is_known_by_the_claim_that_the_file_names(municipality: Municipality) -> None:
    municipality.described(uid="employee")
    municipality.server.person("astrid", "Analytiker SN", employee="e17")
    municipality.signs_in("astrid")
    municipality.server.person("ny", "Analytiker ON", employee="e17")
    municipality.signs_in("ny")
    assert roles(Account.objects.get()) == {("analyst", "ON")}


@pytest.mark.parametrize("said", [{}, {"employee": ""}, {"employee": 17}, {"employee": "197004289895"}])
def test_account_is_not_known_by_nothing_or_by_an_identity_number(municipality: Municipality, said: Any) -> None:
    municipality.described(uid="employee")
    municipality.server.person("astrid", "Analytiker SN", **said)
    assert municipality.signs_in("astrid").status_code == 403
    assert last_reason() == "uid"
    assert not Account.objects.exists()


def test_what_the_provider_says_of_a_person_is_not_stored(municipality: Municipality) -> None:
    said = {
        "name": "Astrid Exempel",
        "email": "astrid@exempelby.se",
        PERSONAL_NUMBER: "197004289895",
    }
    municipality.server.person("astrid", "Analytiker SN", **said)
    municipality.signs_in("astrid")
    account = Account.objects.get()
    link = account.socialaccount_set.get()
    session = str(dict(municipality.browser.session))
    assert (account.email, account.first_name, account.last_name, link.extra_data) == ("", "", "", {})
    assert not any(word in session for word in said.values())


def test_session_is_another_after_the_login(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    address = municipality.callback("astrid")
    before = municipality.browser.session.session_key
    municipality.browser.get(address)
    assert municipality.browser.session.session_key not in (None, before)


def test_password_does_not_keep_what_the_groups_gave(municipality: Municipality) -> None:
    """An operator has given a password in reserve to somebody who has since left the group."""
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    account = Account.objects.get()
    grant_role(account=account, role=Role.AUDITOR, by=people.BY, at=people.NOW)
    account.set_password(people.PASSWORD)
    account.save()
    municipality.browser.post("/logga-ut/")
    municipality.browser.post("/logga-in/", {"login": "astrid", "password": people.PASSWORD})
    assert roles(account) == {("auditor", "")}
    assert not municipality.inside()


def test_provider_that_falls_silent_in_the_middle_lets_nobody_in(municipality: Municipality) -> None:
    municipality.server.person("astrid", "Analytiker SN")
    address = municipality.callback("astrid")
    municipality.server.userinfo = (500, {})
    assert municipality.browser.get(address).status_code == 503
    assert not Account.objects.exists()


def test_being_signed_in_by_a_provider_asks_the_database_nothing_more(municipality: Municipality) -> None:
    municipality.described(recheck_seconds=600)
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    local = Client()
    local.force_login(people.alva())
    counts = []
    for browser in (municipality.browser, local):
        browser.get("/tillganglighet/")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/tillganglighet/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_token_that_has_had_its_time_is_renewed_without_the_person_noticing(municipality: Municipality) -> None:
    municipality.server.configuration = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    municipality.server.short = True
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    assert [municipality.inside() for _ in range(3)] == [True] * 3
    municipality.server.person("astrid")
    assert municipality.browser.get("/rapport/").status_code == 403
    assert last_reason() == "no_group"


def test_token_is_not_renewed_for_whom_the_provider_has_signed_out(municipality: Municipality) -> None:
    municipality.server.short = True
    municipality.server.person("astrid", "Analytiker SN")
    municipality.signs_in("astrid")
    municipality.server.revoke("astrid")
    assert not municipality.inside()
    assert last_reason() == "ended"
    assert roles(Account.objects.get()) == set()
