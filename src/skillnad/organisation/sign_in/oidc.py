"""OpenID Connect by allauth, with what it leaves out: nonce, signature, level, and one person in all answers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.utils import build_absolute_uri
from django.http import HttpRequest
from django.urls import reverse

from skillnad.organisation.sign_in.claims import uid_of
from skillnad.organisation.sign_in.files import Provider
from skillnad.organisation.sign_in.id_tokens import nonce_of, read_id_token
from skillnad.organisation.sign_in.refusals import Reason, Refused

ENDPOINTS = ("authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")


class Endpoints(NamedTuple):
    """Where the provider is asked again, and whether the client shows its secret by HTTP Basic there."""

    userinfo: str
    renewal: str
    basic: bool


class OidcAdapter(OpenIDConnectOAuth2Adapter):
    """One login, there and back. `file` is the provider as the municipality has described it."""

    nonce = ""

    def __init__(self, request: HttpRequest, file: Provider) -> None:
        super().__init__(request, file.id)
        self.file = file

    @property
    def openid_config(self) -> Mapping[str, Any]:
        """The provider's own description. Raises Refused where it is another's, or lacks an address."""
        config: Mapping[str, Any] = super().openid_config
        if config.get("issuer") != self.file.issuer:
            raise Refused(Reason.ISSUER)
        if not all(isinstance(config.get(name), str) for name in ENDPOINTS):
            raise Refused(Reason.MALFORMED)
        return config

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        address = reverse("sign_in_done", kwargs={"provider": self.file.id})
        return str(build_absolute_uri(request, address, self.redirect_uri_protocol))

    def get_access_token_data(self, *words: Any, pkce_code_verifier: str | None = None) -> Any:
        if not pkce_code_verifier:
            raise Refused(Reason.STATE)
        self.nonce = nonce_of(pkce_code_verifier)
        return super().get_access_token_data(*words, pkce_code_verifier=pkce_code_verifier)

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """The login with `said`, what userinfo says of the person, once the id token is proven to be of the same."""
        certain = read_id_token(
            str(kwargs["response"].get("id_token", "")),
            keys=self._json(self.openid_config["jwks_uri"]),
            issuer=self.file.issuer,
            client_id=self.file.client_id,
            nonce=self.nonce,
            levels=self.file.levels,
        )
        said = self._fetch_user_info(token.token)
        if not isinstance(said, dict) or said.get("sub") != certain["sub"]:
            raise Refused(Reason.SUBJECT)
        if not uid_of(self.file, said):
            raise Refused(Reason.UID)
        login: SocialLogin = self.get_provider().sociallogin_from_response(request, said)
        login.said = said
        config = self.openid_config
        login.endpoints = Endpoints(config["userinfo_endpoint"], config["token_endpoint"], bool(self.basic_auth))
        return login

    def _json(self, url: str) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(url)
            answer.raise_for_status()
            return answer.json()


class OidcProvider(OpenIDConnectProvider):
    """Asks for no more than the file says, and keeps nothing of the answer but what the person is called by."""

    def __init__(self, request: HttpRequest, file: Provider) -> None:
        self.file = file
        super().__init__(request, app=_app(file))

    def get_oauth2_adapter(self, request: HttpRequest) -> OidcAdapter:
        return OidcAdapter(request, self.file)

    def get_pkce_params(self) -> dict[str, str]:
        """The nonce goes with them: of the same secret, which the session keeps."""
        params: dict[str, str] = super().get_pkce_params()
        return {**params, "nonce": nonce_of(params["code_verifier"])}

    def extract_uid(self, data: Mapping[str, Any]) -> str:
        return uid_of(self.file, data)

    def extract_extra_data(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def extract_common_fields(self, data: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def extract_email_addresses(self, data: Mapping[str, Any]) -> list[Any]:
        return []


def _app(file: Provider) -> SocialApp:
    settings = {
        "server_url": file.issuer.rstrip("/"),
        "oauth_pkce_enabled": True,
        "scope": list(file.scopes),
        "auth_params": {"acr_values": " ".join(file.levels)},
    }
    return SocialApp(
        provider="openid_connect",
        provider_id=file.id,
        name=file.name,
        client_id=file.client_id,
        secret=file.secret,
        settings=settings,
    )
