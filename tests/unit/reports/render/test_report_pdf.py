import io

import pypdf
import pytest

from skillnad.reports.render.pdf import report_data, report_pdf
from skillnad.reports.views import Cell, Group, Heading, Row, View
from skillnad.reports.wording import TOO_FEW


@pytest.fixture(scope="module")
def pdf(report) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(report_pdf(report)))


def types(element, found: list[str]) -> list[str]:
    """The structure types of a tagged PDF, depth first."""
    element = element.get_object()
    if isinstance(element, list):
        for child in element:
            types(child, found)
    elif isinstance(element, dict):
        if "/S" in element and element.get("/Type", "/StructElem") == "/StructElem":
            found.append(element["/S"])
        if "/K" in element:
            types(element.raw_get("/K"), found)
    return found


def test_pdf_is_tagged_and_swedish(pdf):
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "sv-SE"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_pdf_says_that_it_is_universally_accessible(pdf):
    metadata = pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert "pdfuaid:part" in metadata


def test_pdf_has_headings_tables_and_figures_in_its_structure(pdf):
    found = types(pdf.trailer["/Root"]["/StructTreeRoot"].raw_get("/K"), [])
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= set(found)
    assert found.count("/Table") >= 40


def test_pdf_has_every_question_as_text(pdf, report):
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    missing = [item.item.title for item in report.items if "".join(item.item.title.split()) not in text]
    assert missing == []


def test_pdf_has_bookmarks_for_chapters(pdf, report):
    titles = [entry.title for entry in pdf.outline if not isinstance(entry, list)]
    assert [chapter.chapter.title for chapter in report.chapters] == [
        t for t in titles if t in {c.chapter.title for c in report.chapters}
    ]


def test_pdf_numbers_its_pages(pdf):
    last = len(pdf.pages)
    assert f"Sida {last} av {last}" in pdf.pages[-1].extract_text()
    assert "Sida" not in pdf.pages[0].extract_text()


def test_pdf_lists_its_questions_with_pages(pdf, report):
    contents = "".join("".join(page.extract_text().split()) for page in pdf.pages[1:3])
    assert [item.item.title for item in report.items if "".join(item.item.title.split()) + "." not in contents] == []


def test_pdf_says_where_numbers_come_from_before_it_gives_ids(report):
    answer = report_data(report)["chapters"][0]["items"][0]["answers"][0]
    assert answer["source"].startswith("Källa: kommunens egna uppgifter till och med 31 december 2025")
    assert "ögonblicksbild" not in answer["source"]
    assert "liggare" in answer["fine"]


def test_pdf_cover_has_no_long_ids(pdf):
    assert max(map(len, pdf.pages[0].extract_text().split())) < 30


def test_pdf_pages_are_a4(pdf):
    assert {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in pdf.pages} == {(595, 842)}


def test_pdf_of_gaps_can_be_read(gaps):
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(report_pdf(gaps))).pages)
    assert TOO_FEW in text


def test_pdf_is_the_same_for_the_same_report(gaps):
    assert report_pdf(gaps) == report_pdf(gaps)


def test_data_has_every_answer(report):
    data = report_data(report)
    given = [answer for chapter in data["chapters"] for item in chapter["items"] for answer in item["answers"]]
    assert len(given) == sum(len(item.answers) for item in report.items)


def _wide(columns: int, label: str) -> View:
    return View("R", "V", tuple(Heading(label) for _ in range(columns)), (Group((Row("a", (Cell(1),) * columns),)),))


@pytest.mark.parametrize(
    ("columns", "label", "wide"),
    [(6, "x" * 40, False), (9, "0–6 år", False), (9, "x" * 30, True), (12, "0–6 år", True)],
)
def test_a_view_is_laid_on_its_side_only_where_it_must_be(columns, label, wide):
    assert _wide(columns, label).wide is wide
