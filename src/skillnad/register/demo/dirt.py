"""What is wrong in extracts: rows twice, cells empty, values that cannot be. Rates are known, and far below what an
import refuses as a whole."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from skillnad.register.demo.dice import Dice
from skillnad.register.demo.sheets import Sheet

Row = dict[str, str]
_YEAR = re.compile(r"\b20(\d\d)")


@dataclass(frozen=True)
class Fault:
    """`soil` changes a row in place at `rate`, or says False where the row has nothing to soil."""

    name: str
    rate: float
    soil: Callable[[Row], bool]


def blank(column: str, rate: float) -> Fault:
    """The cell is empty."""
    return Fault(f"tom: {column}", rate, lambda row: _set(row, column, ""))


def wrong(column: str, value: str, rate: float) -> Fault:
    """The cell has a value that no one knows."""
    return Fault(f"okänt värde: {column}", rate, lambda row: _set(row, column, value))


def ancient(column: str, rate: float) -> Fault:
    """The year is 0025 instead of 2025."""
    return Fault(f"år 00: {column}", rate, lambda row: _set(row, column, _YEAR.sub(r"00\1", row[column], count=1)))


def swapped(first: str, last: str, rate: float) -> Fault:
    """The end stands before the start."""

    def soil(row: Row) -> bool:
        if not row[first] or not row[last] or row[first] == row[last]:
            return False
        row[first], row[last] = row[last], row[first]
        return True

    return Fault(f"slut före start: {last}", rate, soil)


def spaced(column: str, rate: float) -> Fault:
    """Blanks around the cell, and small letters."""
    return Fault(f"blanksteg: {column}", rate, lambda row: _set(row, column, f" {row[column].lower()} "))


def marked(column: str, other: str, value: str, rate: float) -> Fault:
    """A value that excludes all others, beside another: both columns have something."""

    def soil(row: Row) -> bool:
        return bool(row[other]) and _set(row, column, value)

    return Fault(f"utesluter varandra: {column}", rate, soil)


def beside(column: str, value: str, separator: str, rate: float) -> Fault:
    """The same within one cell: `value` is added to those that stand there."""

    def soil(row: Row) -> bool:
        return value not in row[column] and _set(row, column, f"{row[column]}{separator}{value}")

    return Fault(f"utesluter varandra: {column}", rate, soil)


def _set(row: Row, column: str, value: str) -> bool:
    if not row[column] or row[column] == value:
        return False
    row[column] = value
    return True


REPEATED = 0.008
"""Share of rows that come twice, the same."""


def soil(dice: Dice, sheet: Sheet, faults: Sequence[Fault], *, repeated: float = REPEATED) -> Counter[str]:
    """Soil the sheet's rows, at most one fault a row; returns how many of each."""
    found: Counter[str] = Counter()
    rows: list[Row] = []
    for row in sheet.rows:
        name = _first_fault(dice, row, faults)
        found.update([name] if name else [])
        rows.append(row)
        if not name and dice.chance(repeated):
            rows.append(dict(row))
            found["samma rad två gånger"] += 1
    sheet.rows[:] = rows
    return found


def _first_fault(dice: Dice, row: Row, faults: Iterable[Fault]) -> str:
    return next((fault.name for fault in faults if dice.chance(fault.rate) and fault.soil(row)), "")
