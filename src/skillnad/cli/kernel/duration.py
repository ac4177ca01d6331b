"""`skillnad duration`: how long from one date to another."""

from typing import Annotated

import typer

from skillnad.analysis.questions import Duration
from skillnad.cli.kernel.asking import Answer, Rows
from skillnad.cli.kernel.options import with_options


def register(app: typer.Typer) -> None:
    app.command("duration")(with_options(duration))


def duration(
    *,
    start: Annotated[str, typer.Option("--from", help="Datumet som tiden börjar, som intake_date.")],
    end: Annotated[str, typer.Option("--to", help="Datumet som tiden slutar, som decision_date.")],
    by: Annotated[list[str] | None, typer.Option("--by", help="Kolumn att dela in efter; kan upprepas.")] = None,
    within: Annotated[
        list[int] | None, typer.Option("--within", help="Gräns i dagar: andelen som avslutats inom den; kan upprepas.")
    ] = None,
    rows: Rows,
    answer: Answer,
) -> None:
    """Dagar mellan två datum: median, kvartiler och 90:e percentilen, utan och med dem som pågår."""
    answer.give(lambda: Duration(start, end, rows.selected(), tuple(by or ()), tuple(within or ())))
