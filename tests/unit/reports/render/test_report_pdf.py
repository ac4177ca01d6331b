import io
from dataclasses import replace

import pypdf
import pytest

from skillnad.reports.numbers import cell_text
from skillnad.reports.render.pdf import report_data, report_pdf, whole_words
from skillnad.reports.render.sources import WHERE_FROM
from skillnad.reports.report import PublishedSource
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


def test_pdf_gives_each_table_its_post_and_tells_once_what_all_have_in_common(report):
    data = report_data(report)
    answer = data["chapters"][0]["items"][0]["answers"][0]
    assert answer["fine"] == "Liggare aaaaaaaaaaaa."
    common = [point["text"] for point in data["about"] if point["term"] == WHERE_FROM]
    assert len(common) == 1
    assert common[0].startswith("Källa: kommunens egna uppgifter till och med 31 december 2025")
    assert common[0].endswith("Ögonblicksbild 555555555555, skydd kommun-12345678.")


def test_pdf_of_open_statistics_alone_names_their_source_at_the_table(report):
    item = report.chapters[0].items[0]
    answer = replace(item.answers[0], provenance=(PublishedSource("Kolada"),))
    chapter = replace(report.chapters[0], items=(replace(item, answers=(answer,)),))
    data = report_data(replace(report, chapters=(chapter,)))
    assert data["chapters"][0]["items"][0]["answers"][0]["fine"].startswith("Källa: Kolada")
    assert WHERE_FROM not in [point["term"] for point in data["about"]]


def test_pdf_wastes_no_paper(pdf):
    """Charts stand beside their tables, and a chapter goes on where the one before ends."""
    assert len(pdf.pages) <= 42


def _said(element, texts: list[str]) -> list[str]:
    match element:
        case str() if not element.startswith("<svg"):
            texts.append(element)
        case list():
            [_said(each, texts) for each in element]
        case dict():
            [_said(each, texts) for each in element.values()]
    return texts


def test_pdf_breaks_no_line_before_a_percent_sign():
    texts = _said(whole_words({"a": ["12 % av 3", {"b": "(n = 5)"}], "svg": "<svg>1 %</svg>"}), [])
    assert texts == ["12\N{NO-BREAK SPACE}% av 3", "(n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}5)"]


def test_pdf_has_every_number_of_its_tables(pdf, report):
    text = "".join("".join(page.extract_text().split()) for page in pdf.pages)
    view = next(answer.view for item in report.items for answer in item.answers if item.item.id == "insatser-alder")
    cells = ["".join(cell_text(cell).split()) for row in view.rows for cell in row.cells]
    assert [cell for cell in cells if cell not in text] == []


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
