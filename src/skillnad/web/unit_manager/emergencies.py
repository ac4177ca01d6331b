"""*Nödöppningar*: who has opened another place in an emergency, for its manager and the auditor; and the opening
itself, for those who read people somewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.break_glass import break_glass, end_break
from skillnad.organisation.models import BreakGlass, GlassReason
from skillnad.organisation.permissions import can_break_glass, check_can_break_glass, check_can_see_broken_glass
from skillnad.organisation.queries import openings_for
from skillnad.organisation.rights import Purpose, Role
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import account_of, log
from skillnad.web.shared.places import place_of, places

HOURS = ("1", "2", "4")
LONGEST_NUMBER = 18


@dataclass(frozen=True)
class Opening:
    """One emergency as the page tells it. `own` is whether the reader may end it now."""

    of: BreakGlass
    role: str
    where: str
    reason: str
    running: bool
    own: bool


@allowed(check_can_see_broken_glass)
def emergencies(request: HttpRequest) -> HttpResponse:
    """The openings that this account is to see. That they were read is logged."""
    log(request, "break_glass.read", kind="page", subjects=["emergencies"], purpose=Purpose.ACCESS_CONTROL)
    return _page(request)


@require_POST
@allowed(check_can_break_glass)
def open_place(request: HttpRequest) -> HttpResponse:
    """Open a place for some hours, and lead back."""
    account, told = account_of(request), request.POST
    place, hours = place_of(told.get("place", "")), told.get("hours", "")
    if place is None or hours not in HOURS:
        raise Http404
    try:
        break_glass(
            account=account,
            place=place,
            reason=told.get("reason", ""),
            explanation=told.get("explanation", ""),
            lasts=timedelta(hours=int(hours)),
            by=account.actor,
            at=timezone.now(),
        )
    except UserError as refused:
        return _page(request, failed=refused.problems[0].sv)
    return redirect("emergencies")


@require_POST
@allowed(check_can_break_glass)
def close_place(request: HttpRequest) -> HttpResponse:
    """End an opening of one's own, and lead back."""
    account, number = account_of(request), request.POST.get("opening", "")
    if not (number.isascii() and number.isdecimal()) or len(number) > LONGEST_NUMBER:
        raise Http404
    try:
        end_break(account=account, number=int(number), by=account.actor, at=timezone.now())
    except Denied:
        raise Http404 from None
    return redirect("emergencies")


def _page(request: HttpRequest, failed: str = "") -> HttpResponse:
    may = can_break_glass(request.user)
    page = {
        "openings": list(_openings(request)),
        "may_open": may,
        "places": list(places()) if may else [],
        "reasons": GlassReason.choices,
        "hours": HOURS,
        "failed": failed,
        "typed": request.POST.get("explanation", "") if failed else "",
    }
    return render(request, "skillnad/unit_manager/emergencies.html", page, status=422 if failed else 200)


def _openings(request: HttpRequest) -> Iterator[Opening]:
    account = account_of(request)
    for one in openings_for(account):
        held, running = one.assignment, bool(one.running)  # type: ignore[attr-defined]
        place = held.unit or held.committee
        yield Opening(
            of=one,
            role=Role(held.role).label,
            where=place.name if place else "",
            reason=GlassReason(one.reason).label,
            running=running,
            own=running and held.account_id == account.pk,
        )
