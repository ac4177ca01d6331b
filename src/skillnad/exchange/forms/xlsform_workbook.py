"""The cells of an XLSForm's workbook. What is no such workbook, or too large to be a form, is refused unopened."""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import PurePosixPath
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from skillnad.exchange.forms.xlsform_own import Sheets
from skillnad.exchange.forms.xlsform_words import CHOICES, OWN, SETTINGS, SURVEY
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown

LARGEST: Final = 5_000_000
"""Bytes of the file. The catalogue's largest form is 30,000."""

UNPACKED: Final = 50_000_000
PARTS: Final = 500
ROWS, COLUMNS = 20_000, 100

_OLD: Final = b"\xd0\xcf\x11\xe0"
"""How files of the older Excel begin, and those that a password locks."""

_BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    InvalidFileException,
    ParseError,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What reading a file that only looks like a workbook can end in."""

_READ: Final = (SURVEY, CHOICES, SETTINGS, OWN)
_ALIEN: Final = ("external_choices", "entities", "osm")
_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*?(/?)>')
_CHANGED = re.compile(rb"<dcterms:(?:modified|created)[^>]*>(\d{4})")


def sheets_in(raw: bytes, file: str) -> Sheets:
    """The sheets of a form by their names in small letters, every cell as text.

    Raises UserError: INSTR-030 (no XLSX, another kind of workbook, locked, too large), INSTR-031 (sheets without
    counterpart) and INSTR-032 (a formula where words should be).
    """
    _check_archive(raw, file)
    try:
        book = load_workbook(io.BytesIO(raw), read_only=True)
        named = {sheet.title.strip().casefold(): sheet for sheet in book.worksheets}
        _check_kind([sheet.title for sheet in book.worksheets], file)
        read = {name: named[name] for name in _READ if name in named}
        _check_far(raw, {name: str(PurePosixPath(sheet._worksheet_path)) for name, sheet in read.items()}, file)
        return {name: list(_rows(sheet, file)) for name, sheet in read.items()}
    except _BROKEN:
        raise _no_workbook(file) from None


def year_of(raw: bytes) -> int | None:
    """The year that the workbook says it was last changed, or made."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        if "docProps/core.xml" not in archive.namelist():
            return None
        found = _CHANGED.findall(archive.read("docProps/core.xml"))
        return int(found[-1]) if found else None


def _check_archive(raw: bytes, file: str) -> None:
    if len(raw) > LARGEST:
        raise _too_large(file, f"{len(raw) / 1_000_000:.0f} MB")
    if raw.startswith(_OLD):
        raise UserError.of(
            "INSTR-030",
            where=file,
            sv="Filen är låst med lösenord, eller sparad för ett äldre Excel. Ta bort lösenordet och spara som XLSX.",
            en="The file is locked with a password, or saved for an older Excel. Remove the password, save as XLSX.",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if unpacked > UNPACKED or len(parts) > PARTS:
                raise _too_large(file, f"{unpacked / 1_000_000:.0f} MB")
            if "xl/workbook.xml" not in archive.namelist() or any(map(_declares, _xml(archive))):
                raise _no_workbook(file)
    except _BROKEN:
        raise _no_workbook(file) from None


def _xml(archive: zipfile.ZipFile) -> Iterator[bytes]:
    return (archive.read(part) for part in archive.namelist() if part.endswith((".xml", ".rels")))


def _declares(content: bytes) -> bool:
    """Whether an XML part declares a type of document, where entities that grow without end can stand."""
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content


def _check_kind(titles: list[str], file: str) -> None:
    names = {title.strip().casefold(): title for title in titles}
    if SURVEY not in names:
        there, english = (listed([shown(title, 31) for title in titles][:8], language) for language in ("sv", "en"))
        raise UserError.of(
            "INSTR-030",
            where=file,
            sv=f"Arbetsboken är inget XLSForm: bladet ”survey” saknas. Bladen heter {there}. Välj filen som "
            "formulärverktyget exporterar som XLSForm.",
            en=f"The workbook is no XLSForm: it lacks the sheet 'survey'. Its sheets are {english}. Choose the file "
            "that the form tool exports as XLSForm.",
        )
    for name in _ALIEN:
        if name in names:
            raise UserError.of(
                "INSTR-031",
                where=f"{file}, blad {name}",
                sv="Bladet har ingen motsvarighet här: alla svarsalternativ ska stå i bladet choices. Ta bort det.",
                en="The sheet has no counterpart here: all options should stand in the sheet choices. Remove it.",
            )


def _check_far(raw: bytes, paths: Mapping[str, str], file: str) -> None:
    """Refuse cells with something in them far from the others: nothing is left out unsaid, and no empty rows read."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        for name, path in paths.items():
            for column, row, empty in _CELL.findall(archive.read(path)):
                if not empty and (int(row) > ROWS or column_index_from_string(column.decode()) > COLUMNS):
                    cell = f"{column.decode()}{row.decode()}"
                    raise _too_large(f"{file}, blad {name}, cell {cell}", f"> {ROWS} × {COLUMNS}")


def _rows(sheet: Any, file: str) -> Iterator[list[str]]:
    own = sheet.title.strip().casefold() == OWN
    for number, row in enumerate(sheet.iter_rows(max_row=ROWS, max_col=COLUMNS), start=1):
        yield [_text(cell, f"{file}, blad {shown(sheet.title, 31)}, rad {number}", own=own) for cell in row]


def _text(cell: Any, where: str, *, own: bool) -> str:
    content = cell.value
    if cell.data_type == "f" and not own:
        raise UserError.of(
            "INSTR-032",
            where=where,
            sv="Här är en formel. Kopiera bladet och klistra in bara värden, och spara.",
            en="There is a formula here. Copy the sheet and paste values only, and save.",
        )
    if content is None:
        return ""
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return content.isoformat() if isinstance(content, date | datetime) else str(content)


def _no_workbook(file: str) -> UserError:
    return UserError.of(
        "INSTR-030",
        where=file,
        sv="Filen går inte att läsa som Excelarbetsbok (XLSX). Öppna formuläret i Excel och spara om det som XLSX.",
        en="The file cannot be read as an Excel workbook (XLSX). Open the form in Excel and save it again as XLSX.",
    )


def _too_large(file: str, size: str) -> UserError:
    return UserError.of(
        "INSTR-030",
        where=file,
        sv=f"Arbetsboken är för stor för ett formulär ({size}). Ett formulär har högst 500 frågor. Välj rätt fil, "
        "eller ta bort det som inte hör till formuläret.",
        en=f"The workbook is too large for a form ({size}). A form has at most 500 questions. Choose the right "
        "file, or remove what is no part of the form.",
    )
