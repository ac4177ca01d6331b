"""XLSX: what would make its cells untrustworthy is found in the sheet's XML before any cell is read."""

import io
import re
import zipfile
from pathlib import PurePosixPath
from typing import IO
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from skillnad.lib.errors import UserError
from skillnad.lib.text import nearest, shown

_FORMULA = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)(\d+)"[^>]*>\s*<(?:\w+:)?f[\s/>]')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_OVERLAP = 4096  # more than a cell's start tag, so that none is missed between two pieces
_PIECE = 4 * 1024 * 1024
_UNPACKED_LIMIT = 4 * 1024**3


def check_workbook(raw: bytes, sheet: str | None, header_row: int, file: str) -> str:
    """The name of the sheet to read. Raises UserError IMP-006 (no XLSX), IMP-007 (no such sheet), IMP-008 (formulas
    or merged cells from the header row on), IMP-005 (too large when unpacked)."""
    archive, paths = _opened(raw, file)
    name = sheet or next(iter(paths))
    if name not in paths:
        raise _no_sheet(file, name, list(paths))
    if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_LIMIT:
        raise _too_large(file)
    with archive, archive.open(paths[name]) as content:
        _scan(content, header_row + 1, f"{file}, blad {shown(name, 31)}")
    return name


def _opened(raw: bytes, file: str) -> tuple[zipfile.ZipFile, dict[str, str]]:
    """The archive, and each sheet's path in it by the sheet's name."""
    try:
        workbook = load_workbook(io.BytesIO(raw), read_only=True)
        paths = {sheet.title: str(PurePosixPath(sheet._worksheet_path)) for sheet in workbook.worksheets}
        workbook.close()
        if not paths:
            raise KeyError
        return zipfile.ZipFile(io.BytesIO(raw)), paths
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, ParseError):
        raise UserError.of(
            "IMP-006",
            where=file,
            sv="Filen går inte att läsa som Excelarbetsbok (XLSX). Spara om den som XLSX, eller ta ut den som CSV.",
            en="The file cannot be read as an Excel workbook (XLSX). Save it again as XLSX, or extract it as CSV.",
        ) from None


def _scan(content: IO[bytes], first_row: int, where: str) -> None:
    """The sheet's XML in pieces: a million rows never stand in memory."""
    tail = b""
    while piece := content.read(_PIECE):
        text = tail + piece
        for match in _FORMULA.finditer(text):
            if int(match[2]) >= first_row:
                raise _untrustworthy(where, f"cell {match[1].decode()}{match[2].decode()}", "en formel", "a formula")
        for match in _MERGED.finditer(text):
            if int(match[4]) >= first_row:
                cells = f"{match[1].decode()}{match[2].decode()}:{match[3].decode()}{match[4].decode()}"
                raise _untrustworthy(where, f"cell {cells}", "sammanslagna celler", "merged cells")
        tail = text[-_OVERLAP:]


def _untrustworthy(where: str, cell: str, sv: str, en: str) -> UserError:
    return UserError.of(
        "IMP-008",
        where=f"{where}, {cell}",
        sv=f"Här är {sv}, och då går det inte att lita på vad cellen säger. Kopiera bladet och klistra in bara värden, "
        "dela sammanslagna celler, och spara.",
        en=f"There is {en} here, so what the cell says cannot be trusted. Copy the sheet and paste values only, "
        "split merged cells, and save.",
    )


def _no_sheet(file: str, name: str, names: list[str]) -> UserError:
    guess = nearest(name, names) or names[0]
    return UserError.of(
        "IMP-007",
        where=file,
        sv=f"Arbetsboken har inget blad ”{shown(name, 31)}”. Närmast är ”{shown(guess, 31)}”: rätta sheet i "
        "mappningen.",
        en=f"The workbook has no sheet '{shown(name, 31)}'. The nearest is '{shown(guess, 31)}': correct sheet in "
        "the mapping.",
    )


def _too_large(file: str) -> UserError:
    return UserError.of(
        "IMP-005",
        where=file,
        sv="Arbetsboken är större än 4 GB uppackad. Dela uttaget, till exempel per år.",
        en="The workbook is larger than 4 GB unpacked. Split the extract, for instance by year.",
    )
