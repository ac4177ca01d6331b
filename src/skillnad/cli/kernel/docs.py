"""`skillnad docs`: docs/reference from the codebook and the specification, docs/handbok from its texts and the
formulas, docs/instrument from the catalogue, docs/behorighet.md from the table of rights; `--check` fails where a page
is stale."""

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer

from skillnad.cli.kernel.handbook_pages import handbook_pages
from skillnad.cli.kernel.instrument_pages import instrument_pages
from skillnad.cli.kernel.policy_page import NAME as POLICY
from skillnad.cli.kernel.policy_page import policy_page
from skillnad.cli.kernel.reference_pages import GENERATED, chapter_page, index_page
from skillnad.cli.kernel.rights_page import NAME as RIGHTS
from skillnad.cli.kernel.rights_page import rights_page
from skillnad.codebook.loading import load_codebook
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

REFERENCE = Path("docs/reference")
HANDBOOK = Path("docs/handbok")
INSTRUMENTS = Path("docs/instrument")
AMONG_OTHERS = Path("docs")
"""Its own pages are written by hand, all but those that are made here."""


def register(app: typer.Typer) -> None:
    app.command(name="docs", help="Referensen, handboken och instrumentens sidor, skapade ur källan.")(docs)


def docs(
    check: Annotated[bool, typer.Option("--check", help="Skriv inget; säg till om en sida är gammal.")] = False,
    checkout: Annotated[Path, typer.Option("--checkout", metavar="MAPP", help="Mappen med källkoden.")] = Path(),
) -> None:
    """Skapa referensen, handboken och instrumentens sidor, eller kontrollera dem."""
    made = {
        REFERENCE: reference_pages(checkout),
        HANDBOOK: handbook_pages(specification(checkout)),
        INSTRUMENTS: instrument_pages(),
        AMONG_OTHERS: {RIGHTS: rights_page(GENERATED)},
    }
    for folder, pages in made.items():
        if check:
            refuse_stale(checkout / folder, pages)
            typer.echo(f"{folder} stämmer: {len(pages)} sidor.")
        else:
            write_pages(checkout / folder, pages)
            typer.echo(f"Skrev {len(pages)} sidor i {folder}.")


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Every page, and none that is not made any more."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in surplus(folder, pages):
        (folder / name).unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def reference_pages(checkout: Path) -> Mapping[str, str]:
    """Every page of the reference by its file name. Raises UserError outside a checkout."""
    chapters, codebook = specification(checkout), load_codebook()
    pages = {f"{chapter.name}.md": chapter_page(chapter, codebook) for chapter in chapters}
    return {"README.md": index_page(chapters), POLICY: policy_page(GENERATED), **pages}


def specification(checkout: Path) -> tuple[Any, ...]:
    """The chapters of tests/spec. Raises UserError outside a checkout, where they are not there."""
    tests = (checkout / "tests").resolve()
    if not (tests / "spec" / "chapters.py").is_file():
        raise UserError.of(
            "CODE-031",
            where=str(checkout),
            sv="Här finns ingen tests/spec. Kör kommandot i en utcheckad källkod, eller ange den med --checkout.",
            en="There is no tests/spec here. Run the command in a checkout of the source, or name it with --checkout.",
        )
    if str(tests) not in sys.path:
        sys.path.insert(0, str(tests))
    found: tuple[Any, ...] = import_module("spec.chapters").chapters()
    return found


def surplus(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """Pages of chapters that are no more, where all pages are made."""
    if folder.name == AMONG_OTHERS.name:
        return []
    return sorted(path.name for path in folder.glob("*.md") if path.name not in pages)


def refuse_stale(folder: Path, pages: Mapping[str, str]) -> None:
    """Raises UserError naming each page that differs from what would be written, and each that is not made any more."""
    stale = [name for name, text in pages.items() if _text(folder / name) != text] + surplus(folder, pages)
    if stale:
        raise UserError.of(
            "CODE-032",
            where=str(folder),
            sv=f"{listed(stale)} stämmer inte med källan. Kör `make docs` och lägg till ändringen.",
            en=f"{listed(stale, 'en')} differs from its source. Run `make docs` and commit the change.",
        )


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
