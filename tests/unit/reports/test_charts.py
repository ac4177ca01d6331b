"""Charts as data: what is drawn, what is not, and what is told to someone who cannot see it."""

import json
import re
from dataclasses import replace
from itertools import combinations

import pytest
from made_tables import cross, durations, flow, frequency, made, shared

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import TOTAL, Level
from skillnad.reports import chart_frames, chart_months, charts
from skillnad.reports.outline import Drawing


def drawn(drawing: Drawing) -> list[dict]:
    """The data that marks are drawn of: gaps are filtered out by every layer but the one that writes the symbol."""
    return [datum for datum in drawing.spec["data"]["values"] if datum["value"] is not None]


def layers(drawing: Drawing) -> list[tuple[str, str]]:
    """Mark and filter of each layer."""
    return [
        (layer["mark"]["type"], next((t["filter"] for t in layer.get("transform", []) if "filter" in t), ""))
        for layer in drawing.spec["layer"]
    ]


def test_bars_put_the_most_common_first():
    drawing = charts.bars()((frequency({"1": 10, "2": 30}),))
    assert [(d["label"], d["value"]) for d in drawn(drawing)] == [("Två", 0.75), ("Ett", 0.25)]


def test_bars_can_keep_the_order():
    drawing = charts.bars(sort=False)((frequency({"1": 10, "2": 30}),))
    assert [d["label"] for d in drawn(drawing)] == ["Ett", "Två"]


def test_bars_are_counts_where_shares_cannot_be_taken():
    drawing = charts.bars()((frequency({"1": 10, "2": 30, "": None}, total=None),))
    assert [d["value"] for d in drawn(drawing)] == [30, 10]
    assert drawing.caption.startswith("Antal")


def test_bars_can_be_counts_though_there_are_shares():
    drawing = charts.bars(counts=True)((frequency({"1": 30, "2": 10}),))
    assert "Antal" in drawing.caption
    assert {d["text"] for d in drawing.spec["data"]["values"]} == {"30", "10"}


@pytest.mark.parametrize("draw", [charts.grouped_bars(counts=True), charts.heat(counts=True)])
def test_pairs_can_be_counts_though_there_are_shares(draw):
    drawing = draw((cross({("1", "1"): 30, ("1", "2"): None}, percent=Percent.ROWS),))
    assert "antal" in drawing.caption.lower()
    assert [d["text"] for d in drawing.spec["data"]["values"]] == ["30", ".."]


def test_grouped_bars_say_which_shares_they_are():
    table = cross({("1", "1"): 30, ("1", "2"): 10}, percent=Percent.ROWS)
    drawing = charts.grouped_bars(what="Andel av varje rad")((table,))
    assert drawing.caption == "Andel av varje rad"
    assert [d["text"] for d in drawing.spec["data"]["values"]] == ["75\xa0%", "25\xa0%"]


def test_heat_of_many_groups_keeps_the_most_common():
    numbers = {("1", str(group)): group for group in range(5, 20)}
    drawing = charts.heat(along=0)((cross(numbers, percent=Percent.COLUMNS),))
    columns = [d["column"] for d in drawing.spec["data"]["values"]]
    assert len(set(columns)) == len(columns) == 6


def test_bars_draw_nothing_for_a_gap():
    drawing = charts.bars()((frequency({"1": 10, "2": None, "": None}, total=14),))
    assert [d["text"] for d in drawing.spec["data"]["values"]] == ["71\xa0%", ".."]
    assert layers(drawing)[0] == ("rect", "datum.value !== null")


def test_bars_of_nothing_but_gaps_are_no_chart():
    assert charts.bars()((frequency({"1": None, "2": None}, total=None),)) is None


def test_bars_have_no_layer_for_gaps_where_there_are_none():
    assert [mark for mark, _ in layers(charts.bars()((frequency({"1": 10}),)))] == ["rect", "text", "text"]


def test_grouped_bars_have_a_bar_for_each_group():
    table = cross({("1", "1"): 30, ("2", "1"): 10, ("1", "2"): 5, ("2", "2"): 15})
    values = {(d["label"], d["series"]): d["value"] for d in drawn(charts.grouped_bars()((table,)))}
    assert values[("Ett", "Ett")] == 0.75
    assert values[("Ett", "Två")] == 0.25


