"""The instruments as they stand: the catalogue's, and a municipality's own folder beside and on top of them.

In the municipality's folder, `trygghet/definition.toml` is an instrument of its own, `bbic/definition.toml` with
`extends = "bbic"` adds to the catalogue's, and `sdq/texts/` without a definition holds words that its licence covers.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from skillnad.instruments.extending import extended
from skillnad.instruments.folder_cases import check_folder_cases
from skillnad.instruments.licences import Statement
from skillnad.instruments.model import Instrument
from skillnad.instruments.own_words import checked_words, own_licence
from skillnad.instruments.parsing import Parsed, instrument_from
from skillnad.instruments.reading import CATALOGUE, VERSIONS, Files, Findings, read_instrument_folder, read_texts
from skillnad.instruments.rules import check_definition
from skillnad.instruments.versions import version_order
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, meant, nearest, shown


@dataclass(frozen=True)
class Loaded:
    """An instrument with the files it came from: `files.texts` has the words of its variants and languages.

    `licence`: what the municipality states of the words of its own folder that are somebody else's. Whoever loads such
    words for somebody logs that it was done (INSTR-028 is raised where nothing is stated).
    """

    instrument: Instrument
    files: Files
    licence: Statement | None = None


def load_instrument(which: str | Path, own: Path | None = None) -> Instrument:
    """The instrument of an id, or of a folder; `own` is the municipality's folder of instruments.

    By its id, an own instrument is refused where its worked examples are missing or do not come out; by its folder it
    is loaded without them, to be written on.
    Raises UserError with every problem of its files (INSTR-001 to INSTR-028); INSTR-040 where no instrument has the id.
    """
    return load_with_files(which, own).instrument


def load_with_files(which: str | Path, own: Path | None = None) -> Loaded:
    """As `load_instrument`, with the files."""
    folder = folder_of(which, own)
    if folder.parent != CATALOGUE:
        loaded = _loaded(folder, local=True)
        return _with_cases_met(loaded) if isinstance(which, str) else loaded
    loaded = _of_catalogue(folder.name)
    return loaded if own is None else _with_own_words(loaded, own / folder.name)


def load_catalogue(own: Path | None = None) -> Mapping[str, Instrument]:
    """Every instrument by id: the catalogue's, and those of the municipality's folder `own`."""
    return {name: load_instrument(name, own) for name in instrument_ids(own)}


def load_versions(which: str | Path, own: Path | None = None) -> tuple[Instrument, ...]:
    """Every version that is kept of an instrument, the oldest first and the one in use last."""
    folder = folder_of(which, own)
    kept = [load_instrument(path) for path in kept_folders(folder)]
    kept.sort(key=lambda instrument: version_order(instrument.version))
    return (*kept, load_instrument(which, own))


def load_version(which: str | Path, version: str, own: Path | None = None) -> Instrument:
    """The version that some answers were given on. Raises UserError (INSTR-041) where it is not kept."""
    versions = {instrument.version: instrument for instrument in load_versions(which, own)}
    if version in versions:
        return versions[version]
    name = folder_of(which, own).name
    raise UserError.of(
        "INSTR-041",
        where=name,
        sv=f"Version {shown(version)} finns inte. Här finns {listed(list(versions))}. "
        f"Lägg tillbaka den i {name}/{VERSIONS}/{shown(version)}/.",
        en=f"There is no version {shown(version)}. There is {listed(list(versions), 'en')}. "
        f"Put it back in {name}/{VERSIONS}/{shown(version)}/.",
    )


def kept_folders(folder: Path) -> list[Path]:
    return [path.parent for path in sorted((folder / VERSIONS).glob("*/definition.toml"))]


def instrument_ids(own: Path | None = None) -> tuple[str, ...]:
    """The ids that `load_instrument` takes, in order."""
    folders = [CATALOGUE] if own is None else [CATALOGUE, own]
    found = {path.parent.name for folder in folders for path in folder.glob("*/definition.toml")}
    return tuple(sorted(found))


def folder_of(which: str | Path, own: Path | None = None) -> Path:
    """The folder of an id (the municipality's own before the catalogue's), or of a path to one."""
    if isinstance(which, Path):
        return which.resolve()
    names = instrument_ids(own)
    if which in names:
        in_own = own is not None and (own / which / "definition.toml").is_file()
        return own.resolve() / which if own is not None and in_own else CATALOGUE / which
    guess = nearest(which, names)
    raise UserError.of(
        "INSTR-040",
        sv=f"Det finns inget instrument ”{shown(which)}”.{meant(guess)} Se alla med ”skillnad instrument list”.",
        en=f"There is no instrument '{shown(which)}'.{meant(guess, 'en')} See all with 'skillnad instrument list'.",
    )


def read_parsed(folder: Path, findings: Findings, *, local: bool) -> tuple[Parsed | None, Files]:
    """The folder's definition held to all its rules, with what it adds to where it extends another."""
    files = read_instrument_folder(folder, findings, local=local)
    base = _base(files, findings)
    parsed = instrument_from(files, findings, base.instrument.option_sets if base else None)
    if parsed is not None and base is not None:
        parsed = extended(base.instrument, parsed)
        own_licence(base.instrument, files, findings)
        files = replace(files, texts={**base.files.texts, **files.texts})
    if parsed is not None:
        check_definition(parsed, files)
    return parsed, files


