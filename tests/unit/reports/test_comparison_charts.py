"""Pictures of comparisons: what is drawn, what is said of it, and that a hidden number has no dot."""

from dataclasses import replace
from math import inf
from xml.etree import ElementTree

import pytest
from compared_tables import (
    FOUR,
    TWO,
    UNITS,
    answers,
    compared,
    course,
    funnel_of_units,
    minted,
    paired_judgements,
    ranked_units,
)
from judged_tables import compared_groups
from made_tables import axis

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Chart
from skillnad.analysis.formulas.funnel import Funnel
from skillnad.analysis.results import TOTAL, MeasureKind
from skillnad.reports import chart_courses, chart_funnels, chart_intervals
from skillnad.reports.table_charts import chart, drawing_of, svg_of

S = "\N{NO-BREAK SPACE}"
SHIFTED = [30, 34] * 6 + [50] * 12
OUTSIDE = {"1": (400, 600), "2": (410, 590), "3": (390, 610), "4": (41, 59), "5": (30, 10)}
ADJUSTED = compared_groups(
    {"1": (340, 1000), "2": (410, 1000), "3": (400, 1000)},
    adjusted={"1": (-0.02, -0.05, 0.01, 0.2), "2": (0.04, 0.01, 0.07, 0.01), "3": (0.01, -0.02, 0.05, 0.5)},
)
DRAWN = {
    "comparison": (compared(FOUR), "Skillnad mot övriga i procentenheter"),
    "two": (compared(TWO), "Skillnad mot Två i procentenheter"),
    "adjusted": (ADJUSTED, "Skillnad mot övriga i procentenheter, med 95 % intervall. Cirkel: utan justering"),
    "ranking": (ranked_units(), "Streck: platser som gruppen kan ha"),
    "funnel": (funnel_of_units(OUTSIDE), "Andel efter hur många gruppen har"),
    "run": (course([30, 34] * 12), "Per månad. Heldragen linje: mittlinjen."),
    "control": (course(SHIFTED, chart=Chart.CONTROL), "Per månad. Heldragen linje: mittlinjen. Streckade"),
    "days": (course([30, 34] * 12, kind=MeasureKind.DAYS), "Per månad."),
    "answers": (answers({"A": (20, 10, 8), "B": (9, 9, 9)}), "Svarsfrekvens med 95 % intervall"),
    "short": (course([30, 34, 31]), "Per månad. Punkterna är för få"),
}


def _data(drawing) -> list[dict]:
    return list(drawing.spec["data"]["values"])


def _row(drawing, label: str) -> dict:
    return next(datum for datum in _data(drawing) if datum["label"] == label)


def _texts(table) -> str:
    return " ".join(ElementTree.fromstring(svg_of(table)).itertext())


@pytest.mark.parametrize(("table", "caption"), DRAWN.values(), ids=DRAWN)
def test_every_comparative_table_has_its_picture(table, caption) -> None:
    assert drawing_of(table).caption.startswith(caption)
    assert chart(table).svg().startswith("<svg")


@pytest.mark.parametrize("table", [table for table, _ in DRAWN.values()], ids=DRAWN)
def test_every_picture_is_told_in_words(table) -> None:
    assert drawing_of(table).told.endswith("Alla tal står i tabellen.")


def test_one_pair_is_read_as_a_table() -> None:
    assert drawing_of(paired_judgements(30, 8, 22, 60)) is None


def test_difference_is_drawn_in_points_with_its_interval() -> None:
    row, table = _row(drawing_of(compared(TWO)), "Ett"), compared(TWO)
    assert row["value"] == pytest.approx(15.0)
    assert (row["low"], row["high"]) == pytest.approx(
        (100 * table.value("difference_low", "1"), 100 * table.value("difference_high", "1"))
    )


def test_only_what_is_shown_is_filled() -> None:
    drawing = drawing_of(compared(FOUR))
    assert [(datum["label"], datum["sure"]) for datum in _data(drawing)] == [
        ("Ett", True),
        ("Två", True),
        ("Tre", False),
        ("Fyra", False),
    ]
    assert drawing.told.startswith("Skillnad visad för 2 av 3. Ett ")


def test_hidden_group_has_no_dot_and_says_so() -> None:
    row = _row(drawing_of(compared(FOUR)), "Fyra")
    assert (row["value"], row["low"], row["text"]) == (None, None, "..")


def test_last_of_two_groups_has_no_row() -> None:
    assert [datum["label"] for datum in _data(drawing_of(compared(TWO)))] == ["Ett"]


def test_mostly_hidden_groups_are_not_drawn() -> None:
    assert drawing_of(compared({"1": (None, None), "2": (None, None), "3": (60, 60)})) is None


def test_plain_and_adjusted_stand_under_each_other() -> None:
    first, second = (datum for datum in _data(drawing_of(ADJUSTED)) if datum["label"] == "Ett")
    assert (first["series"], second["series"]) == (chart_intervals.PLAIN_NAME, chart_intervals.ADJUSTED_NAME)
    assert first["at"] < second["at"]
    assert second["value"] == pytest.approx(-2.0)


def test_several_tables_are_drawn_after_each_other() -> None:
    drawing = chart_intervals.differences()((compared(TWO), compared(FOUR, column="age_group")))
    assert [datum["label"] for datum in _data(drawing)] == [
        "Ett (legal_sex)",
        "Ett (age_group)",
        "Två (age_group)",
        "Tre",
        "Fyra",
    ]
    assert len({datum["at"] for datum in _data(drawing)}) == 5
    assert "mot övriga" in drawing.caption


