"""`skillnad import`: extracts from case systems into the register, once or as they are delivered."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from skillnad.cli.kernel.options import with_options
from skillnad.cli.service.answers import answers_command
from skillnad.cli.service.django_setup import prepare_database, set_up_django
from skillnad.lib.errors import UserError, reader_language

if TYPE_CHECKING:
    from skillnad.register.imports.limits import Limits
    from skillnad.register.imports.summary import ImportSummary

BY = "operator:import"
ANSWERS = "answers"
GIGABYTE = 1_000_000_000


class _ImportCommand(TyperCommand):
    """`skillnad import FIL…` takes extracts; `skillnad import answers FIL` has options of its own.

    A file that is called answers is written ./answers.
    """

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        if args[:1] != [ANSWERS]:
            return super().make_context(info_name, args, parent, **extra)
        own = typer.Typer(add_completion=False)
        own.command()(answers_command)
        return typer.main.get_command(own).make_context(f"{info_name} {ANSWERS}", args[1:], parent, **extra)


@dataclass(frozen=True)
class Delivery:
    """How files are read, whose they are, and how large one may be (GB)."""

    mapping: Annotated[Path, typer.Option("--mapping", metavar="M.toml", help="Mappningen.")]
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Gör allt på prov; ingenting lagras, men avvisade rader skrivs till --out."),
    ] = False
    municipality: Annotated[
        str, typer.Option("--municipality", metavar="KOD", help='Kommunkod och namn, som "2281 Sundsvall".')
    ] = ""
    max_size: Annotated[float, typer.Option("--max-size", min=0.001, help="Största fil, i GB.")] = 1.5


@dataclass(frozen=True)
class Accepted:
    """How much may be rejected and changed, in percent, or that somebody has looked at it and lets it pass."""

    accept_rejected: Annotated[
        bool, typer.Option("--accept-rejected", help="Läs in resten även om många rader avvisas.")
    ] = False
    accept_changes: Annotated[
        bool, typer.Option("--accept-changes", help="Läs in även om ovanligt mycket ändras eller fattas.")
    ] = False
    max_rejected: Annotated[int, typer.Option("--max-rejected", min=0, max=100, help="Gräns i procent.")] = 10
    max_changed: Annotated[int, typer.Option("--max-changed", min=0, max=100, help="Gräns i procent.")] = 20

    def limits(self) -> "Limits":
        from skillnad.register.imports.limits import Limits

        return Limits(
            rejected=self.max_rejected / 100,
            changed=self.max_changed / 100,
            accept_rejected=self.accept_rejected,
            accept_changes=self.accept_changes,
        )


@dataclass(frozen=True)
class Watch:
    """The folder that files are dropped in, how often it is looked into (seconds), and whether only once."""

    watch: Annotated[
        Path | None, typer.Option("--watch", metavar="MAPP", help="Bevaka en mapp och läs in det som levereras.")
    ] = None
    interval: Annotated[float, typer.Option("--interval", min=0.1, help="Sekunder mellan blickarna i mappen.")] = 60
    once: Annotated[bool, typer.Option("--once", help="Med --watch: ta det som ligger där, och sluta.")] = False


def register(app: typer.Typer) -> None:
    app.command("import", cls=_ImportCommand)(with_options(import_command))


def import_command(
    *,
    files: Annotated[list[Path] | None, typer.Argument(metavar="FIL…", help="CSV- eller XLSX-filer.")] = None,
    delivery: Delivery,
    as_json: Annotated[bool, typer.Option("--json", help="Skriv sammanfattningen som JSON.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="MAPP", help="Mapp för avvisade rader och leverans.json (förval: SKILLNAD_HOME/import)."
        ),
    ] = None,
    accepted: Accepted,
    watched: Watch,
) -> None:
    """Läs in underlag från verksamhetssystem. Slutstatus: 0 allt inläst, 1 med avvisade rader, 2 ingenting ändrat.

    Svar på frågeinstrument läses in med ”skillnad import answers”: se ”skillnad import answers --help”.
    """
    _check_what(files, watched.watch)
    set_up_django()
    prepare_database()
    from django.conf import settings

    work = partial(_import, delivery, accepted.limits())
    if watched.watch:
        _watch(watched.watch, watched, delivery.mapping, work, as_json)
        return
    summary = work(files or [], out or Path(settings.SKILLNAD_HOME) / "import")
    typer.echo(summary.as_json() if as_json else "\n".join(_told(summary)))
    raise typer.Exit(summary.exit_status)


def _check_what(files: list[Path] | None, watch: Path | None) -> None:
    if bool(files) == bool(watch):
        raise UserError.of(
            "IMP-027",
            sv="Ange antingen filer att läsa in eller --watch MAPP.",
            en="Give either files to import or --watch FOLDER.",
        )
    if watch and not watch.is_dir():
        raise UserError.of(
            "IMP-028",
            where=watch.name,
            sv="Mappen som ska bevakas finns inte. Skapa den först.",
            en="The folder to watch does not exist. Create it first.",
        )


def _import(delivery: Delivery, limits: "Limits", files: Sequence[Path], out: Path) -> "ImportSummary":
    from django.utils import timezone

    from skillnad.register.imports.running import run_import

    with _progress() as progress:
        return run_import(
            delivery.mapping,
            files,
            by=BY,
            at=timezone.localtime(),
            out=out,
            dry_run=delivery.dry_run,
            municipality=delivery.municipality or None,
            limits=limits,
            size_limit=int(delivery.max_size * GIGABYTE),
            progress=progress,
        )


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Steps on stderr: a line that moves in a terminal, a line a step elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda step: print(step, file=sys.stderr)
        return
    with console.status("Börjar") as status:
        yield lambda step: status.update(step)


def _told(summary: "ImportSummary") -> list[str]:
    """The summary, and the files that are written: also in a rehearsal, which is for reading them."""
    words = _WRITTEN[reader_language()]
    lines = summary.lines(reader_language())
    if summary.rejected_files:
        lines.append(words["rehearsed" if summary.dry_run else "rejected"])
    return [*lines, *(f"  {path}" for path in summary.rejected_files)]


_WRITTEN = {
    "sv": {
        "rejected": "Avvisade rader, med regel och åtgärd: rätta dem och läs in filen med samma mappning",
        "rehearsed": "Avvisade rader, med regel och åtgärd. Filen skrivs också på prov: läs den, rätta uttaget eller "
        "mappningen",
    },
    "en": {
        "rejected": "Rejected rows, with rule and remedy: correct them and import the file with the same mapping",
        "rehearsed": "Rejected rows, with rule and remedy. The file is written in a rehearsal too: read it, correct "
        "the extract or the mapping",
    },
}


def _watch(folder: Path, watched: Watch, mapping: Path, work: Callable[..., "ImportSummary"], as_json: bool) -> None:
    from django.conf import settings
    from django.utils import timezone

    from skillnad.codebook.loading import load_codebook
    from skillnad.register.imports.mapping_reading import load_mapping
    from skillnad.register.imports.watching import DropFolder, watch

    drop = DropFolder(folder, load_mapping(mapping, load_codebook(settings.SKILLNAD_LOCAL_CODEBOOK)))
    looks, pause = (2, min(watched.interval, 1.0)) if watched.once else (None, watched.interval)
    for receipt in watch(drop, work, clock=timezone.localtime, interval=pause, looks=looks):
        if as_json:
            typer.echo(json.dumps(receipt, ensure_ascii=False))
        else:
            typer.echo(f"{receipt['at']} {receipt['status']}")
