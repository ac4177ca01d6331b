"""What an answer looks like: raw inside the kernel, protected everywhere else.

A `RawTable` never leaves `analysis`. A `ProtectedTable` is made by `analysis.door` alone and is what every screen,
file and page takes; a gap in it is None, and there is nothing behind the gap.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.questions import Question
from skillnad.lib.errors import SkillnadError

TOTAL = "*"
"""The level of a margin."""
MISSING_LEVEL = ""
"""The level of rows where the column is missing."""
YES, NO, UNKNOWN_OUTCOME = "yes", "no", "unknown"
"""The levels of a Share's outcome, beside MISSING_LEVEL: `of` holds, does not, nobody knows."""
ANY_VALUE = "+"
"""The level of all that have a value of a column, whichever: only where shares of people are taken along it."""


class LevelKind(StrEnum):
    VALUE = "value"
    UNKNOWN = "unknown"  # "vet ej": outside denominators
    MISSING = "missing"  # nothing recorded: outside denominators
    ANY = "any"  # any value: the denominator itself


@dataclass(frozen=True)
class Level:
    code: str
    label: str
    kind: LevelKind = LevelKind.VALUE


@dataclass(frozen=True)
class Axis:
    """One dimension of a table, levels in the codebook's order, missing last. `multiple`: levels overlap."""

    id: str
    label: str
    levels: tuple[Level, ...]
    multiple: bool = False
    sensitive: bool = False


class MeasureKind(StrEnum):
    COUNT = "count"
    SHARE = "share"  # 0–1
    DAYS = "days"
    AMOUNT = "amount"  # SEK
    POINTS = "points"  # a difference of shares, -1–1
    RATIO = "ratio"
    CHANCE = "chance"  # a p, 0–1
    PLACE = "place"  # in an order, the first is 1
    VERDICT = "verdict"  # the number of a `Verdict`
    PLACING = "placing"  # where a group is about the limits of a funnel: the number of a `Place`
    SIGNAL = "signal"  # 1 where a rule of a chart is broken


@dataclass(frozen=True)
class Measure:
    id: str
    label: str
    kind: MeasureKind


@dataclass(frozen=True)
class LeftOut:
    """What the question could not use, and why (a code with a sentence in reports): rows, or a `column` that it asks to
    be adjusted for, for the want of which no row is left out."""

    reason: str
    rows: int | None  # None is a gap
    column: str = ""


Key = tuple[str, ...]
"""Level codes in the order of the axes; TOTAL for a margin."""


@dataclass(frozen=True)
class RawTable:
    """Counted, not yet protected: stays inside `analysis`.

    `counts` has every inner cell and every margin, zeros included: a key for each combination of the axes' levels and
    TOTAL. `values` holds further measures by measure and key.

    | question | axes | counts | values |
    |---|---|---|---|
    | Count | `by` | rows, or clients (shares: as of a CrossTable by columns) | – |
    | CrossTable | rows, columns, `by` | rows, or clients (shares: `formulas.shares`) | – |
    | Share | outcome (YES, NO, UNKNOWN_OUTCOME, missing), `by` | rows, or clients; the share is yes / (yes + no) | – |
    | Duration | `by` | rows with both days | median, q1, q3, p90; open, km_… and within_… (`measures`) |
    | Change | change (`axes.ChangeKind`), `by` | clients, each once | – |
    | Sequence | path (`paths`) | rows | – |
    | Flow | month if monthly, flow, `by` | rows | – |
    | Sum | `by` | rows with a number | sum, clients, largest |

    A Duration has `open` and km_… where rows can be open, and for each limit of `within` the share, how many have ended
    within it, and how many open rows have been followed for less (`ended_…`, `open_…`). The counts by limit add up as
    the counts do; of no value is what cannot be told yet, as a share that nobody has been followed long enough for.

    Of a share of people each client has one outcome in each cell: yes where any of their rows there holds it, else no
    where any is known. Along an axis that a cross table takes shares of people of, ANY_VALUE is a level too: how many
    have a value, whichever.

    `clients` is how many stand behind a sum, and `largest` what the one who has most of it has, in the sum's own unit.

    What is additive. Over an axis that is not `multiple` the levels share out the rows: they add up to the TOTAL. Over
    one that is (a multi-select column; any axis where clients are counted) they overlap: no level is greater than the
    TOTAL, the number of distinct rows or clients, and the levels together are at least the TOTAL. `sum` adds up as the
    counts do; quantiles, `clients` and `largest` do not. The outcomes of a share of people share out each cell's
    clients, but who has none of it in one group may have it in another: of groups only those add up to no less who hold
    it, who are known, and all. A Flow's two own axes are `multiple`, and hold these relations
    at every combination of the other axes: ongoing_start + new = closed + ongoing_end = TOTAL of the flow axis;
    ongoing_end of a month = ongoing_start of the next; `new`, and `closed`, add up over months to the period's (month
    TOTAL); the first month's ongoing_start and the last one's ongoing_end are the period's.
    """

    question: Question
    axes: tuple[Axis, ...]
    counts: Mapping[Key, int]
    values: Mapping[str, Mapping[Key, float | None]]
    left_out: tuple[LeftOut, ...] = ()

    def __repr__(self) -> str:
        return f"RawTable({type(self.question).__name__}, {len(self.counts)} cells)"


@dataclass(frozen=True)
class Provenance:
    """Where a number comes from, so that it can be computed again."""

    snapshot: str
    as_of: date
    population: str
    ledger_key: str
    policy: str


class NotProtected(SkillnadError):
    """Someone tried to make a ProtectedTable without the door."""


_MINT = object()


class ProtectedTable:
    """A table that may be shown. Only `analysis.door` makes one.

    `cells[measure_id][key]` is a number, or None for a gap. Keys hold TOTAL for margins.
    """

    def __init__(
        self,
        *,
        mint: object,
        question: Asked,
        axes: tuple[Axis, ...],
        measures: tuple[Measure, ...],
        cells: Mapping[str, Mapping[Key, int | float | None]],
        left_out: tuple[LeftOut, ...],
        provenance: Provenance,
    ) -> None:
        if mint is not _MINT:
            raise NotProtected("A ProtectedTable comes from analysis.door and from nowhere else.")
        self.question = question
        self.axes = axes
        self.measures = measures
        self.cells = cells
        self.left_out = left_out
        self.provenance = provenance

    def __repr__(self) -> str:
        shape = " × ".join(str(len(axis.levels)) for axis in self.axes) or "one cell"
        return f"ProtectedTable({type(self.question).__name__}, {shape}, snapshot {self.provenance.snapshot[:12]})"

    def value(self, measure: str, *key: str) -> int | float | None:
        """One cell; levels that are not given are totals."""
        full = key + (TOTAL,) * (len(self.axes) - len(key))
        return self.cells[measure][full]

    @property
    def gaps(self) -> int:
        return sum(value is None for cells in self.cells.values() for value in cells.values())

    def _repr_html_(self) -> str:
        """How a notebook shows the table, in the words of the reports: the package's face knows them."""
        import skillnad

        shown: str = skillnad.notebook_html(self)
        return shown

    def as_data(self) -> dict[str, Any]:
        """The table as plain data, for JSON."""
        from skillnad.analysis.serialise import table_as_data

        return table_as_data(self)
