"""A question with a name, in a file: written as TOML or JSON, read by either, and asked again of any snapshot.

version = 1
name = "Utredningar inom fyra månader"

[question]
kind = "duration"
…
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.question_data import question_as_data, question_from_data
from skillnad.lib.errors import UserError
from skillnad.lib.text import shown

VERSION = 1
LONGEST_NAME = 200
_KEYS = ("version", "name", "question")


@dataclass(frozen=True)
class SavedQuestion:
    """A question and what its asker calls it."""

    name: str
    question: Asked


def save(saved: SavedQuestion, file: Path) -> None:
    """Writes the file: JSON where its name ends so, else TOML. Raises UserError (ASK-022) where that cannot be."""
    data = {"version": VERSION, "name": saved.name, "question": question_as_data(saved.question)}
    text = json.dumps(data, ensure_ascii=False, indent=2) + "\n" if _is_json(file) else as_toml(data)
    try:
        file.write_text(text, encoding="utf-8")
    except OSError:
        raise UserError.of(
            "ASK-022",
            where=str(file),
            sv="Filen går inte att skriva. Ange en mapp som finns och som du får skriva i.",
            en="The file cannot be written. Give a folder that exists and that you may write to.",
        ) from None


def load(file: Path) -> SavedQuestion:
    """The question in the file. Raises UserError: ASK-032 no such file or not TOML or JSON, ASK-033 another version or
    a key that is not there, ASK-020 (with the key) where the question cannot be read."""
    data = _read(file)
    for key in data:
        if key not in _KEYS:
            there = ", ".join(_KEYS)
            raise _wrong(file, key, f"finns inte. Här får stå {there}", f"does not exist. Allowed here: {there}")
    if data.get("version") != VERSION:
        raise _wrong(file, "version", f"ska vara {VERSION}", f"is {VERSION}")
    name = data.get("name")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= LONGEST_NAME:
        raise _wrong(
            file, "name", f"ska vara en text på högst {LONGEST_NAME} tecken", f"is at most {LONGEST_NAME} signs"
        )
    return SavedQuestion(name, question_from_data(data.get("question", {}), where=str(file)))


def as_toml(data: Mapping[str, Any]) -> str:
    """Dictionaries, lists, texts, whole numbers and truth values as TOML; None is left out."""
    return "\n".join(_table(data, ())).strip() + "\n"


def _table(data: Mapping[str, Any], at: tuple[str, ...]) -> Iterator[str]:
    """A table's own keys first, then the tables in it, then the lists of tables."""
    held = {key: value for key, value in data.items() if value is not None}
    tables = {key: value for key, value in held.items() if isinstance(value, Mapping)}
    lists = {key: value for key, value in held.items() if isinstance(value, list) and value and _are_tables(value)}
    for key, value in held.items():
        if key not in tables and key not in lists:
            yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
    for key, value in tables.items():
        yield from ("", f"[{'.'.join((*at, key))}]", *_table(value, (*at, key)))
    for key, value in lists.items():
        for one in value:
            yield from ("", f"[[{'.'.join((*at, key))}]]", *_table(one, (*at, key)))


def _are_tables(values: list[Any]) -> bool:
    return all(isinstance(value, Mapping) for value in values)


def _read(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
        data = json.loads(text) if _is_json(file) else tomllib.loads(text)
    except (OSError, ValueError):
        data = None
    if not isinstance(data, dict):
        raise UserError.of(
            "ASK-032",
            where=str(file),
            sv="Här finns ingen sparad fråga: ingen fil, eller varken TOML eller JSON (.json). Spara frågan igen.",
            en="There is no saved question here: no file, or neither TOML nor JSON (.json). Save the question anew.",
        )
    return data


def _is_json(file: Path) -> bool:
    return file.suffix.lower() == ".json"


def _wrong(file: Path, key: str, sv: str, en: str) -> UserError:
    return UserError.of(
        "ASK-033",
        where=str(file),
        sv=f"Den sparade frågan går inte att läsa: ”{shown(key)}” {sv}. Rätta, eller ställ frågan igen och spara den.",
        en=f"The saved question cannot be read: '{shown(key)}' {en}. Mend it, or ask the question again and save it.",
    )
