from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import people
import pytest
from django.test import Client
from oidc_servers import LOA3, OidcServer, oidc_server

from skillnad.organisation.models import Account, Assignment
from skillnad.organisation.sign_in.files import Grant, Provider, SignIn

START, DONE = "/logga-in/kommunen/", "/logga-in/kommunen/klar/"


@dataclass
class Municipality:
    """The municipality's own login beside Skillnad, and a browser between them."""

    server: OidcServer
    browser: Any
    settings: Any

    def described(self, **said: Any) -> None:
        """The provider's part of the file, otherwise than the test's own."""
        (provider,) = self.settings.SKILLNAD_SIGN_IN.providers
        self.settings.SKILLNAD_SIGN_IN = SignIn((replace(provider, **said),))

    def led_to(self, **words: str) -> str:
        """The address at the provider that signing in leads to."""
        return str(self.browser.get(START, words)["Location"])

    def callback(self, subject: str, **words: str) -> str:
        """The address that the provider leads back to."""
        return self.server.signs_in(self.led_to(**words), subject).removeprefix("http://testserver")

    def signs_in(self, subject: str, **words: str) -> Any:
        return self.browser.get(self.callback(subject, **words))

    def inside(self) -> bool:
        return bool(self.browser.get("/rapport/").status_code == 200)


@pytest.fixture(scope="session")
def one_server() -> Iterator[OidcServer]:
    with oidc_server() as server:
        yield server


@pytest.fixture
def server(one_server: OidcServer) -> OidcServer:
    """As it is when it tells the truth."""
    one_server.forge = one_server.userinfo = None
    one_server.configuration, one_server.short = {}, False
    return one_server


@pytest.fixture
def client_of_another() -> Any:
    """A browser that has not been at the municipality's login."""
    return Client()


@pytest.fixture
def municipality(server: OidcServer, browser: Any, settings: Any, db: None) -> Municipality:
    people.exempelby()
    provider = Provider(
        id="kommunen",
        name="Exempelby kommun",
        issuer=server.issuer,
        client_id="skillnad",
        secret="hemligt",
        levels=(LOA3,),
        grants={
            "Analytiker SN": (Grant("analyst", committee="SN"),),
            "Analytiker ON": (Grant("analyst", committee="ON"),),
            "Chefer BU": (Grant("unit_manager", unit="BU"), Grant("analyst")),
            "Nedlagda": (Grant("analyst", committee="FINNS-INTE"),),
        },
        recheck_seconds=0,
    )
    settings.SKILLNAD_SIGN_IN = SignIn((provider,))
    return Municipality(server, browser, settings)


def roles(account: Account) -> set[tuple[str, str]]:
    """Role and place of each assignment that stands."""
    rows = Assignment.objects.filter(account=account, revoked_at=None).select_related("unit", "committee")
    return {(row.role, row.unit.code if row.unit else row.committee.code if row.committee else "") for row in rows}
