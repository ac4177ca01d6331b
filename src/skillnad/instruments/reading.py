"""An instrument's folder as it lies on disk: its files with the line of everything in them.

`definition.toml` says what the instrument is, `cases.toml` holds worked examples, `licence.md` says whose it is, and
`texts/<variant>.<language>.toml` holds the words of other variants and languages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skillnad.instruments.keys import CODES
from skillnad.lib import toml_files
from skillnad.lib.toml_files import FileCodes, Source, read_source

CATALOGUE = Path(__file__).parent / "catalogue"

VERSIONS = "versions"
"""The folder below an instrument's own where what older answers were given on is kept, whole."""

LARGEST = 2_000_000
"""Bytes of one file. The largest instrument of the catalogue has 40,000; more is something else than questions."""


@dataclass
class Findings(toml_files.Findings):
    """The problems of one reading of instruments."""

    codes: FileCodes = CODES


@dataclass(frozen=True)
class Files:
    """What one folder holds. `texts` is by file name ("adult.ar.toml"); what is absent or unreadable is None."""

    folder: Path
    definition: Source | None
    cases: Source | None = None
    texts: Mapping[str, Source] = field(default_factory=dict)
    licence: str | None = None
    local: bool = False

    @property
    def name(self) -> str:
        """What messages call the folder: its own name, and the way to a kept version."""
        return name_of(self.folder)

    def where(self, file: str) -> str:
        """What messages call `file` of this folder."""
        return f"{self.name}/{file}"


def name_of(folder: Path) -> str:
    if folder.parent.name == VERSIONS:
        return f"{folder.parent.parent.name}/{VERSIONS}/{folder.name}"
    return folder.name


def read_instrument_folder(folder: Path, findings: Findings, *, local: bool = False) -> Files:
    """The files of `folder`; each that is not there, too large or not TOML adds a problem."""
    path = folder / "definition.toml"
    if not path.is_file():
        _no_definition(folder, findings)
        return Files(folder, None, local=local)
    return Files(
        folder,
        _source(path, f"{name_of(folder)}/definition.toml", findings, local=local),
        _optional(folder / "cases.toml", f"{name_of(folder)}/cases.toml", findings, local=local),
        read_texts(folder, findings, local=local),
        licence_text(folder, findings),
        local,
    )


def licence_text(folder: Path, findings: Findings) -> str | None:
    """The words of licence.md, or None where it is absent or not UTF-8 (with the problem added)."""
    path = folder / "licence.md"
    if not path.is_file():
        return None
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        findings.add(
            "INSTR-002",
            f"{name_of(folder)}/licence.md",
            sv="Filen är inte UTF-8. Spara den som UTF-8 i textredigeraren.",
            en="The file is not UTF-8. Save it as UTF-8 in the text editor.",
        )
        return None


def read_texts(folder: Path, findings: Findings, *, local: bool = False) -> dict[str, Source]:
    """The files of texts/, by name ("adult.ar.toml")."""
    paths = sorted((folder / "texts").glob("*.toml"))
    read = {path.name: _source(path, f"{name_of(folder)}/texts/{path.name}", findings, local=local) for path in paths}
    return {name: source for name, source in read.items() if source}


def _optional(path: Path, name: str, findings: Findings, *, local: bool) -> Source | None:
    return _source(path, name, findings, local=local) if path.is_file() else None


def _source(path: Path, name: str, findings: Findings, *, local: bool) -> Source | None:
    size = path.stat().st_size
    if size <= LARGEST:
        return read_source(path, findings, name=name, local=local)
    megabytes, most = f"{size / 1_000_000:.1f}", LARGEST // 1_000_000
    findings.add(
        "INSTR-023",
        name,
        sv=f"Filen är {megabytes.replace('.', ',')} MB; mer än {most} MB läses inte. "
        "Dela upp frågorna på flera instrument.",
        en=f"The file is {megabytes} MB; more than {most} MB is not read. "
        "Divide the questions into several instruments.",
    )
    return None


def _no_definition(folder: Path, findings: Findings) -> None:
    if not folder.is_dir():
        findings.add(
            "INSTR-001",
            str(folder),
            sv="Mappen finns inte. Ange mappen som har instrumentets definition.toml.",
            en="There is no such folder. Give the folder that holds the instrument's definition.toml.",
        )
        return
    findings.add(
        "INSTR-001",
        str(folder),
        sv="Mappen har ingen definition.toml. Gör en med ”skillnad instrument new”, eller ange en annan mapp.",
        en="The folder has no definition.toml. Make one with 'skillnad instrument new', or give another folder.",
    )