def test_grouped_bars_of_too_many_groups_are_no_chart():
    table = cross({("1", str(group)): 10 for group in range(1, 6)})
    assert charts.grouped_bars()((table,)) is None


def test_group_bars_add_values_that_exclude_each_other():
    table = cross({("1", "1"): 10, ("2", "1"): 20, ("3", "1"): 70})
    assert [d["text"][:2] for d in drawn(charts.group_bars(("1", "2"), "Målen")((table,)))] == ["30"]


def test_paired_bars_compare_the_same_value():
    drawing = charts.paired_bars(("Före", "Efter"))((frequency({"1": 20, "2": 80}), frequency({"1": 50, "2": 50})))
    assert [(d["label"], d["series"], d["value"]) for d in drawn(drawing)][:2] == [
        ("Två", "Före", 0.8),
        ("Två", "Efter", 0.5),
    ]


def test_months_keep_the_calendars_order_and_short_names():
    drawing = chart_months.months("aktualiseringar")(
        (frequency({"2025-01": 9, "2025-02": 50}, column="month:intake_date"),)
    )
    assert [d["label"] for d in drawn(drawing)] == ["jan", "feb"]


def test_months_of_two_years_have_the_year():
    drawing = chart_months.months("x")((frequency({"2024-12": 9, "2025-01": 50}, column="month:intake_date"),))
    assert [d["label"] for d in drawn(drawing)] == ["dec 24", "jan 25"]


def test_flow_columns_need_months():
    assert chart_months.flow_columns()((flow(1, 2, 3, 4),)) is None


def test_spans_go_from_quartile_to_quartile_and_leave_out_empty_groups():
    drawing = charts.spans()((durations({TOTAL: (200, 60), "1": (200, 60), "2": (0, None)}),))
    assert [(d["label"], d["low"], d["value"], d["high"]) for d in drawn(drawing)] == [
        ("Alla", 30, 60, 120),
        ("Ett", 30, 60, 120),
    ]


def test_share_bars_leave_out_what_is_hidden():
    drawing = charts.share_bars()((shared({TOTAL: (75, 25), "1": (30, 10), "2": (None, None)}),))
    assert [(d["label"], d["text"]) for d in drawing.spec["data"]["values"]] == [
        ("Ett", "75\N{NO-BREAK SPACE}%"),
        ("Två", ".."),
    ]


def test_heat_is_of_rows_or_of_columns():
    table = cross({("1", "1"): 30, ("1", "2"): 10, ("2", "1"): 10, ("2", "2"): 10}, percent=Percent.ROWS)
    assert drawn(charts.heat()((table,)))[0]["value"] == 0.75
    assert charts.heat()((table,)).caption.endswith("andel av raden")
    assert charts.heat(along=0)((table,)).caption.endswith("andel av kolumnen")


def test_heat_keeps_columns_apart_whose_names_begin_alike():
    names = {"1": "Ingen samverkan, men behov har funnits", "2": "Ingen samverkan, och behov har inte funnits"}
    table = cross({("1", "1"): 30, ("1", "2"): 10}, percent=Percent.ROWS)
    across = replace(table.axes[1], levels=tuple(Level(code, name) for code, name in names.items()))
    drawing = charts.heat()((made(table.question, (table.axes[0], across), table.cells),))
    assert [d["column"] for d in drawn(drawing)] == list(names.values())
    assert len({d["left"] for d in drawn(drawing)}) == 2


def test_heat_keeps_ages_in_order():
    ages = ("0-6", "13-17", "80+")
    numbers = {("1", age): number for age, number in zip(ages, (10, 30, 20), strict=True)}
    table = cross(numbers, columns="age_group", percent=Percent.ROWS)
    assert [d["column"] for d in drawn(charts.heat()((table,)))] == list(ages)
    assert next(d["column"] for d in drawn(charts.heat()((cross(numbers, percent=Percent.ROWS),)))) == "13-17"


