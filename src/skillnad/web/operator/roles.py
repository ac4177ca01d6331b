"""*Behörigheter*: who has which role and from whom, given and taken back by an operator and read by an auditor."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from skillnad.lib.errors import Denied, UserError
from skillnad.organisation.actions import grant_role, revoke_role
from skillnad.organisation.models import Account, Assignment, Committee, Unit
from skillnad.organisation.permissions import can_manage_roles, check_can_manage_roles, check_can_see_roles
from skillnad.organisation.queries import all_assignments, names_of
from skillnad.organisation.rights import Role
from skillnad.web.shared.access import allowed
from skillnad.web.shared.logged import actor_of, log
from skillnad.web.shared.places import place_of, places

LONGEST_NUMBER = 18
AT_THE_MACHINE = "kommandoraden"


@dataclass(frozen=True)
class Row:
    """One assignment as the page tells it."""

    held: Assignment
    role: str
    where: str
    given_by: str
    ended_by: str


@allowed(check_can_see_roles)
def roles(request: HttpRequest) -> HttpResponse:
    """Who has what now, and who had it before. That an auditor or operator has read it is logged."""
    log(request, "roles.read", kind="page", subjects=["roles"], purpose="access_control")
    return _page(request)


@require_POST
@allowed(check_can_manage_roles)
def give(request: HttpRequest) -> HttpResponse:
    """Give an account a role, and lead back."""
    account = _found_account(request.POST.get("account", ""))
    role, place = request.POST.get("role", ""), place_of(request.POST.get("place", ""))
    if account is None or role not in set(Role):
        raise Http404
    try:
        grant_role(
            account=account,
            role=Role(role),
            unit=place if isinstance(place, Unit) else None,
            committee=place if isinstance(place, Committee) else None,
            protected=request.POST.get("protected") == "on",
            by=actor_of(request),
            at=timezone.now(),
        )
    except UserError as refused:
        return _page(request, failed=refused.problems[0].sv)
    except Denied as refused:
        return _page(request, failed=str(refused))
    return redirect("roles")


@require_POST
@allowed(check_can_manage_roles)
def take_back(request: HttpRequest) -> HttpResponse:
    """End an assignment, and lead back. That it was there remains."""
    number = _number(request.POST.get("assignment", ""))
    assignment = all_assignments().filter(pk=number, revoked_at=None).first()
    if assignment is None:
        raise Http404
    revoke_role(assignment=assignment, by=actor_of(request), at=timezone.now())
    return redirect("roles")


def _page(request: HttpRequest, failed: str = "") -> HttpResponse:
    rows = list(_rows())
    page = {
        "standing": [row for row in rows if row.held.revoked_at is None],
        "ended": [row for row in rows if row.held.revoked_at is not None],
        "may_change": can_manage_roles(request.user),
        "accounts": Account.objects.filter(is_active=True).order_by("username"),
        "roles": [(role.value, role.label, role.what) for role in Role],
        "places": list(places()),
        "failed": failed,
    }
    return render(request, "skillnad/operator/roles.html", page, status=422 if failed else 200)


def _rows() -> Iterator[Row]:
    held = list(all_assignments())
    names = names_of({actor for one in held for actor in (one.granted_by, one.revoked_by)})
    for one in held:
        place = one.unit or one.committee
        yield Row(
            held=one,
            role=Role(one.role).label,
            where=place.name if place else "ingen plats",
            given_by=names.get(one.granted_by, AT_THE_MACHINE),
            ended_by=names.get(one.revoked_by, AT_THE_MACHINE),
        )


def _found_account(name: str) -> Account | None:
    return Account.objects.filter(username=name, is_active=True).first()


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > LONGEST_NUMBER:
        raise Http404
    return int(text)
