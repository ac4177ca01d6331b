"""Who may open a page: sign in first, then the rule that the page names. Nobody on the way keeps what is behind."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control

from skillnad.lib.errors import Denied

View = Callable[..., HttpResponseBase]


def allowed(check: Callable[[Any], None]) -> Callable[[View], View]:
    """Only for accounts that `check` lets through; others get 403 with the reason.

    No browser or proxy stores the answer: on a shared machine the back button shows nothing after signing out.
    """

    def decorate(view: View) -> View:
        @cache_control(private=True, no_store=True)
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            try:
                check(request.user)
            except Denied as reason:
                raise PermissionDenied(str(reason)) from None
            return view(request, *args, **kwargs)

        return guarded

    return decorate
