"""A real OpenID Connect provider on loopback, in a thread of the test's own, that can be made to lie."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import flask
import jwt
import oidc_provider_mock
import requests
from oidc_provider_mock._storage import storage
from werkzeug.serving import BaseWSGIServer, make_server

LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
LOA2 = "http://id.elegnamnden.se/loa/1.0/loa2"
Forge = Callable[[dict[str, Any], Any], str]


@dataclass
class OidcServer:
    """`forge` makes another id token of the claims and the provider's own key; `userinfo` another answer to userinfo
    (status, body); `asked` counts how often that is asked for.
    `short` is that each access token is good for one question."""

    issuer: str
    forge: Forge | None = None
    userinfo: tuple[int, object] | None = None
    asked: int = 0
    short: bool = False
    configuration: dict[str, Any] = field(default_factory=dict)

    def person(self, subject: str, *groups: str, acr: str = LOA3, **claims: Any) -> None:
        """Who can sign in; told again, it is what is true from now on."""
        said = {"groups": list(groups), "acr": acr, "preferred_username": subject, **claims}
        requests.put(f"{self.issuer}/users/{subject}", json=said, timeout=5).raise_for_status()

    def revoke(self, subject: str) -> None:
        requests.post(f"{self.issuer}/users/{subject}/revoke-tokens", timeout=5).raise_for_status()

    def signs_in(self, address: str, subject: str) -> str:
        """The browser's part at the provider: what was asked for at `address`, and where the answer leads."""
        answer = requests.post(address, data={"sub": subject}, allow_redirects=False, timeout=5)
        return answer.headers["Location"]


@contextmanager
def oidc_server() -> Iterator[OidcServer]:
    app = oidc_provider_mock.app()
    with _serving(app) as server:
        told = OidcServer(f"http://127.0.0.1:{server.server_port}")
        app.after_request(lambda answer: _answered(told, answer))
        yield told


@contextmanager
def _serving(app: Any) -> Iterator[BaseWSGIServer]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _answered(told: OidcServer, answer: flask.Response) -> flask.Response:
    path = urlsplit(flask.request.path).path
    if path == "/userinfo":
        told.asked += 1
        if told.short:
            storage.remove_access_token(flask.request.headers["Authorization"].removeprefix("Bearer "))
        if told.userinfo is not None:
            status, body = told.userinfo
            return flask.make_response(json.dumps(body), status, {"Content-Type": "application/json"})
    if path == "/oauth2/token" and told.forge and answer.status_code == 200:
        body = answer.get_json()
        claims = jwt.decode(body["id_token"], options={"verify_signature": False})
        answer.set_data(json.dumps({**body, "id_token": told.forge(claims, storage.jwk)}))
    if path.startswith("/.well-known/") and told.configuration:
        answer.set_data(json.dumps({**answer.get_json(), **told.configuration}))
    return answer


def signed(claims: dict[str, Any], key: Any) -> str:
    """As the provider signs."""
    private = jwt.PyJWK(key.as_dict(is_private=True), "RS256")
    return jwt.encode(claims, private.key, "RS256", {"kid": key.as_dict(add_kid=True)["kid"]})
