"""What `skillnad instrument` writes in a municipality's folder: new instruments, next versions, licences."""

import shutil
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from skillnad.codebook.identity_in_text import contains_identity
from skillnad.exchange.forms.folders import loaded_folder
from skillnad.instruments.checking import check_folder, instrument_folders
from skillnad.instruments.licences import FILE, Statement, as_toml, needs_statement, read_licences
from skillnad.instruments.loading import instrument_ids, load_instrument, load_with_files
from skillnad.instruments.model import Instrument
from skillnad.instruments.new import MARK, is_identifier, next_version, skeleton, version_after
from skillnad.instruments.reading import VERSIONS, Findings
from skillnad.instruments.worked import cases_of
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown


def checked_folders(folder: Path) -> list[str]:
    """What is said of each instrument in a folder where nothing is wrong. Raises UserError with all that is."""
    check_folder(folder).stop()
    return [line for path in instrument_folders(folder.resolve()) for line in _checked(path)]


def _checked(path: Path) -> Iterator[str]:
    if not (path / "definition.toml").is_file():
        files = len(list((path / "texts").glob("*.toml")))
        yield f"{path.name}: kommunens ord följer reglerna, {_many(files, 'fil', 'filer')}."
        return
    loaded = load_with_files(path)
    of, source = loaded.instrument, loaded.files.cases
    cases = cases_of(source, next(iter(of.perspectives)), Findings()).cases if source else ()
    counted = _many(len(cases), "räknat exempel", "räknade exempel")
    yield (
        f"{path.name} följer reglerna: {_many(len(of.items), 'fråga', 'frågor')}, {len(of.scores)} poäng, {counted}. "
        f"Version {of.version}, {of.digest[:12]}."
    )
    if left := to_change(path):
        yield f"Kvar att ändra: {left}."


def _many(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def to_change(folder: Path) -> str:
    """Where a new or imported instrument still has the words that it began with: "definition.toml, rad 7 och 13"."""
    found = []
    named = (folder / name for name in ("definition.toml", "cases.toml", "licence.md"))
    for path in (*named, *sorted((folder / "texts").glob("*.toml"))):
        lines = path.read_text("utf-8").splitlines() if path.is_file() else []
        rows = [str(number) for number, line in enumerate(lines, 1) if f"{MARK}:" in line]
        if rows:
            found.append(f"{path.relative_to(folder)}, rad {listed(rows)}")
    return "; ".join(found)


def new_folder(folder: Path, title: str, like: str, today: date) -> list[Path]:
    """The files written in a folder that was not there. Raises UserError where its name is no id, or is taken."""
    check_free(folder)
    name = folder.name
    return written(folder, _like(like, name, title) if like else skeleton(name, title, str(folder), today))


def check_free(folder: Path, allowed: str = "") -> None:
    """Raises UserError where an instrument cannot lie in `folder`: its name is no id, or is the catalogue's (unless
    `allowed`), or the folder is there already."""
    name = folder.name
    if not is_identifier(name):
        raise UserError.of(
            "INSTR-005",
            where=str(folder),
            sv=f"Mappens namn blir instrumentets id, och ”{shown(name)}” kan inte vara ett. Skriv små bokstäver a–z, "
            "siffror och enkla _, med en bokstav först och högst 40 tecken: trygghet_boende.",
            en=f"The folder's name becomes the instrument's id, and '{shown(name)}' cannot be one. Write small letters "
            "a–z, digits and single _, beginning with a letter and at most 40 characters: safe_home.",
        )
    if name in instrument_ids() and name != allowed:
        right = folder.with_name(f"{name}_lokal")
        raise UserError.of(
            "INSTR-026",
            where=str(folder),
            sv=f"”{name}” är katalogens instrument. Ge mappen ett annat namn, som {right}.",
            en=f"'{name}' is an instrument of the catalogue. Give the folder another name, such as {right}.",
        )
    if folder.exists():
        raise UserError.of(
            "INSTR-042",
            where=str(folder),
            sv="Mappen finns redan. Välj ett annat namn; en ny version av det som ligger där görs med ”skillnad "
            "instrument new MAPP/ID --next”.",
            en="The folder is there already. Choose another name; a new version of what lies there is made with "
            "'skillnad instrument new FOLDER/ID --next'.",
        )


def _like(like: str, name: str, title: str) -> Mapping[str, str]:
    """The files of one of the catalogue's, as the municipality's own. Raises UserError where its holder allows none."""
    if needs_statement(load_instrument(like)):
        raise UserError.of(
            "INSTR-028",
            where=like,
            sv="Instrumentet är inte fritt att ändra: det används som det är. Börja utan --like.",
            en="The instrument is not free to change: it is used as it is. Begin without --like.",
        )
    folder = loaded_folder(like).named(name)
    files = dict(folder.files())
    files["licence.md"] = (
        f"# Licens: {title}\n\n{MARK}: egna frågor efter {folder.instrument.title_sv}. Så står det där:\n\n"
        + ("\n".join(f"> {line}".rstrip() for line in (folder.licence or "").splitlines()) + "\n")
    )
    return files


def written(folder: Path, files: Mapping[str, str]) -> list[Path]:
    """The paths of the files, written."""
    paths = []
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def new_version(folder: Path, today: date) -> tuple[str, Path]:
    """Make the folder its next version. Returns which that is, and where the one before is kept, whole."""
    now = load_instrument(folder.resolve()).version.rpartition("+")[2]
    kept = folder / VERSIONS / now
    if kept.exists():
        raise UserError.of(
            "INSTR-024",
            where=str(kept),
            sv=f"Version {now} är redan sparad. Ta bort mappen om den inte är det som svaren gavs på.",
            en=f"Version {now} is kept already. Remove the folder if it is not what the answers were given on.",
        )
    definition, version = folder / "definition.toml", version_after(now, today)
    text = next_version(definition.read_text("utf-8-sig"), version, today)
    kept.mkdir(parents=True)
    for name in ("definition.toml", "cases.toml", "licence.md"):
        if (folder / name).is_file():
            shutil.copy2(folder / name, kept / name)
    if (folder / "texts").is_dir():
        shutil.copytree(folder / "texts", kept / "texts")
    definition.write_text(text, encoding="utf-8")
    return version, kept


def add_licence(own: Path, instrument: Instrument, by: str, reference: str, kind: str, today: date) -> Path:
    """licences.toml with the statement added. Raises UserError where one stands there, or it seems to name a person."""
    for option, text in (("--by", by), ("--reference", reference)):
        if contains_identity(text) or not text.strip():
            raise UserError.of(
                "INSTR-028",
                where=option,
                sv="Skriv rollen, som ”enhetschef, öppenvård”, och avtalets eller ärendets nummer. Inget personnummer.",
                en="Write the role, such as 'head of unit', and the agreement's number. No identity number.",
            )
    findings = Findings()
    stated = read_licences(own, findings)
    findings.stop()
    path = own / FILE
    if instrument.id in stated:
        raise UserError.of(
            "INSTR-019",
            where=str(path),
            sv=f"Där står redan en licens för {instrument.id}. Ändra den i filen.",
            en=f"There is a licence for {instrument.id} already. Change it in the file.",
        )
    own.mkdir(parents=True, exist_ok=True)
    before = path.read_text("utf-8-sig").rstrip("\n") + "\n\n" if path.is_file() else ""
    path.write_text(before + as_toml(Statement(instrument.id, by, today, reference, kind)), encoding="utf-8")
    return path
