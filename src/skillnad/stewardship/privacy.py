"""Checks of the log are about employees; the own identity of a login is an identity as a client's is."""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_REVIEW = ["id", "from_date", "to_date", "seed", "wanted", "readings", "own_known"]

FIELDS: Mapping[str, Fields] = {
    "LogReview": {
        **dict.fromkeys(_REVIEW, Privacy.NONE),
        **dict.fromkeys(["made_at", "made_by"], Privacy.LOGIN),
    },
    "LogFinding": {
        **dict.fromkeys(["id", "review"], Privacy.NONE),
        **dict.fromkeys(["event", "reason", "events", "outcome", "settled_at", "settled_by"], Privacy.LOGIN),
    },
    "OwnIdentity": {
        "id": Privacy.NONE,
        "identity_index": Privacy.IDENTITY,
        **dict.fromkeys(["account", "set_at", "set_by"], Privacy.LOGIN),
    },
}
