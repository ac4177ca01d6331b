"""Whoever signed in by the municipality's login is asked about again, before a page is found."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from skillnad.organisation.models import Account
from skillnad.organisation.sign_in.adapter import refused_page
from skillnad.organisation.sign_in.kept import kept_in
from skillnad.organisation.sign_in.rechecking import check_again
from skillnad.organisation.sign_in.refusals import Reason, Refused


class AskAgainMiddleware:
    """Stands before the area of the request is read, so that it is read as it became."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        kept = kept_in(request.session)
        if kept is None or not isinstance(account := request.user, Account):
            return self.get_response(request)
        sign_in = settings.SKILLNAD_SIGN_IN
        try:
            check_again(session=request.session, kept=kept, account=account, sign_in=sign_in, at=timezone.now())
        except Refused as refusal:
            if refusal.reason is not Reason.SILENT:
                logout(request)
            return refused_page(request, refusal.reason)
        return self.get_response(request)
