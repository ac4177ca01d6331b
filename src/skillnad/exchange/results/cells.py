"""A protected table cell by cell: what every file of numbers has a row of, and where its numbers come from."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from enum import StrEnum
from itertools import count, product

from skillnad.analysis.headline import headline
from skillnad.analysis.results import TOTAL, Axis, Key, LeftOut, LevelKind, ProtectedTable
from skillnad.analysis.serialise import GAP, GAP_NOTE

TOTAL_LABEL, MISSING_LABEL = "Alla", "Uppgift saknas"
TOTAL_KIND = "total"
"""Beside the kinds of a level: the row is a margin."""
REPRODUCE = ("snapshot", "as_of", "population", "policy", "ledger_key")
"""What finds the same answer again, in the order that files tell it."""


class Status(StrEnum):
    """What stands in a cell of one measure. A gap has nothing behind it, in any file."""

    SHOWN = "shown"
    GAP = "gap"
    NONE = "none"  # the number would have no meaning: a share of those who are outside the denominator


def keys_of(table: ProtectedTable) -> Iterator[Key]:
    """The table's cells in the order of its axes, margins last. A cell that no measure has is left out."""
    for key in product(*((*(level.code for level in axis.levels), TOTAL) for axis in table.axes)):
        if any(key in cells for cells in table.cells.values()):
            yield key


def status_of(table: ProtectedTable, measure: str, key: Key) -> Status:
    cells = table.cells[measure]
    if key not in cells:
        return Status.NONE
    return Status.GAP if cells[key] is None else Status.SHOWN


def are_means(values: Iterable[int | float | None]) -> bool:
    """Is any of them no whole number?"""
    return any(value is not None and not float(value).is_integer() for value in values)


def label_of(axis: Axis, code: str) -> str:
    """A level in words; one without words is its code."""
    if code == TOTAL:
        return TOTAL_LABEL
    level = next(level for level in axis.levels if level.code == code)
    return level.label or (MISSING_LABEL if level.kind is LevelKind.MISSING else code)


def kind_of(axis: Axis, code: str) -> str:
    """`value`, `unknown`, `missing` or `total`."""
    return TOTAL_KIND if code == TOTAL else next(level.kind.value for level in axis.levels if level.code == code)


def unique(names: list[str]) -> list[str]:
    """The names in order, a number after each that is taken: a municipality may call a variable `count`."""
    given: list[str] = []
    for name in names:
        taken = {one.lower() for one in given}
        given.append(next(free for free in _numbered(name) if free.lower() not in taken))
    return given


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}_{number}" for number in count(2))


def provenance_of(table: ProtectedTable) -> dict[str, str]:
    """Title, source, the rows that were left out by reason, and the meaning of a gap, as plain text."""
    told = {name: str(value) for name, value in asdict(table.provenance).items()}
    ids = {name: told[name] for name in REPRODUCE}
    return {"title": headline(table), **ids, "left_out": _left_out(table), "gap": GAP_NOTE}


def _left_out(table: ProtectedTable) -> str:
    """ "open 12, no_first_day .., unused_background age_group": codes, which the manual explains; none where every
    row is counted, and every column is used."""
    told = (left for left in table.left_out if left.rows != 0 or left.column)
    return ", ".join(f"{left.reason} {_how_many(left)}" for left in told) or "none"


def _how_many(left: LeftOut) -> str:
    """How many rows, or which column."""
    return left.column or (GAP if left.rows is None else str(left.rows))
