"""The seal of an event: over all that it says and the seal before it, under a key that the database does not have."""

import json
from dataclasses import dataclass
from datetime import UTC

from skillnad.audit.models import AuditEvent
from skillnad.lib.sealing import Keys


@dataclass(frozen=True)
class Checkpoint:
    """How far the log had come, kept outside the database: only against one of these are rows missed at its end."""

    events: int
    mac: str


def mac_of(event: AuditEvent, keys: Keys) -> str:
    """What `event.mac` should be. The moment counts in UTC, so that a database's own time zone changes nothing."""
    content = [
        event.previous_mac,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.by,
        event.action,
        event.purpose,
        event.subject_kind,
        event.subjects,
        event.details,
    ]
    return keys.audit_mac(json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode())
