from xml.etree import ElementTree

import altair as alt
import pytest
from made_tables import CASES, axis, cross, durations, flow, frequency, made, shared

from skillnad.analysis.questions import Count, Percent, Sum
from skillnad.lib.errors import UserError
from skillnad.reports.table_charts import chart, drawing_of, svg_of

SEX = cross({("1", "1"): 20, ("1", "2"): 31, ("2", "1"): 7, ("2", "2"): 9})
COSTS = made(
    Sum("amount", CASES, ("unit",)),
    (axis("unit", "1", "2"),),
    {"count": {("1",): 9, ("2",): 9, ("",): 0, ("*",): 18}, "sum": {("1",): 5000.0, ("2",): 8000.0, ("*",): 13000.0}},
)
DRAWN = {
    "count": (frequency({"1": 20, "2": 30}), "Antal efter problem"),
    "months": (frequency({"2025-01": 20, "2025-02": 30}, column="month:intake_date"), "Antal per månad"),
    "cross": (SEX, "Andel av varje kolumn"),
    "rows": (cross({("1", "1"): 20, ("2", "1"): 9}, percent=Percent.ROWS), "Andel av varje rad"),
    "durations": (durations({"1": (20, 12), "2": (20, 15), "*": (40, 14)}), "Median (mörkt streck)"),
    "share": (shared({"1": (20, 10), "2": (15, 15), "*": (35, 25)}), "Andel efter age_group"),
    "flow": (flow(10, 20, 15, 15), "Antal efter flöde"),
    "sum": (COSTS, "Kronor efter unit"),
}


@pytest.mark.parametrize(("table", "caption"), DRAWN.values(), ids=DRAWN)
def test_every_kind_of_question_has_its_picture(table, caption):
    drawing = drawing_of(table)
    assert drawing.caption.lower().startswith(caption.lower())
    assert "<svg" in svg_of(table)


@pytest.mark.parametrize(("table", "caption"), DRAWN.values(), ids=DRAWN)
def test_every_picture_is_an_altair_chart_of_its_own(table, caption):
    made = chart(table)
    assert isinstance(made, alt.LayerChart)
    assert made.to_dict()["usermeta"]["skillnad"]["ledger_key"] == "a" * 64


def test_chart_has_title_source_and_words_for_who_cannot_see_it():
    spec = chart(SEX).to_dict()
    assert spec["title"]["text"][0].startswith("Ärenden 2025, efter")
    assert spec["title"]["subtitle"][1].startswith("Ögonblicksbild 555555555555")
    assert "Alla tal står i tabellen" in spec["description"]


def test_notebook_shows_the_chart_without_fetching_anything():
    shown = chart(SEX)._repr_mimebundle_()
    assert set(shown) == {"image/svg+xml", "text/plain"}
    assert "http" not in shown["image/svg+xml"].replace("http://www.w3.org/", "")
    assert "Ärenden 2025" in "".join(ElementTree.fromstring(shown["image/svg+xml"]).itertext())


def test_chart_of_a_gap_has_no_number_for_it():
    spec = chart(frequency({"1": 20, "2": 30, "3": None}, total=None)).to_dict()
    rows = spec["datasets"][spec["data"]["name"]] if "name" in spec["data"] else spec["data"]["values"]
    values = {row["label"]: row["value"] for row in rows}
    assert values == {"Två": 30, "Ett": 20, "Tre": None}


THREE = made(Count(CASES, ("a", "b", "c")), tuple(axis(name, "1") for name in "abc"), {"count": {("1", "1", "1"): 9}})
ONE_NUMBER = made(Count(CASES), (), {"count": {(): 9}})
HIDDEN = frequency({"1": None, "2": None}, total=None)


@pytest.mark.parametrize("table", [THREE, ONE_NUMBER, HIDDEN], ids=["three-columns", "one-number", "hidden"])
def test_what_cannot_be_drawn_says_why(table):
    assert svg_of(table) == ""
    with pytest.raises(UserError, match="REP-011"):
        chart(table)
