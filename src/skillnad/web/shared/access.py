"""Who may open a page: sign in first, then the rule that the page names. Nobody on the way keeps what is behind."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.defaults import permission_denied

from skillnad.lib.errors import Denied, UserError
from skillnad.web.shared.logged import log
from skillnad.web.shared.snapshot_reader import SnapshotReader, check_reader

View = Callable[..., HttpResponseBase]


def allowed(check: Callable[[Any], None]) -> Callable[[View], View]:
    """Only for accounts that `check` lets through; others get 403 with the reason, and the log gets to know.

    No browser or proxy stores the answer: on a shared machine the back button shows nothing after signing out.
    """

    def decorate(view: View) -> View:
        @cache_control(private=True, no_store=True)
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                _check(check, request)
            except Denied as reason:
                log_denied(request)
                return permission_denied(request, reason)
            try:
                return view(request, *args, **kwargs)
            except UserError as problem:
                return _refused(request, problem)

        return guarded

    return decorate


def _refused(request: HttpRequest, problem: UserError) -> HttpResponseBase:
    """What no page of its own says: that the installation has something wrong, as a policy that fits no snapshot."""
    told = {"refused": [(each.where, each.sv) for each in problem.problems]}
    return render(request, "skillnad/refused.html", told, status=503)


def _check(check: Callable[[Any], None], request: HttpRequest) -> None:
    if isinstance(request.user, SnapshotReader):
        check_reader(check)
    else:
        check(request.user)


def log_denied(request: HttpRequest) -> None:
    """Which page was asked for and how: the page's name and no more, since an address may hold anything."""
    match = request.resolver_match
    page = (match.url_name if match else None) or "unnamed"
    log(request, "web.denied", kind="page", subjects=[page], facts={"method": _method(request)})


def _method(request: HttpRequest) -> str:
    """A browser may send any word for a method."""
    return request.method if request.method in ("GET", "HEAD", "POST") else "other"
