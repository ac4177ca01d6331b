"""What an account may do, in pairs: `check_can_x` raises with the reason, `can_x` answers for a button.

Which roles have a right is the table in `rights`; an account has the rights of all its assignments that hold now.
"""

from collections.abc import Callable

from skillnad.lib.errors import Denied
from skillnad.organisation.rights import TABLE, Right
from skillnad.organisation.standing import Area, Login, area_of, standing_of

Check = Callable[[Login], None]
Can = Callable[[Login], bool]


def roles_of(account: Login) -> frozenset[str]:
    """The roles of the account's standing assignments; none for a login that is switched off."""
    return frozenset(one.role for one in standing_of(account))


def has_right(account: Login, right: Right) -> bool:
    return bool(TABLE[right].roles & roles_of(account))


def check_right(account: Login, right: Right) -> None:
    """Raises Denied, saying which roles have the right."""
    if not has_right(account, right):
        rule = TABLE[right]
        who = " eller ".join(sorted(role.label for role in rule.roles))
        raise Denied(f"Den här inloggningen får inte {rule.what}. Det får {who}. Be den driftansvariga om rollen.")


def _pair(right: Right) -> tuple[Check, Can]:
    return (lambda account: check_right(account, right)), (lambda account: has_right(account, right))


check_can_read_report, can_read_report = _pair(Right.READ_REPORT)
check_can_explore_tables, can_explore_tables = _pair(Right.EXPLORE_TABLES)
check_can_explain_differences, can_explain_differences = _pair(Right.EXPLAIN_DIFFERENCES)
check_can_withdraw_explanations, can_withdraw_explanations = _pair(Right.WITHDRAW_EXPLANATIONS)
"""Those of others; who wrote one withdraws it without this right."""
check_can_see_own_unit, can_see_own_unit = _pair(Right.SEE_OWN_UNIT)
check_can_preview_instruments, can_preview_instruments = _pair(Right.PREVIEW_INSTRUMENTS)
check_can_read_free_text, can_read_free_text = _pair(Right.READ_FREE_TEXT)
check_can_break_glass, can_break_glass = _pair(Right.BREAK_GLASS)
check_can_see_broken_glass, can_see_broken_glass = _pair(Right.SEE_BROKEN_GLASS)
check_can_see_roles, can_see_roles = _pair(Right.SEE_ROLES)
check_can_manage_roles, can_manage_roles = _pair(Right.MANAGE_ROLES)
check_can_manage_organisation, can_manage_organisation = _pair(Right.MANAGE_ORGANISATION)
check_can_review_log, can_review_log = _pair(Right.REVIEW_LOG)


def own_units(account: Login) -> frozenset[str]:
    """The codes of the units that the account answers for: where it is unit manager now."""
    roles = TABLE[Right.SEE_OWN_UNIT].roles
    return frozenset(one.unit_code for one in standing_of(account) if one.role in roles and one.unit_code)


def free_text_area(account: Login) -> Area:
    """Where the account may read what people wrote: where its role is, and nowhere without the right."""
    return area_of(account, Right.READ_FREE_TEXT)
