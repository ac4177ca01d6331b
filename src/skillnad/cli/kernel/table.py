"""`skillnad table`: a count, or a cross table, of a snapshot; by up to four columns."""

from typing import Annotated

import typer

from skillnad.analysis.questions import Count, CrossTable, Percent, Question
from skillnad.cli.kernel.asking import Answer, Rows
from skillnad.cli.kernel.options import with_options
from skillnad.lib.errors import UserError

ROWS = (
    "Kolumnen som blir tabellens rader: id eller namn ur `skillnad codebook show`, som problem eller Problematik, "
    "eller Enhet, Åldersgrupp, month:intake_date; grupper:Ursprung:Sverige=1,2 slår ihop värden, "
    "och Enhet@2024-12-31 delar in efter organisationen den dagen."
)


def register(app: typer.Typer) -> None:
    app.command("table")(with_options(table))


def table(
    *,
    rows: Annotated[str, typer.Option("--rows", help=ROWS)] = "",
    columns: Annotated[str, typer.Option("--columns", help="Kolumnen som blir tabellens kolumner.")] = "",
    by: Annotated[
        list[str] | None, typer.Option("--by", help="En kolumn till, en tabell för varje värde i den; kan upprepas.")
    ] = None,
    percent: Annotated[Percent, typer.Option("--percent", help="Vad andelarna är andelar av.")] = Percent.NONE,
    people: Annotated[bool, typer.Option("--people", help="Räkna personer i stället för rader.")] = False,
    chosen: Rows,
    answer: Answer,
) -> None:
    """En skyddad tabell: antal, och andelar, efter en kolumn eller i en korstabell; upp till fyra kolumner med --by."""

    def question() -> Question:
        selection = chosen.selected(people=people)
        if columns and rows:
            return CrossTable(rows, columns, selection, percent, by=tuple(by or ()))
        if columns or percent is Percent.ROWS or (percent is not Percent.NONE and not rows):
            raise _lacks_columns()
        return Count(selection, (*((rows,) if rows else ()), *(by or ())), shares=percent is not Percent.NONE)

    answer.give(question)


def _lacks_columns() -> UserError:
    return UserError.of(
        "ASK-025",
        sv="En korstabell har både rader och kolumner. Ange --rows och --columns. För andelar av en enda kolumn: "
        "--rows och --percent columns.",
        en="A cross table has both rows and columns. Give --rows and --columns. For the shares of one column alone: "
        "--rows and --percent columns.",
    )
