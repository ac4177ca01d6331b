"""A publication as its reader has it: the protected tables and how they were protected. No original is in it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from skillnad.analysis.disclosure.system import Name

TOTAL = "Total"
"""In a column that is summed over."""
EVEN = 1e-6
Coordinates = tuple[str, ...]
Row = tuple[Coordinates, int | None]


@dataclass(frozen=True)
class Layout:
    """How a CSV file is written, taken from the one it was made of: its column names in order, among them the count's,
    what stands between them, and whether it begins with a byte order mark."""

    header: tuple[str, ...]
    count: str
    separator: str = ","
    mark: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All but the count's."""
        return tuple(column for column in self.header if column != self.count)


@dataclass(frozen=True)
class ReleasedTable:
    """`rows`: all cells and margins, each with a value for every one of `columns` (`Total` where it is summed over) and
    its count, or None for a gap. A row's count is the sum of the inner rows that agree with all that is not `Total`."""

    name: str
    layout: Layout
    rows: tuple[Row, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return self.layout.columns

    @property
    def gaps(self) -> int:
        return sum(count is None for _, count in self.rows)


@dataclass(frozen=True)
class ProtectedRelease:
    """Tables of the same people, protected together.

    `groupings`: pairs (child column, parent column). `policy` is the policy's id and `rules` its fields as plain data;
    `attacker` its reader ("A0", "A1", "A2"). `primary` and `secondary`: gaps, each set of people once. `cost` is
    in times the `bound`, which is 1, or 0 where none is known (`relative`); `proven`: none can be cheaper. `seconds`:
    what it took. `unmet`: cells that are not safe, none in what is
    published. `against`: the ids of earlier releases that were taken into account.
    """

    tables: tuple[ReleasedTable, ...]
    groupings: tuple[tuple[str, str], ...]
    policy: str
    rules: Mapping[str, Any]
    attacker: str
    primary: int
    secondary: int
    cost: float
    bound: float
    proven: bool = False
    seconds: float = 0.0
    unmet: tuple[Name, ...] = ()
    withheld: bool = False
    against: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Of what is shown and hidden in its tables."""
        told = repr([(table.name, table.columns, table.rows) for table in self.tables])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"ProtectedRelease({', '.join(table.name for table in self.tables)}, {self.policy})"


def relative(cost: float, bound: float) -> tuple[float, float]:
    """A cost and its bound as a release has them: the cost in times the bound, up to a whole hundredth, and 1; or 1 and
    0 where no bound is known. A cost is the sum of log2(2 + value) over the hidden values, and with few of them it can
    be reckoned back to each."""
    if cost <= bound:
        return 1.0, 1.0
    return (ceil(100 * cost / bound - EVEN) / 100, 1.0) if bound > 0 else (1.0, 0.0)
