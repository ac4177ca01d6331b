"""Who has which role, and who has opened what in an emergency: for the pages of those who keep an eye on it."""

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from skillnad.organisation.models import Account, Assignment, BreakGlass
from skillnad.organisation.rights import Right, Role
from skillnad.organisation.standing import area_of, standing_of


def all_assignments() -> "QuerySet[Assignment, Assignment]":
    """Standing first, then those that ended, each by account and with where it is. Emergencies have a page of their
    own."""
    rows = Assignment.objects.filter(break_glass__isnull=True).select_related("account", "unit", "committee")
    return rows.order_by(F("revoked_at").asc(nulls_first=True), "account__username", "granted_at", "pk")


def openings_for(account: Account) -> "QuerySet[BreakGlass, BreakGlass]":
    """The emergencies that the account is to see, the latest first: an auditor all of them, a unit manager those in the
    own units and in their committees, and each its own. `running` says whether one is open still."""
    rows = BreakGlass.objects.select_related("assignment__account", "assignment__unit", "assignment__committee")
    open_now = Q(assignment__revoked_at=None, assignment__granted_at__gt=Now() - F("lasts"))
    told = rows.annotate(running=open_now).order_by("-assignment__granted_at", "-pk")
    if Role.AUDITOR in {one.role for one in standing_of(account)}:
        return told
    units = area_of(account, Right.SEE_OWN_UNIT).units
    theirs = Q(assignment__unit__in=units) | Q(assignment__committee__units__in=units)
    return told.filter(theirs | Q(assignment__account=account)).distinct()


def names_of(actors: set[str]) -> dict[str, str]:
    """What the log calls an account, and its user name; a command at the machine has none."""
    keys = {int(actor.removeprefix("account:")) for actor in actors if actor.startswith("account:")}
    return {account.actor: account.username for account in Account.objects.filter(pk__in=keys)}