def test_axis_of_differences_has_nought_and_its_signs() -> None:
    texts = _texts(compared(TWO)).split()
    assert {"0", "+10", "+20", "Procentenheter"} <= set(texts)


def test_interval_without_an_end_is_drawn_to_an_axis_that_goes_on() -> None:
    rows = [chart_intervals.Row("Norr", -83.0, (-117.0, inf), ""), chart_intervals.Row("Söder", 7.0, (-inf, 27.0), "")]
    ticks = chart_intervals._ticks(rows)
    assert ticks == [-200, -150, -100, -50, 0, 50, 100]
    assert chart_intervals._on_axis(rows[0].ends, ticks) == (-117, 100)
    assert chart_intervals._on_axis(rows[1].ends, ticks) == (-200, 27)
    assert chart_intervals._on_axis(None, ticks) is None


def test_answers_are_drawn_in_hundredths() -> None:
    drawing = drawing_of(answers({"A": (20, 10, 10), "B": (9, 9, 9)}))
    assert [(datum["label"], datum["value"]) for datum in _data(drawing)] == [
        ("A", 75.0),
        ("B", pytest.approx(66.67, abs=0.01)),
    ]
    assert drawing.told == f"A 75{S}%; B 67{S}%. Alla tal står i tabellen."


def test_pairs_of_several_groups_are_drawn_as_differences() -> None:
    table = paired_judgements(30, 8, 22, 60)
    by_group = minted(replace(table.question, by=("unit",)), _in_one_group(table))
    drawing = drawing_of(by_group)
    assert drawing.caption.startswith("Skillnad, den första bedömningen minus den andra, i procentenheter")
    assert _row(drawing, "Ett")["value"] == pytest.approx(-11.67, abs=0.01)


def _in_one_group(table) -> Made:
    cells = {
        measure: {("1",): value, (TOTAL,): value} for measure, found in table.cells.items() for value in found.values()
    }
    return Made((axis("unit", "1"),), table.measures, cells)


def test_places_are_in_the_order_of_the_shares() -> None:
    data = _data(drawing_of(ranked_units()))
    assert [(datum["label"], datum["value"]) for datum in data] == [("Ett", 1), ("Tre", 2), ("Två", 3), ("Fyra", None)]
    assert (data[0]["low"], data[0]["high"], data[0]["text"]) == (1, 1, f"60{S}%")


def test_lowest_first_turns_the_places_around() -> None:
    told = drawing_of(ranked_units(highest_first=False)).told
    assert told.startswith(f"Två 5{S}%, plats ")


def test_funnel_fills_and_names_who_is_outside() -> None:
    drawing = drawing_of(funnel_of_units(OUTSIDE))
    assert [datum["label"] for datum in _data(drawing) if datum["outside"]] == ["Fem"]
    assert drawing.told.startswith(f"Mittlinjen är 40{S}%. 1 av 5 är utanför en gräns: Fem 75{S}%, över den yttre")
    assert "Fem" in _texts(funnel_of_units(OUTSIDE))
    assert "Fyra" not in _texts(funnel_of_units(OUTSIDE))


def test_funnel_draws_the_limits_that_the_formula_gives() -> None:
    table = funnel_of_units(OUTSIDE)
    lines = chart_funnels._limits(table.value("target"), table.value("widened"), 40, 1000)
    phi = table.value("widened") ** 2
    inner, outer = Funnel((), (), table.value("target"), phi, phi).limits(lines[3]["n"])
    assert (lines[3]["inner_low"], lines[3]["outer_high"]) == (100 * inner.low, 100 * outer.high)
    assert lines[0]["n"] < 40 and lines[-1]["n"] > 1000  # noqa: PT018


def test_funnel_of_one_group_is_not_drawn() -> None:
    assert drawing_of(funnel_of_units({"1": (60, 40), "2": (None, None)})) is None
    assert drawing_of(funnel_of_units(UNITS)) is not None


def test_points_that_break_a_rule_are_marked() -> None:
    drawing = drawing_of(course([30, 38] * 12 + [90], chart=Chart.CONTROL, first=2023))
    marked = [datum["label"] for datum in _data(drawing) if datum["signal"]]
    assert marked == ["2025-01"]
    assert "Romber: punkter som bryter mot en regel" in drawing.caption
    assert "en punkt utanför styrgränserna" in drawing.told


def test_hidden_month_breaks_the_line() -> None:
    data = _data(drawing_of(course([30, 34, None, *[31, 35] * 10])))
    assert [datum["piece"] for datum in data[:5]] == [0, 0, 1, 1, 1]
    assert (data[2]["value"], data[2]["text"]) == (None, "..")


def test_course_without_a_middle_says_why() -> None:
    drawing = drawing_of(course([30, 34, 31]))
    assert "för få, eller för lika, för en mittlinje" in drawing.caption
    assert "mittlinjen" not in drawing.told


@pytest.mark.parametrize(
    ("months", "named"), [(5, [0, 1, 2, 3, 4]), (24, [0, 4, 8, 12, 16, 20]), (48, [0, 12, 24, 36])]
)
def test_time_names_as_many_points_as_there_is_room_for(months, named) -> None:
    levels = course([1] * months).axes[0].levels[:-1]
    assert chart_courses._named_places(levels) == named


def test_thousands_on_an_axis_are_swedish() -> None:
    assert f"2{S}000" in _texts(course([1900, 2100] * 12))


def test_title_of_a_picture_is_no_wider_than_the_picture() -> None:
    title = chart(compared(TWO)).to_dict(validate=False)["title"]
    assert max(map(len, (*title["text"], *title["subtitle"]))) <= 72
