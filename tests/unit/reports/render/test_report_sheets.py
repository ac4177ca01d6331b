"""A workbook on paper: nothing is cut at a page's edge, and no line of text stands under another."""

import io

import openpyxl
import pytest
import xlsxwriter
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.questions import CrossTable, Percent
from skillnad.reports.render.sheets import LINE, laid_out, lines_of
from skillnad.reports.render.workbook import FIRST_ROW, table_workbook
from skillnad.reports.render.xlsx import ABOUT, CONTENTS, report_workbook


@pytest.fixture(scope="module")
def book(report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_workbook(report)))


def sheet_of(columns: int, title: str = "Titel", heads: tuple[int, int] | None = None):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as made:
        laid_out(made.add_worksheet("Blad"), title, columns=columns, heads=heads)
    return openpyxl.load_workbook(stream)["Blad"]


@pytest.mark.parametrize(("columns", "how", "beside"), [(2, "portrait", 1), (8, "landscape", 1), (35, "landscape", 3)])
def test_sheet_takes_the_paper_that_its_columns_need(columns, how, beside):
    sheet = sheet_of(columns)
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth or 1) == (how, beside)
    assert sheet.page_setup.fitToHeight == 0
    assert sheet.page_setup.paperSize == 9


def test_names_of_rows_stand_on_each_of_several_pages():
    assert sheet_of(35).print_title_cols == "$A:$A"
    assert sheet_of(3).print_title_cols is None


def test_headings_stand_on_every_page():
    assert sheet_of(3, heads=(3, 4)).print_title_rows == "$4:$5"


def test_title_of_a_page_keeps_its_ampersand():
    assert sheet_of(3, "Barn & unga").oddHeader.left.text == "Barn && unga"


@pytest.mark.parametrize(("text", "width", "lines"), [("", 10, 1), ("ett två", 46, 1), ("ord " * 30, 46, 3)])
def test_lines_are_as_many_as_a_column_needs(text, width, lines):
    assert lines_of(text, width) == lines


def test_every_sheet_of_a_report_says_what_it_is_of_on_paper(book, report):
    assert report.facts.municipality in book[CONTENTS].oddHeader.left.text
    assert all(book[name].oddHeader.left.text for name in book.sheetnames)
    assert all(book[name].page_setup.fitToHeight == 0 for name in book.sheetnames)


def test_running_text_has_the_height_it_needs(book):
    for name in book.sheetnames[1:-1]:
        sheet = book[name]
        for place in sheet.merged_cells.ranges:
            text = sheet.cell(place.min_row, 1).value or ""
            assert place.max_col == 6
            assert (sheet.row_dimensions[place.min_row].height or LINE) >= LINE * (len(text) // 116)


@pytest.mark.parametrize("name", [CONTENTS, ABOUT])
def test_rows_of_text_are_as_high_as_their_longest(book, name):
    sheet = book[name]
    for row in sheet.iter_rows(min_row=6):
        width = sheet.column_dimensions["B"].width
        assert (sheet.row_dimensions[row[0].row].height or LINE) >= LINE * (len(row[1].value or "") // width)


def test_words_come_before_ids_on_a_sheet(book):
    told = [cell.value for cell in book["Tabell 1"]["A"] if cell.value]
    words, ids = (next(i for i, text in enumerate(told) if start in text) for start in ("Källa:", "liggare"))
    assert words < ids


def test_table_of_the_explorer_fits_its_paper(tmp_path):
    rows = [{"unit": unit, "legal_sex": sex, "start_date": "2025-01-01"} for unit in "AB" for sex in "12" * 9]
    table = ask(make_snapshot(tmp_path, interventions=rows), CrossTable("unit", "legal_sex", percent=Percent.ROWS))
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(table))).active
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${FIRST_ROW + 1}:${FIRST_ROW + 1}"
    assert sheet.cell(FIRST_ROW + 1, 1).alignment.horizontal == "left"
    assert {sheet.cell(FIRST_ROW + 1, column).alignment.horizontal for column in (2, 3)} == {"right"}
