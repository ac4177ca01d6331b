"""`skillnad verify`: a release against what it was made of."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from skillnad.analysis.disclosure.release_folder import read_release
from skillnad.analysis.disclosure.table_set.reading import read_tables
from skillnad.analysis.disclosure.verify.rules import policy_of_rules
from skillnad.analysis.disclosure.verify.verifying import verify as verified
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

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
    _check_names([table.name for table in told.tables], [table.name for table in counted.tables])
    found = verified(told, policy_of_rules(told.rules), counted.tables)
    for objection in found[:MOST]:
        typer.echo(f"- {objection.sv}")
    gaps = sum(table.gaps for table in told.tables)
    typer.echo(f"{len(found)} invändningar." if found else f"Inga invändningar: {gaps} luckor prövade.")
    if found:
        raise typer.Exit(1)


def _check_names(released: Sequence[str], truth: Sequence[str]) -> None:
    """A table is known by its file name: under another, nothing of it would be as it was counted."""
    if set(released) != set(truth):
        raise UserError.of(
            "DISC-088",
            where="--truth",
            sv=f"Publiceringen är av {listed(sorted(released))}, men här anges {listed(sorted(truth))}. Ange varje "
            "tabell som den gjordes av, med samma filnamn.",
            en=f"The release is of {listed(sorted(released), 'en')}, but given are {listed(sorted(truth), 'en')}. Give "
            "every table that it was made of, by the same file name.",
        )
