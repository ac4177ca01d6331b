"""What people have answered is about them, and much of it is delicate: all answers are treated so.

A row's key in its source may name someone; only a keyed name of it is kept, which tells nobody whose it is.
"""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_NONE = ["source", "import_run", "instrument", "version", "digest"]
_PSEUDONYM = ["id", "source_key", "row_hash", "client", "case", "intervention", "follow_up"]
_PERSONAL = ["perspective", "variant", "answered_date", "occasion", "unit", "provider", "age", "slots"]
_SENSITIVE = ["language", "answers"]

FIELDS: Mapping[str, Fields] = {
    "Submission": {
        **dict.fromkeys(_NONE, Privacy.NONE),
        **dict.fromkeys(_PSEUDONYM, Privacy.PSEUDONYM),
        **dict.fromkeys(_PERSONAL, Privacy.PERSONAL),
        **dict.fromkeys(_SENSITIVE, Privacy.SENSITIVE),
    },
    "FreeAnswer": {
        "id": Privacy.PSEUDONYM,
        "submission": Privacy.PSEUDONYM,
        "item": Privacy.NONE,
        "text_sealed": Privacy.SENSITIVE,
        "themes": Privacy.SENSITIVE,
        "themed_at": Privacy.LOGIN,
        "themed_by": Privacy.LOGIN,
    },
}
