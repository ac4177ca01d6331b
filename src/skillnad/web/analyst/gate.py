"""The door of an explorer without accounts: the key in the address that the terminal shows opens it once.

The key becomes a cookie that this process alone knows. Every other request gets 403, and no more than that.
"""

import logging
import secrets
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from skillnad.web.analyst.latest import opened
from skillnad.web.shared.snapshot_reader import SnapshotReader

PARAMETER = "nyckel"
"""What the key is called in the address."""

_log = logging.getLogger("skillnad.audit")


class Gate:
    """Middleware: `SKILLNAD_EXPLORE_KEY` lets one browser in, until the process ends."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._key: str | None = settings.SKILLNAD_EXPLORE_KEY
        self._cookie = f"skillnad_{secrets.token_hex(4)}"  # cookies know no ports: two explorers need two names
        self._secret = secrets.token_urlsafe(32)
        self._lock = Lock()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._knows(request):
            return redirect("explorer") if PARAMETER in request.GET else self._through(request)
        if request.method == "GET" and request.path == "/" and self._spend(request.GET.get(PARAMETER, "")):
            return self._let_in()
        _log.warning("explore.refused")  # no address: it may hold anything
        return _no_store(render(request, "skillnad/analyst/closed.html", status=403))

    def _knows(self, request: HttpRequest) -> bool:
        return _same(request.COOKIES.get(self._cookie, ""), self._secret)

    def _through(self, request: HttpRequest) -> HttpResponse:
        snapshot = opened(settings.SKILLNAD_SNAPSHOT)
        request.user = SnapshotReader(snapshot.id, snapshot.manifest.as_of.isoformat())  # type: ignore[assignment]
        return self.get_response(request)

    def _spend(self, given: str) -> bool:
        """The key is right, and nobody has used it: of two at once one gets in."""
        with self._lock:
            if self._key is None or not _same(given, self._key):
                return False
            self._key = None
            return True

    def _let_in(self) -> HttpResponse:
        _log.info("explore.opened")
        answer = redirect("explorer")
        # Lax and not Strict: the link may be followed from a terminal in a browser, which is another site.
        answer.set_cookie(self._cookie, self._secret, httponly=True, samesite="Lax")
        return _no_store(answer)


def _no_store(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-store"
    return answer


def _same(one: str, other: str) -> bool:
    """In a time that tells nothing of where they differ."""
    return secrets.compare_digest(one.encode(), other.encode())
