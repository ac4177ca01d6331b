"""Sessions end: after half an hour without a page, and after a working day whatever happens."""

import time
from collections.abc import Callable

from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 8 * 60 * 60
BEGAN, SEEN = "began", "seen"
ROUNDED_SECONDS = 60
"""How old the mark of the last page may be before it is written anew: not each page writes to the database."""


class SessionLimitsMiddleware:
    """Stands right after the session is known, before anybody is taken to be signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            _held(request, time.time())
        return self.get_response(request)


def _held(request: HttpRequest, now: float) -> None:
    session = request.session
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        session[BEGAN] = session[SEEN] = now
    elif now - began >= LONGEST_SECONDS or now - seen >= IDLE_SECONDS:
        logout(request)
    elif now - seen >= ROUNDED_SECONDS:
        session[SEEN] = now
