"""`skillnad differences`: differences between groups to explain, as HTML, PDF and a workbook."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.snapshot import open_snapshot
from skillnad.cli.kernel.asking import PolicyFile, SnapshotFolder, home, newest_snapshot, protected_by, reported_period
from skillnad.reports.differences import differences_report, prepare
from skillnad.reports.making import write_report

FILES = "differences"


def register(app: typer.Typer) -> None:
    app.command(FILES, help="Skillnader mellan grupper att förklara, med plats för svar.")(differences)


def differences(
    period: Annotated[
        str, typer.Option("--period", help="2025, 2025H1, 2025K3, 2025-04 eller två datum med .. emellan.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mapp som sidans tre filer skrivs till.")],
    snapshot: SnapshotFolder = None,
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens namn (förval: ögonblicksbildens).")
    ] = "",
    policy: PolicyFile = None,
) -> None:
    """Skriver differences.html, differences.pdf och differences.xlsx. Varje tal kommer ur ögonblicksbildens skyddade
    mängd. Förklaringar som är skrivna på webbplatsen är inte med: filerna har linjer att skriva på."""
    taken = open_snapshot(snapshot or newest_snapshot(home()))
    asked = reported_period(period, taken.manifest.as_of)
    answers = protected_by(taken, policy)
    prepare(answers, asked, _progress)
    report = differences_report(answers, asked, made_on=date.today(), municipality=municipality)
    for path in write_report(report, out, FILES):
        typer.echo(str(path))


def _progress(done: int, of: int) -> None:
    """One line that is written over, and only where someone looks."""
    end = "\n" if done == of else ""
    if typer.get_text_stream("stderr").isatty():
        typer.echo(f"\r{done} av {of} jämförelser är räknade och skyddade.{end}", err=True, nl=False)
