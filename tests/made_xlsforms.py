"""XLSForms for tests: made of rows, read as an instrument or refused, and read back as their sheets."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from openpyxl import load_workbook

from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.losses import Loss
from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform
from skillnad.lib.errors import UserError

Survey = list[dict[str, str]]
YES_NO = [("yesno", "1", "Ja"), ("yesno", "2", "Nej")]


def workbook(sheets: dict[str, list[list[str]]]) -> bytes:
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(number, column, cell)
    return stream.getvalue()


def rows_of(rows: list[dict[str, str]]) -> list[list[str]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [names, *([row.get(name, "") for name in names] for row in rows)]


def form(
    survey: list[dict[str, str]],
    choices: list[tuple[str, str, str]] = YES_NO,
    settings: dict[str, str] | None = None,
    **more: list[list[str]],
) -> bytes:
    """A form of another's. `choices` are (list, code, words)."""
    listed = [["list_name", "name", "label"], *map(list, choices)]
    said = {"form_title": "Trivsel", "form_id": "trivsel", "version": "2026.1"} | (settings or {})
    return workbook({"survey": rows_of(survey), "choices": listed, "settings": rows_of([said]), **more})


def saved(raw: bytes, folder: Path, name: str = "form.xlsx") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def question(name: str, kind: str = "select_one yesno", **cells: str) -> dict[str, str]:
    return {"type": kind, "name": name, "label": f"Fråga {name}", **cells}


def without_own_sheet(raw: bytes) -> bytes:
    book = load_workbook(BytesIO(raw))
    del book["_skillnad"]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(raw: bytes, sheet: str, cell: str, content: str | None) -> bytes:
    """As when somebody opens the file, writes in one cell and saves."""
    book = load_workbook(BytesIO(raw))
    book[sheet][cell] = content
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(survey: Survey, folder: Path, **more: object) -> tuple[Folder, tuple[Loss, ...]]:
    """What comes of a form of these rows."""
    return instrument_from_xlsform(saved(form(survey, **more), folder))  # type: ignore[arg-type]


def items_of(survey: Survey, folder: Path, **more: object) -> dict:
    return dict(read(survey, folder, **more)[0].instrument.items)


def refused(survey: Survey, folder: Path, **more: object) -> UserError:
    return bad_file(form(survey, **more), folder)  # type: ignore[arg-type]


def bad_file(raw: bytes, folder: Path) -> UserError:
    with pytest.raises(UserError) as refusal:
        instrument_from_xlsform(saved(raw, folder))
    return refusal.value


def zipped(**parts: bytes) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()
