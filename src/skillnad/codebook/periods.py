"""Periods of days. A period is half-open: it holds `start` and not `end`.

Caseworkers record the last day of something (`end_date`); `through` is the one place where a last day becomes a
half-open period.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from skillnad.lib.errors import UserError

_YEAR = re.compile(r"(\d{4})")
_HALF = re.compile(r"(\d{4})-?[Hh]([12])")
_QUARTER = re.compile(r"(\d{4})-?[QqKk]([1-4])")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_READ = frozenset(range(1800, 3000))
"""What is read: the year before and the one after have dates too, and nobody asks month by month for thousands."""


@dataclass(frozen=True, order=True)
class Period:
    """The days from `start` up to but not including `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise UserError.of(
                "PER-002",
                sv=f"Perioden börjar {self.start} och slutar före {self.end}: den har ingen dag. Byt plats på datumen.",
                en=f"The period starts {self.start} and ends before {self.end}: it has no days. Swap the dates.",
            )

    @classmethod
    def through(cls, first: date, last: date) -> "Period":
        """The period of `first` to `last`, both included, as caseworkers record it."""
        return cls(first, last + timedelta(days=1))

    @classmethod
    def year(cls, year: int) -> "Period":
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        return cls(date(year, month, 1), _months_after(date(year, month, 1), 1))

    @classmethod
    def parse(cls, text: str) -> "Period":
        """`2025`, `2025H1`, `2025Q3` (or `2025K3`), `2025-04`, `2025-01-01..2025-06-30` (last day included)."""
        text = text.strip()
        try:
            period = cls._parse(text)
            if not {period.start.year, period.last_day.year} <= _READ:
                raise ValueError(text)
            return period
        except (ValueError, OverflowError):
            raise UserError.of(
                "PER-001",
                sv=f"”{text[:30]}” är ingen period. Skriv 2025, 2025H1, 2025K3, 2025-04 eller 2025-01-01..2025-06-30.",
                en=f"'{text[:30]}' is no period. Write 2025, 2025H1, 2025Q3, 2025-04 or 2025-01-01..2025-06-30.",
            ) from None

    @classmethod
    def _parse(cls, text: str) -> "Period":
        if match := _YEAR.fullmatch(text):
            return cls.year(int(match[1]))
        if match := _HALF.fullmatch(text):
            first = date(int(match[1]), 1 + 6 * (int(match[2]) - 1), 1)
            return cls(first, _months_after(first, 6))
        if match := _QUARTER.fullmatch(text):
            first = date(int(match[1]), 1 + 3 * (int(match[2]) - 1), 1)
            return cls(first, _months_after(first, 3))
        if match := _MONTH.fullmatch(text):
            return cls.month(int(match[1]), int(match[2]))
        if match := _DAYS.fullmatch(text):
            return cls.through(date.fromisoformat(match[1]), date.fromisoformat(match[2]))
        raise ValueError(text)

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def days(self) -> int:
        return (self.end - self.start).days

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def overlaps(self, other: "Period") -> bool:
        return self.start < other.end and other.start < self.end

    def months(self) -> Iterator["Period"]:
        """The calendar months that the period touches, whole."""
        first = self.start.replace(day=1)
        while first < self.end:
            following = _months_after(first, 1)
            yield Period(first, following)
            first = following

    def a_year_before(self) -> "Period":
        """The same days of the year before; of 29 February the 28th."""
        return Period(_a_year_before(self.start), _a_year_before(self.end))

    def leading_up(self, months: int) -> "Period":
        """So many whole calendar months, the last of them that of the period's last day."""
        following = _months_after(self.last_day.replace(day=1), 1)
        return Period(_months_after(following, -months), following)

    def __str__(self) -> str:
        if self == Period.year(self.start.year):
            return str(self.start.year)
        if self.start.day == 1 and self == Period.month(self.start.year, self.start.month):
            return f"{self.start:%Y-%m}"
        return f"{self.start}..{self.last_day}"


def _months_after(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def _a_year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def age_at(birth: date, day: date) -> int:
    """Whole years lived at `day`; someone born 29 February has a birthday on 1 March in other years.

    Raises ValueError where `day` is before `birth`: an age is never negative.
    """
    if day < birth:
        raise ValueError("the day is before the birth date")
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
