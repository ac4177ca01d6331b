"""Courses: which points take part, and that centre, limits and rules are the formulas' own."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from raw_tables import axis
from unit.analysis.comparisons.shown_tables import OUTCOME

from skillnad.analysis.comparisons.courses import over_time
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Chart, OverTime
from skillnad.analysis.formulas.control_charts import individuals_chart, share_chart
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.run_charts import run_chart
from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.protected_durations import DAYS, FOLLOWED, STILL_OPEN
from skillnad.analysis.protection import COUNT, PEOPLE, SHARE, Protected
from skillnad.analysis.questions import ONGOING, Count, Duration, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, YES, Measure, MeasureKind
from skillnad.codebook.periods import Period

BY = ("month:end_date",)
MONTHS = [f"{year}-{month:02}" for year in (2024, 2025) for month in range(1, 13)]
LAST_DAY = date(2025, 12, 31)
CALM = [42, 38, 45, 40, 47, 36, 43, 39, 44, 41, 37, 46, 43, 39, 40, 44, 38, 45, 41, 42, 40, 43, 39, 60]
FALLEN = [42, 38, 45, 40, 47, 36, 43, 39, 44, 41, 37, 46, 34, 33, 35, 31, 34, 32, 35, 33, 30, 34, 32, 31]


def shown_counts(values: Sequence[int | None], measure: Measure = COUNT) -> Protected:
    cells = {(code,): value for code, value in zip(MONTHS, values, strict=False)}
    return Protected((measure,), {"count": cells | {(MISSING_LEVEL,): 7, (TOTAL,): 1_000}}, ())


def course(
    values: Sequence[int | None],
    chart: Chart = Chart.CONTROL,
    *,
    baseline: int = 0,
    selection: Selection = Selection(),
    as_of: date = LAST_DAY,
    measure: Measure = COUNT,
) -> Made:
    question = OverTime(Count(selection, BY), chart, baseline)
    return over_time(question, (axis(BY[0], *MONTHS[: len(values)]),), shown_counts(values, measure), as_of)


def points(made: Made, measure: str) -> dict[str, object]:
    return {code: value for (code,), value in made.cells[measure].items()}


def test_control_chart_is_the_formulas():
    made, formula = course(CALM), individuals_chart([float(value) for value in CALM])
    assert set(points(made, "centre").values()) == {formula.centre}
    assert [made.cells["low"][code,] for code in MONTHS] == [limits.low for limits in formula.limits]
    assert [made.cells["high"][code,] for code in MONTHS] == [limits.high for limits in formula.limits]


def test_point_that_breaks_a_rule_is_marked_with_the_rule():
    made = course(CALM)
    assert points(made, "beyond_limits") == {"2025-12": 1}
    assert points(made, "shift_8") == points(made, "trend_6") == {}


def test_rule_is_a_measure_that_is_called_by_its_words():
    named = {measure.id: measure for measure in course(CALM).measures}
    assert named["beyond_limits"] == Measure("beyond_limits", "en punkt utanför styrgränserna", MeasureKind.SIGNAL)
    assert list(named) == ["value", "centre", "low", "high", "beyond_limits", "shift_8", "trend_6"]


def test_run_chart_has_a_median_and_no_limits():
    made, formula = course(FALLEN, Chart.RUN), run_chart([float(value) for value in FALLEN])
    assert set(points(made, "centre").values()) == {formula.median}
    assert [measure.id for measure in made.measures] == [
        *("value", "centre", "unusually_long_run", "unusually_few_crossings")
    ]
    for signal in formula.signals:
        assert {MONTHS[place] for place in signal.points} <= points(made, signal.rule.id).keys()
    assert len(points(made, "unusually_long_run")) == len(points(made, "unusually_few_crossings")) == 24


def test_baseline_is_what_centre_and_limits_are_made_of():
    made, formula = course(CALM, baseline=20), individuals_chart([float(value) for value in CALM], baseline=20)
    assert points(made, "centre")["2025-12"] == formula.centre < course(CALM).cells["centre"]["2025-12",]


def test_baseline_of_a_run_chart_is_the_median_of_the_first_points():
    made = course(FALLEN, Chart.RUN, baseline=12)
    assert set(points(made, "centre").values()) == {41.5}
    assert set(points(made, "unusually_long_run")) >= set(MONTHS[12:])


def test_month_that_the_snapshot_cuts_short_takes_no_part():
    made = course([*CALM[:-1], 5], as_of=date(2025, 12, 30))
    assert made.cells["value"]["2025-12",] == 5
    assert list(points(made, "centre")) == MONTHS[:-1]
    assert points(made, "beyond_limits") == {}


def test_months_after_the_snapshot_take_no_part():
    assert list(points(course(CALM, as_of=date(2025, 10, 31)), "centre")) == MONTHS[:22]


@pytest.mark.parametrize(
    ("period", "there"), [("2024-01-02..2025-12-31", MONTHS[1:]), ("2024-01-01..2025-12-30", MONTHS[:-1])]
)
def test_month_that_the_period_cuts_short_takes_no_part(period, there):
    selection = Selection(period=Period.parse(period), event="end_date")
    assert list(points(course(CALM, selection=selection), "centre")) == there


@pytest.mark.parametrize("event", ["decision_date", ONGOING])
def test_period_of_another_date_cuts_no_month(event):
    selection = Selection(period=Period.parse("2024-01-02..2025-12-31"), event=event)
    assert list(points(course(CALM, selection=selection), "centre")) == MONTHS


def test_gap_takes_no_part_and_its_neighbours_are_neighbours():
    made, formula = course([*CALM[:5], None, *CALM[6:]]), individuals_chart([*CALM[:5], *CALM[6:]])
    assert made.cells["value"]["2024-06",] is None
    assert ("2024-06",) not in made.cells["centre"]
    assert points(made, "centre")["2024-05"] == formula.centre


def test_missing_and_total_have_a_value_and_no_limits():
    made = course(CALM)
    assert (made.cells["value"][MISSING_LEVEL,], made.cells["value"][TOTAL,]) == (7, 1_000)
    assert not {(MISSING_LEVEL,), (TOTAL,)} & made.cells["centre"].keys()


@pytest.mark.parametrize(
    ("chart", "values"), [(Chart.CONTROL, CALM[:11]), (Chart.RUN, CALM[:9]), (Chart.CONTROL, [7] * 24)]
)
def test_too_few_points_and_points_alike_have_no_limits(chart, values):
    made = course(values, chart)
    assert {measure.id: made.cells[measure.id] for measure in made.measures if measure.id != "value"} == {
        measure.id: {} for measure in made.measures if measure.id != "value"
    }
    assert len(made.cells["value"]) == len(values) + 2


@pytest.mark.parametrize("chart", Chart)
def test_no_points_at_all_are_no_course(chart):
    assert points(course([], chart), "centre") == {}


def test_no_limit_of_counts_is_below_nothing():
    made = course([0, 9, 1, 8] * 6)
    assert set(points(made, "low").values()) == {0.0}


@pytest.mark.parametrize("measure", [COUNT, PEOPLE])
def test_value_is_called_what_is_counted(measure):
    assert course(CALM, measure=measure).measures[0] == Measure("value", measure.label, MeasureKind.COUNT)


def shares(
    numbers: Mapping[str, tuple[int | None, int | None]], chart: Chart = Chart.CONTROL, baseline: int = 0
) -> Made:
    counts = {(way, code): pair[place] for code, pair in numbers.items() for place, way in enumerate((YES, NO))}
    counts |= {(YES, MISSING_LEVEL): 0, (NO, MISSING_LEVEL): 0, (YES, TOTAL): 40, (NO, TOTAL): 60}
    question = OverTime(Share(Where("rating", ("3",)), by=BY), chart, baseline)
    axes = (OUTCOME, axis(BY[0], *numbers))
    return over_time(question, axes, Protected((COUNT, SHARE), {"count": counts, "share": {}}, ()), LAST_DAY)


PARTS = dict(zip(MONTHS, zip(CALM[:16], range(60, 76), strict=True), strict=False))


def test_shares_have_limits_by_how_many_each_month_has():
    made = shares(PARTS)
    formula = share_chart([Counted(yes, yes + no) for yes, no in PARTS.values()])
    assert [made.cells["high"][code,] for code in PARTS] == [limits.high for limits in formula.limits]
    assert made.cells["low"]["2024-03",] == formula.limits[2].low
    assert made.cells["value"]["2024-01",] == 42 / 102


def test_shares_show_what_they_are_made_of():
    made = shares(PARTS)
    assert [measure.id for measure in made.measures][:3] == ["value", "part", "whole"]
    assert (made.cells["part"]["2024-02",], made.cells["whole"]["2024-02",]) == (38, 99)
    assert made.cells["value"][TOTAL,] == 0.4


def test_hidden_and_empty_months_take_no_part_in_a_course_of_shares():
    made = shares({**PARTS, "2024-03": (None, 60), "2024-04": (0, 0)})
    assert made.cells["value"]["2024-03",] is made.cells["whole"]["2024-03",] is None
    assert ("2024-04",) not in made.cells["value"]
    assert set(points(made, "centre")) == set(PARTS) - {"2024-03", "2024-04"}


def test_run_chart_of_shares_is_of_the_shares():
    made = shares(PARTS, Chart.RUN)
    formula = run_chart([yes / (yes + no) for yes, no in PARTS.values()])
    assert set(points(made, "centre").values()) == {formula.median}


def durations(start: str, end: str, *, by: str, open_too: bool = True) -> Made:
    keys = [(code,) for code in MONTHS[:14]]
    cells = {
        "count": dict.fromkeys(keys, 20),
        "median": {key: 30.0 + place for place, key in enumerate(keys)},
        followed("median"): {key: 50.0 - place for place, key in enumerate(keys[:-1])},
        OPEN: dict.fromkeys(keys, 6),
    }
    measures = (COUNT, *DAYS, STILL_OPEN, *FOLLOWED) if open_too else (COUNT, *DAYS)
    kept = {measure.id: cells[measure.id] for measure in measures if measure.id in cells}
    question = OverTime(Duration(start, end, by=(by,)), Chart.CONTROL)
    return over_time(question, (axis(by, *MONTHS[:14]),), Protected(measures, kept, ()), LAST_DAY)


def test_course_by_the_last_day_is_of_the_median_of_the_ended():
    made = durations("start_date", "end_date", by="month:end_date")
    assert made.cells["value"]["2024-01",] == 30.0
    assert made.measures[0] == Measure("value", "Median, dagar", MeasureKind.DAYS)


def test_course_by_another_day_counts_the_open():
    """Those that began last and have ended already are the short ones."""
    made = durations("start_date", "end_date", by="month:start_date")
    assert made.cells["value"]["2024-01",] == 50.0
    assert made.measures[0].label == "Median med pågående, dagar"


def test_course_by_another_day_is_of_the_ended_where_none_can_be_open():
    made = durations("start_date", "end_date", by="month:start_date", open_too=False)
    assert made.cells["value"]["2024-01",] == 30.0


def test_month_where_too_few_have_ended_takes_no_part():
    made = durations("start_date", "end_date", by="month:start_date")
    assert list(points(made, "centre")) == MONTHS[:13]


def test_course_of_times_shows_how_many_they_are_of():
    made = durations("start_date", "end_date", by="month:start_date")
    assert (made.cells["count"]["2024-01",], made.cells["open"]["2024-01",]) == (20, 6)


@pytest.mark.parametrize(
    ("by", "codes", "as_of", "there"),
    [
        ("quarter:end_date", ["2025Q1", "2025Q2"], date(2025, 6, 29), ["2025Q1"]),
        ("quarter:end_date", ["2025Q1", "2025Q2"], date(2025, 6, 30), ["2025Q1", "2025Q2"]),
        ("year:end_date", ["2024", "2025"], date(2025, 12, 30), ["2024"]),
    ],
)
def test_quarters_and_years_are_whole_too(by, codes, as_of, there):
    """So many before them that there is a centre."""
    before = [f"{year}" if by[0] == "y" else f"{year}Q1" for year in range(2000, 2012)]
    values = {(code,): CALM[place] for place, code in enumerate([*before, *codes])}
    shown = Protected((COUNT,), {"count": values}, ())
    made = over_time(OverTime(Count(by=(by,))), (axis(by, *before, *codes),), shown, as_of)
    assert [code for code in points(made, "centre") if code in codes] == there
