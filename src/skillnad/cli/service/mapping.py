"""`skillnad mapping`: draft a mapping from files, and check one."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from skillnad.cli.service.django_setup import set_up_django
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.lib.errors import UserError, reader_language

if TYPE_CHECKING:
    from skillnad.register.imports.suggesting import Suggestion

commands = typer.Typer(help="Föreslå och kontrollera en mappning.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="mapping")


@commands.command()
def suggest(
    files: Annotated[list[Path], typer.Argument(metavar="FIL…", help="CSV- eller XLSX-filer.")],
    name: Annotated[str, typer.Option("--name", help="Källans namn i mappningen.")] = "kalla",
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FIL", help="Fil att skriva till; en som finns skrivs inte över.")
    ] = None,
) -> None:
    """Skriv ett utkast till mappning från filernas rubriker och värden."""
    codebook = _codebook()
    from skillnad.register.imports.drafting import draft

    text = draft([each for path in files for each in _suggestions(path, codebook)], name)
    if out is None:
        typer.echo(text, nl=False)
        return
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UserError.of(
            "MAP-007",
            where=out.name,
            sv="Filen finns redan, och någon kan ha rättat i den. Välj ett annat namn.",
            en="The file exists, and someone may have corrected it. Choose another name.",
        ) from None


@commands.command()
def check(mapping: Annotated[Path, typer.Argument(metavar="M.toml", help="Mappningen.")]) -> None:
    """Kontrollera en mappning mot kodboken."""
    codebook = _codebook()
    from skillnad.register.imports.mapping_reading import load_mapping

    read = load_mapping(mapping, codebook)
    fields = {source.field.id for spec in read.files for source in spec.sources}
    if reader_language() == "en":
        typer.echo(f"{mapping.name}: in order. {len(read.files)} files, {len(fields)} fields.")
    else:
        typer.echo(f"{mapping.name}: i ordning. {len(read.files)} filer, {len(fields)} uppgifter.")


def _codebook() -> Codebook:
    set_up_django()
    from django.conf import settings

    return load_codebook(settings.SKILLNAD_LOCAL_CODEBOOK)


def _suggestions(path: Path, codebook: Codebook) -> "list[Suggestion]":
    """One a file, or one a sheet of a workbook."""
    from skillnad.register.imports.mapping import FileSpec
    from skillnad.register.imports.reading import read_table, sheet_names
    from skillnad.register.imports.suggesting import suggest as guess

    specs = [FileSpec(path.name, {}, (), sheet=sheet) for sheet in sheet_names(path)]
    return [guess(read_table(path, spec), codebook, date.today()) for spec in specs]
