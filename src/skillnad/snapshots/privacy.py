"""What is kept of a snapshot beside its files says nothing of a person."""

from collections.abc import Mapping

from skillnad.audit.privacy import Fields, Privacy

_ABOUT_THE_SNAPSHOT = ["id", "path", "as_of", "codebook_version", "codebook_digest", "rows"]

FIELDS: Mapping[str, Fields] = {
    "Snapshot": {
        **dict.fromkeys(_ABOUT_THE_SNAPSHOT, Privacy.NONE),
        **dict.fromkeys(["made_at", "made_by"], Privacy.LOGIN),
    }
}
