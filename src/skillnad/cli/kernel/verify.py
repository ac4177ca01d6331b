"""`skillnad verify`: a release against what it was made of."""

from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.disclosure.release_folder import read_release
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.verify.rules import policy_of_rules
from skillnad.analysis.disclosure.verify.verifying import verify as verified

MOST = 50


def register(app: typer.Typer) -> None:
    app.command("verify")(verify)


def verify(
    release: Annotated[Path, typer.Argument(metavar="PUBLICERING", help="Mappen som `skillnad protect` har skrivit.")],
    truth: Annotated[
        list[Path],
        typer.Option("--truth", metavar="TABELL.csv", help="En tabell som den gjordes av; upprepas för fler."),
    ],
) -> None:
    """Granska en publicering mot underlaget, med en egen räknemodell. Slutar med status 1 om något är fel."""
    told = read_release(release)
    counted = read_tables(truth, told.tables[0].layout.count, told.groupings)
    found = verified(told, policy_of_rules(told.rules), counted.tables)
    for objection in found[:MOST]:
        typer.echo(f"- {objection.sv}")
    gaps = sum(table.gaps for table in told.tables)
    typer.echo(f"{len(found)} invändningar." if found else f"Inga invändningar: {gaps} luckor prövade.")
    if found:
        raise typer.Exit(1)
