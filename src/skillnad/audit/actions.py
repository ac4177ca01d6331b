"""Adding to the log."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from skillnad.audit.chain import mac_of
from skillnad.audit.keys import installed_keys
from skillnad.audit.models import AuditEvent
from skillnad.audit.writing import writing

_APPENDING = 7_319_502_118  # any number of our own: PostgreSQL's name for the lock of the chain's end


@writing()
def record(
    *,
    by: str,
    at: datetime,
    action: str,
    purpose: str = "",
    subject_kind: str = "",
    subjects: Sequence[int | str] = (),
    details: Mapping[str, Any] | None = None,
) -> AuditEvent:
    """Add one event to the chain, in the transaction that does what it tells of: both stay, or neither."""
    _wait_for_the_end_of_the_chain()
    last = AuditEvent.objects.order_by("-pk").values_list("mac", flat=True).first()
    said = json.loads(json.dumps([list(subjects), dict(details or {})]))  # as it will be read back, for the seal
    event = AuditEvent(
        at=at,
        by=by,
        action=action,
        purpose=purpose,
        subject_kind=subject_kind,
        subjects=said[0],
        details=said[1],
        previous_mac=last or "",
    )
    event.mac = mac_of(event, installed_keys())
    event.save()
    return event


def _wait_for_the_end_of_the_chain() -> None:
    """On SQLite a transaction is alone; PostgreSQL lets two begin, and the second must see the first's event."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_APPENDING])
