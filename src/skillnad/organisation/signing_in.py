"""How logins come to be and are used: given out by an operator, never taken, and each use of one is logged."""

import time
from typing import Any

from allauth.account import app_settings as account_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from skillnad.audit.actions import record
from skillnad.organisation.models import Account
from skillnad.organisation.sign_in.actions import drop_groups
from skillnad.organisation.sign_in.adapter import remember


class ClosedAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def post_login(self, request: HttpRequest, user: Account, **how: Any) -> HttpResponse:
        record(by=user.actor, at=timezone.now(), action="account.sign_in", subject_kind="account", subjects=[user.pk])
        if login := (how.get("signal_kwargs") or {}).get("sociallogin"):
            remember(request, user, login)
        else:
            drop_groups(account=user, by=user.actor, at=timezone.now())
        response: HttpResponse = super().post_login(request, user, **how)
        return response

    def is_reauthentication_required(self, *, app: str, **more: Any) -> bool:
        """Who has signed in within the last minutes has just shown what would be asked for."""
        records = get_authentication_records(self.request, self.request.user)
        if any(time.time() - record["at"] < account_settings.REAUTHENTICATION_TIMEOUT for record in records):
            return False
        return bool(super().is_reauthentication_required(app=app, **more))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The name that was tried is not kept: people type their password, or their identity number, in its place."""
        record(by="nobody", at=timezone.now(), action="account.sign_in_refused")
