"""The report and every kind of chart, drawn by a browser as wide as a telephone."""

from collections.abc import Iterator
from typing import Any

import pytest
from compared_tables import FOUR, answers, compared, course, funnel_of_units, ranked_units
from made_reports import described_snapshot, invented_report
from made_tables import cross, durations, frequency, shared

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import TOTAL
from skillnad.reports.render.html import report_page
from skillnad.reports.render.tables import as_html
from skillnad.reports.table_charts import svg_of

from .conftest import DESK, PHONE, serious, wider_than_the_window

pytestmark = pytest.mark.browser

NARROW = {"width": 375, "height": 700}
SIDEWAYS = """() => [...document.querySelectorAll('.sk-scroll')].filter(each => each.scrollWidth > each.clientWidth)
    .map(each => each.querySelector('caption').innerText)"""
OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
    const drawn = [...svg.querySelectorAll('text')].filter(each => each.textContent.trim())
        .map(each => [each.textContent, each.getBoundingClientRect()]);
    const found = [];
    drawn.forEach(([one, a], at) => drawn.slice(at + 1).forEach(([other, b]) => {
        const over = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const under = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (over > 2 && under > 5 && one !== other) found.push(one + ' | ' + other);
    }));
    return found;
})"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll('svg')].map(
    svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width))"""
MANY = [str(place) for place in range(1, 10)]
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
CHARTS = {
    "bars": frequency({"1": 30, "2": None, "3": 12, "4": 8}, total=60),
    "months": frequency({month: 1200 + 7 * place for place, month in enumerate(MONTHS)}, column="month:intake_date"),
    "grouped": cross({(row, group): 10 for row in "1234" for group in "12"}, percent=Percent.COLUMNS),
    "grid": cross({(row, group): 10 for row in "12345" for group in MANY}, percent=Percent.COLUMNS),
    "spans": durations({TOTAL: (200, 60), "1": (120, 58.5), "2": (80, 62)}),
    "shares": shared({"*": (40, 60), "1": (10, 30), "2": (30, 30)}),
    "differences": compared(FOUR),
    "places": ranked_units(),
    "funnel": funnel_of_units(),
    "course": course([30, 34] * 12),
    "rates": answers({"A": (20, 10, 8), "B": (9, 9, 9)}),
}


@pytest.fixture(scope="module")
def opened(chromium: Any) -> Iterator[Any]:
    contexts = []

    def shown(markup: str, size: dict[str, int]) -> Any:
        context = chromium.new_context(viewport=size, locale="sv-SE")
        contexts.append(context)
        page = context.new_page()
        page.set_content(markup)
        return page

    yield shown
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def whole() -> str:
    return report_page(invented_report(described_snapshot(), hidden=False))


@pytest.mark.parametrize("size", [PHONE, NARROW, DESK], ids=["phone", "narrow", "desk"])
def test_no_table_is_drawn_sideways(opened: Any, whole: str, size: dict[str, int]) -> None:
    page = opened(whole, size)
    assert page.evaluate(SIDEWAYS) == []
    assert wider_than_the_window(page) <= 0


def test_stacked_table_is_still_a_table_to_who_hears_it(opened: Any, whole: str) -> None:
    page = opened(whole, PHONE)
    stacked = page.locator("table.sk-stack.sk-many").first
    assert stacked.evaluate("each => getComputedStyle(each).display") == "block"
    named = page.get_by_role("table", name=stacked.locator("caption").inner_text()).first
    assert named.get_by_role("columnheader").count() > 6
    assert named.get_by_role("rowheader").count() > 1
    assert named.get_by_role("cell").count() > 10
    assert serious(page) == []


@pytest.mark.parametrize("kind", CHARTS)
def test_no_words_of_a_chart_stand_on_each_other(opened: Any, kind: str) -> None:
    svg = svg_of(CHARTS[kind])
    assert svg
    page = opened(f"<style>svg {{ max-width: 100%; height: auto }}</style>{svg}", PHONE)
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(SMALLEST) >= 0.75


def test_no_words_of_the_reports_charts_stand_on_each_other(opened: Any, whole: str) -> None:
    page = opened(whole, PHONE)
    assert page.evaluate("document.querySelectorAll('svg').length") > 40
    assert page.evaluate(OVERLAPS) == []
    assert page.evaluate(SMALLEST) >= 0.75


def test_words_that_stand_on_each_other_would_be_found(opened: Any) -> None:
    page = opened(
        '<svg viewBox="0 0 90 30" width="90"><text y="20">Ett</text><text x="5" y="20">Två</text></svg>', PHONE
    )
    assert page.evaluate(OVERLAPS) == ["Ett | Två"]


def test_explorers_table_of_many_columns_can_be_read(opened: Any) -> None:
    page = opened(as_html(CHARTS["grid"]), PHONE)
    assert page.get_by_role("columnheader").count() > 9
    assert page.get_by_role("row").count() > 5
