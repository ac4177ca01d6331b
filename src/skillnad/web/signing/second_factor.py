"""One-time codes: setting them up, being asked for one, and no page before, where the installation demands it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from skillnad.audit.actions import record
from skillnad.organisation.models import Account
from skillnad.organisation.second_factor import has_factor, has_shown_factor
from skillnad.organisation.sign_in.kept import kept_in
from skillnad.web.shared.logged import account_of, log

BEFORE = {"mfa_activate_totp", "account_reauthenticate", "account_logout", "accessibility"}
"""Pages that open before a code has been shown: those that lead there, and out."""


class SecondFactorMiddleware:
    """For accounts with a password; a provider has vouched for the level of its own logins."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> HttpResponseBase | None:
        if not settings.SKILLNAD_SECOND_FACTOR or not isinstance(account := request.user, Account):
            return None
        if kept_in(request.session) or has_shown_factor(request, account):
            return None
        if has_factor(account):  # set up in another session since this one began
            logout(request)
            return redirect("account_login")
        match = request.resolver_match
        return None if match and match.url_name in BEFORE else redirect("mfa_activate_totp")


class Activate(ActivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        """A code that has just been right counts for this session too."""
        answer: HttpResponse = super().form_valid(form)
        account = account_of(self.request)
        post_authentication(self.request, Authenticator.objects.get(user=account, type=Authenticator.Type.TOTP))
        log(self.request, "account.second_factor_added", kind="account", subjects=[str(account.pk)])
        return answer


class Deactivate(DeactivateTOTPView):
    def form_valid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_valid(form)
        log(
            self.request,
            "account.second_factor_removed",
            kind="account",
            subjects=[str(account_of(self.request).pk)],
        )
        return answer


class Authenticate(AuthenticateView):
    def form_invalid(self, form: Any) -> HttpResponse:
        """The password was right, and the code was not: worth more than a line of its own."""
        account = self.stage.login.user
        record(
            by="nobody",
            at=timezone.now(),
            action="account.sign_in_refused",
            subject_kind="account",
            subjects=[account.pk],
            details={"reason": "second_factor"},
        )
        answer: HttpResponse = super().form_invalid(form)
        return answer
