"""`skillnad report`: the standard report of a snapshot, as HTML, PDF and a workbook."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.snapshot import open_snapshot
from skillnad.cli.kernel.asking import SnapshotFolder, home, newest_snapshot
from skillnad.codebook.periods import Period
from skillnad.reports.making import make_report


def register(app: typer.Typer) -> None:
    app.command("report", help="Standardrapporten som HTML, PDF och Excel.")(report)


def report(
    period: Annotated[
        str, typer.Option("--period", help="2025, 2025H1, 2025K3, 2025-04 eller två datum med .. emellan.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mapp som rapportens tre filer skrivs till.")],
    snapshot: SnapshotFolder = None,
    title: Annotated[str, typer.Option("--title", help="Rapportens titel.")] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens namn (förval: ögonblicksbildens).")
    ] = "",
) -> None:
    """Skriver report.html, report.pdf och report.xlsx. Varje tal kommer ur ögonblicksbildens skyddade mängd."""
    asked = Period.parse(period)
    opened = open_snapshot(snapshot or newest_snapshot(home()))
    paths = make_report(
        opened, asked, out, made_on=date.today(), municipality=municipality, title=title, progress=_progress
    )
    for path in paths:
        typer.echo(str(path))


def _progress(done: int, of: int) -> None:
    """One line that is written over, and only where someone looks."""
    end = "\n" if done == of else ""
    if typer.get_text_stream("stderr").isatty():
        typer.echo(f"\r{done} av {of} tabeller är räknade och skyddade.{end}", err=True, nl=False)
