"""The instruments as they stand: the catalogue's, and a municipality's own folder beside and on top of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing import Parsed, instrument_from
from skillnad.instruments.reading import CATALOGUE, Files, Findings, read_instrument_folder
from skillnad.instruments.rules import check_definition
from skillnad.lib.errors import UserError
from skillnad.lib.text import meant, nearest, shown


@dataclass(frozen=True)
class Loaded:
    """An instrument with the files it came from: `files.texts` has the words of its variants and languages."""

    instrument: Instrument
    files: Files


def load_instrument(which: str | Path, own: Path | None = None) -> Instrument:
    """The instrument of an id, or of a folder; `own` is the municipality's folder of instruments.

    Raises UserError with every problem of its files (INSTR-001 to INSTR-028); INSTR-040 where no instrument has the id.
    """
    return load_with_files(which, own).instrument


def load_with_files(which: str | Path, own: Path | None = None) -> Loaded:
    """As `load_instrument`, with the files."""
    folder = folder_of(which, own)
    if folder.parent == CATALOGUE:
        return _of_catalogue(folder.name)
    return _loaded(folder, local=True)


def load_catalogue(own: Path | None = None) -> Mapping[str, Instrument]:
    """Every instrument by id: the catalogue's, and those of the municipality's folder `own`."""
    return {name: load_instrument(name, own) for name in instrument_ids(own)}


def instrument_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids that `load_instrument` takes, in order."""
    folders = [CATALOGUE] if own is None else [CATALOGUE, own]
    found = {path.parent.name for folder in folders for path in folder.glob("*/definition.toml")}
    return tuple(sorted(found))


def folder_of(which: str | Path, own: Path | None = None) -> Path:
    """The folder of an id (the municipality's own before the catalogue's), or of a path to one."""
    if isinstance(which, Path):
        return which
    for folder in (own, CATALOGUE):
        if folder is not None and which in instrument_ids(folder) and (folder / which).is_dir():
            return folder / which
    names = instrument_ids(own)
    guess = nearest(which, names)
    raise UserError.of(
        "INSTR-040",
        sv=f"Det finns inget instrument ”{shown(which)}”.{meant(guess)} Se alla med ”skillnad instrument list”.",
        en=f"There is no instrument '{shown(which)}'.{meant(guess, 'en')} See all with 'skillnad instrument list'.",
    )


@cache
def _of_catalogue(name: str) -> Loaded:
    return _loaded(CATALOGUE / name, local=False)


def _loaded(folder: Path, *, local: bool) -> Loaded:
    findings = Findings()
    files = read_instrument_folder(folder, findings, local=local)
    parsed = instrument_from(files, findings)
    if parsed is not None:
        check_definition(parsed, files)
    findings.stop()
    return Loaded(_whole(parsed), files)


def _whole(parsed: Parsed | None) -> Instrument:
    if parsed is None:
        raise ValueError("a definition without problems is always an instrument")
    return parsed.instrument
