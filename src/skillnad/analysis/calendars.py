"""What a date column is seen through as an axis: its calendar, `month:start_date`, `quarter:start_date`,
`year:start_date`, or whether there is a date at all, `known:follow_up_date`.

A unit is known by its ordinal, counted from year 0 (January of year 1 is month 12), so that engines can group by it,
and by its code, which `Period.parse` reads: 2025-04, 2025Q2, 2025.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from skillnad.analysis.results import Level
from skillnad.codebook.snapshot_schema import Column, SnapshotColumn, SnapshotLevel, SnapshotTable
from skillnad.lib.text import lowered

_SWEDISH = "januari februari mars april maj juni juli augusti september oktober november december"
_ENGLISH = "January February March April May June July August September October November December"
_MONTHS = {"sv": _SWEDISH.split(), "en": _ENGLISH.split()}
_CODES = {
    "month": re.compile(r"(\d{4})-(0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(\d{4})Q([1-4])"),
    "year": re.compile(r"(\d{4})()"),
}


@dataclass(frozen=True)
class Calendar:
    """One unit of the calendar: `per_year` of them make a year."""

    unit: str
    per_year: int

    def ordinal(self, day: date) -> int:
        return day.year * self.per_year + (day.month - 1) * self.per_year // 12

    def code(self, ordinal: int) -> str:
        year, place = divmod(ordinal, self.per_year)
        return {"year": f"{year:04}", "quarter": f"{year:04}Q{place + 1}"}.get(self.unit, f"{year:04}-{place + 1:02}")

    def read(self, code: str) -> int | None:
        """The ordinal that a code stands for; None where it is no code of this calendar."""
        match = _CODES[self.unit].fullmatch(code)
        return int(match[1]) * self.per_year + int(match[2] or 1) - 1 if match else None

    def label(self, ordinal: int, language: str = "sv") -> str:
        year, place = divmod(ordinal, self.per_year)
        quarter = "quarter" if language == "en" else "kvartal"
        month = _MONTHS[language][place]
        return {"year": f"{year:04}", "quarter": f"{quarter} {place + 1} {year}"}.get(self.unit, f"{month} {year}")

    def level(self, ordinal: int, language: str = "sv") -> Level:
        return Level(self.code(ordinal), self.label(ordinal, language))

    def levels(self, first: date, last: date, language: str = "sv") -> tuple[Level, ...]:
        """Every unit from the one of `first` to the one of `last`, both included."""
        return tuple(self.level(ordinal, language) for ordinal in range(self.ordinal(first), self.ordinal(last) + 1))


CALENDARS: Mapping[str, Calendar] = {
    "month": Calendar("month", 12),
    "quarter": Calendar("quarter", 4),
    "year": Calendar("year", 1),
}

KNOWN = "known"
THERE, NOT_THERE = "1", "2"
"""The codes of a `known:` column: a date is recorded, or none is. It is never missing itself."""
SEEN_THROUGH = (*CALENDARS, KNOWN)
"""What may stand before a date's name and a colon."""


@dataclass(frozen=True)
class CalendarOf:
    """A date column seen through a calendar: what `month:start_date` names."""

    calendar: Calendar
    column: str


def calendar_of(column: str) -> CalendarOf | None:
    """What `month:start_date` names; None for an ordinary column's name."""
    unit, colon, name = column.partition(":")
    return CalendarOf(CALENDARS[unit], name) if colon and unit in CALENDARS else None


def known_of(column: str) -> str | None:
    """The date that `known:follow_up_date` asks after; None for every other name."""
    named, colon, date_column = column.partition(":")
    return date_column if colon and named == KNOWN else None


def date_of(name: str) -> str:
    """The date that the name sees through something; "" of every other name."""
    named, colon, rest = name.partition(":")
    return rest if colon and named in SEEN_THROUGH else ""


def known_column(day: SnapshotColumn) -> SnapshotColumn:
    """Whether the date is recorded, as a coded column."""
    return SnapshotColumn(
        id=f"{KNOWN}:{day.id}",
        kind=Column.CODE,
        sv=f"Uppgift om {lowered(day.sv)}",
        en=f"Record of {lowered(day.en)}",
        levels=(SnapshotLevel(THERE, "Finns", "Present"), SnapshotLevel(NOT_THERE, "Finns inte", "Absent")),
        sensitive=day.sensitive,
    )


def with_known(table: SnapshotTable) -> SnapshotTable:
    """The table as a question sees it: with a column beside each date that tells whether there is one."""
    days = (column for column in table.columns.values() if column.kind is Column.DATE)
    return replace(table, columns={**table.columns, **{made.id: made for made in map(known_column, days)}})
