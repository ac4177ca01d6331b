"""Making a snapshot: the writer's process does the work, and the register remembers that it was done."""

import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from psycopg.conninfo import make_conninfo

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.lib.errors import Problem, UserError
from skillnad.snapshots.models import Snapshot

WRITER = (sys.executable, "-m", "skillnad.snapshots.writer")


def make_snapshot(*, by: str, at: datetime, as_of: date, home: Path) -> Snapshot:
    """Write the register as of `as_of` under `home` (a folder a snapshot) and record it.

    The writer sees what is committed: called inside a transaction, it does not see that transaction's rows.
    Raises UserError SNAP-020 to SNAP-026; then nothing is left in `home`, and nothing is recorded.
    """
    _check_has_been(as_of, at)
    local = settings.SKILLNAD_LOCAL_CODEBOOK
    written = _run_writer(
        {
            "database": database_order(connection.settings_dict),
            "local_codebook": str(local) if local else None,
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
    )
    return snapshot


def _run_writer(order: Mapping[str, Any]) -> dict[str, Any]:
    """The writer's last line. The order goes in on its input: a command line can be read by anyone on the machine."""
    done = subprocess.run(WRITER, input=json.dumps(order), stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
    last = json.loads(lines[-1]) if (lines := done.stdout.splitlines()) else {}
    if "problems" in last:
        raise UserError(*(Problem(**problem) for problem in last["problems"]))
    if done.returncode != 0 or "snapshot" not in last:
        raise _stopped(done.returncode)
    return dict(last["snapshot"])


def database_order(settings_dict: Mapping[str, Any]) -> dict[str, str]:
    """How the writer reaches the database that Django uses. Raises UserError SNAP-024 for one in memory."""
    name = str(settings_dict["NAME"])
    if settings_dict["ENGINE"].endswith("sqlite3"):
        if ":memory:" in name or "mode=memory" in name:
            raise _in_memory()
        return {"engine": "sqlite", "path": name}
    wanted = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD"}
    given = {key: str(settings_dict[source]) for key, source in wanted.items() if settings_dict.get(source)}
    return {"engine": "postgresql", "conninfo": make_conninfo("", dbname=name, **given)}


def _check_has_been(as_of: date, at: datetime) -> None:
    if as_of > at.date():
        raise UserError.of(
            "SNAP-026",
            where="--as-of",
            sv=f"{as_of} har inte varit än, och registret säger inget om den dagen. Välj {at.date()} eller tidigare.",
            en=f"{as_of} has not been yet, and the register knows nothing of it. Choose {at.date()} or earlier.",
        )


def _stopped(status: int) -> UserError:
    return UserError.of(
        "SNAP-025",
        sv=f"Skrivaren av ögonblicksbilden stannade i förtid (status {status}). Ingenting har sparats. Kör kommandot "
        "igen; händer det igen, se vad som skrevs ut ovanför, och kontrollera minne och diskutrymme.",
        en=f"The snapshot's writer stopped early (status {status}). Nothing was kept. Run the command again; if it "
        "happens again, see what was printed above, and check memory and disk space.",
    )


def _in_memory() -> UserError:
    return UserError.of(
        "SNAP-024",
        where="SKILLNAD_DATABASE_URL",
        sv="Databasen ligger bara i minnet, och en ögonblicksbild görs av en egen process som inte når den. "
        "Använd en databasfil eller PostgreSQL.",
        en="The database is in memory alone, and a snapshot is made by a process of its own that cannot reach it. "
        "Use a database file or PostgreSQL.",
    )
