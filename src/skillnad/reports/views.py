"""A table as a reader sees it: captions, headings and cells in order, before it becomes HTML, PDF or a workbook.

Every cell holds a number that the protected table shows, or None for a gap; a blank cell is one where a number would
have no meaning (the share of the missing).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from skillnad.analysis.results import MeasureKind


class Role(StrEnum):
    VALUE = "value"
    TOTAL = "total"
    BESIDE = "beside"  # unknown and missing: outside the shares, shown beside them


@dataclass(frozen=True)
class Cell:
    """`share`, or the interval's `ends`, stand in brackets after the value, where both fit in one cell. With `to` the
    value is the lower end of two. A `difference` has its sign."""

    value: int | float | None
    kind: MeasureKind = MeasureKind.COUNT
    blank: bool = False
    share: float | None = None
    ends: tuple[float, float] | None = None
    to: float | None = None
    difference: bool = False


BLANK = Cell(None, blank=True)


@dataclass(frozen=True)
class Heading:
    """A column's heading; `over` spans the neighbours that have the same."""

    label: str
    over: str = ""


@dataclass(frozen=True)
class Row:
    """`link` is the id of the question that tells more of it."""

    label: str
    cells: tuple[Cell, ...]
    role: Role = Role.VALUE
    link: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a heading of their own; one group without a label is an ordinary table."""

    rows: tuple[Row, ...]
    label: str = ""


@dataclass(frozen=True)
class View:
    """`full` holds the whole table where this one shows a part of it, or packs two numbers in a cell; `note` says
    so. In a `course` the rows are points of time. With `shaded` each cell's ground is darker for a larger share.
    """

    caption: str
    stub: str
    headings: tuple[Heading, ...]
    groups: tuple[Group, ...]
    note: str = ""
    full: tuple["View", ...] = ()
    course: bool = False
    shaded: bool = False

    @property
    def rows(self) -> Iterator[Row]:
        return (row for group in self.groups for row in group.rows)

    @property
    def wide(self) -> bool:
        """Too wide for a standing A4 page."""
        longest = max((len(heading.label) for heading in self.headings), default=0)
        return len(self.headings) > 10 or (len(self.headings) > 7 and longest > 20)

    @property
    def has_gaps(self) -> bool:
        return any(cell.value is None and not cell.blank for row in self.rows for cell in row.cells)

    @property
    def spans(self) -> tuple[tuple[str, int], ...]:
        """The upper row of headings: label and how many columns it spans; empty where there is none."""
        if not any(heading.over for heading in self.headings):
            return ()
        spans: list[tuple[str, int]] = []
        for heading in self.headings:
            if spans and spans[-1][0] == heading.over:
                spans[-1] = (heading.over, spans[-1][1] + 1)
            else:
                spans.append((heading.over, 1))
        return tuple(spans)
