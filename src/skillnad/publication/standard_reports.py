"""The standard reports of a snapshot, kept beside it: made once, the same for every reader after that."""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skillnad.analysis.protected_set import ProtectedSet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.making import Progress, standard_report, write_report
from skillnad.reports.render.html import report_fragment

FOLDER = "reports"
FRAGMENT = "fragment.html"
FILES = ("report.html", "report.pdf", "report.xlsx")


@dataclass(frozen=True)
class StoredReport:
    """A report's folder: the files to take along, and the part of a page that the web app shows inside its own.

    `snapshot` is the id of the snapshot that it was made of.
    """

    period: Period
    folder: Path
    snapshot: str

    def file(self, name: str) -> Path:
        """One of FILES. Raises KeyError for any other name, so that a name from an address reaches nothing else."""
        if name not in FILES:
            raise KeyError(name)
        return self.folder / name

    @property
    def fragment(self) -> str:
        return (self.folder / FRAGMENT).read_text(encoding="utf-8")


def stored_report(snapshot: Snapshot, period: Period) -> StoredReport | None:
    """The report of the period, or None where none has been made."""
    folder = snapshot.path / FOLDER / str(period)
    return StoredReport(period, folder, snapshot.id) if (folder / FRAGMENT).exists() else None


def stored_reports(snapshot: Snapshot) -> Iterator[StoredReport]:
    """All that have been made, the latest period first."""
    folders = sorted((snapshot.path / FOLDER).glob("*"), reverse=True)
    found = (stored_report(snapshot, Period.parse(folder.name)) for folder in folders if folder.is_dir())
    return (report for report in found if report)


def _quiet(done: int, of: int) -> None:
    pass


def store_report(answers: ProtectedSet, period: Period, *, made_on: date, progress: Progress = _quiet) -> StoredReport:
    """Make the report and keep it beside the snapshot. What another process made meanwhile stands.

    Raises UserError as `reports.making.standard_report`.
    """
    home = answers.snapshot.path / FOLDER
    home.mkdir(exist_ok=True)
    report = standard_report(answers, period, made_on=made_on, progress=progress)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as folder:
        made = Path(folder) / "made"
        write_report(report, made)
        (made / FRAGMENT).write_text(report_fragment(report), encoding="utf-8")
        target = home / str(period)
        if not (target / FRAGMENT).exists():
            shutil.rmtree(target, ignore_errors=True)
            made.rename(target)
    return StoredReport(period, home / str(period), answers.snapshot.id)
