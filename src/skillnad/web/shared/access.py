"""Who may open a page: sign in first, then the rule that the page names."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from skillnad.lib.errors import Denied

View = Callable[..., HttpResponseBase]


def allowed(check: Callable[[Any], None]) -> Callable[[View], View]:
    """Only for accounts that `check` lets through; others get 403 with the reason."""

    def decorate(view: View) -> View:
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