@cache
def _of_catalogue(name: str) -> Loaded:
    return _loaded(CATALOGUE / name, local=False)


def _loaded(folder: Path, *, local: bool) -> Loaded:
    findings = Findings()
    parsed, files = read_parsed(folder, findings, local=local)
    findings.stop()
    if parsed is None:
        raise ValueError("a definition without problems is always an instrument")
    return Loaded(parsed.instrument, files, own_licence(parsed.instrument, files, findings))


def _base(files: Files, findings: Findings) -> Loaded | None:
    """The catalogue's instrument that a local definition adds to, or None (with what is wrong about that added)."""
    if not files.local or files.definition is None:
        return None
    name = files.folder.parent.parent.name if files.folder.parent.name == VERSIONS else files.folder.name
    extends = files.definition.data.get("extends")
    known = instrument_ids()
    if extends is None:
        if name in known:
            _refuse_name(name, files.definition.where("id"), findings)
        return None
    if extends == name and name in known:
        return _of_catalogue(name)
    guess = nearest(str(extends), known)
    findings.add(
        "INSTR-025",
        files.definition.where("extends"),
        sv=f"Ett tillägg har samma namn på mappen, id och extends, och ett instrument i katalogen.{meant(guess)} "
        f"Här är mappen ”{shown(name)}” och extends ”{shown(extends)}”.",
        en=f"An addition has one name for the folder, id and extends, an instrument of the catalogue."
        f"{meant(guess, 'en')} Here the folder is '{shown(name)}' and extends '{shown(extends)}'.",
    )
    return None


def _refuse_name(name: str, where: str, findings: Findings) -> None:
    findings.add(
        "INSTR-026",
        where,
        sv=f"”{name}” är katalogens instrument. Ge mappen och id ett annat namn, som {name}_lokal, eller lägg till i "
        f'katalogens med extends = "{name}".',
        en=f"'{name}' is an instrument of the catalogue. Give the folder and id another name, such as {name}_lokal, or "
        f'add to the catalogue\'s with extends = "{name}".',
    )


def _with_cases_met(loaded: Loaded) -> Loaded:
    """A municipality's own instrument is in use only as long as its worked examples come out (INSTR-020, 021)."""
    findings = Findings()
    check_folder_cases(loaded.instrument, loaded.files, findings)
    findings.stop()
    return loaded


def _with_own_words(loaded: Loaded, folder: Path) -> Loaded:
    """With the words that the municipality keeps for an instrument of the catalogue, where its licence lets it."""
    findings = Findings()
    words = read_texts(folder, findings, local=True)
    licence = checked_words(loaded.instrument, words, folder, findings)
    findings.stop()
    if not words:
        return loaded
    return replace(loaded, files=replace(loaded.files, texts={**loaded.files.texts, **words}), licence=licence)
