"""Months, quarters and years as levels."""

from dataclasses import replace
from datetime import date

import pytest

from skillnad.analysis.calendars import (
    CALENDARS,
    NOT_THERE,
    THERE,
    calendar_of,
    date_of,
    known_column,
    known_of,
    with_known,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn, SnapshotTable

FOLLOWED = SnapshotColumn("follow_up_date", Column.DATE, "Datum för uppföljning", "Date of follow-up")
UNIT = SnapshotColumn("unit", Column.CODE, "Enhet", "Unit")


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
    assert date_of(name) == ""


def test_known_date_is_named_by_its_column():
    assert known_of("known:follow_up_date") == "follow_up_date"
    assert date_of("known:follow_up_date") == "follow_up_date"
    assert calendar_of("known:follow_up_date") is None


@pytest.mark.parametrize("name", ["known", "follow_up_date", "month:follow_up_date", "Known:follow_up_date"])
def test_other_names_ask_for_no_known_date(name: str) -> None:
    assert known_of(name) is None


@pytest.mark.parametrize(("name", "seen"), [("year:x", True), ("known:x", True), ("x", False), ("week:x", False)])
def test_name_with_a_view_of_a_date_is_told_from_a_column(name: str, seen: bool) -> None:
    assert bool(date_of(name)) is seen


def test_known_date_is_a_column_of_two_codes() -> None:
    made = known_column(FOLLOWED)
    assert (made.id, made.kind, made.sv) == ("known:follow_up_date", Column.CODE, "Uppgift om datum för uppföljning")
    assert [(level.code, level.sv) for level in made.levels] == [(THERE, "Finns"), (NOT_THERE, "Finns inte")]
    assert made.unknown == frozenset()


def test_known_date_is_as_sensitive_as_the_date() -> None:
    assert not known_column(FOLLOWED).sensitive
    assert known_column(replace(FOLLOWED, sensitive=True)).sensitive


def test_table_has_a_known_column_for_each_date_alone() -> None:
    table = SnapshotTable(Population.INTERVENTIONS, 0, "", {"unit": UNIT, "follow_up_date": FOLLOWED})
    assert list(with_known(table).columns) == ["unit", "follow_up_date", "known:follow_up_date"]
