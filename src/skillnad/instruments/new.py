"""An instrument to begin with: files that follow every rule, with an explanation beside what is to be changed."""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

from skillnad.instruments.parsing_items import IDENTIFIER

MARK: Final = "ÄNDRA"
"""What stands, with a colon after it, where the maker of an instrument is to write."""

_DEFINITION = """\
# {plain_title}
# Det som står efter # är förklaringar. Ändra det som är märkt ÄNDRA. Se efter att allt stämmer med
#   skillnad instrument check {folder}
schema = 1
id = {id}
version = "{year}.1"
title_sv = {title}
purpose_sv = "ÄNDRA: vad svaren ska användas till."
# Vem som svarar: client guardian relative caseworker staff provider unit municipality region
answered_by = ["client"]
# Vad det gäller: person intervention contact working_week municipality
about = "intervention"
kind = "local"
source = "ÄNDRA: vilka som har skrivit frågorna."

[licence]
kind = "free"
holder = "Kommunen"
texts = true
confirm = false

# Vem som svarar om vem. Svar från olika håll läggs aldrig ihop: låt var och en få ett eget [[perspective]].
[[perspective]]
id = "client"
sv = "Den som får insatsen"
answered_by = "client"

# Samma frågor i andra ord (lättläst, barn, telefon) är en variant till, med ord i texts/VARIANT.sv.toml.
[[variant]]
id = "adult"
kind = "adult"
base = true
sv = "Grundform"

# Svarsalternativ som flera frågor delar. ”Vet inte” är ett svar men aldrig ett värde: meaning säger det.
# direction är high_is_good, low_is_good, high_is_bad (problem) eller none.
[[option_set]]
id = "degree"
direction = "high_is_good"
options = [
    {{ code = "1", sv = "Inte alls" }},
    {{ code = "2", sv = "Lite" }},
    {{ code = "3", sv = "Ganska mycket" }},
    {{ code = "4", sv = "Mycket" }},
    {{ code = "9", sv = "Vet inte", meaning = "dont_know" }},
]

# En fråga. kind är single, scale, multiple, number, vas, date, duration, rank, matrix eller text.
[[item]]
id = "help"
kind = "scale"
option_set = "degree"
label_sv = "Hjälp av insatsen"
text = "ÄNDRA: Hur mycket har insatsen hjälpt dig?"

[[item]]
id = "influence"
kind = "scale"
option_set = "degree"
label_sv = "Kunnat påverka"
text = "ÄNDRA: Hur mycket har du kunnat påverka insatsen?"

# En poäng av frågorna, här medelvärdet. missing = "refuse": saknas ett svar blir det ingen poäng.
[[score]]
id = "total"
sv = "Sammantaget"
kind = "mean"
items = ["help", "influence"]
missing = "refuse"
range = [1, 4]
step = 0.5
direction = "high_is_good"
source = "Eget mått"

# Skriv en anteckning till när frågorna ändras sedan någon har svarat på dem.
[[version_note]]
version = "{year}.1"
date = {today}
sv = "Första versionen"
"""

_CASES = """\
# Räknade exempel: svar, och vad de ska ge. Räkna för hand; ”check” prövar att programmet kommer fram till samma sak.
[[case]]
id = "half"
sv = "2 och 3 ger medelvärdet 2,5"
answers = { help = "2", influence = "3" }
scores = { total = 2.5 }

[[case]]
id = "dont_know"
sv = "Ett ”vet inte”: ingen poäng"
answers = { help = "9", influence = "3" }
missing = ["total"]
"""

_LICENCE = """\
# Licens: {plain_title}

ÄNDRA: vems frågorna är, och vad den som vill använda dem ska göra. Är de era egna räcker det här:

Kommunens egna frågor. Fria att använda.
"""


def is_identifier(name: str) -> bool:
    """Whether an instrument can be called so."""
    return IDENTIFIER.fullmatch(name) is not None


def skeleton(name: str, title: str, folder: str, today: date) -> Mapping[str, str]:
    """The files of a new instrument by their names; `folder` is what its reader would write to check it."""
    plain = "".join(letter for letter in " ".join(title.split()) if letter.isprintable()) or name
    told = {"id": written(name), "title": written(plain), "plain_title": plain, "folder": folder}
    return {
        "definition.toml": _DEFINITION.format(**told, year=today.year, today=today.isoformat()),
        "cases.toml": _CASES,
        "licence.md": _LICENCE.format(plain_title=plain),
    }


def written(text: str) -> str:
    """As TOML writes printable text on one line: JSON's escapes are TOML's too."""
    return json.dumps(text, ensure_ascii=False)


def version_after(version: str, today: date) -> str:
    """The number of the next version: the year's first, or the next after one of this year or later."""
    year, _, number = version.partition(".")
    return f"{today.year}.1" if int(year) < today.year else f"{year}.{int(number) + 1}"


def next_version(definition: str, version: str, today: date) -> str:
    """A definition as its next version: the number changed, and a note to write what is new."""
    old = re.compile(r'^version = "[^"]*"', re.MULTILINE)
    if not old.search(definition):
        raise ValueError("a definition has its version on a line of its own")
    note = f'\n[[version_note]]\nversion = "{version}"\ndate = {today.isoformat()}\nsv = "ÄNDRA: vad som är nytt."\n'
    return old.sub(f'version = "{version}"', definition, count=1).rstrip("\n") + "\n" + note
