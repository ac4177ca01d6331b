"""One protected table as a workbook of one sheet: the numbers, the note on gaps, and where they come from."""

from io import BytesIO
from itertools import product
from typing import Any

import xlsxwriter

from skillnad.analysis.figures import WORDS, word
from skillnad.analysis.grid import Grid, GridCell, grid, source
from skillnad.analysis.headline import headline
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.results import ProtectedTable
from skillnad.reports.comparison_wording import told
from skillnad.reports.numbers import GAP
from skillnad.reports.render.sheets import LINE, laid_out, lines_of
from skillnad.reports.render.tables import notes, stub
from skillnad.reports.render.xlsx import NUMBER_FORMATS, number_format, safe_text

_NAMES, _NUMBERS = 46, 16
_TEXT_COLUMNS = 5
FIRST_ROW = 2
"""The row of the headings; above stand the caption, and what a comparison says."""


def table_workbook(table: ProtectedTable) -> bytes:
    """The bytes of the XLSX file."""
    check_may_leave(table)
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": headline(table), "comments": source(table), "keywords": "sv-SE"})
        _fill(book, grid(table), table)
    return stream.getvalue()


def _fill(book: Any, shape: Grid, table: ProtectedTable) -> None:
    sheet = book.add_worksheet("Tabell")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, _NAMES)
    sheet.set_column(1, max(1, len(shape.columns)), _NUMBERS)
    laid_out(sheet, headline(table), columns=len(shape.columns), heads=(FIRST_ROW, FIRST_ROW))
    sheet.write_string(0, 0, safe_text(headline(table)), bold)
    _heads(book, sheet, [stub(table, shape), *(shape.heading(column) for column in shape.columns)])
    looks = product(NUMBER_FORMATS, (False, True))
    formats = {look: book.add_format({"num_format": number_format(*look)}) for look in looks}
    right, wrapped = book.add_format({"align": "right"}), book.add_format({"text_wrap": True, "valign": "top"})
    for row, line in enumerate(shape.rows, start=FIRST_ROW + 1):
        sheet.write_string(row, 0, safe_text(line.label), wrapped)
        sheet.set_row(row, LINE * lines_of(line.label, _NAMES))
        for place, cell in enumerate(line.cells, start=1):
            _write(sheet, row, place, cell, formats, right)
    end = FIRST_ROW + len(shape.rows) + 2
    for place, note in enumerate([*notes(table), source(table)]):
        _running(sheet, end + place, note, len(shape.columns), wrapped)
    if told(table):
        _running(sheet, 1, " ".join(told(table)), len(shape.columns), wrapped)
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def _running(sheet: Any, row: int, text: str, columns: int, look: Any) -> None:
    """Text over several columns, in a row as high as it needs: a line as long as a paragraph makes paper too wide."""
    over = min(columns, _TEXT_COLUMNS)
    if over:
        sheet.merge_range(row, 0, row, over, "", look)
    sheet.write_string(row, 0, safe_text(text), look)
    sheet.set_row(row, LINE * lines_of(text, _NAMES + over * _NUMBERS))


def _heads(book: Any, sheet: Any, names: list[str]) -> None:
    """The first names the rows; those of numbers stand above them, on the right."""
    left, right = (
        book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "align": a}) for a in ("left", "right")
    )
    for column, name in enumerate(names):
        sheet.write_string(FIRST_ROW, column, safe_text(name), right if column else left)
    sheet.set_row(
        FIRST_ROW, LINE * max(lines_of(name, _NUMBERS if column else _NAMES) for column, name in enumerate(names))
    )


def _write(sheet: Any, row: int, column: int, cell: GridCell, formats: Any, right: Any) -> None:
    if cell.blank:
        return
    if cell.value is None:
        sheet.write_string(row, column, GAP, right)
    elif cell.kind in WORDS:
        sheet.write_string(row, column, word(cell.kind, cell.value))
    else:
        sheet.write_number(row, column, cell.value, formats[cell.kind, cell.difference])
