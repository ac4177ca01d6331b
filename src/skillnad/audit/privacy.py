"""How near to a person a stored field is. Each app says it of its own fields in its module `privacy`."""

from collections.abc import Mapping
from enum import StrEnum


class Privacy(StrEnum):
    """The classes, from nothing to the most delicate."""

    NONE = "none"  # says nothing of a person
    LOGIN = "login"  # about an employee's account
    PSEUDONYM = "pseudonym"  # tells rows of one person together, and not whose they are
    IDENTITY = "identity"  # names a person, sealed or not
    PERSONAL = "personal"  # about a person
    SENSITIVE = "sensitive"  # health, violence, crime, origin: article 9 or 10 of the GDPR, or as delicate


Fields = Mapping[str, Privacy]

FIELDS: Mapping[str, Fields] = {
    "AuditEvent": {
        "id": Privacy.NONE,
        "at": Privacy.LOGIN,
        "by": Privacy.LOGIN,
        "action": Privacy.LOGIN,
        "purpose": Privacy.NONE,
        "subject_kind": Privacy.NONE,
        "subjects": Privacy.PSEUDONYM,
        "details": Privacy.NONE,
        "previous_mac": Privacy.NONE,
        "mac": Privacy.NONE,
    },
    "AuditSubject": {"id": Privacy.NONE, "event": Privacy.NONE, "person": Privacy.PSEUDONYM},
}
