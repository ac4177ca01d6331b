"""What was published, as its reader has it: rows of a table, each about the people that its coordinates name."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.attack.rounded import Rounded

TOTAL = "Total"
"""In a column that is summed over."""
Place = tuple[tuple[str, str], ...]
"""Columns with their values, but for those that are summed over."""


@dataclass(frozen=True)
class Statement:
    """What one row says of `people`: a count, or None; and a share of the people `of`. `gap`: a count stood here and is
    hidden; `small`: what it is marked as, where the table tells small numbers from what protects them. Where there is
    neither a count nor a gap, nothing was said of how many they are."""

    people: Place
    count: int | None
    gap: bool
    small: bool | None = None
    share: Rounded | None = None
    of: Place = ()
    table: str = ""


@dataclass(frozen=True)
class Publication:
    """One table. `groupings`: pairs (child column, parent column). `groups`: codes that stand for several of a column's
    own (a combined category), by column. `zeros_printed`: an empty cell is always shown as 0, so a gap is at least 1.
    `threshold`: of what is small, where the publication says so. `complete`: every value of every column has rows."""

    name: str
    columns: tuple[str, ...]
    statements: tuple[Statement, ...]
    groupings: tuple[tuple[str, str], ...] = ()
    groups: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    zeros_printed: bool = True
    threshold: int = 0
    complete: bool = False
