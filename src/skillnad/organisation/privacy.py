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

_RECORDED = ["id", "replaces", "withdrawn", "made_at"]
_UNIT_RECORD = ["unit", "name", "committee", "administration", "valid_from", "valid_to"]
_SUCCESSION_RECORD = ["predecessor", "successor", "from_date"]

_TOKEN = ["name", "handle", "digest", "rights", "committee", "unit", "last_date"]
_TOKEN_CARE = ["made_at", "made_by", "revoked_at", "revoked_by"]

FIELDS: Mapping[str, Fields] = {
    "Municipality": _PLACE,
    "Committee": {**_PLACE, "municipality": Privacy.NONE},
    "Administration": {**_PLACE, "committee": Privacy.NONE, "kind": Privacy.NONE},
    "Unit": {**_PLACE, **dict.fromkeys(["municipality", "committee", "administration"], Privacy.NONE)},
    "Provider": {**_PLACE, "municipality": Privacy.NONE, "kind": Privacy.NONE},
    "UnitRecord": {**dict.fromkeys([*_RECORDED, *_UNIT_RECORD], Privacy.NONE), "made_by": Privacy.LOGIN},
    "SuccessionRecord": {**dict.fromkeys([*_RECORDED, *_SUCCESSION_RECORD], Privacy.NONE), "made_by": Privacy.LOGIN},
    "Account": dict.fromkeys(_ACCOUNT, Privacy.LOGIN),
    "Assignment": {"id": Privacy.NONE, **dict.fromkeys(_ASSIGNMENT, Privacy.LOGIN)},
    "ServiceToken": {"id": Privacy.NONE, **dict.fromkeys([*_TOKEN, *_TOKEN_CARE], Privacy.LOGIN)},
    "BreakGlass": {"id": Privacy.NONE, **dict.fromkeys(_BREAK_GLASS, Privacy.LOGIN)},
}
