"""A mapping file read and checked against the codebook: every fault names file, line and remedy."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path as FilePath
from typing import Any

from skillnad.codebook.model import Codebook
from skillnad.lib.errors import UserError
from skillnad.lib.toml_lines import line_of_fault, toml_lines
from skillnad.register.imports.fields import PARENT, RECORD_SV, Field, Record, fields_of
from skillnad.register.imports.mapping import ExtractMapping, FileSpec, Key, Where, folded
from skillnad.register.imports.mapping_faults import Faults, Path
from skillnad.register.imports.mapping_sources import read_sources

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_HEAD = {"name": str, "title": str, "municipality": str}
_FILE = {
    "match": str,
    "optional": bool,
    "encoding": str,
    "separator": str,
    "decimal": str,
    "sheet": str,
    "skip_rows": int,
    "repeat": str,
    "latest_date": date,
    "keys": dict,
    "columns": dict,
    "where": (dict, list),
}
_KEY = {"column": str, "columns": list, "identity": bool, "missing": str}
_WHERE = {"column": str, "any": list, "none": list}
_CHOICES = {
    "encoding": ("utf-8", "cp1252", "cp850", "utf-16"),
    "separator": (";", ",", "\t"),
    "decimal": (",", "."),
    "repeat": ("refuse", "union"),
}
_NEEDED = {
    # any of these sets of columns is enough
    Record.REVIEW: (("review.due_date",), ("review.held_date",)),
    Record.COST: (("cost.from_date", "cost.amount"),),
}


def load_mapping(path: FilePath, codebook: Codebook) -> ExtractMapping:
    """The mapping in the file `path`. Raises UserError MAP-001 … MAP-006 and MAP-008 with every fault that is found."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError.of(
            "MAP-001",
            where=path.name,
            sv="Mappningen finns inte. Skriv ett utkast med `skillnad mapping suggest FIL`.",
            en="The mapping does not exist. Draft one with `skillnad mapping suggest FILE`.",
        ) from None
    except UnicodeDecodeError:
        raise UserError.of(
            "MAP-001",
            where=path.name,
            sv="Mappningen är inte sparad som UTF-8. Spara om den med den teckenkodningen.",
            en="The mapping is not saved as UTF-8. Save it again in that encoding.",
        ) from None
    return parse_mapping(text, codebook, path.name)


