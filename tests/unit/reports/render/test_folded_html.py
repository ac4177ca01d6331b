"""A page of very much: what it says in short comes first, and each matter is closed until it is opened or led to."""

import re
from datetime import date

import pytest

from skillnad.codebook.periods import Period
from skillnad.reports.explanations import Difference, Explained, Written
from skillnad.reports.outline import Chapter, ReportItem
from skillnad.reports.render.html import TO_CHAPTER, TO_QUESTIONS, report_fragment, report_page
from skillnad.reports.report import (
    AnsweredChapter,
    AnsweredItem,
    Facts,
    PublishedSource,
    Report,
    ReportAnswer,
)
from skillnad.reports.views import Cell, Group, Heading, Row, View

SAID = ("Av insatserna för kvinnor nådde 30 alla mål.", "Med hänsyn till ålder: lika.")
VIEW = View("Alla mål", "Kön", (Heading("Antal"),), (Group((Row("Kvinnor", (Cell(30),)),)),))
FACTS = Facts("Skillnader", "Provköping", Period.year(2025), date(2026, 2, 1), "e" * 64, date(2025, 12, 31), "1", ())
OF = Difference("mal.legal_sex.1", "Alla mål", "mal-1", "7 lägre", {})


def item(id: str = "mal-1", said: tuple[str, ...] = SAID, written: tuple[Written, ...] = (), **how) -> AnsweredItem:
    answer = ReportAnswer(f"{id}-1", said, VIEW, None, "", "", (PublishedSource("Kolada"),), Explained(OF, written))
    return AnsweredItem(ReportItem(id, "Alla mål", **{"folded": True, "key_figure": True} | how), (answer,))


def fragment(*items: AnsweredItem, in_short: str = "2 av 9 visar en skillnad.") -> str:
    chapter = Chapter("kapitel", "Att förklara", (), "Så läses sidan.", in_short)
    return report_fragment(Report(FACTS, (AnsweredChapter(chapter, items),)))


def fold(page: str) -> str:
    return page.split('<details class="sk-item sk-fold">')[1]


def test_first_sentence_is_what_is_seen_and_is_not_said_again_inside():
    seen, inside = fold(fragment(item(key_figure=False))).split("</summary>", 1)
    assert seen == f"<summary><h3>{SAID[0]}</h3>"
    assert SAID[0] not in inside
    assert SAID[1] in inside


def test_item_that_says_nothing_is_known_by_its_title():
    assert fold(fragment(item(said=()))).startswith("<summary><h3>Alla mål</h3></summary>")


def test_table_and_explanation_are_inside_under_the_items_title():
    inside = fold(fragment(item())).split("</details>")[0]
    assert inside.index('id="mal-1"') < inside.index('id="mal-1-1-caption">Alla mål<') < inside.index("sk-explain")


def test_id_is_inside_so_that_a_browser_opens_what_an_address_leads_to():
    page = fragment(item())
    assert page.index("</summary><div") < page.index('id="mal-1"')
    assert "open" not in re.findall(r"<details[^>]*>", page)[0]


def test_what_is_explained_of_the_period_is_marked():
    written = Written("Kortare insatser.", "Alva", date(2026, 1, 2), "2025", "7 lägre")
    assert "Förklaring finns" in fold(fragment(item(written=(written,)))).split("</summary>")[0]
    assert "Förklaring finns" not in fragment(item())


def test_words_back_are_of_what_is_there():
    assert TO_CHAPTER in fragment(item())
    assert TO_QUESTIONS not in fragment(item())
    assert TO_QUESTIONS in fragment(item(folded=False))


def test_folded_chapter_has_no_list_of_what_stands_right_below():
    assert "sk-questions" not in fragment(item(), item("mal-2"))
    assert "sk-questions" in fragment(item(), item("mal-2", folded=False))


def test_items_of_one_heading_are_folded_together_one_level_down():
    page = fragment(item("a"), item("b", under="Tider: 2 visade"), item("c", under="Tider: 2 visade"))
    assert page.count("<h3>Tider: 2 visade</h3>") == 1
    assert page.count(f"<h3>{SAID[0]}") == 1
    assert page.count(f"<h4>{SAID[0]}") == 2
    assert page.index("Tider: 2 visade") < page.index('id="b"') < page.index('id="c"')


def test_what_is_said_in_short_comes_first_with_links_to_the_foremost():
    page = fragment(item(), item("mal-2", key_figure=False))
    first = page.split("</section>")[0]
    assert f'<h2>2 av 9 visar en skillnad.</h2><ol class="sk-foremost"><li><a href="#mal-1">{SAID[0]}</a>' in first
    assert "mal-2" not in first
    assert page.index("sk-foremost") < page.index("sk-nav")


def test_page_that_shows_nothing_says_so_first_without_a_list():
    first = fragment(item(key_figure=False), in_short="Ingen av 9 visar en skillnad.").split("</section>")[0]
    assert "Ingen av 9" in first
    assert "<ol" not in first


def test_usual_report_has_its_contents_first_and_folds_nothing():
    page = fragment(item(folded=False), in_short="")
    assert page.index("sk-nav") < page.index(">I korthet</h2>")
    assert "sk-fold" not in page
    assert '<section id="om-rapporten">' in page


def test_how_it_was_made_is_folded_on_such_a_page():
    last = fragment(item()).split('class="sk-under sk-fold">')[-1]
    assert last.startswith("<summary><h2>Så är rapporten gjord</h2></summary>")
    assert 'id="om-rapporten"' in last


@pytest.mark.parametrize("id", ["i-korthet", "kapitel", "om-rapporten", "mal-1"])
def test_every_link_of_the_page_leads_somewhere(id: str):
    page = fragment(item())
    assert f'id="{id}"' in page
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_page_to_take_along_has_no_script():
    report = Report(FACTS, (AnsweredChapter(Chapter("kapitel", "Kapitel", (), in_short="1 av 2."), (item(),)),))
    assert "<script" not in report_page(report)
    assert "details-content" in report_page(report)
