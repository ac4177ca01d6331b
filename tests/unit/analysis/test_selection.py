"""Which rows a question is about, and why rows are left out."""

from datetime import date

import pytest

from skillnad.analysis.questions import ONGOING, Count, CrossTable, Flow, Selection, Where
from skillnad.analysis.results import LeftOut
from skillnad.analysis.selection import (
    Reason,
    Span,
    by_of,
    calendar_period,
    event_of,
    left_out,
    selection_of,
    span_of,
    span_problem,
    touches,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

YEAR = Period.year(2025)


def test_event_is_the_populations_own_unless_named() -> None:
    assert event_of(Selection(Population.CASES)) == "intake_date"
    assert event_of(Selection(Population.CASES, event="closed_date")) == "closed_date"


def test_span_is_first_and_last_day() -> None:
    assert span_of(Population.CASES) == Span("intake_date", "closed_date")
    with pytest.raises(KeyError):
        span_of(Population.COSTS)


def test_flow_selects_by_population_and_conditions() -> None:
    where = (Where("unit", ("A",)),)
    assert selection_of(Flow(YEAR, Population.CASES, where)) == Selection(Population.CASES, where=where)


def test_cross_table_is_by_its_two_columns() -> None:
    assert by_of(CrossTable("unit", "origin")) == ("unit", "origin")
    assert by_of(Count(by=("unit",))) == ("unit",)


def test_calendar_of_the_event_is_within_the_period() -> None:
    question = Count(Selection(period=YEAR))
    assert calendar_period(question, "start_date") == YEAR
    assert calendar_period(question, "end_date") is None


def test_ongoing_rows_can_have_begun_any_time() -> None:
    assert calendar_period(Count(Selection(period=YEAR, event=ONGOING)), "start_date") is None


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (date(2025, 1, 1), None, None),
        (date(2025, 1, 1), date(2025, 1, 1), None),
        (date(2025, 1, 2), date(2025, 1, 1), Reason.END_BEFORE_START),
        (None, date(2025, 1, 1), Reason.NO_FIRST_DAY),
        (None, None, Reason.NO_FIRST_DAY),
    ],
)
def test_span_has_a_place_in_time_or_a_problem(first: date | None, last: date | None, problem: Reason | None) -> None:
    assert span_problem(first, last) == problem


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2024, 1, 1), date(2025, 1, 1), True),
        (date(2025, 12, 31), None, True),
        (date(2026, 1, 1), None, False),
        (date(2024, 1, 1), None, True),
    ],
)
def test_span_touches_a_period_by_one_day(first: date, last: date | None, inside: bool) -> None:
    assert touches(first, last, YEAR) is inside


def test_reasons_stand_in_their_order_and_zeros_nowhere() -> None:
    rows = {Reason.OPEN: 2, Reason.NO_FIRST_DAY: 1, Reason.NO_NUMBER: 0}
    assert left_out(rows) == (LeftOut("no_first_day", 1), LeftOut("open", 2))
