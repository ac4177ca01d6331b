"""The codebook's files, and the codes of what can be wrong with them as files."""

from dataclasses import dataclass
from pathlib import Path

from skillnad.lib import toml_files
from skillnad.lib.toml_files import FileCodes, Source, Table, read_source

__all__ = ["CODES", "POLICY_FILE", "Findings", "Source", "Table", "read_folder", "read_source"]

CODES = FileCodes(
    unreadable="CODE-004",
    unknown_key="CODE-005",
    wrong_type="CODE-006",
    missing="CODE-007",
    unknown_word="CODE-008",
    unfit="CODE-009",
)

POLICY_FILE = "skydd.toml"
"""The municipality's disclosure policy, which lies in the same folder and is no part of the codebook
(`analysis.disclosure.policy_files` reads it)."""


@dataclass
class Findings(toml_files.Findings):
    """The problems of one reading of codebook files."""

    codes: FileCodes = CODES


def read_folder(folder: Path, findings: Findings, *, local: bool) -> tuple[Source, ...]:
    """Every `*.toml` of `folder` (not of folders below it), by name, but for the policy's."""
    if not folder.is_dir():
        findings.add(
            "CODE-003",
            str(folder),
            sv="Mappen finns inte. Ange mappen som har kommunens kodboksfiler (*.toml).",
            en="There is no such folder. Give the folder that holds the municipality's codebook files (*.toml).",
        )
        return ()
    paths = sorted(folder.glob("*.toml"))
    if not paths:
        findings.add(
            "CODE-003",
            str(folder),
            sv="Mappen har inga filer som slutar på .toml. Lägg minst en där, eller ange en annan mapp.",
            en="The folder has no files that end in .toml. Put at least one there, or give another folder.",
        )
    read = (read_source(path, findings, local=local) for path in paths if path.name != POLICY_FILE)
    return tuple(source for source in read if source)
