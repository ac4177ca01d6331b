"""The reports of a snapshot, kept beside it: made once, the same for every reader after that."""

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from skillnad.analysis.protected_set import Progress, ProtectedSet, quiet
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.context import Series
from skillnad.reports.editions import EDITIONS, USUAL, Edition
from skillnad.reports.making import report_of, write_report
from skillnad.reports.render.html import report_fragment

FOLDER = "reports"
FRAGMENT = "fragment.html"
AT = "@"
CODE = re.compile(r"[\w-]{1,60}")
"""A place's code that can stand in an address and in the name of a folder."""
FILES = ("report.html", "report.pdf", "report.xlsx")


@dataclass(frozen=True)
class StoredReport:
    """A report's folder: the files to take along, and the part of a page that the web app shows inside its own.

    `edition` is a name of EDITIONS, which may have a place after it (`of_place`), and `snapshot` the id of the snapshot
    that it was made of.
    """

    edition: str
    period: Period
    folder: Path
    snapshot: str

    @property
    def key(self) -> str:
        """What the report is called among its snapshot's: 2025, namnd-2025-10, or 2025@VUX of one place."""
        return key_of(self.edition, self.period)

    def file(self, name: str) -> Path:
        """One of FILES. Raises KeyError for any other name, so that a name from an address reaches nothing else."""
        if name not in FILES:
            raise KeyError(name)
        return self.folder / name

    @property
    def fragment(self) -> str:
        return (self.folder / FRAGMENT).read_text(encoding="utf-8")


def of_place(edition: str, place: str) -> str:
    """The edition of one unit, administration or committee, by its code; of all where there is none."""
    return f"{edition}{AT}{place}" if place else edition


def edition_and_places(name: str) -> tuple[Edition, tuple[str, ...]]:
    """The edition of the name, and the code of the place that it is of, if it is of one."""
    edition, _, place = name.partition(AT)
    return EDITIONS[edition], (place,) if place else ()


def key_of(edition: str, period: Period) -> str:
    name, _, place = edition.partition(AT)
    return of_place(str(period) if name == USUAL else f"{name}-{period}", place)


def edition_and_period(key: str) -> tuple[str, Period]:
    """What a key stands for. Raises UserError (PER-001) where it is none."""
    told, at, place = key.partition(AT)
    if at and not CODE.fullmatch(place):
        told = key
    edition, dash, period = told.partition("-")
    if dash and edition in EDITIONS and edition != USUAL:
        return of_place(edition, place), Period.parse(period)
    return of_place(USUAL, place), Period.parse(told)


def stored_report(snapshot: Snapshot, period: Period, edition: str = USUAL) -> StoredReport | None:
    """The report of the period, or None where none has been made."""
    folder = snapshot.path / FOLDER / key_of(edition, period)
    return StoredReport(edition, period, folder, snapshot.id) if (folder / FRAGMENT).exists() else None


def stored_reports(snapshot: Snapshot) -> Iterator[StoredReport]:
    """All that have been made, the latest period first."""
    folders = [folder for folder in (snapshot.path / FOLDER).glob("[!.]*") if folder.is_dir()]
    keys = sorted((edition_and_period(folder.name) for folder in folders), key=lambda key: str(key[1]), reverse=True)
    found = (stored_report(snapshot, period, edition) for edition, period in keys)
    return (report for report in found if report)


def store_report(
    answers: ProtectedSet,
    period: Period,
    *,
    made_on: date,
    edition: str = USUAL,
    context: Sequence[Series] = (),
    progress: Progress = quiet,
) -> StoredReport:
    """Make the report and keep it beside the snapshot. What another process made meanwhile stands.

    Raises UserError as `reports.making.report_of`.
    """
    home = answers.snapshot.path / FOLDER
    home.mkdir(exist_ok=True)
    which, places = edition_and_places(edition)
    report = report_of(
        answers, period, made_on=made_on, edition=which, context=context, units=places, progress=progress
    )
    target = home / key_of(edition, period)
    with tempfile.TemporaryDirectory(dir=home, prefix=".") as folder:
        made = Path(folder) / "made"
        write_report(report, made)
        (made / FRAGMENT).write_text(report_fragment(report), encoding="utf-8")
        if not (target / FRAGMENT).exists():
            shutil.rmtree(target, ignore_errors=True)
            made.rename(target)
    return StoredReport(edition, period, target, answers.snapshot.id)
