"""`skillnad duration`: how long from one date to another."""

from typing import Annotated

import typer

from skillnad.analysis.questions import Duration
from skillnad.cli.kernel.asking import (
    Conditions,
    Destination,
    Event,
    Format,
    Of,
    Out,
    PeriodText,
    SnapshotFolder,
    Units,
    answer,
    selection,
)
from skillnad.codebook.snapshot_schema import Population


def register(app: typer.Typer) -> None:
    app.command("duration")(duration)


def duration(
    start: Annotated[str, typer.Option("--from", help="Datumet som tiden börjar, som intake_date.")],
    end: Annotated[str, typer.Option("--to", help="Datumet som tiden slutar, som decision_date.")],
    by: Annotated[list[str] | None, typer.Option("--by", help="Kolumn att dela in efter; kan upprepas.")] = None,
    within: Annotated[
        list[int] | None, typer.Option("--within", help="Gräns i dagar: andelen som avslutats inom den; kan upprepas.")
    ] = None,
    of: Of = Population.INTERVENTIONS,
    period: PeriodText = "",
    event: Event = "",
    where: Conditions = None,
    unit: Units = None,
    snapshot: SnapshotFolder = None,
    format: Format = "",
    out: Out = None,
) -> None:
    """Dagar mellan två datum: median, kvartiler och 90:e percentilen, utan och med dem som pågår."""
    answer(
        lambda: Duration(start, end, selection(of, period, event, where, unit), tuple(by or ()), tuple(within or ())),
        snapshot,
        Destination(format, out),
    )