def parse_mapping(text: str, codebook: Codebook, file: str = "mappning.toml") -> ExtractMapping:
    """The mapping that `text` holds; `file` is its name in messages."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UserError.of(
            "MAP-001",
            where=f"{file}, rad {line_of_fault(error, text)}",
            sv="Filen går inte att läsa som TOML här. Se efter citattecken, likhetstecken och hakparenteser.",
            en="The file cannot be read as TOML here. Look for quotes, equals signs and brackets.",
        ) from None
    faults = Faults(file, toml_lines(text))
    mapping = _mapping(content, fields_of(codebook), faults, hashlib.sha256(text.encode()).hexdigest())
    faults.stop()
    return mapping


def _mapping(
    content: dict[str, Any], fields: Mapping[str, tuple[Field, ...]], faults: Faults, digest: str
) -> ExtractMapping:
    known_keys(content, {"mapping": dict, "file": list}, (), faults)
    head = content.get("mapping", {}) if isinstance(content.get("mapping", {}), dict) else {}
    known_keys(head, _HEAD, ("mapping",), faults)
    name = str(head.get("name", ""))
    if not _NAME.fullmatch(name):
        faults.shape(
            ("mapping", "name"),
            sv="[mapping] ska ha name: gemena bokstäver a–z, siffror och bindestreck.",
            en="[mapping] should have a name: lower-case a–z, digits and hyphens.",
        )
    entries = content.get("file", [])
    if not isinstance(entries, list) or not entries:
        faults.shape((), sv="Minst en [[file]] ska finnas.", en="There should be at least one [[file]].")
        entries = []
    files = tuple(_file(entry, ("file", index), fields, faults) for index, entry in enumerate(entries))
    if not faults.problems:
        _check_created(files, faults)
        _check_needed(files, faults)
    return ExtractMapping(name, str(head.get("title", name)), files, head.get("municipality"), digest)


def _file(entry: dict[str, Any], path: Path, fields: Mapping[str, tuple[Field, ...]], faults: Faults) -> FileSpec:
    before = len(faults.problems)
    known_keys(entry, _FILE, path, faults)
    _check_choices(entry, path, faults)
    if len(faults.problems) > before:  # wrong kinds below would only repeat it
        return FileSpec(str(entry.get("match", "")), {}, ())
    if "match" not in entry:
        faults.shape(path, sv="[[file]] ska ha match: filens namn.", en="[[file]] should have match: the file's name.")
    keys = _keys(entry.get("keys", {}), (*path, "keys"), faults)
    return FileSpec(
        match=entry.get("match", "*"),
        keys=keys,
        sources=read_sources(entry.get("columns", {}), (*path, "columns"), keys, fields, faults),
        where=_wheres(entry.get("where", []), (*path, "where"), faults),
        optional=entry.get("optional", False),
        encoding=entry.get("encoding"),
        separator=entry.get("separator"),
        decimal=entry.get("decimal", ","),
        sheet=entry.get("sheet"),
        skip_rows=entry.get("skip_rows", 0),
        union=entry.get("repeat") == "union",
        latest_date=_day(entry.get("latest_date")),
        line=faults.lines.of(*path),
    )


def _day(given: date | None) -> date | None:
    """TOML has moments too, and a moment is a date to Python."""
    return given.date() if isinstance(given, datetime) else given


def _check_choices(entry: dict[str, Any], path: Path, faults: Faults) -> None:
    for name, allowed in _CHOICES.items():
        if isinstance(entry.get(name), str) and entry[name] not in allowed:
            shown = [repr(choice).strip("'") for choice in allowed]
            faults.unknown(
                "MAP-002", (*path, name), entry[name], shown, sv=f"{name} kan inte vara", en=f"{name} cannot be"
            )


def _keys(entries: dict[str, Any], path: Path, faults: Faults) -> dict[Record, Key]:
    keys = {}
    for name, entry in entries.items():
        if name not in list(Record):
            faults.unknown(
                "MAP-002", (*path, name), name, list(Record), sv="Det finns ingen post", en="No record is called"
            )
            continue
        keys[Record(name)] = _key(Record(name), entry, (*path, name), faults)
    if not keys:
        faults.add(
            "MAP-005", path, sv="[file.keys] ska ha minst en nyckel.", en="[file.keys] should have a key at least."
        )
    return keys


def _key(record: Record, entry: object, path: Path, faults: Faults) -> Key:
    line = faults.lines.of(*path)
    if isinstance(entry, str):
        entry = {"column": entry}
    elif isinstance(entry, list):
        entry = {"columns": entry}
    if not isinstance(entry, dict):
        faults.shape(path, sv="En nyckel är en kolumn eller en lista.", en="A key is a column or a list.")
        return Key(record, (), line=line)
    known_keys(entry, _KEY, path, faults)
    columns = tuple(str(column) for column in entry.get("columns", [entry.get("column", "")]))
    if not all(columns) or not columns:
        faults.shape(path, sv="Nyckeln saknar kolumn.", en="The key has no column.")
    identity = columns[0] if entry.get("identity") else None
    return Key(record, columns, identity, entry.get("missing") == "none", line)


def _check_created(files: tuple[FileSpec, ...], faults: Faults) -> None:
    """A record can be stored only where some file has its key and the key of what stands above it.

    A mapping none of whose files could store anything is meant to add to what the source has in the register.
    """
    if not any(spec.creates(record) for spec in files for record in spec.keys):
        return
    named = dict.fromkeys(record for spec in files for record in spec.keys)
    for record in named:
        parent = PARENT[record]
        if parent and not any(spec.creates(record) for spec in files):
            index = next(index for index, spec in enumerate(files) if record in spec.keys)
            faults.add(
                "MAP-005",
                ("file", index, "keys", record),
                sv=f"Ingen fil har nyckel både till {RECORD_SV[record]} och till {RECORD_SV[parent]} ovanför. "
                "Lägg till "
                f"{parent} = … i [file.keys].",
                en=f"No file has the key of both the {record} and the {parent} above it. Add {parent} = … to "
                "[file.keys].",
            )


def _check_needed(files: tuple[FileSpec, ...], faults: Faults) -> None:
    """What a record that the mapping can make cannot be stored without."""
    filled = {source.field.column for spec in files for source in spec.sources}
    for index, spec in enumerate(files):
        for record, needed in _NEEDED.items():
            if spec.creates(record) and not any(filled.issuperset(columns) for columns in needed):
                sv, en = (word.join(", ".join(columns) for columns in needed) for word in (" eller ", " or "))
                faults.add(
                    "MAP-006",
                    ("file", index, "keys", record),
                    sv=f"{RECORD_SV[record].capitalize()} kan inte lagras utan {sv}. Lägg till det i [file.columns].",
                    en=f"The {record} cannot be stored without {en}. Add it to [file.columns].",
                )


def _wheres(entry: object, path: Path, faults: Faults) -> tuple[Where, ...]:
    many = isinstance(entry, list)
    entries = entry if isinstance(entry, list) else [entry]
    return tuple(_where(each, (*path, index) if many else path, faults) for index, each in enumerate(entries))


def _where(entry: dict[str, Any], path: Path, faults: Faults) -> Where:
    known_keys(entry, _WHERE, path, faults)
    if "column" not in entry or ("any" in entry) == ("none" in entry):
        faults.shape(
            path,
            sv="Ett villkor har column och antingen any eller none.",
            en="A condition has column and either any or none.",
        )
    values = entry.get("any", entry.get("none", []))
    return Where(str(entry.get("column", "")), frozenset(folded(str(value)) for value in values), "any" in entry)


def known_keys(entry: object, shapes: Mapping[str, Any], path: Path, faults: Faults) -> None:
    """Every key of `entry` is one of `shapes`, and its value of that kind."""
    if not isinstance(entry, dict):
        faults.shape(path, sv="Här ska stå en tabell.", en="A table should stand here.")
        return
    for name, value in entry.items():
        if name not in shapes:
            faults.unknown("MAP-002", (*path, name), name, shapes, sv="Det finns ingen nyckel", en="There is no key")
        elif not isinstance(value, shapes[name]) or (shapes[name] is int and isinstance(value, bool)):
            faults.shape(
                (*path, name), sv=f"{name} har fel slag av värde.", en=f"{name} has a value of the wrong kind."
            )
