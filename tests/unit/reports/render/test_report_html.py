"""The page is whole, in Swedish, and can be followed by a screen reader; nothing in it comes from elsewhere."""

import itertools
import re
from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser

import pytest

from skillnad.analysis.results import MeasureKind
from skillnad.codebook.periods import Period
from skillnad.reports.context import PublishedSource
from skillnad.reports.outline import Chapter, ReportItem
from skillnad.reports.render.html import MOST_LINKS, report_fragment, report_page, report_style
from skillnad.reports.render.html_tables import table
from skillnad.reports.report import AnsweredChapter, AnsweredItem, Facts, Report, ReportAnswer
from skillnad.reports.sparing import NOTHING
from skillnad.reports.views import Cell, Group, Heading, Role, Row, View
from skillnad.reports.wording import TOO_FEW

VOID = {"meta", "link", "br", "wbr", "img", "input", "hr"}


class Reader(HTMLParser):
    """Elements in order with their attributes, and whether every one was closed in turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def all(self, tag: str) -> list[dict]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="module")
def page(report) -> Reader:
    return Reader(report_page(report))


def test_page_is_swedish_and_well_formed(page):
    assert page.all("html") == [{"lang": "sv"}]
    assert page.open == []


def test_page_fits_a_telephone(page):
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.all("meta")


def test_page_needs_nothing_from_elsewhere(page):
    assert not {"script", "link", "img", "iframe"} & {tag for tag, _ in page.found}
    assert not re.search(r"url\(|@import|https?://(?!www\.w3\.org/)", report_style())


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_links_lead_somewhere(page):
    ids = {attributes["id"] for _, attributes in page.found if "id" in attributes}
    targets = {link["href"] for link in page.all("a")}
    assert targets
    assert {target.removeprefix("#") for target in targets} <= ids


def test_ids_are_unique(page):
    ids = [attributes["id"] for _, attributes in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_each_chapter_lists_its_questions(report):
    text = report_page(report)
    for chapter in report.chapters:
        listed = text.split(f'aria-label="Frågor i kapitlet {escape(chapter.chapter.title)}"')[1].split("</nav>")[0]
        assert re.findall('href="#([^"]+)"', listed) == [item.item.id for item in chapter.items]


def test_each_question_has_a_way_back_and_each_chapter_one_to_the_beginning(page, report):
    targets = [link["href"].removeprefix("#") for link in page.all("a")]
    for chapter in report.chapters:
        assert targets.count(chapter.chapter.id) == 1 + len(chapter.items)
    assert targets.count("sk-borjan") == len(report.chapters)
    assert [nav["id"] for nav in page.all("nav") if "id" in nav] == ["sk-borjan"]


def test_parts_of_the_page_have_names_of_their_own(page):
    names = [nav["aria-label"] for nav in page.all("nav")]
    assert len(set(names)) == len(names)


def test_ids_stand_folded_after_words_for_everyone(report):
    text = report_fragment(report)
    sources = re.findall(r'<details class="sk-source">(.*?)</details>', text)
    assert len(sources) == sum(len(item.answers) for item in report.items)
    assert all(source.index("Källa: kommunens egna uppgifter") < source.index("ögonblicksbild") for source in sources)
    shown = re.sub(r"<details.*?</details>", "", text).split('id="om-rapporten"')[0]
    assert "liggare" not in shown
    assert report.facts.snapshot[:12] not in shown


def test_skip_link_comes_first(page):
    assert page.all("a")[0]["href"] == "#sk-innehall"
    assert [main["id"] for main in page.all("main")] == ["sk-innehall"]


def test_every_picture_is_named_by_its_own_text(page):
    ids = {attributes["id"] for _, attributes in page.found if "id" in attributes}
    pictures = page.all("svg")
    assert len(pictures) > 40
    assert all(svg["role"] == "img" and set(svg["aria-labelledby"].split()) <= ids for svg in pictures)
    assert len(page.all("figure")) == len(page.all("figcaption")) == len(pictures)


def test_every_table_has_a_caption_and_headers_with_a_scope(page):
    assert len(page.all("table")) == len(page.all("caption"))
    assert all("scope" in header for header in page.all("th"))


def test_a_wide_table_can_be_reached_with_the_keyboard(page):
    regions = [div for div in page.all("div") if div.get("role") == "region"]
    assert len(regions) == len(page.all("table"))
    assert all(region["tabindex"] == "0" and region["aria-labelledby"] for region in regions)


def test_page_has_no_style_that_a_strict_policy_refuses(page):
    assert not any("style" in attributes for _, attributes in page.found)
    assert not any(name.startswith("on") for _, attributes in page.found for name in attributes)


def test_fragment_is_the_body_alone_and_can_stand_lower(report):
    fragment = Reader(report_fragment(report, level=3))
    tags = {tag for tag, _ in fragment.found}
    assert not tags & {"html", "head", "body", "main", "h1", "h2", "style"}
    assert fragment.open == []


def test_style_touches_only_the_report(report):
    selectors = re.findall(r"^\s*([^{}@]+)\{", re.sub(r"@media[^{]+\{", "", report_style()), re.M)
    assert all(
        part.strip().startswith(".sk-") for selector in selectors for part in selector.split(",") if part.strip()
    )


def test_style_says_nothing_twice():
    rules = re.findall(r"^(\.sk-[^{]+\{[^}]+\})", report_style(), re.M)
    assert len(rules) == len(set(rules))
    assert ".sk-report tbody .sk-total th, .sk-total td { font-weight: 600; }" in rules


def test_a_report_of_gaps_reads_as_hidden(gaps):
    fragment = report_fragment(gaps)
    assert TOO_FEW in fragment
    assert "<svg" not in fragment
    assert "<table" not in fragment
    assert NOTHING in fragment


def view(label: str = "Ett", **more) -> View:
    rows = (
        Row(label, (Cell(3), Cell(None, MeasureKind.SHARE))),
        Row("Alla", (Cell(9), Cell(1, MeasureKind.SHARE)), Role.TOTAL),
    )
    return View("Rubrik", "Värde", (Heading("Antal"), Heading("Andel")), (Group(rows),), **more)


def test_table_escapes_what_a_municipality_has_written():
    assert "<script>" not in table(view("<script>alert(1)</script>"), "t")
    assert "&lt;script&gt;" in table(view("<script>alert(1)</script>"), "t")


def test_long_name_may_break_after_a_slash():
    assert '<th scope="row">Riskbruk/<wbr>missbruk</th>' in table(view("Riskbruk/missbruk"), "t")
    assert "&lt;/<wbr>b&gt;" in table(view("</b>"), "t")


def test_table_spans_headings_that_stand_over_several_columns():
    wide = View("R", "V", (Heading("Antal", "Kvinnor"), Heading("Andel", "Kvinnor")), (Group(()),))
    assert '<th scope="colgroup" colspan="2">Kvinnor</th>' in table(wide, "t")


def test_table_names_groups_of_rows():
    grouped = View("R", "V", (Heading("Antal"),), (Group((Row("Ett", (Cell(1),)),), "Kön"),))
    assert '<th scope="rowgroup" colspan="2" class="sk-group">Kön</th>' in table(grouped, "t")


def test_table_tells_what_it_leaves_out():
    assert "De 12 vanligaste" in table(view(note="De 12 vanligaste visas."), "t")


def answered(caption: str, title: str = "Rubrik", many: int = 1) -> str:
    """A chapter of so many questions, each with a table."""
    provenance = (PublishedSource("Kolada"),)
    answer = ReportAnswer("a", (), replace(view(), caption=caption), None, "", "", provenance)
    items = tuple(AnsweredItem(ReportItem(f"fraga-{place}", title), (answer,)) for place in range(many))
    facts = Facts(
        "Uppföljning", "Provköping", Period.year(2025), date(2026, 2, 1), "e" * 64, date(2025, 12, 31), "1", ()
    )
    return report_fragment(Report(facts, (AnsweredChapter(Chapter("kapitel", "Kapitel", ()), items),)))


def test_caption_that_repeats_the_heading_is_only_heard():
    assert 'id="a-caption" class="sk-only-read">Rubrik<' in answered("Rubrik")
    assert 'id="a-caption">Något annat<' in answered("Något annat")


def test_long_list_of_questions_is_folded_and_whole():
    many = answered("Tabell", many=MOST_LINKS + 1).split('class="sk-questions"')[1].split("</nav>")[0]
    assert (
        many.index("<details>") < many.index("<summary>Lista över allt i kapitlet (13)</summary>") < many.index("<ul>")
    )
    assert many.count("<li>") == MOST_LINKS + 1
    assert "<details>" not in answered("Tabell", many=MOST_LINKS).split("</nav>")[1]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell(-0.281, MeasureKind.POINTS, ends=(-0.401, -0.145), difference=True), "−28,1 (−40,1 till −14,5)"),
        (
            Cell(0.31, MeasureKind.SHARE, ends=(0.23, 0.4)),
            '31\N{NO-BREAK SPACE}% <span class="sk-whole">(23–40)</span>',
        ),
    ],
    ids=["difference", "share"],
)
def test_interval_goes_on_in_the_next_line_only_where_it_can_be_read(cell, text):
    shown = View("Rubrik", "Värde", (Heading("Tal"),), (Group((Row("Ett", (cell,)),)),))
    assert f"<td>{text}</td>" in table(shown, "t")
