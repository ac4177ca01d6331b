"""The tree is public knowledge; accounts are about employees."""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_PLACE = dict.fromkeys(["id", "code", "name", "valid_from", "valid_to"], Privacy.NONE)
_ACCOUNT = [
    "id",
    "password",
    "last_login",
    "is_superuser",
    "username",
    "first_name",
    "last_name",
    "email",
    "is_staff",
    "is_active",
    "date_joined",
    "groups",
    "user_permissions",
]
_ASSIGNMENT = [
    "account",
    "role",
    "committee",
    "unit",
    "protected",
    "granted_at",
    "granted_by",
    "revoked_at",
    "revoked_by",
]
_BREAK_GLASS = ["assignment", "reason", "explanation", "lasts"]

FIELDS: Mapping[str, Fields] = {
    "Municipality": _PLACE,
    "Committee": {**_PLACE, "municipality": Privacy.NONE},
    "Administration": {**_PLACE, "committee": Privacy.NONE, "kind": Privacy.NONE},
    "Unit": {**_PLACE, **dict.fromkeys(["municipality", "committee", "administration"], Privacy.NONE)},
    "Provider": {**_PLACE, "municipality": Privacy.NONE, "kind": Privacy.NONE},
    "Account": dict.fromkeys(_ACCOUNT, Privacy.LOGIN),
    "Assignment": {"id": Privacy.NONE, **dict.fromkeys(_ASSIGNMENT, Privacy.LOGIN)},
    "BreakGlass": {"id": Privacy.NONE, **dict.fromkeys(_BREAK_GLASS, Privacy.LOGIN)},
}
