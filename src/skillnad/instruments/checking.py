"""Everything that can be wrong with a folder of instruments, found at once: what `skillnad instrument check` says."""

from itertools import pairwise
from pathlib import Path

from skillnad.instruments.folder_cases import check_folder_cases
from skillnad.instruments.licences import FILE as LICENCES
from skillnad.instruments.licences import read_licences
from skillnad.instruments.loading import instrument_ids, kept_folders, load_instrument, read_parsed
from skillnad.instruments.model import Instrument
from skillnad.instruments.own_words import checked_words
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.reading import CATALOGUE, Findings, read_texts
from skillnad.instruments.references import ITEM, SCORE, Sort
from skillnad.instruments.versions import series_of, version_order
from skillnad.lib.text import meant, nearest, shown
from skillnad.lib.toml_files import Checked


def check_folder(folder: Path, *, local: bool | None = None) -> Findings:
    """The problems of one instrument's folder, or of all instruments in a folder of them.

    `local`: whether the municipality's rules apply (English may be left out, and no id may be the catalogue's); as a
    rule everywhere but in the catalogue.
    """
    findings = Findings()
    folder = folder.resolve()
    _check_licences(folder, findings)
    for one in instrument_folders(folder):
        if _has_words_only(one):
            _check_words(one, findings)
        else:
            _check_one(one, findings, local=one.parent != CATALOGUE if local is None else local)
    return findings


def instrument_folders(folder: Path) -> list[Path]:
    """`folder` itself where it is one instrument's, or the folders of instruments and of own words in it."""
    if _is_one(folder):
        return [folder]
    inside = sorted(path for path in folder.glob("*/") if _is_one(path))
    return inside or ([] if (folder / LICENCES).is_file() else [folder])


def _is_one(folder: Path) -> bool:
    return (folder / "definition.toml").is_file() or _has_words_only(folder)


def _has_words_only(folder: Path) -> bool:
    """Whether it holds a municipality's words for an instrument of the catalogue, and no definition."""
    has_definition = (folder / "definition.toml").is_file()
    return not has_definition and folder.name in instrument_ids() and any((folder / "texts").glob("*.toml"))


def _check_words(folder: Path, findings: Findings) -> None:
    checked_words(load_instrument(folder.name), read_texts(folder, findings, local=True), folder, findings)


def _check_licences(folder: Path, findings: Findings) -> None:
    """licences.toml of the municipality's folder names instruments that are there."""
    names = instrument_ids(folder)
    for name in read_licences(folder, findings):
        if name not in names:
            guess = nearest(name, names)
            findings.add(
                "INSTR-007",
                LICENCES,
                sv=f"Licensen gäller ”{shown(name)}”, som inte finns.{meant(guess)} Rätta instrumentets id.",
                en=f"The licence is for '{shown(name)}', which is not there.{meant(guess, 'en')} Correct the id.",
            )


def _check_one(folder: Path, findings: Findings, *, local: bool) -> None:
    before = len(findings.problems)
    parsed, files = read_parsed(folder, findings, local=local)
    if parsed is None:
        return
    check_kept(parsed, folder, findings, local=local)
    if len(findings.problems) == before:
        check_folder_cases(parsed.instrument, files, findings)


def check_kept(parsed: Parsed, folder: Path, findings: Findings, *, local: bool) -> None:
    """The kept versions, and what each step between them breaks without saying so (INSTR-024)."""
    kept = []
    for path in kept_folders(folder):
        older, _ = read_parsed(path, findings, local=local)
        if older is not None:
            _check_kept_name(older, path)
            kept.append(older)
    kept.sort(key=lambda one: version_order(one.instrument.version))
    for before, after in pairwise([*kept, parsed]):
        _check_step(before.instrument, after)


def _check_kept_name(older: Parsed, folder: Path) -> None:
    version = older.instrument.version.rpartition("+")[2]
    if version != folder.name:
        older.top.add(
            "INSTR-024",
            "version",
            sv=f"Mappen heter {folder.name}, men filen är version {version}. En sparad version ändras aldrig: "
            "lägg tillbaka den som den var.",
            en=f"The folder is called {folder.name}, but the file is version {version}. A kept version is never "
            "changed: put it back as it was.",
        )


def _check_step(old: Instrument, new: Parsed) -> None:
    if version_order(old.version) >= version_order(new.instrument.version):
        new.top.add(
            "INSTR-024",
            "version",
            sv=f"Version {old.version} är sparad. Ge den här en senare version, med en [[version_note]].",
            en=f"Version {old.version} is kept. Give this a later version, with a [[version_note]].",
        )
        return
    instrument = new.instrument
    unsaid = series_of(old, instrument).unsaid
    for name in dict.fromkeys(instrument.items[name].matrix or name for name in unsaid if name in instrument.items):
        _unsaid(ITEM, name, old, new.place("item", name))
    for name in unsaid:
        if name in instrument.scores:
            _unsaid(SCORE, name, old, new.place("score", name))


def _unsaid(sort: Sort, name: str, old: Instrument, place: Checked) -> None:
    sv, en = sort.sv.capitalize(), sort.en.capitalize()
    place.add(
        "INSTR-024",
        sv=f"{sv} ”{name}” betyder inte detsamma som i version {old.version} (koder, riktning, gränser eller "
        f'räknesätt). Ge den ett annat id, eller skriv breaks = ["{name}"] i versionens [[version_note]].',
        en=f"{en} '{name}' does not mean the same as in version {old.version} (codes, direction, limits or how it is "
        f'counted). Give it another id, or write breaks = ["{name}"] in the version\'s [[version_note]].',
    )
