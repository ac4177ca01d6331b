"""That a backup was made or restored, in the log."""

from datetime import datetime
from pathlib import Path

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.snapshots.models import Snapshot
from skillnad.stewardship.backup.manifest import Manifest


@writing()
def record_made(*, manifest: Manifest, by: str, at: datetime) -> None:
    """The backup cannot hold this event: it was made before."""
    record(by=by, at=at, action="backup.made", purpose="availability", details=_told(manifest))


@writing()
def record_restored(*, manifest: Manifest, home: Path, by: str, at: datetime) -> int:
    """Name the snapshots where they lie now; says how many. Those that lay outside the old home are left alone."""
    moved = 0
    for snapshot in Snapshot.objects.all():
        here = home / "snapshots" / snapshot.id
        if here.is_dir() and snapshot.path != str(here):
            snapshot.path = str(here)
            snapshot.save(update_fields=["path"])
            moved += 1
    record(by=by, at=at, action="backup.restored", purpose="availability", details=_told(manifest) | {"moved": moved})
    return moved


def _told(manifest: Manifest) -> dict[str, object]:
    return {"made_at": manifest.made_at, "rows": sum(manifest.rows.values()), "files": len(manifest.files)}
