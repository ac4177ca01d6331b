"""A gap explains itself: heard in the cell, told once under the table, and never says why it is one."""

import io
import re

import openpyxl
import pytest
from made_tables import frequency

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.reports.render import pdf
from skillnad.reports.render.gaps import MORE, explained, meaning, sentence
from skillnad.reports.render.html_tables import table
from skillnad.reports.render.tables import as_html
from skillnad.reports.render.xlsx import report_workbook
from skillnad.reports.report import Report
from skillnad.reports.views import Cell, Group, Heading, Row, View


def small(*values: int | None) -> View:
    rows = tuple(Row(f"Rad {place}", (Cell(value),)) for place, value in enumerate(values))
    return View("Rubrik", "Rad", (Heading("Antal"),), (Group(rows),))


def with_gaps() -> View:
    """Three gaps that a page shows: rows and columns of gaps alone are named in the note instead."""
    rows = (Row("x", (Cell(None), Cell(7))), Row("y", (Cell(None), Cell(9))), Row("z", (Cell(8), Cell(None))))
    return View("R", "V", (Heading("a"), Heading("b")), (Group(rows),))


def test_gap_is_told_once_a_table_however_many_there_are() -> None:
    page = table(with_gaps(), "t")
    assert (page.count('<span aria-hidden="true">..'), page.count("skyddar ett annat tal")) == (3, 1)


def test_table_is_described_by_what_its_gaps_mean() -> None:
    page = table(small(None, 7), "fraga-1")
    assert 'aria-describedby="fraga-1-lucka"' in page
    assert '<span id="fraga-1-lucka">' in page


def test_table_without_gaps_explains_none() -> None:
    page = table(small(8, 7), "t")
    assert "<details" not in page
    assert "aria-describedby" not in page


def test_explanation_opens_with_a_tap_or_a_key_and_needs_no_pointer() -> None:
    page = as_html(frequency({"1": 30, "2": None}))
    assert "title=" not in page
    assert re.search(r'<details class="gap-told"><summary><span id="(lucka-\w+)">.. betyder', page)


def test_web_table_is_described_by_its_explanation() -> None:
    page = as_html(frequency({"1": 30, "2": None}))
    (described,) = re.findall(r'<table [^>]*aria-describedby="([^"]+)"', page)
    assert f'<span id="{described}">' in page


def test_gap_of_the_usual_policy_is_fewer_than_five() -> None:
    assert meaning([DEFAULT.id]) == "färre än fem, eller skyddar ett annat tal"


@pytest.mark.parametrize("policies", [["annan-12345678"], [DEFAULT.id, "annan-12345678"]])
def test_gap_of_another_policy_does_not_claim_five(policies: list[str]) -> None:
    assert "fem" not in sentence(policies)
    assert "skyddar ett annat tal" in sentence(policies)


def test_explanation_never_says_which_of_the_two_a_gap_is() -> None:
    told = explained("t", [DEFAULT.id])
    assert "eller" in told.split("</summary>")[0]
    assert "sägs aldrig" in MORE


def test_every_gap_of_a_page_is_drawn_and_heard_alike() -> None:
    """A small number and one that protects another cannot be told apart by their markup."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", table(with_gaps(), "t"))
    assert len({cell for cell in cells if ".." in cell}) == 1


@pytest.mark.parametrize(("view", "told"), [(with_gaps(), True), (small(7, 8), False)])
def test_pdf_tells_of_gaps_in_the_tables_note(view: View, told: bool) -> None:
    assert pdf._table(view, [DEFAULT.id])["note"].startswith(".. betyder färre än fem") is told


def test_workbook_tells_of_gaps_on_every_sheet_that_has_one(gaps: Report) -> None:
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(gaps)))
    for sheet in book.worksheets[1:-1]:
        texts = [str(cell) for row in sheet.values for cell in row if cell is not None]
        assert (".." in texts) == any(text.startswith(".. betyder") for text in texts), sheet.title
