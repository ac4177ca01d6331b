"""An explanation is about figures, and whoever writes it is asked to point out nobody; but text may say anything."""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_NONE = ["id", "difference", "period", "snapshot", "title", "about", "figures"]
_LOGIN = ["written_at", "written_by", "withdrawn_at", "withdrawn_by"]

FIELDS: Mapping[str, Fields] = {
    "Explanation": {
        **dict.fromkeys(_NONE, Privacy.NONE),
        **dict.fromkeys(_LOGIN, Privacy.LOGIN),
        "text": Privacy.PERSONAL,
    },
}
