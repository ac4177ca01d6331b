import io

import openpyxl
import pytest

from skillnad.reports.numbers import GAP
from skillnad.reports.render.xlsx import ABOUT, CONTENTS, report_workbook, safe_text


@pytest.fixture(scope="module")
def book(report) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(report_workbook(report)))


def answers(report):
    return [answer for item in report.items for answer in item.answers]


def test_workbook_has_a_sheet_for_each_table(book, report):
    assert book.sheetnames[0] == CONTENTS
    assert book.sheetnames[-1] == ABOUT
    assert len(book.sheetnames) == len(answers(report)) + 2


def test_contents_lists_every_table(book, report):
    captions = [row[2].value for row in book[CONTENTS].iter_rows(min_row=6)]
    assert captions == [answer.view.caption for answer in answers(report)]


def test_contents_links_to_the_sheets(book):
    links = [cell.hyperlink.location for cell in book[CONTENTS]["A"] if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in book.sheetnames[1:-1]]


def test_numbers_are_numbers_with_formats(book, report):
    sheet = book["Tabell 1"]
    first = next(iter(answers(report)[0].view.rows))
    row = next(row for row in sheet.iter_rows(min_row=6) if row[0].value == first.label)
    assert [cell.value for cell in row[1:3]] == [first.cells[0].value, pytest.approx(first.cells[1].value)]
    assert [cell.number_format for cell in row[1:3]] == ["#,##0", "0 %"]


def test_panes_are_frozen_and_columns_wide_enough(book):
    sheet = book["Tabell 1"]
    assert sheet.freeze_panes == "B6"
    assert sheet.column_dimensions["A"].width > 40


def test_a_table_that_the_page_cuts_is_whole(book, report):
    number, answer = next((n, a) for n, a in enumerate(answers(report), 1) if "hela tabellen" in a.view.note)
    labels = {cell.value for cell in book[f"Tabell {number}"]["A"]}
    assert {row.label for row in answer.view.full[0].rows} <= labels
    assert len(list(answer.view.full[0].rows)) > len(list(answer.view.rows))


def test_each_sheet_says_how_it_was_counted_and_where_it_comes_from(book):
    for name in book.sheetnames[1:-1]:
        told = " ".join(str(cell.value) for cell in book[name]["A"] if cell.value)
        assert "Räknat på" in told
        assert "liggare" in told


def test_properties_name_the_report(book):
    assert book.properties.title == "Uppföljning, 2025"
    assert book.properties.creator == "Provköping"
    assert "svenska" in book.properties.description


def test_gaps_have_the_symbol_and_no_number(gaps):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(gaps)))
    values = [c.value for name in book.sheetnames[1:-1] for row in book[name].iter_rows(min_col=2) for c in row]
    assert GAP in values
    assert not [value for value in values if isinstance(value, int | float)]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_is_never_a_formula(start):
    assert safe_text(f"{start}HYPERLINK()")[0] == "'"


def test_ordinary_text_is_left_alone():
    assert safe_text("0–6 år = barn") == "0–6 år = barn"


def test_workbook_has_no_formulas(book):
    assert not [
        cell for name in book.sheetnames for row in book[name].iter_rows() for cell in row if cell.data_type == "f"
    ]
