"""`skillnad codebook`: show the variables, write the requirements, list what an extract lacks, check a local folder."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.kernel.naming import variable_id
from skillnad.cli.kernel.variable_pages import overview, variable_page
from skillnad.codebook.gaps import Delivered, gap_list, gaps
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.requirements import requirement_specification
from skillnad.lib.errors import UserError, reader_language
from skillnad.lib.plain_json import plain

Local = Annotated[
    Path | None, typer.Option("--local", metavar="MAPP", help="Kommunens mapp med egna kodboksfiler (*.toml).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Skriv JSON.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="FIL", help="Fil att skriva till, i stället för skärmen.")]

commands = typer.Typer(help="Variabler och värden: visa, kravställ, jämför med ett underlag.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    app.add_typer(commands, name="codebook")


@commands.command()
def show(
    variable: Annotated[
        str, typer.Argument(metavar="VARIABEL", help="Id, nummer eller namn, som problem, 9 eller Problematik.")
    ] = "",
    as_json: AsJson = False,
    local: Local = None,
) -> None:
    """Visa alla variabler, eller en med dess värden."""
    codebook = load_codebook(local)
    chosen = [codebook[variable_id(variable, codebook)]] if variable else list(codebook.variables.values())
    if as_json:
        content = [plain(asdict(one)) for one in chosen]
        typer.echo(json.dumps(content[0] if variable else content, ensure_ascii=False, indent=2))
    elif variable:
        typer.echo(variable_page(chosen[0], reader_language()))
    else:
        typer.echo(overview(codebook, reader_language()))


@commands.command()
def requirements(local: Local = None, out: Out = None) -> None:
    """Kravspecifikationen till en leverantör av verksamhetssystem."""
    _write(requirement_specification(load_codebook(local)), out)


@commands.command(name="gaps")
def gaps_command(
    summary: Annotated[Path, typer.Argument(metavar="FIL", help="leverans.json från en inläsning.")],
    local: Local = None,
    as_json: AsJson = False,
    out: Out = None,
) -> None:
    """Vad leverantörens underlag inte ger."""
    codebook, delivered = load_codebook(local), read_delivered(summary)
    if as_json:
        rows = [{"variable": row.variable.id, "gap": row.gap, "sv": row.sv} for row in gaps(codebook, delivered)]
        _write(json.dumps(rows, ensure_ascii=False, indent=2), out)
    else:
        _write(gap_list(codebook, delivered), out)


@commands.command()
def check(folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Kommunens mapp med kodboksfiler.")]) -> None:
    """Kontrollera en mapp med egna variabler och värden."""
    codebook = load_codebook(folder)
    added = [variable for variable in codebook.variables.values() if variable.id not in load_codebook()]
    values = sum(value.local for variable in codebook.standard for value in variable.values)
    unused = sum(not variable.used for variable in codebook.standard)
    typer.echo(
        f"Mappen följer reglerna: {len(added)} egna variabler, {values} egna värden i standardens variabler, "
        f"{unused} av de 20 används inte. Kodbok {codebook.version}, {codebook.digest[:12]}."
    )


def read_delivered(path: Path) -> Mapping[str, Delivered]:
    """What `{"variables": {id: {"rows": n, "filled": n, "distinct": n, "unmapped": n}}}` says of each variable."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return {name: _delivered(counts) for name, counts in content["variables"].items()}
    except FileNotFoundError:
        sv, en = "Filen finns inte.", "There is no such file."
    except (ValueError, KeyError, TypeError, AttributeError):
        sv, en = "Filen är inte en sammanfattning från en inläsning.", "The file is no summary of an import."
    raise UserError.of(
        "CODE-030",
        where=path.name,
        sv=f"{sv} Ange leverans.json, som `skillnad import` skriver.",
        en=f"{en} Give leverans.json, which `skillnad import` writes.",
    )


def _delivered(counts: Mapping[str, Any]) -> Delivered:
    distinct = counts.get("distinct")
    return Delivered(
        rows=int(counts["rows"]),
        filled=int(counts["filled"]),
        distinct=None if distinct is None else int(distinct),
        unmapped=int(counts.get("unmapped", 0)),
    )


def _write(text: str, out: Path | None) -> None:
    if out is None:
        typer.echo(text)
        return
    out.write_text(text + "\n" if not text.endswith("\n") else text, encoding="utf-8")
    typer.echo(f"Skrev {out}.")
