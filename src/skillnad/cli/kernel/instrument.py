"""`skillnad instrument`: list and show the question sets, check and make own ones, score answers, state a licence."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from skillnad.cli.kernel.instrument_exchange import (
    FORMATS,
    Wanted,
    check_form_file,
    default_folder,
    exported,
    imported,
    named,
)
from skillnad.cli.kernel.instrument_files import (
    add_licence,
    checked_folders,
    new_folder,
    new_version,
    written,
)
from skillnad.cli.kernel.instrument_listing import as_list, as_text, shown_form
from skillnad.exchange.forms.losses import Loss
from skillnad.instruments.licences import KINDS, needs_statement
from skillnad.instruments.loading import load_catalogue, load_instrument, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.texts import SWEDISH, words_of
from skillnad.lib.errors import UserError, reader_language
from skillnad.lib.text import either, shown

ID = Annotated[str, typer.Argument(metavar="ID", help="Instrumentets id, som skr6. Se ”skillnad instrument list”.")]
Local = Annotated[
    Path | None,
    typer.Option(
        "--local", metavar="MAPP", envvar="SKILLNAD_LOCAL_INSTRUMENTS", help="Kommunens mapp med egna instrument."
    ),
]
Folder = Annotated[Path, typer.Argument(metavar="MAPP", help="Ett instruments mapp, eller en mapp med flera.")]

commands = typer.Typer(
    help="Frågor till brukare och handläggare: visa, kontrollera, gör egna, räkna poäng.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="instrument")


@commands.command(name="list")
def list_command(
    as_json: Annotated[bool, typer.Option("--json", help="Skriv JSON.")] = False,
    local: Local = None,
) -> None:
    """Alla instrument: katalogens och kommunens egna."""
    instruments = list(load_catalogue(local).values())
    if as_json:
        typer.echo(json.dumps(as_list(instruments), ensure_ascii=False, indent=2))
    else:
        typer.echo(as_text(instruments))


@commands.command()
def show(
    which: ID,
    variant: Annotated[str, typer.Option("--variant", help="Till exempel easy_read (förval: grundformen).")] = "",
    language: Annotated[str, typer.Option("--language", help="Till exempel en eller ar.")] = SWEDISH,
    local: Local = None,
) -> None:
    """Frågorna som den som svarar möter dem, och hur svaren räknas."""
    loaded = load_with_files(found(which), local)
    typer.echo(shown_form(loaded.instrument, words_of(loaded.files), variant, language))


@commands.command()
def check(folder: Folder) -> None:
    """Kontrollera ett instrument, eller alla i en mapp: regler, texter och räknade exempel."""
    for line in checked_folders(folder):
        typer.echo(line)


@commands.command()
def new(
    folder: Annotated[Path, typer.Argument(metavar="MAPP/ID", help="Mappen som ska skapas; dess namn blir id.")],
    title: Annotated[str, typer.Option("--title", help="Vad instrumentet heter.")] = "",
    like: Annotated[
        str, typer.Option("--like", metavar="ID", help="Börja från ett fritt instrument i katalogen.")
    ] = "",
    later: Annotated[bool, typer.Option("--next", help="Nästa version av ett instrument som redan finns.")] = False,
) -> None:
    """Gör ett eget instrument att ändra i, eller nästa version av ett som har använts."""
    today = date.today()
    if later:
        version, kept = new_version(folder, today)
        typer.echo(
            f"{folder.name} är nu version {version}. Den förra ligger kvar i {kept}, för svaren som gavs på den."
        )
        return
    for path in new_folder(folder, title or folder.name.replace("_", " ").capitalize(), like, today):
        typer.echo(f"Skrev {path}.")
    typer.echo(f"Ändra, och se efter att det stämmer: skillnad instrument check {folder}")


@commands.command()
def score(
    which: ID,
    file: Annotated[
        Path, typer.Argument(metavar="SVAR.csv", help="En rad för varje svarande, en kolumn för varje fråga.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Poängen: .csv eller .parquet.")],
    perspective: Annotated[
        str, typer.Option("--perspective", help="Vem som har svarat, om filen inte säger det.")
    ] = "",
    on: Annotated[
        list[str] | None, typer.Option("--with", metavar="POÄNG", help="En poäng som annars inte räknas.")
    ] = None,
    local: Local = None,
) -> None:
    """Räkna poäng av en fil med svar. Rader som inte kan räknas listas bredvid, med skäl.

    Slutar med 1 om någon rad inte kunde räknas, med 2 om ingen kunde det."""
    from skillnad.cli.kernel.instrument_answers import read_answers
    from skillnad.cli.kernel.instrument_scores import check_counted, score_file
    from skillnad.cli.kernel.instrument_written import check_out, said_of, write_scored

    instrument = load_instrument(found(which), local)
    check_counted(instrument, on or ())
    check_out(out, file)
    read = read_answers(file, instrument)
    scored = score_file(instrument, read, perspective, on or ())
    for path in write_scored(out, instrument, scored, read):
        typer.echo(f"Skrev {path}.")
    for line in said_of(read, scored, reader_language()):
        typer.echo(line, err=True)
    if scored.refused:
        raise typer.Exit(1 if scored.refused < scored.rows else 2)


@commands.command()
def answers(
    which: ID,
    file: Annotated[
        Path, typer.Argument(metavar="SVAR", help="CSV, eller FHIR QuestionnaireResponse (.json, .ndjson).")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FIL", help="Svaren som .sav, .parquet, .csv eller .ndjson.")],
    perspective: Annotated[
        str, typer.Option("--perspective", help="Vem som har svarat, om filen inte säger det.")
    ] = "",
    local: Local = None,
) -> None:
    """Svaren till SPSS, R eller ett annat system, med etiketter. Fri text följer inte med."""
    from skillnad.cli.kernel.instrument_sheets import ENDINGS, read_sheets, written_as
    from skillnad.cli.kernel.instrument_written import check_out, told_of, write_refused

    instrument = load_instrument(found(which), local)
    check_out(out, file, list(ENDINGS))
    read = read_sheets(file, instrument, perspective)
    refused = read.rows - len(read.sheets)
    if read.sheets:
        form = written_as(out.suffix.lower(), instrument, read)
        out.write_bytes(form.content)
        typer.echo(f"Skrev {out}.")
        _say_losses("Det här följde inte med:", "This did not come along:", form.losses)
    for path in write_refused(out, read.refusals):
        typer.echo(f"Skrev {path}.")
    for line in told_of(file.name, read.refusals, read.rows, refused, reader_language()):
        typer.echo(line, err=True)
    if refused:
        raise typer.Exit(1 if read.sheets else 2)


@commands.command(name="export")
def export_command(
    which: ID,
    to: Annotated[str, typer.Option("--to", metavar="FORMAT", help=f"Ett av: {', '.join(FORMATS)}.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FIL", help="Förval: id med formatets ändelse.")] = None,
    variant: Annotated[str, typer.Option("--variant", help="Förval: grundformen.")] = "",
    perspective: Annotated[str, typer.Option("--perspective", help="Bara den här personens frågor.")] = "",
    language: Annotated[str, typer.Option("--language", help="Språket på papper (docx).")] = SWEDISH,
    local: Local = None,
) -> None:
    """Skriv instrumentet för ett annat verktyg, och säg vad det verktyget inte får med."""
    if out is not None:
        check_form_file(out, to)
    loaded = load_with_files(found(which), local)
    form = exported(loaded, to, Wanted(variant, language, perspective), local)
    path = out or Path(f"{loaded.instrument.id}{FORMATS[to].ending}")
    path.write_bytes(form.content)
    typer.echo(f"Skrev {path}.")
    _say_losses(*form.heading(), form.losses)


@commands.command(name="import")
def import_command(
    file: Annotated[
        Path, typer.Argument(metavar="FIL.xlsx", help="XLSForm, FHIR Questionnaire (JSON) eller Skillnads JSON.")
    ],
    out: Annotated[Path | None, typer.Option("--out", metavar="MAPP/ID", help="Mappen som ska skapas.")] = None,
) -> None:
    """Gör ett eget instrument av ett formulär från ett annat verktyg."""
    folder, losses = imported(file)
    where = out or default_folder(folder)
    for path in written(where, named(folder, where).files()):
        typer.echo(f"Skrev {path}.")
    _say_losses("Det här kom inte med:", "This did not come along:", losses)
    typer.echo(f"Se efter att det stämmer: skillnad instrument check {where}")


def _say_losses(sv: str, en: str, losses: Sequence[Loss]) -> None:
    """What another format does not hold, a line each; nothing where it holds all."""
    language = reader_language()
    if losses:
        typer.echo(en if language == "en" else sv, err=True)
    for line in dict.fromkeys(loss.text(language) for loss in losses):
        typer.echo(f"- {line}", err=True)


@commands.command()
def licence(
    which: ID,
    by: Annotated[str, typer.Option("--by", metavar="ROLL", help="Rollen som svarar för avtalet; inget namn.")],
    reference: Annotated[str, typer.Option("--reference", metavar="TEXT", help="Avtal eller diarienummer.")],
    local: Annotated[
        Path,
        typer.Option(
            "--local", metavar="MAPP", envvar="SKILLNAD_LOCAL_INSTRUMENTS", help="Kommunens mapp med instrument."
        ),
    ],
    kind: Annotated[
        str, typer.Option("--kind", help="paper, eller electronic om avtalet gäller skärm också.")
    ] = "paper",
) -> None:
    """Ange kommunens licens för ett instrument vars ord inte är fria."""
    instrument = load_instrument(found(which))
    _check_licensed(instrument, kind)
    path = add_licence(local, instrument, by, reference, kind, date.today())
    typer.echo(f"Skrev {path}. Orden läses ur {local / instrument.id / 'texts'} från och med nu.")
    sys.stderr.write(f"Licens för {instrument.id} angiven: {by}, {reference}, {date.today()}.\n")


def _check_licensed(instrument: Instrument, kind: str) -> None:
    if not needs_statement(instrument):
        raise UserError.of(
            "INSTR-019",
            where=instrument.id,
            sv="Instrumentet är fritt: ingen licens behöver anges.",
            en="The instrument is free: no licence needs to be stated.",
        )
    if kind not in KINDS:
        raise UserError.of(
            "INSTR-019",
            where="--kind",
            sv=f"”{shown(kind)}” finns inte. Skriv {either(KINDS)}.",
            en=f"There is no '{shown(kind)}'. Write {either(KINDS, 'en')}.",
        )


def found(which: str) -> str | Path:
    """An id, or the path of a folder: what has a slash, or is a folder here with a definition."""
    path = Path(which)
    return path if len(path.parts) > 1 or (path / "definition.toml").is_file() else which
