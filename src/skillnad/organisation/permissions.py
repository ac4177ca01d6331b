"""What an account may do, in pairs: `check_can_x` raises with the reason, `can_x` answers for a button.

Which roles have a right is data; an account has the rights of all its assignments that are not revoked. Importing and
making snapshots are no rights: they are done at the machine, by whoever can read its keys (docs/adr/0020).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser

from skillnad.lib.errors import Denied
from skillnad.organisation.models import Account, Role

Login = Account | AnonymousUser
"""Whoever asks: a request may come from nobody, who has no rights."""


class Right(StrEnum):
    READ_REPORT = "read_report"
    EXPLORE_TABLES = "explore_tables"
    EXPLAIN_DIFFERENCES = "explain_differences"
    WITHDRAW_EXPLANATIONS = "withdraw_explanations"
    SEE_OWN_UNIT = "see_own_unit"
    PREVIEW_INSTRUMENTS = "preview_instruments"
    READ_FREE_TEXT = "read_free_text"


ROLES: Mapping[Right, frozenset[Role]] = {
    Right.READ_REPORT: frozenset({Role.ANALYST, Role.UNIT_MANAGER, Role.CASEWORKER}),
    Right.EXPLORE_TABLES: frozenset({Role.ANALYST, Role.UNIT_MANAGER}),
    Right.EXPLAIN_DIFFERENCES: frozenset({Role.ANALYST, Role.UNIT_MANAGER}),
    Right.WITHDRAW_EXPLANATIONS: frozenset({Role.ANALYST}),
    Right.SEE_OWN_UNIT: frozenset({Role.UNIT_MANAGER}),
    Right.PREVIEW_INSTRUMENTS: frozenset({Role.ANALYST}),
    Right.READ_FREE_TEXT: frozenset({Role.ANALYST}),
}
_WHAT = {
    Right.READ_REPORT: "läsa rapporten",
    Right.EXPLORE_TABLES: "bygga tabeller",
    Right.EXPLAIN_DIFFERENCES: "förklara skillnader",
    Right.WITHDRAW_EXPLANATIONS: "ta bort andras förklaringar",
    Right.SEE_OWN_UNIT: "se den egna enhetens små tal",
    Right.PREVIEW_INSTRUMENTS: "förhandsgranska instrument",
    Right.READ_FREE_TEXT: "läsa svar i fritext",
}


def roles_of(account: Login) -> frozenset[str]:
    """The roles of the account's standing assignments; none for a login that is switched off."""
    if isinstance(account, AnonymousUser) or not account.is_active or account.pk is None:
        return frozenset()
    return frozenset(account.assignments.filter(revoked_at__isnull=True).values_list("role", flat=True))


def has_right(account: Login, right: Right) -> bool:
    return bool(ROLES[right] & roles_of(account))


def check_right(account: Login, right: Right) -> None:
    """Raises Denied, saying which roles have the right."""
    if not has_right(account, right):
        who = " eller ".join(sorted(role.label for role in ROLES[right]))
        raise Denied(f"Den här inloggningen får inte {_WHAT[right]}. Det får {who}. Be den driftansvariga om rollen.")


def check_can_read_report(account: Login) -> None:
    check_right(account, Right.READ_REPORT)


def can_read_report(account: Login) -> bool:
    return has_right(account, Right.READ_REPORT)


def check_can_explore_tables(account: Login) -> None:
    check_right(account, Right.EXPLORE_TABLES)


def can_explore_tables(account: Login) -> bool:
    return has_right(account, Right.EXPLORE_TABLES)


def check_can_explain_differences(account: Login) -> None:
    check_right(account, Right.EXPLAIN_DIFFERENCES)


def can_explain_differences(account: Login) -> bool:
    return has_right(account, Right.EXPLAIN_DIFFERENCES)


def can_withdraw_explanations(account: Login) -> bool:
    """Those of others; who wrote one withdraws it without this right."""
    return has_right(account, Right.WITHDRAW_EXPLANATIONS)


def check_can_see_own_unit(account: Login) -> None:
    check_right(account, Right.SEE_OWN_UNIT)


def can_see_own_unit(account: Login) -> bool:
    return has_right(account, Right.SEE_OWN_UNIT)


def check_can_preview_instruments(account: Login) -> None:
    check_right(account, Right.PREVIEW_INSTRUMENTS)


def can_preview_instruments(account: Login) -> bool:
    return has_right(account, Right.PREVIEW_INSTRUMENTS)


def own_units(account: Login) -> frozenset[str]:
    """The codes of the units that the account answers for: where it is unit manager now."""
    if not can_see_own_unit(account) or isinstance(account, AnonymousUser):
        return frozenset()
    own = account.assignments.filter(revoked_at__isnull=True, role__in=ROLES[Right.SEE_OWN_UNIT])
    return frozenset(own.exclude(unit=None).values_list("unit__code", flat=True))


@dataclass(frozen=True)
class Area:
    """Where a right holds: in all of the municipality, or in committees and units (ids)."""

    everything: bool = False
    committees: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()


def check_can_read_free_text(account: Login) -> None:
    check_right(account, Right.READ_FREE_TEXT)


def can_read_free_text(account: Login) -> bool:
    return has_right(account, Right.READ_FREE_TEXT)


def free_text_area(account: Login) -> Area:
    """Where the account may read what people wrote: where its role is, and nowhere without the right."""
    if not can_read_free_text(account) or isinstance(account, AnonymousUser):
        return Area()
    held = account.assignments.filter(revoked_at__isnull=True, role__in=ROLES[Right.READ_FREE_TEXT])
    places = list(held.values_list("committee_id", "unit_id"))
    return Area(
        everything=(None, None) in places,
        committees=frozenset(committee for committee, unit in places if committee and not unit),
        units=frozenset(unit for _, unit in places if unit),
    )
