"""`skillnad report`: a report of a snapshot, as HTML, PDF and a workbook."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.snapshot import open_snapshot
from skillnad.cli.kernel.asking import PolicyFile, SnapshotFolder, home, newest_snapshot, protected_by, reported_period
from skillnad.lib.errors import UserError
from skillnad.reports.context import context_at, load_context, unplaced
from skillnad.reports.editions import EDITIONS, USUAL, Edition
from skillnad.reports.making import file_name, report_of, write_report

Beside = Annotated[
    Path | None,
    typer.Option(
        "--context",
        metavar="FIL",
        help="Öppen statistik att ställa bredvid (förval: sammanhang.toml i SKILLNAD_HOME, om den finns).",
    ),
]


def register(app: typer.Typer) -> None:
    app.command("report", help="Standardrapporten, eller nämndens, som HTML, PDF och Excel.")(report)


def report(
    period: Annotated[
        str, typer.Option("--period", help="2025, 2025H1, 2025K3, 2025-04 eller två datum med .. emellan.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="MAPP", help="Mapp som rapportens tre filer skrivs till.")],
    snapshot: SnapshotFolder = None,
    edition: Annotated[
        str, typer.Option("--edition", help=f"Vilken rapport: {' eller '.join(EDITIONS)} (kort, till nämnden).")
    ] = USUAL,
    context: Beside = None,
    title: Annotated[str, typer.Option("--title", help="Rapportens titel.")] = "",
    municipality: Annotated[
        str, typer.Option("--municipality", help="Kommunens namn (förval: ögonblicksbildens).")
    ] = "",
    unit: Annotated[
        list[str] | None,
        typer.Option(
            "--unit",
            metavar="KOD",
            help="Bara den här enheten, förvaltningen eller nämnden; kan upprepas. Filerna får koden i sitt namn.",
        ),
    ] = None,
    policy: PolicyFile = None,
) -> None:
    """Skriver report.html, report.pdf och report.xlsx. Varje tal kommer ur ögonblicksbildens skyddade mängd."""
    series = load_context(context) if context else context_at(home())
    taken = open_snapshot(snapshot or newest_snapshot(home()))
    report = report_of(
        protected_by(taken, policy),
        reported_period(period, taken.manifest.as_of),
        made_on=date.today(),
        municipality=municipality,
        title=title,
        edition=_edition(edition),
        context=series,
        units=unit or (),
        progress=_progress,
    )
    for path in write_report(report, out, file_name(unit or ())):
        typer.echo(str(path))
    if unit:
        return
    for left in unplaced(report, series):
        typer.echo(f"”{left}” står inte vid någon fråga i rapporten: se efter att ”beside” är en frågas id.", err=True)


def _edition(name: str) -> Edition:
    if name in EDITIONS:
        return EDITIONS[name]
    known = " eller ".join(EDITIONS)
    raise UserError.of(
        "REP-022",
        where="--edition",
        sv=f"Det finns ingen rapport ”{name[:20]}”. Välj {known}.",
        en=f"There is no report '{name[:20]}'. Choose {known}.",
    )


def _progress(done: int, of: int) -> None:
    """One line that is written over, and only where someone looks."""
    end = "\n" if done == of else ""
    if typer.get_text_stream("stderr").isatty():
        typer.echo(f"\r{done} av {of} tabeller är räknade och skyddade.{end}", err=True, nl=False)
