"""Which keys each table of a codebook file may have, and what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from skillnad.codebook.sources import Findings, Source, Table
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_lines import Path

Word = TypeVar("Word", bound=StrEnum)

TEXT = "text"
DATE = "date"
WHOLE = "whole"
FLAG = "flag"
TEXTS = "texts"
NAMES = "names"  # ids or numbers of variables
TABLES = "tables"
TABLE = "table"

_EXPECTED = {
    TEXT: ("text inom citattecken", "text in quotes"),
    DATE: ("ett datum utan citattecken, som 2025-07-01", "a date without quotes, such as 2025-07-01"),
    WHOLE: ("ett heltal", "a whole number"),
    FLAG: ("true eller false", "true or false"),
    TEXTS: ('en lista av texter, som ["11", "12"]', 'a list of texts, such as ["11", "12"]'),
    NAMES: ('en lista av variabler, som ["problem", 12]', 'a list of variables, such as ["problem", 12]'),
    TABLES: ("en lista av tabeller", "a list of tables"),
    TABLE: ("en tabell", "a table"),
}

FILE = {
    "version": TEXT,
    "use": NAMES,
    "not_used": NAMES,
    "also_use": NAMES,
    "variable": TABLES,
    "value": TABLES,
    "age_band": TABLES,
    "provision": TABLES,
}
LOCAL_FILE = {key: kind for key, kind in FILE.items() if key != "provision"}
_VALIDITY = {"valid_from": DATE, "valid_to": DATE}
_DEFINITIONS = {"definition_sv": TEXT, "definition_en": TEXT}
VALUE = {"code": TEXT, "sv": TEXT, "en": TEXT, "meaning": TEXT, **_DEFINITIONS, **_VALIDITY}
ADDED_VALUE = {"variable": TEXT, **VALUE}
VARIABLE = {
    "id": TEXT,
    "number": WHOLE,
    "kind": TEXT,
    "entity": TEXT,
    "step": TEXT,
    "step_when_provider": TEXT,
    "sv": TEXT,
    "en": TEXT,
    "values": TABLES,
    "value": TABLES,
    "same_values_as": TEXT,
    "exclusive": TEXTS,
    "order": TEXTS,
    "sensitive": FLAG,
    "used": FLAG,
    "note_sv": TEXT,
    "source": TEXT,
    "maps_to": TEXT,
    "mapping": TABLE,
    **_DEFINITIONS,
    **_VALIDITY,
}
AGE_BAND = {"code": TEXT, "first": WHOLE, "last": WHOLE}
PROVISION = {"variable": TEXT, "code": TEXT, "text": TEXT, "verified": FLAG, **_VALIDITY}


@dataclass(frozen=True)
class Checked:
    """A table whose keys are known and of the right kind: `data` leaves out those that were not."""

    source: Source
    path: Path
    data: Table
    findings: Findings = field(repr=False)

    def where(self, *keys: str | int) -> str:
        return self.source.where(*self.path, *keys)

    def add(self, code: str, *keys: str | int, sv: str, en: str) -> None:
        self.findings.add(code, self.where(*keys), sv=sv, en=en)

    def get(self, key: str, default: Any = None) -> Any:
        return self.data.get(key, default)

    def required(self, key: str) -> str:
        """The text of `key`; a problem and empty text where it is missing or blank."""
        text = str(self.data.get(key, "")).strip()
        if not text:
            self.add(
                "CODE-007",
                key,
                sv=f'”{key}” saknas. Lägg till {key} = "…" här.',
                en=f'"{key}" is missing. Add {key} = "…" here.',
            )
        return text

    def choice(self, key: str, kinds: type[Word], default: Word) -> Word:
        """One of an enumeration's words; a problem and `default` for any other word."""
        word = self.get(key)
        if word is None or word in set(kinds):
            return kinds(word) if word else default
        words = [str(kind) for kind in kinds]
        guess = nearest(word, words)
        self.add(
            "CODE-008",
            key,
            sv=f"”{shown(word)}” finns inte som {key}.{meant(guess)} Skriv {listed(words)[:200]}.",
            en=f"'{shown(word)}' is no {key}.{meant(guess, 'en')} Write {listed(words, 'en')[:200]}.",
        )
        return default


def checked(source: Source, path: Path, table: Any, keys: Mapping[str, str], findings: Findings) -> Checked:
    """`table` with the keys it may have; each unknown or ill-typed key becomes a problem."""
    if not isinstance(table, Mapping):
        _wrong_type(source, path, TABLE, findings)
        return Checked(source, path, {}, findings)
    kept = {}
    for key, content in table.items():
        if key not in keys:
            _unknown_key(source, (*path, key), keys, findings)
        elif not _fits(content, keys[key]):
            _wrong_type(source, (*path, key), keys[key], findings)
        else:
            kept[key] = content
    return Checked(source, path, kept, findings)


def tables(table: Checked, key: str, keys: Mapping[str, str]) -> list[Checked]:
    """The tables listed under `key`, each checked."""
    listing = table.get(key, [])
    return [
        checked(table.source, (*table.path, key, index), item, keys, table.findings)
        for index, item in enumerate(listing)
    ]


def _fits(content: Any, kind: str) -> bool:
    if kind == DATE:
        return isinstance(content, date) and not isinstance(content, datetime)
    if kind == WHOLE:
        return isinstance(content, int) and not isinstance(content, bool)
    if kind in (TEXTS, NAMES):
        wanted = (str, int) if kind == NAMES else (str,)
        return isinstance(content, list) and all(isinstance(item, wanted) for item in content)
    return isinstance(content, {TEXT: str, FLAG: bool, TABLES: list, TABLE: dict}[kind])


def _unknown_key(source: Source, path: Path, keys: Mapping[str, str], findings: Findings) -> None:
    key = str(path[-1])
    guess = nearest(key, keys)
    findings.add(
        "CODE-005",
        source.where(*path),
        sv=f"Nyckeln ”{shown(key)}” finns inte.{meant(guess)} Här får stå: {', '.join(keys)}.",
        en=f"There is no key '{shown(key)}'.{meant(guess, 'en')} Allowed here: {', '.join(keys)}.",
    )


def _wrong_type(source: Source, path: Path, kind: str, findings: Findings) -> None:
    sv, en = _EXPECTED[kind]
    key = path[-1]
    findings.add("CODE-006", source.where(*path), sv=f"”{key}” ska vara {sv}.", en=f"'{key}' must be {en}.")
