"""Rows are as high as their names need, names are whole, and nothing stands on anything else."""

from itertools import pairwise

import pytest

from skillnad.reports.chart_frames import enough, height_of, legend, placed, row_names, wrapped
from skillnad.reports.chart_grids import head_lines, square_width

LONG = "Ingen samverkan har skett med annan verksamhet, men behov av samverkan har funnits"
NAMES = ("Skola", LONG, "Riskbruk/missbruk/beroende (alkohol, droger, spel etc.)", "Hemlös")


def data(*labels: str, series: tuple[str, ...] = ("",)) -> list[dict]:
    return [{"label": label, "series": one, "value": 1} for label in labels for one in series]


@pytest.mark.parametrize("label", [*NAMES, "Korttidsvistelse/Korttidsvård/korttidsboende", "A/B och C", "0–17 år"])
def test_label_is_whole_on_lines_that_fit(label):
    lines = wrapped(label, 25)
    assert " ".join(lines).replace("/ ", "/") == label
    assert max(map(len, lines)) <= 25


def test_long_name_makes_no_other_row_higher():
    one, two = height_of(data("Skola")), height_of(data("Skola", LONG))
    assert two - one > 2 * one
    assert height_of(data("Skola", "Hemlös", LONG)) == two + one


@pytest.mark.parametrize("bars", [1, 2, 4])
def test_bars_stand_below_each_other_inside_the_chart(bars):
    rows = placed(data(*NAMES, series=tuple("abcd"[:bars])), bars)
    assert rows[0]["top"] >= 0
    assert all(one["bottom"] <= other["top"] for one, other in pairwise(rows))
    assert rows[-1]["bottom"] <= height_of(rows, bars)


def test_lines_of_names_stand_below_each_other():
    lines = row_names(placed(data(*NAMES)))
    assert " ".join(line["line"] for line in lines).replace("/ ", "/") == " ".join(NAMES)
    assert min(after["at"] - before["at"] for before, after in pairwise(lines)) >= 15


def test_name_stands_at_the_middle_of_its_bars():
    rows = placed(data("Skola", "Polis", series=("Kvinnor", "Män")), 2)
    assert [line["at"] for line in row_names(rows)] == [rows[0]["bottom"], rows[2]["bottom"]]


def test_rows_whose_names_begin_alike_are_two():
    rows = placed(data(f"{LONG}", f"{LONG} inte"))
    assert rows[0]["bottom"] < rows[1]["top"]


def test_names_of_columns_do_not_meet():
    lines = head_lines([LONG, "Skola", LONG * 2])
    assert min(after["across"] - before["across"] for before, after in pairwise(lines)) >= 13


def test_squares_grow_with_the_lines_of_a_name():
    assert square_width(["Skola"]) < square_width([LONG * 2])
    assert square_width(["Skola"]) == square_width(["Polis", "Kriminalvård"])


@pytest.mark.parametrize(
    ("names", "under"), [(("Nya", "Avslutade"), False), (("Aktualiseringsorsak", "Problematik efter utredning"), True)]
)
def test_long_names_of_groups_stand_under_each_other(names, under):
    shown = legend(names).to_dict()
    assert (shown["legend"].get("columns") == 1) is under
    assert shown["scale"]["domain"] == list(names)


@pytest.mark.parametrize(
    ("values", "drawn"),
    [([], False), ([0, 0], False), ([None], False), ([0, 4], True), ([4, None], True), ([4, None, None], False)],
)
def test_chart_needs_a_number_and_no_more_gaps_than_numbers(values, drawn):
    assert enough([{"value": value} for value in values]) is drawn
