"""An instrument with all its words as one JSON text, lossless both ways.

`definition`, `cases` and each of `texts` say what the TOML files of the folder say, under the same keys; a date is
`{"$date": "2026-11-01"}`. What is read is held to the same rules as a folder.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.json_lines import json_lines
from skillnad.instruments.extending import extended
from skillnad.instruments.loading import load_instrument
from skillnad.instruments.parsing import Parsed, instrument_from
from skillnad.instruments.reading import LARGEST, Files, Findings
from skillnad.instruments.rules import check_definition
from skillnad.lib.errors import UserError
from skillnad.lib.parser_words import json_fault
from skillnad.lib.toml_files import Source
from skillnad.lib.toml_lines import Path as Keys
from skillnad.lib.toml_lines import TomlLines

FORMAT: Final = "skillnad_instrument"
FORMAT_VERSION: Final = 1

_TEXTS = re.compile(r"[a-z][a-z0-9_]*\.[A-Za-z]{2,3}(-[A-Za-z0-9]+)*\.toml")
"""The name of a file of words: nothing that could lie outside its folder."""


@dataclass(frozen=True)
class JsonSource(Source):
    """What would have been one file of a folder: the part of the JSON text under `part`."""

    part: Keys = ()

    @cached_property
    def lines(self) -> TomlLines:
        return json_lines(self.text, self.part)


def json_form(folder: Folder) -> str:
    """The JSON text, indented by two, in the definition's own order."""
    said = {
        FORMAT: FORMAT_VERSION,
        "digest": folder.instrument.digest,
        "local": folder.instrument.local,
        "definition": folder.definition,
        "texts": folder.texts,
        "cases": folder.cases,
        "licence": folder.licence,
    }
    return json.dumps(said, ensure_ascii=False, indent=2, default=_dated) + "\n"


def form_from_json(raw: bytes | str, file: str) -> Folder:
    """What `json_form` wrote, or someone wrote like it. `file` is what messages call it.

    Raises UserError: INSTR-002 (not JSON, or not such a form), INSTR-023 (too large), and every rule that the
    definition breaks, with the line in the JSON text.
    """
    text = _text(raw, file)
    said = _read(text, file)
    findings = Findings()
    files = _files(said, text, file)
    parsed = _parsed(files, findings)
    findings.stop()
    if parsed is None or files.definition is None:
        raise ValueError("a definition without problems is always an instrument")
    cases = files.cases.data if files.cases else None
    texts = {name: source.data for name, source in files.texts.items()}
    return Folder(parsed.instrument, files.definition.data, texts, cases, files.licence)


def _dated(content: Any) -> Any:
    if isinstance(content, date):
        return {"$date": content.isoformat()}
    raise TypeError(f"{type(content).__name__} is not in a definition")


def _undated(table: dict[str, Any]) -> Any:
    return date.fromisoformat(table["$date"]) if set(table) == {"$date"} else table


def _text(raw: bytes | str, file: str) -> str:
    if len(raw) > LARGEST:
        megabytes = f"{len(raw) / 1_000_000:.1f}"
        raise UserError.of(
            "INSTR-023",
            where=file,
            sv=f"Filen är {megabytes.replace('.', ',')} MB; mer än {LARGEST // 1_000_000} MB läses inte. Välj "
            "filen med frågorna, eller dela upp dem på flera instrument.",
            en=f"The file is {megabytes} MB; more than {LARGEST // 1_000_000} MB is not read. Choose the file with the "
            "questions, or divide them into several instruments.",
        )
    try:
        return raw if isinstance(raw, str) else raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError.of(
            "INSTR-002",
            where=file,
            sv="Filen är inte UTF-8. Spara den som UTF-8 i textredigeraren.",
            en="The file is not UTF-8. Save it as UTF-8 in the text editor.",
        ) from None


def _read(text: str, file: str) -> Mapping[str, Any]:
    """The outermost table. NaN and a date that is none are refused as what is not JSON."""
    try:
        said = json.loads(text, object_hook=_undated, parse_constant=_no_constant)
    except (ValueError, TypeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        sv, en = json_fault(str(getattr(error, "msg", "")))
        raise UserError.of(
            "INSTR-002",
            where=f"{file}, rad {line}",
            sv=f"Filen följer inte JSON:s regler: {sv}.",
            en=f"The file does not follow the rules of JSON: {en}.",
        ) from None
    if not isinstance(said, Mapping) or said.get(FORMAT) != FORMAT_VERSION or not _tables(said):
        raise UserError.of(
            "INSTR-002",
            where=file,
            sv=f'Filen är JSON, men inget instrument: där ska stå "{FORMAT}": {FORMAT_VERSION} och "definition". '
            "Gör en med ”skillnad instrument export ID --to json”.",
            en=f'The file is JSON but no instrument: it should say "{FORMAT}": {FORMAT_VERSION} and "definition". '
            "Make one with 'skillnad instrument export ID --to json'.",
        )
    return said


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _tables(said: Mapping[str, Any]) -> bool:
    """Whether the parts are tables as they should be, so that each can be read as a file."""
    texts, cases, licence = said.get("texts", {}), said.get("cases"), said.get("licence")
    return (
        isinstance(said.get("definition"), Mapping)
        and isinstance(texts, Mapping)
        and all(map(_TEXTS.fullmatch, texts))
        and all(isinstance(table, Mapping) and _whole(table) for table in texts.values())
        and (cases is None or (isinstance(cases, Mapping) and _whole(cases)))
        and (licence is None or isinstance(licence, str))
    )


def _whole(content: Any) -> bool:
    """Whether TOML can say it: TOML has no null."""
    if isinstance(content, Mapping):
        return all(map(_whole, content.values()))
    return all(map(_whole, content)) if isinstance(content, list) else content is not None


def _files(said: Mapping[str, Any], text: str, file: str) -> Files:
    local = said.get("local") is not False

    def part(table: Any, *path: str) -> JsonSource:
        return JsonSource(file, table, text, local, path)

    return Files(
        Path(str(said["definition"].get("id", ""))),
        part(said["definition"], "definition"),
        part(said["cases"], "cases") if said.get("cases") else None,
        {name: part(table, "texts", name) for name, table in said.get("texts", {}).items()},
        said.get("licence"),
        local,
    )


def _parsed(files: Files, findings: Findings) -> Parsed | None:
    extends = files.definition.data.get("extends") if files.definition else None
    base = load_instrument(extends) if isinstance(extends, str) and extends else None
    parsed = instrument_from(files, findings, base.option_sets if base else None)
    if parsed is not None and base is not None:
        parsed = extended(base, parsed)
    if parsed is not None:
        check_definition(parsed, files)
    return parsed
