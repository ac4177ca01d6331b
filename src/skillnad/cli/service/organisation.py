"""`skillnad organisation`: the units as they are on a day, what was said of them, and a history from a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import reader_language

BY = "operator:organisation"


def register(app: typer.Typer) -> None:
    told = typer.Typer(help="Organisationen: hur den är och har varit.", no_args_is_help=True)
    told.command("show")(show)
    told.command("history")(history)
    told.command("import")(import_file)
    app.add_typer(told, name="organisation")


def show(
    at: Annotated[str, typer.Option("--at", metavar="DAG", help="Dagen, som 2024-12-31 (förval: i dag).")] = "",
) -> None:
    """Enheterna den dagen, och vilka enheters rader som räknas i dem."""
    _ready()
    from django.utils.timezone import localdate

    from skillnad.codebook.trees import lines_on, units_on
    from skillnad.organisation.history.problems import read_day
    from skillnad.organisation.history.queries import recorded_history

    told = recorded_history()
    day = read_day(at, "--at") if at else localdate()
    there = units_on(told, day)
    for line in lines_on(told, day):
        for code in line.shown:
            typer.echo(_unit(there[code]))
        if len(line.units) > 1:
            typer.echo(_SAID["together"][reader_language()].format(codes=", ".join(line.units)))


def history() -> None:
    """Allt som har sagts om enheterna, i den ordning det sades: när, av vem, och vad som har ersatts."""
    _ready()
    from skillnad.organisation.history.queries import all_records

    for row in all_records():
        typer.echo(_told(row))


def import_file(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="TOML, CSV eller XLSX; se docs/organisation.md.")],
) -> None:
    """Läs in enheternas historik. Det filen säger om sina enheter ersätter det som var känt om dem; allt står kvar."""
    _ready()
    from django.utils import timezone

    from skillnad.organisation.history.actions import import_history
    from skillnad.organisation.history.files import read_history

    added = import_history(told=read_history(file), by=BY, at=timezone.now())
    typer.echo(_SAID["added" if added else "known"][reader_language()].format(rows=added))


def _ready() -> None:
    set_up_django()
    prepare_database()


def _unit(spell: Any) -> str:
    place = " / ".join(filter(None, (spell.committee, spell.administration)))
    return f"{spell.code}  {spell.name}  ({place}){_days(spell.first_day, spell.last_day)}"


def _told(row: Any) -> str:
    return f"{row.made_at:%Y-%m-%d %H:%M}  {row.made_by}  {'  '.join(_parts(row))}"


def _parts(row: Any) -> Iterator[str]:
    language = reader_language()
    if hasattr(row, "predecessor"):
        yield f"{row.predecessor.code} → {row.successor.code} {row.from_date}"
    else:
        yield f"{row.unit.code} {row.name} ({row.committee.code}){_days(row.valid_from, row.valid_to)}"
    if row.withdrawn:
        yield _SAID["withdrawn"][language]
    elif row.replaces_id:
        yield _SAID["corrects"][language]


def _days(first: Any, last: Any) -> str:
    return f"  {first or ''}–{last or ''}" if first or last else ""


_SAID = {
    "together": {"sv": "    räknas tillsammans: {codes}", "en": "    counted together: {codes}"},
    "added": {
        "sv": "Historiken är inläst: {rows} rader. Gör en ny ögonblicksbild med `skillnad snapshot`.",
        "en": "The history is kept: {rows} rows. Make a new snapshot with `skillnad snapshot`.",
    },
    "known": {"sv": "Allt i filen var redan känt.", "en": "All that the file says was known."},
    "withdrawn": {"sv": "[togs tillbaka]", "en": "[withdrawn]"},
    "corrects": {"sv": "[ersätter det som stod]", "en": "[replaces what stood]"},
}
