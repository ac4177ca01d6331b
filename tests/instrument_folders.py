"""Instrument folders for tests: a small one of a municipality's own, and copies of the catalogue's with one damage."""

import shutil
from pathlib import Path

from skillnad.instruments.checking import check_folder
from skillnad.instruments.reading import CATALOGUE
from skillnad.lib.errors import Problem

TRYGGHET = """\
schema = 1
id = "trygghet"
version = "2026.1"
title_sv = "Trygghet på boendet"
purpose_sv = "Hur trygg den som bor hos oss känner sig."
answered_by = ["client"]
about = "intervention"
kind = "local"
source = "Boendestödet, egna frågor"

[licence]
kind = "free"
holder = "Kommunen"
texts = true
confirm = false

[[perspective]]
id = "client"
sv = "Den boende"
answered_by = "client"

[[variant]]
id = "adult"
kind = "adult"
base = true
sv = "Grundform"

[[option_set]]
id = "often"
direction = "high_is_good"
options = [
    { code = "1", sv = "Aldrig" },
    { code = "2", sv = "Ibland" },
    { code = "3", sv = "Ofta" },
    { code = "4", sv = "Alltid" },
    { code = "9", sv = "Vet inte", meaning = "dont_know" },
]

[[item]]
id = "day"
kind = "scale"
label_sv = "Trygg på dagen"
option_set = "often"
text = "Känner du dig trygg här på dagen?"

[[item]]
id = "night"
kind = "scale"
label_sv = "Trygg på natten"
option_set = "often"
text = "Känner du dig trygg här på natten?"

[[item]]
id = "why_not"
kind = "text"
label_sv = "Vad som saknas"
text = "Vad skulle göra dig tryggare?"
when = { any = [{ item = "day", in = ["1", "2"] }, { item = "night", in = ["1", "2"] }] }

[[score]]
id = "safety"
sv = "Trygghet"
kind = "mean"
items = ["day", "night"]
missing = "refuse"
range = [1, 4]
step = 0.5
direction = "high_is_good"
source = "Eget mått"

[[version_note]]
version = "2026.1"
date = 2026-11-01
sv = "Första versionen"
"""

CASES = """\
[[case]]
id = "halv"
sv = "2 och 3 ger 2,5"
answers = { day = "2", night = "3", why_not = "Mer ljus" }
scores = { safety = 2.5 }
"""

LICENCE = "# Licens: Trygghet på boendet\n\nKommunens egna frågor.\n"


def trygghet(within: Path, *changes: tuple[str, str], name: str = "trygghet") -> Path:
    """The municipality's own instrument, with each (old, new) of its definition changed."""
    folder = within / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "definition.toml").write_text(_changed(TRYGGHET, changes), encoding="utf-8")
    (folder / "cases.toml").write_text(CASES, encoding="utf-8")
    (folder / "licence.md").write_text(LICENCE, encoding="utf-8")
    return folder


def damaged(within: Path, name: str, *changes: tuple[str, str], file: str = "definition.toml") -> Path:
    """A copy of the catalogue's `name` with each (old, new) of one file changed; each old must stand there once."""
    folder = within / name
    shutil.copytree(CATALOGUE / name, folder, dirs_exist_ok=True)
    path = folder / file
    path.write_text(_changed(path.read_text("utf-8"), changes), encoding="utf-8")
    return folder


def found(folder: Path, *, local: bool = False) -> list[Problem]:
    """What is wrong with a folder but for its cases and texts, held to the catalogue's rules unless `local`.

    Nearly every damage to a definition makes a case or a translation wrong too.
    """
    every = check_folder(folder, local=local).problems
    return [problem for problem in every if "/cases.toml" not in problem.where and "/texts/" not in problem.where]


def places(folder: Path, *, local: bool = False) -> list[tuple[str, str]]:
    """(code, where) of what `found` finds."""
    return [(problem.code, problem.where) for problem in found(folder, local=local)]


def line_of(folder: Path, text: str, file: str = "definition.toml") -> int:
    """The line on which `text` first stands."""
    lines = (folder / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def _changed(text: str, changes: tuple[tuple[str, str], ...]) -> str:
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} stands {text.count(old)} times")
        text = text.replace(old, new)
    return text
