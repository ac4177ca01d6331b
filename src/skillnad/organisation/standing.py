"""What an account stands on: its assignments that hold now, read in one question, and where each right reaches."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from skillnad.organisation.models import Account, Assignment
from skillnad.organisation.rights import TABLE, Right

Login = Account | AnonymousUser
"""Whoever asks: a request may come from nobody, who has no rights."""

COLUMNS = ("role", "committee_id", "unit_id", "unit__code", "protected")


@dataclass(frozen=True)
class Standing:
    """One assignment that holds: the role, and where. Committee and unit are ids; of both, the unit is what holds."""

    role: str
    committee: int | None
    unit: int | None
    unit_code: str | None
    protected: bool


@dataclass(frozen=True)
class Area:
    """Where a right holds: committees and units (ids). There is no area of everything: who is to see the people of
    several committees has been given each of them. `protected`: people with protected identity too."""

    committees: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    protected: bool = False

    def __bool__(self) -> bool:
        return bool(self.committees or self.units)


def standing_rows(account: Account) -> "QuerySet[Assignment, Any]":
    """Assignments that are not taken back; of emergency ones those whose time is not out by the database's clock."""
    in_time = Q(break_glass__isnull=True) | Q(granted_at__gt=Now() - F("break_glass__lasts"))
    return account.assignments.filter(in_time, revoked_at__isnull=True).values_list(*COLUMNS)


def standing_of(account: Login) -> tuple[Standing, ...]:
    """None for nobody and for a login that is switched off. A request has read it already (`register.row_security`)."""
    if isinstance(account, AnonymousUser) or not account.is_active or account.pk is None:
        return ()
    if account.standing is not None:
        return account.standing
    return read(standing_rows(account))


def read(rows: Iterable[tuple[Any, ...]]) -> tuple[Standing, ...]:
    return tuple(Standing(*row) for row in rows)


def area_of(account: Login, right: Right) -> Area:
    """Where the account has the right: nowhere for a role that is of no place. People with protected identity are
    within only where every place is: one of several assignments does not lift the others."""
    rule = TABLE[right]
    held = [one for one in standing_of(account) if one.role in rule.roles and (one.committee or one.unit)]
    return Area(
        committees=frozenset(one.committee for one in held if one.committee and not one.unit),
        units=frozenset(one.unit for one in held if one.unit),
        protected=rule.protected and bool(held) and all(one.protected for one in held),
    )
