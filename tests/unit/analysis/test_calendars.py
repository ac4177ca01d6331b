"""Months, quarters and years as levels."""

from datetime import date

import pytest

from skillnad.analysis.calendars import CALENDARS, base_column, calendar_of
from skillnad.codebook.periods import Period


@pytest.mark.parametrize(
    ("unit", "code", "label"),
    [
        ("month", "2025-08", "augusti 2025"),
        ("quarter", "2025Q3", "kvartal 3 2025"),
        ("year", "2025", "2025"),
    ],
)
def test_day_belongs_to_its_unit(unit: str, code: str, label: str) -> None:
    calendar = CALENDARS[unit]
    level = calendar.level(calendar.ordinal(date(2025, 8, 31)))
    assert (level.code, level.label) == (code, label)


@pytest.mark.parametrize("unit", CALENDARS)
@pytest.mark.parametrize("month", range(1, 13))
def test_code_names_the_period_that_holds_the_day(unit: str, month: int) -> None:
    day = date(2025, month, 28)
    code = CALENDARS[unit].code(CALENDARS[unit].ordinal(day))
    assert day in Period.parse(code)


@pytest.mark.parametrize("unit", CALENDARS)
def test_code_is_read_back(unit: str) -> None:
    calendar = CALENDARS[unit]
    ordinal = calendar.ordinal(date(2025, 8, 31))
    assert calendar.read(calendar.code(ordinal)) == ordinal


@pytest.mark.parametrize("code", ["", "2025-13", "2025Q5", "25", "2025-00", "Anna"])
def test_other_text_is_no_code(code: str) -> None:
    assert [calendar.read(code) for calendar in CALENDARS.values()] == [None, None, None]


def test_units_follow_each_other_over_new_year() -> None:
    levels = CALENDARS["quarter"].levels(date(2024, 12, 31), date(2025, 4, 1), "en")
    assert [level.code for level in levels] == ["2024Q4", "2025Q1", "2025Q2"]
    assert levels[0].label == "quarter 4 2024"


def test_calendar_is_named_by_unit_and_column() -> None:
    through = calendar_of("month:start_date")
    assert through is not None
    assert (through.calendar.unit, through.column) == ("month", "start_date")


@pytest.mark.parametrize("name", ["start_date", "week:start_date", "month", ""])
def test_other_names_are_columns(name: str) -> None:
    assert calendar_of(name) is None
    assert base_column(name) == name
