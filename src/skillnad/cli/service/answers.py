"""`skillnad import answers`: answers that were gathered somewhere else into the store."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import reader_language

if TYPE_CHECKING:
    from skillnad.collection.summary import AnswerImport
    from skillnad.instruments.model import Instrument

BY = "operator:import"
REFUSED = ".avvisade.csv"
_WRITTEN = {
    "sv": "Avvisade rader, med kolumn, kod och skäl: rätta dem och läs in filen igen",
    "en": "Refused rows, with column, code and reason: mend them and import the file again",
}
_NOTHING = {
    "sv": "Ingen rad kunde läsas in, och ingenting är ändrat.",
    "en": "No row could be imported, and nothing is changed.",
}


def answers_command(
    file: Annotated[Path, typer.Argument(metavar="FIL", help="CSV-fil, en rad för varje ifyllt formulär.")],
    instrument: Annotated[str, typer.Option("--instrument", metavar="ID", help="Instrumentet som svaren är givna på.")],
    version: Annotated[
        str, typer.Option("--version", metavar="V", help="Versionen som svaren gavs på (förval: den som gäller).")
    ] = "",
    source: Annotated[
        str, typer.Option("--source", metavar="NAMN", help="Var svaren samlades in; nycklar är egna för varje källa.")
    ] = "",
    register: Annotated[
        str, typer.Option("--register", metavar="KÄLLA", help="Underlaget som radernas nycklar kommer från.")
    ] = "",
    local: Annotated[Path | None, typer.Option("--local", metavar="MAPP", help="Kommunens egna instrument.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Gör allt på prov; ingenting lagras.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv sammanfattningen som JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="MAPP", help="Mapp för avvisade rader (förval: SKILLNAD_HOME/import)."),
    ] = None,
) -> None:
    """Läs in svar på ett frågeinstrument. Slutstatus: 0 allt inläst, 1 med avvisade rader, 2 ingenting ändrat."""
    set_up_django()
    prepare_database()
    from django.conf import settings
    from django.utils import timezone

    from skillnad.collection.actions import import_answers

    asked = _instrument(instrument, version, local or settings.SKILLNAD_LOCAL_INSTRUMENTS)
    summary = import_answers(
        path=file,
        instrument=asked,
        by=BY,
        at=timezone.localtime(),
        source=source,
        register=register,
        dry_run=dry_run,
    )
    written = write_refused(summary, file, out or Path(settings.SKILLNAD_HOME) / "import")
    _tell(summary, written, as_json=as_json)
    raise typer.Exit(summary.exit_status)


def _instrument(which: str, version: str, own: Path | None) -> "Instrument":
    from skillnad.instruments.loading import load_instrument, load_version

    return load_version(which, version, own) if version else load_instrument(which, own)


def write_refused(summary: "AnswerImport", file: Path, out: Path) -> Path | None:
    """The list of this import, in place of an earlier one's; None where no row was refused."""
    from skillnad.collection.summary import refusal_table

    path = out / f"{file.stem}{REFUSED}"
    if not summary.refusals:
        return None
    out.mkdir(parents=True, exist_ok=True)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8-sig") as stream:
        stream.write(refusal_table(summary.refusals, reader_language()))
    return path


def _tell(summary: "AnswerImport", written: Path | None, *, as_json: bool) -> None:
    if as_json:
        told = {**summary.as_dict(), "refused_file": written and str(written)}
        typer.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    language = reader_language()
    lines = summary.lines(language)
    if written:
        lines += [_WRITTEN[language], f"  {written}"]
    if summary.exit_status > 1:
        lines.append(_NOTHING[language])
    typer.echo("\n".join(lines))
