"""The codebook's files: read, with the line of everything in them, and the problems found on the way."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillnad.lib.errors import Problem, UserError
from skillnad.lib.toml_lines import TomlLines, line_of_fault, toml_lines

Table = Mapping[str, Any]

POLICY_FILE = "skydd.toml"
"""The municipality's disclosure policy, which lies in the same folder and is no part of the codebook
(`analysis.disclosure.policy_files` reads it)."""


@dataclass(frozen=True)
class Source:
    """One file: what it says, and on which lines. `name` is how messages call it."""

    name: str
    data: Table
    lines: TomlLines
    local: bool = False

    def where(self, *path: str | int) -> str:
        return f"{self.name}, rad {self.lines.of(*path)}"


@dataclass
class Findings:
    """The problems of one reading, in the order they were found; all are shown at once."""

    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: str, *, sv: str, en: str) -> None:
        self.problems.append(Problem(code=code, sv=sv, en=en, where=where))

    def stop(self) -> None:
        """Raise all that was found, where anything was."""
        if self.problems:
            raise UserError(*self.problems)


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


def read_source(path: Path, findings: Findings, *, local: bool = False) -> Source | None:
    """One file, or None with the problem added. UTF-8, with or without a byte order mark."""
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        findings.add(
            "CODE-004",
            f"{name}, rad {line}",
            sv="Filen är inte UTF-8. Spara den som UTF-8 i textredigeraren.",
            en="The file is not UTF-8. Save it as UTF-8 in the text editor.",
        )
        return None
    try:
        return Source(name, tomllib.loads(text), toml_lines(text), local)
    except tomllib.TOMLDecodeError as error:
        reason = str(error).split(" (at ")[0]
        findings.add(
            "CODE-004",
            f"{name}, rad {line_of_fault(error, text)}",
            sv=f"Raden följer inte TOML:s regler ({reason}). Vanligast är ett citattecken eller en klammer som saknas.",
            en=f"The line does not follow the rules of TOML ({reason}). Most often a quote or bracket is missing.",
        )
        return None
