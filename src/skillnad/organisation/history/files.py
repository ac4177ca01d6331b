"""The tree's history in a file: TOML with a [[unit]] a spell, or CSV and XLSX with a row a spell.

Headings, in Swedish or English: kod, namn, nämnd, förvaltning, från, till, följer (code, name, committee,
administration, from, to, follows). `följer` has the codes of the units whose work this one goes on with from its first
day, with commas between. Each reader gives rows of texts with the place they stand in.
"""

import csv
import io
import tomllib
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown
from skillnad.lib.toml_lines import toml_lines

HEADINGS = {
    "code": "kod", "name": "namn", "committee": "nämnd", "administration": "förvaltning", "from": "från", "to": "till",
    "follows": "följer",
}  # fmt: skip
NEEDED = ("code", "name")
MOST_BYTES = 5 * 1024 * 1024
_BY_HEADING = {**{name: name for name in HEADINGS}, **{sv: name for name, sv in HEADINGS.items()}}

Row = tuple[str, Mapping[str, str]]
"""Where it stands, and its texts by the headings' English names."""


def read_history(file: Path) -> TreeHistory:
    """What the file says. Raises UserError ORG-013 … ORG-015 with every place that is wrong."""
    readers = {".toml": _toml, ".csv": _csv, ".xlsx": _xlsx}
    reader = readers.get(file.suffix.casefold())
    try:
        raw = file.read_bytes() if reader else b""
    except OSError:
        reader = None
    if reader is None or len(raw) > MOST_BYTES:
        raise _unreadable(file.name)
    try:
        rows = list(reader(raw, file.name))
    except (ValueError, KeyError, OSError, TypeError, csv.Error, zipfile.BadZipFile, InvalidFileException):
        raise _unreadable(file.name) from None
    return history_of(rows)


def history_of(rows: Sequence[Row]) -> TreeHistory:
    """The rows as spells, and who follows whom. Raises UserError ORG-015 with every row that is wrong."""
    spells, successions, found = [], [], list[Problem]()
    for where, row in rows:
        found += _problems(where, row)
        if found:
            continue
        first, last = _day(row, "from"), _day(row, "to")
        spells.append(UnitSpell(row["code"], row["name"], row["committee"], row["administration"], first, last))
        successions += [Succession(code, row["code"], first) for code in _codes(row["follows"]) if first]
    if found:
        raise UserError(*found)
    return TreeHistory(tuple(spells), tuple(successions))


def _problems(where: str, row: Mapping[str, str]) -> Iterator[Problem]:
    for name in ("from", "to"):
        if row[name] and not _is_day(row[name]):
            yield _wrong(where, name, "en dag som 2025-01-01", "a day such as 2025-01-01")
    for name in NEEDED:
        if not row[name]:
            yield _wrong(where, name, "ifyllt på varje rad", "filled in on every row")
    if row["follows"] and not row["from"]:
        yield _wrong(where, "from", "ifyllt där enheten följer på andra", "filled in where the unit follows others")


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _day(row: Mapping[str, str], name: str) -> date | None:
    return date.fromisoformat(row[name]) if row[name] else None


def _codes(text: str) -> list[str]:
    return [code.strip() for code in text.replace(";", ",").split(",") if code.strip()]


def _toml(raw: bytes, file: str) -> Iterator[Row]:
    text = raw.decode("utf-8")
    units, lines = tomllib.loads(text)["unit"], toml_lines(text)
    for place, unit in enumerate(units):
        where = f"{file}, rad {lines.of('unit', place)}"
        yield where, _row(where, {name: _text(value) for name, value in unit.items()})


def _csv(raw: bytes, file: str) -> Iterator[Row]:
    text = raw.decode("utf-8-sig")
    first = text.partition("\n")[0]
    separator = max(";,\t", key=first.count)
    yield from _table(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), file)


def _xlsx(raw: bytes, file: str) -> Iterator[Row]:
    book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    yield from _table(([_text(value) for value in row] for row in rows), file)


def _table(rows: Iterator[Sequence[str]], file: str) -> Iterator[Row]:
    headings = [heading.strip() for heading in next(iter(rows), ())]
    for number, row in enumerate(rows, start=2):
        if any(text.strip() for text in row):
            where = f"{file}, rad {number}"
            yield where, _row(where, dict(zip(headings, row, strict=False)))


def _row(where: str, told: Mapping[str, str]) -> Mapping[str, str]:
    """By the headings' names, absent ones empty. Raises UserError ORG-014 for a heading that is none."""
    named = {heading: _BY_HEADING.get(heading.strip().casefold(), "") for heading in told if heading.strip()}
    if unknown := [heading for heading, name in named.items() if not name]:
        raise UserError(_no_heading(where, unknown[0]))
    return {**dict.fromkeys(HEADINGS, ""), **{name: told[heading].strip() for heading, name in named.items()}}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(str(part) for part in value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value)


def _unreadable(file: str) -> UserError:
    return UserError.of(
        "ORG-013",
        where=file,
        sv="Filen finns inte eller går inte att läsa som organisationens historik. Den ska vara TOML med [[unit]], "
        "eller CSV (UTF-8) eller XLSX med en rubrikrad, och högst 5 MB. Se docs/organisation.md.",
        en="The file is not there, or cannot be read as the history of the organisation. It should be TOML with "
        "[[unit]], or CSV (UTF-8) or XLSX with a row of headings, and 5 MB at most. See docs/organisation.md.",
    )


def _no_heading(where: str, heading: str) -> Problem:
    return Problem(
        "ORG-014",
        where=where,
        sv=f"”{shown(heading)}” är ingen rubrik här. Rubrikerna är {', '.join(HEADINGS.values())}.",
        en=f"'{shown(heading)}' is no heading here. The headings are {', '.join(HEADINGS)}.",
    )


def _wrong(where: str, name: str, sv: str, en: str) -> Problem:
    return Problem("ORG-015", where=where, sv=f"”{HEADINGS[name]}” ska vara {sv}.", en=f"'{name}' should be {en}.")
