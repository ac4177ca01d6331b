"""A small municipality on the pages: a snapshot whose every number is known, and its report."""

from datetime import UTC, date, datetime
from pathlib import Path

from snapshots_made import make_snapshot

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.publication.standard_reports import store_report
from skillnad.snapshots.models import Snapshot as SnapshotRow

SEX = ("1", "2")


def interventions() -> list[dict[str, object]]:
    """60 interventions: 20 women and 40 men; the third unit has three, too few to show."""
    units = ["A"] * 30 + ["B"] * 27 + ["C"] * 3
    return [
        {
            "client": number,
            "unit": unit,
            "legal_sex": SEX[number % 3 > 0],
            "problem": "1;4" if number % 2 else "4",
            "start_date": date(2025, 1 + number % 12, 3),
            "end_date": None,
            "age_group": "21",
        }
        for number, unit in enumerate(units, start=1)
    ]


def cases() -> list[dict[str, object]]:
    """One of each intervention's: 30 in the first unit, 30 in the second."""
    return [{"client": number, "unit": "AB"[number > 30], "intake_date": date(2025, 1, 2)} for number in range(1, 61)]


def small_snapshot(folder: Path) -> Snapshot:
    return make_snapshot(folder, interventions=interventions(), cases=cases())


def reported_snapshot(folder: Path) -> Snapshot:
    """The same with its report of 2025 made."""
    made = small_snapshot(folder)
    store_report(ProtectedSet(made), Period.year(2025), made_on=date(2026, 1, 2))
    return made


def shown(made: Snapshot) -> Snapshot:
    """The pages take `made` for the newest."""
    SnapshotRow.objects.create(
        id=made.id,
        path=str(made.path),
        as_of=made.manifest.as_of,
        made_at=datetime(2026, 1, 2, tzinfo=UTC),
        made_by="test",
        codebook_version="1",
        codebook_digest="0" * 64,
    )
    return made
