"""Where allauth asks the house: which provider, who is let in, and how a login that is not ends."""

import time
from typing import Any

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthError, AuthProcess
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from skillnad.organisation.models import Account
from skillnad.organisation.sign_in import actions
from skillnad.organisation.sign_in.claims import grants_of, uid_of, username_of
from skillnad.organisation.sign_in.files import Provider
from skillnad.organisation.sign_in.kept import Kept, keep, sealed
from skillnad.organisation.sign_in.oidc import OidcProvider
from skillnad.organisation.sign_in.refusals import Reason, Refused

FORBIDDEN, UNAVAILABLE = 403, 503


class ProviderAdapter(DefaultSocialAccountAdapter):
    """Providers are those of the file, never of the database; nobody signs up, connects a login or is found by mail."""

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        return []

    def list_providers(self, request: HttpRequest) -> list[Any]:
        return []

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OidcProvider:
        file = settings.SKILLNAD_SIGN_IN.provider(provider)
        if file is None:
            raise SocialApp.DoesNotExist
        return OidcProvider(request, file)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def can_authenticate_by_email(self, login: SocialLogin, email: str) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        file = sociallogin.provider.file
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(refuse(request, file.id, Reason.STATE))
        admitted = _admitted(file, sociallogin)
        if isinstance(admitted, Reason):
            raise ImmediateHttpResponse(refuse(request, file.id, admitted))
        sociallogin.user = admitted

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: OidcProvider,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        raise ImmediateHttpResponse(refuse(request, provider.file.id, _reason(error, exception)))


def _admitted(file: Provider, login: SocialLogin) -> Account | Reason:
    return actions.admit(
        provider=file,
        uid=uid_of(file, login.said),
        username=username_of(file, login.said),
        grants=grants_of(file, login.said),
        by=file.actor,
        at=timezone.now(),
    )


def _reason(error: str | None, exception: Exception | None) -> Reason:
    if isinstance(exception, Refused):
        return exception.reason
    if isinstance(exception, requests.RequestException):
        return Reason.SILENT
    if error == AuthError.CANCELLED:
        return Reason.CANCELLED
    return Reason.STATE if exception is None else Reason.MALFORMED


def refuse(request: HttpRequest, provider: str, reason: Reason, account: Account | None = None) -> HttpResponse:
    """The page that says why, and the line of the log."""
    by = account.actor if account else "nobody"
    actions.refused(provider=provider, reason=reason, account=account, by=by, at=timezone.now())
    return refused_page(request, reason)


def refused_page(request: HttpRequest, reason: Reason) -> HttpResponse:
    status = UNAVAILABLE if reason is Reason.SILENT else FORBIDDEN
    answer = render(request, "account/provider_refused.html", {"reason": reason.label, "code": reason}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def remember(request: HttpRequest, account: Account, login: SocialLogin) -> None:
    """In the session, once it is the account's: what is needed to ask the provider again."""
    kept = Kept(
        provider=login.account.provider,
        subject=login.said["sub"],
        userinfo=login.endpoints.userinfo,
        renewal=login.endpoints.renewal,
        basic=login.endpoints.basic,
        token=sealed(login.token.token, account),
        refresh=sealed(login.token.token_secret, account),
        asked=time.time(),
    )
    keep(request.session, kept)
