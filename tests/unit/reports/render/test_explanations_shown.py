"""Explanations on the page, on paper and in the workbook: what is written, or room to write."""

import io
from datetime import date

import openpyxl
import pypdf
import pytest
from made_tables import YEAR, frequency

from skillnad.reports.explanations import ASKED, Difference, Explained, Written
from skillnad.reports.layouts import frequency as frequency_layout
from skillnad.reports.outline import Chapter, ReportItem
from skillnad.reports.render.explanations import explanation
from skillnad.reports.render.html import report_fragment
from skillnad.reports.render.pdf import report_pdf
from skillnad.reports.render.xlsx import report_workbook
from skillnad.reports.report import AnsweredChapter, AnsweredItem, Facts, Report, ReportAnswer

OF = Difference("mal.legal_sex.1", "Alla mål", "mal-legal-sex-1", "7 procentenheter lägre")
NOW = Written("Kort <b>text</b>\nmed två rader.", "Anna", date(2026, 2, 1), "2025", "7 procentenheter lägre")
THEN = Written("Så var det då.", "Bo", date(2025, 2, 1), "2024", "9 procentenheter lägre")


def report(explained):
    table = frequency({"1": 10, "2": 20})
    view = frequency_layout()((table,), "Tabell")
    answer = ReportAnswer("svar-1", ("En mening.",), view, None, "", "", (table.provenance,), explained)
    items = (AnsweredItem(ReportItem("svar", "Fråga"), (answer,)),)
    facts = Facts("Titel", "Provköping", YEAR, date(2026, 2, 1), "5" * 64, date(2025, 12, 31), "1", ())
    return Report(facts, (AnsweredChapter(Chapter("kapitel", "Kapitel", ()), items),))


def pdf_text(explained):
    pages = pypdf.PdfReader(io.BytesIO(report_pdf(report(explained)))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def sheet(explained):
    book = openpyxl.load_workbook(io.BytesIO(report_workbook(report(explained))))
    return [str(cell) for row in book["Tabell 1"].values for cell in row if cell is not None]


def test_nothing_written_is_a_question_over_ruled_lines():
    html = explanation(Explained(OF))
    assert ASKED in html
    assert html.count("sk-ruled") == 2


def test_written_is_quoted_with_who_when_and_of_which_figures():
    html = explanation(Explained(OF, (NOW,)))
    assert "Kort &lt;b&gt;text&lt;/b&gt;<br>med två rader." in html
    assert "Anna, 2026-02-01. Skrivet om 2025: 7 procentenheter lägre" in html
    assert "sk-ruled" not in html


def test_earlier_stand_below_and_leave_room_for_a_new_one():
    html = explanation(Explained(OF, (), (THEN,)))
    assert html.index("sk-ruled") < html.index("Så var det då.")


def test_page_takes_what_another_puts_beside_a_difference():
    fragment = report_fragment(report(Explained(OF)), explain=lambda explained: f"<p>Här: {explained.of.key}</p>")
    assert "<p>Här: mal.legal_sex.1</p>" in fragment
    assert "sk-ruled" not in fragment


@pytest.mark.parametrize("text", [pdf_text, lambda explained: " ".join(sheet(explained))], ids=["pdf", "xlsx"])
def test_paper_and_workbook_have_what_is_written(text):
    told = text(Explained(OF, (NOW,), (THEN,)))
    assert "med två rader." in told
    assert "Anna, 2026-02-01" in told
    assert "Så var det då." in told
    assert ASKED not in told


@pytest.mark.parametrize("text", [pdf_text, lambda explained: " ".join(sheet(explained))], ids=["pdf", "xlsx"])
def test_paper_and_workbook_ask_where_nothing_is_written(text):
    assert ASKED in text(Explained(OF))
    assert ASKED not in text(None)
