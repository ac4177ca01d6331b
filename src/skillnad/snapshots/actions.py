"""Making a snapshot: the writer's process does the work, and the register remembers that it was done."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.timezone import localdate

from skillnad.audit.actions import record
from skillnad.audit.entries import EVERYONE
from skillnad.audit.writing import writing
from skillnad.lib.errors import UserError
from skillnad.snapshots.models import Snapshot
from skillnad.snapshots.process import database_order, run_writer


def make_snapshot(*, by: str, at: datetime, as_of: date, home: Path) -> Snapshot:
    """Write the register as of `as_of` under `home` (a folder a snapshot) and record it.

    The writer sees what is committed: called inside a transaction, it does not see that transaction's rows.
    Raises UserError SNAP-020 to SNAP-026 and SNAP-028; then nothing is left in `home`, and nothing is recorded.
    """
    _check_has_been(as_of, at)
    local, own = settings.SKILLNAD_LOCAL_CODEBOOK, settings.SKILLNAD_LOCAL_INSTRUMENTS
    written = run_writer(
        {
            "database": database_order(connection.settings_dict),
            "local_codebook": str(local) if local else None,
            "local_instruments": str(own) if own else None,
            "as_of": as_of.isoformat(),
            "at": at.isoformat(),
            "home": str(home.absolute()),
        }
    )
    return _remember(written, by=by, at=at, as_of=as_of, home=home.absolute())


@writing()
def _remember(written: Mapping[str, Any], *, by: str, at: datetime, as_of: date, home: Path) -> Snapshot:
    path = str(home / written["id"])
    snapshot, _ = Snapshot.objects.update_or_create(
        id=written["id"],
        defaults={"path": path},
        create_defaults={
            "path": path,
            "as_of": as_of,
            "made_at": at,
            "made_by": by,
            "codebook_version": written["codebook_version"],
            "codebook_digest": written["codebook_digest"],
            "rows": written["rows"],
        },
    )
    record(
        by=by,
        at=at,
        action="snapshot.made",
        purpose="follow-up",
        subject_kind="snapshot",
        subjects=[snapshot.id],
        details={"as_of": as_of.isoformat(), "rows": written["rows"]},
        people=EVERYONE,
    )
    return snapshot


def _check_has_been(as_of: date, at: datetime) -> None:
    today = localdate(at)
    if as_of > today:
        raise UserError.of(
            "SNAP-026",
            where="--as-of",
            sv=f"{as_of} har inte varit än, och registret säger inget om den dagen. Välj {today} eller tidigare.",
            en=f"{as_of} has not been yet, and the register knows nothing of it. Choose {today} or earlier.",
        )