@pytest.mark.parametrize(
    "draw",
    [charts.bars(), charts.bars(sort=False, counts=True), chart_months.months("x")],
    ids=["bars", "counts", "months"],
)
def test_chart_of_mostly_gaps_is_not_drawn(draw):
    assert draw((frequency({"1": 10, "2": None, "3": None}, total=50),)) is None


def test_groups_of_mostly_gaps_are_not_drawn():
    numbers = {("1", "1"): 30, ("1", "2"): None, ("2", "1"): None, ("2", "2"): None}
    table = cross(numbers, percent=Percent.ROWS)
    assert charts.grouped_bars(counts=True)((table,)) is None
    assert charts.heat(counts=True)((table,)) is None


def test_months_have_three_letters():
    months = {f"2025-{month:02}": month + 5 for month in range(1, 13)}
    drawing = chart_months.months("x")((frequency(months, column="month:intake_date"),))
    assert "".join(d["label"] for d in drawn(drawing)) == "janfebmaraprmajjunjulaugsepoktnovdec"


def test_what_is_told_holds_drawn_numbers_only():
    drawing = charts.bars()((frequency({"1": 10, "2": None, "": None}, total=14),))
    assert drawing.told == "Ett 71\xa0%. Alla tal står i tabellen."


def test_every_bar_starts_at_zero():
    spec = json.dumps(charts.bars()((frequency({"1": 10, "2": 30}),)).spec)
    assert '"domainMin": 0' in spec


def _luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", chart_frames.SERIES)
def test_colours_stand_out_from_white(colour):
    assert re.fullmatch("#[0-9a-f]{6}", colour)
    assert 1.05 / (_luminance(colour) + 0.05) >= 3


@pytest.mark.parametrize("place", [0, 0.3, 0.69, 0.7, 0.71, 1])
def test_numbers_in_the_grid_can_be_read_on_every_shade(place):
    light, dark = ((243, 247, 251), (31, 78, 121))
    shade = "#" + "".join(f"{round(a + (b - a) * place):02x}" for a, b in zip(light, dark, strict=True))
    ink = "#ffffff" if place > 0.7 else chart_frames.INK
    high, low = sorted((_luminance(shade), _luminance(ink)), reverse=True)
    assert (high + 0.05) / (low + 0.05) >= 4


def test_the_grid_changes_ink_where_the_shades_need_it():
    table = cross({("1", "1"): 30, ("1", "2"): 10}, percent=Percent.ROWS)
    calculated = [
        t
        for layer in charts.heat()((table,)).spec["layer"]
        for t in layer.get("transform", [])
        if t.get("as") == "dark"
    ]
    assert [float(t["calculate"]) for t in calculated] == [pytest.approx(0.75 * 0.7)]


def test_the_two_first_colours_differ_in_lightness():
    first, second = (_luminance(colour) for colour in chart_frames.SERIES[:2])
    assert max(first, second) / min(first, second) > 2
    assert all(one != other for one, other in combinations(chart_frames.SERIES, 2))


def test_heat_of_more_columns_than_a_telephone_has_room_for_is_turned():
    groups = [str(place) for place in range(1, 10)]
    numbers = {(row, group): 10 if row == "1" else 30 for row in "12" for group in groups}
    drawing = charts.heat(along=0)((cross(numbers, percent=Percent.COLUMNS),))
    assert drawing.caption.endswith("andel av raden")
    assert {datum["column"] for datum in drawn(drawing)} == {"Ett", "Två"}
    assert drawn(drawing)[0]["value"] == 0.75


def test_grouped_bars_keep_months_in_their_order():
    numbers = {(f"2025-{month:02}", "1"): 5 + month % 3 for month in range(1, 13)}
    table = cross(numbers)
    table = made(table.question, (replace(table.axes[0], id="month:intake_date"), table.axes[1]), table.cells)
    labels = list(dict.fromkeys(datum["label"] for datum in drawn(charts.grouped_bars(most=8, counts=True)((table,)))))
    assert labels == [f"2025-{month:02}" for month in range(1, 13)]
