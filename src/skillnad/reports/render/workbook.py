"""One protected table as a workbook of one sheet: the numbers, the note on gaps, and where they come from."""

from io import BytesIO
from typing import Any

import xlsxwriter

from skillnad.analysis.grid import Grid, GridCell, grid, source
from skillnad.analysis.results import ProtectedTable
from skillnad.reports.headline import headline
from skillnad.reports.numbers import GAP
from skillnad.reports.render.tables import notes, stub
from skillnad.reports.render.xlsx import NUMBER_FORMATS, safe_text

FIRST_ROW = 2
"""The row of the headings; caption and an empty row stand above."""


def table_workbook(table: ProtectedTable) -> bytes:
    """The bytes of the XLSX file."""
    stream = BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": headline(table), "comments": source(table), "keywords": "sv-SE"})
        _fill(book, grid(table), table)
    return stream.getvalue()


def _fill(book: Any, shape: Grid, table: ProtectedTable) -> None:
    sheet = book.add_worksheet("Tabell")
    bold, heading = book.add_format({"bold": True}), book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
    sheet.set_column(0, 0, 46)
    sheet.set_column(1, max(1, len(shape.columns)), 16)
    sheet.write_string(0, 0, safe_text(headline(table)), bold)
    sheet.write_string(FIRST_ROW, 0, safe_text(stub(table, shape)), heading)
    for place, column in enumerate(shape.columns, start=1):
        sheet.write_string(FIRST_ROW, place, safe_text(shape.heading(column)), heading)
    formats = {kind: book.add_format({"num_format": form}) for kind, form in NUMBER_FORMATS.items()}
    right = book.add_format({"align": "right"})
    for row, line in enumerate(shape.rows, start=FIRST_ROW + 1):
        sheet.write_string(row, 0, safe_text(line.label))
        for place, cell in enumerate(line.cells, start=1):
            _write(sheet, row, place, cell, formats, right)
    end = FIRST_ROW + len(shape.rows) + 2
    for place, note in enumerate([*notes(table), source(table)]):
        sheet.write_string(end + place, 0, safe_text(note))
    sheet.freeze_panes(FIRST_ROW + 1, 1)


def _write(sheet: Any, row: int, column: int, cell: GridCell, formats: Any, right: Any) -> None:
    if cell.blank:
        return
    if cell.value is None:
        sheet.write_string(row, column, GAP, right)
    else:
        sheet.write_number(row, column, cell.value, formats[cell.kind])
