"""Letting in whom a provider vouches for: the account, and the roles of the groups, no more and no less."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.organisation.actions import grant_role, revoke_role
from skillnad.organisation.models import Account, Assignment, Committee, Role, Unit
from skillnad.organisation.sign_in.files import BY_PROVIDER, Grant, Provider
from skillnad.organisation.sign_in.refusals import Reason

RANDOM_BYTES = 4


@writing()
def admit(
    *, provider: Provider, uid: str, username: str, grants: Iterable[Grant], by: str, at: datetime
) -> Account | Reason:
    """The account that the provider calls `uid`, with exactly the roles of `grants` by that provider; or why not.

    Nobody without a role has an account made, and who had one keeps it without what came by the provider. A grant in a
    place that is not here gives nothing.
    """
    link = SocialAccount.objects.filter(provider=provider.id, uid=uid).select_related("user").first()
    wanted = {grant: place for grant in grants if (place := _place(grant)) is not None}
    if link is None and not wanted:
        return Reason.NO_GROUP
    account = link.user if link else _made(provider, uid, username, by=by, at=at)
    set_groups(account=account, provider=provider, grants=wanted, by=by, at=at)
    if not account.is_active:
        return Reason.DISABLED
    return account if wanted else Reason.NO_GROUP


@writing()
def set_groups(*, account: Account, provider: Provider, grants: Iterable[Grant], by: str, at: datetime) -> bool:
    """Make what came by the provider exactly `grants`; what others have given stays. Says whether any is left."""
    wanted = {grant: place for grant in grants if (place := _place(grant)) is not None}
    standing = account.assignments.filter(granted_by=provider.actor, revoked_at=None)
    for assignment in standing.select_related("unit", "committee"):
        if wanted.pop(_as_grant(assignment), None) is None:
            revoke_role(assignment=assignment, by=by, at=at)
    for grant, place in sorted(wanted.items()):
        grant_role(account=account, role=Role(grant.role), protected=grant.protected, by=by, at=at, **place)
    return standing.exists()


@writing()
def drop_groups(*, account: Account, by: str, at: datetime) -> None:
    """Take back what came by any provider: with a password nobody vouches for the groups any more."""
    for assignment in account.assignments.filter(granted_by__startswith=BY_PROVIDER, revoked_at=None):
        revoke_role(assignment=assignment, by=by, at=at)


@writing()
def refused(*, provider: str, reason: Reason, account: Account | None = None, by: str, at: datetime) -> None:
    """A login that was not let in: which provider and why, and nothing of what it said."""
    record(
        by=by,
        at=at,
        action="account.sign_in_refused",
        subject_kind="account" if account else "",
        subjects=[account.pk] if account else (),
        details={"provider": provider, "reason": reason.value},
    )


def _made(provider: Provider, uid: str, username: str, *, by: str, at: datetime) -> Account:
    """A name that is taken is somebody else's, though the provider says it: the new login gets another."""
    free = username and not Account.objects.filter(username__iexact=username).exists()
    name = username if free else f"{provider.id}-{secrets.token_hex(RANDOM_BYTES)}"
    account = Account(username=name, date_joined=at)
    account.set_unusable_password()
    account.save()
    SocialAccount.objects.create(provider=provider.id, uid=uid, user=account)
    record(by=by, at=at, action="account.create", subject_kind="account", subjects=[account.pk])
    return account


def _place(grant: Grant) -> dict[str, Any] | None:
    """Where the grant is; None where no such place is here, so that it never becomes a role of no place."""
    if grant.unit:
        unit = Unit.objects.filter(code=grant.unit).first()
        return {"unit": unit} if unit else None
    if grant.committee:
        committee = Committee.objects.filter(code=grant.committee).first()
        return {"committee": committee} if committee else None
    return {}


def _as_grant(one: Assignment) -> Grant:
    unit, committee = one.unit, one.committee
    return Grant(one.role, unit.code if unit else "", committee.code if committee else "", one.protected)
