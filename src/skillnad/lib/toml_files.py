"""TOML files that people write: read with the line of everything in them, and every problem found on the way.

Whoever reads such files says with `FileCodes` which code each kind of problem has ("CODE-004", "INSTR-002").
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from skillnad.lib.errors import Problem, UserError
from skillnad.lib.parser_words import toml_fault
from skillnad.lib.text import either, meant, nearest, shown
from skillnad.lib.toml_lines import Path as Keys
from skillnad.lib.toml_lines import TomlLines, line_of_fault, toml_lines

Table = Mapping[str, Any]
Word = TypeVar("Word", bound=StrEnum)

TEXT = "text"
DATE = "date"
WHOLE = "whole"
NUMBER = "number"
NUMBERS = "numbers"
FLAG = "flag"
TEXTS = "texts"
NAMES = "names"  # ids or numbers of variables
TABLES = "tables"
TABLE = "table"

_EXPECTED = {
    TEXT: ("text inom citattecken", "text in quotes"),
    DATE: ("ett datum utan citattecken, som 2025-07-01", "a date without quotes, such as 2025-07-01"),
    WHOLE: ("ett heltal", "a whole number"),
    NUMBER: ("ett tal utan citattecken, som 24.9", "a number without quotes, such as 24.9"),
    NUMBERS: ("en lista av två tal, som [0, 40]", "a list of two numbers, such as [0, 40]"),
    FLAG: ("true eller false", "true or false"),
    TEXTS: ('en lista av texter, som ["11", "12"]', 'a list of texts, such as ["11", "12"]'),
    NAMES: ('en lista av variabler, som ["problem", 12]', 'a list of variables, such as ["problem", 12]'),
    TABLES: ("en lista av tabeller", "a list of tables"),
    TABLE: ("en tabell", "a table"),
}
_TYPES = {TEXT: str, FLAG: bool, TABLES: list, TABLE: dict}


@dataclass(frozen=True)
class FileCodes:
    """The codes of what can be wrong with a file before anyone asks what it means."""

    unreadable: str  # not UTF-8, or not TOML
    unknown_key: str
    wrong_type: str
    missing: str
    unknown_word: str  # not one of the words that a key may have
    unfit: str  # written in a way that an id or a code cannot be


@dataclass(frozen=True)
class Source:
    """One file: what it says, and on which lines. `name` is how messages call it."""

    name: str
    data: Table
    text: str = field(repr=False)
    local: bool = False

    @cached_property
    def lines(self) -> TomlLines:
        """Walked only when a problem has to name its line: most files have none."""
        return toml_lines(self.text)

    def where(self, *path: str | int) -> str:
        return f"{self.name}, rad {self.lines.of(*path)}"


@dataclass
class Findings:
    """The problems of one reading, in the order they were found; all are shown at once."""

    codes: FileCodes
    problems: list[Problem] = field(default_factory=list)

    def add(self, code: str, where: str, *, sv: str, en: str) -> None:
        self.problems.append(Problem(code=code, sv=sv, en=en, where=where))

    def stop(self) -> None:
        """Raise all that was found, where anything was."""
        if self.problems:
            raise UserError(*self.problems)


@dataclass(frozen=True)
class Checked:
    """A table whose keys are known and of the right kind: `data` leaves out those that were not."""

    source: Source
    path: Keys
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
            self.missing(key, "…")
        return text

    def missing(self, key: str, example: str) -> None:
        """The problem that `key` is not there; `example` is what could stand after the equals sign."""
        written = f'"{example}"' if example == "…" else example
        self.add(
            self.findings.codes.missing,
            key,
            sv=f"”{key}” saknas. Lägg till {key} = {written} här.",
            en=f'"{key}" is missing. Add {key} = {written} here.',
        )

    def choice(self, key: str, kinds: type[Word], default: Word) -> Word:
        """One of an enumeration's words; a problem and `default` for any other word."""
        return kinds(self.word(key, [str(kind) for kind in kinds], str(default)))

    def word(self, key: str, words: Sequence[str], default: str) -> str:
        """One of `words`; `default` where the key is absent, and a problem too for any other word."""
        word = str(self.get(key) or default)
        if word in (*words, default):
            return word
        guess = nearest(word, words)
        self.add(
            self.findings.codes.unknown_word,
            key,
            sv=f"”{shown(word)}” finns inte som {key}.{meant(guess)} Skriv {shown(either(words), 200)}.",
            en=f"'{shown(word)}' is no {key}.{meant(guess, 'en')} Write {shown(either(words, 'en'), 200)}.",
        )
        return default


def read_source(path: Path, findings: Findings, *, name: str = "", local: bool = False) -> Source | None:
    """One file, or None with the problem added. UTF-8, with or without a byte order mark."""
    name = name or f"{path.parent.name}/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        findings.add(
            findings.codes.unreadable,
            f"{name}, rad {line}",
            sv="Filen är inte UTF-8. Spara den som UTF-8 i textredigeraren.",
            en="The file is not UTF-8. Save it as UTF-8 in the text editor.",
        )
        return None
    return _parsed(name, text, findings, local=local)


def _parsed(name: str, text: str, findings: Findings, *, local: bool) -> Source | None:
    try:
        return Source(name, tomllib.loads(text), text, local)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a ValueError of Python's own
        number = line_of_fault(error, text)
        sv, en = toml_fault(str(error), text.splitlines()[number - 1] if text else "")
        findings.add(
            findings.codes.unreadable,
            f"{name}, rad {number}",
            sv=f"Raden följer inte TOML:s regler: {sv}.",
            en=f"The line does not follow the rules of TOML: {en}.",
        )
        return None


def checked(source: Source, path: Keys, table: Any, keys: Mapping[str, str], findings: Findings) -> Checked:
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
    if kind == NUMBER:
        return _is_number(content)
    if kind == NUMBERS:
        return isinstance(content, list) and len(content) == 2 and all(map(_is_number, content))
    if kind in (TEXTS, NAMES):
        wanted = (str, int) if kind == NAMES else (str,)
        return isinstance(content, list) and all(isinstance(item, wanted) for item in content)
    return isinstance(content, _TYPES[kind])


def _is_number(content: Any) -> bool:
    return isinstance(content, int | float) and not isinstance(content, bool) and math.isfinite(content)


def _unknown_key(source: Source, path: Keys, keys: Mapping[str, str], findings: Findings) -> None:
    key = str(path[-1])
    guess = nearest(key, keys)
    findings.add(
        findings.codes.unknown_key,
        source.where(*path),
        sv=f"Nyckeln ”{shown(key)}” finns inte.{meant(guess)} Här får stå: {', '.join(keys)}.",
        en=f"There is no key '{shown(key)}'.{meant(guess, 'en')} Allowed here: {', '.join(keys)}.",
    )


def _wrong_type(source: Source, path: Keys, kind: str, findings: Findings) -> None:
    sv, en = _EXPECTED[kind]
    key = path[-1]
    code = findings.codes.wrong_type
    findings.add(code, source.where(*path), sv=f"”{key}” ska vara {sv}.", en=f"'{key}' must be {en}.")
