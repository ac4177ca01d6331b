"""What is asked: frozen, validated data. A question can be saved, named, put in a set and asked of another snapshot.

A question names columns of a snapshot (a codebook variable, `unit`, `committee`, `provider`, `age_group`, or
`month:intake_date`, `year:start_date` for the calendar of a date). It knows nothing of how it is counted.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

ONGOING = "ongoing"
"""The event of a selection that takes every row whose span touches the period."""


@dataclass(frozen=True)
class Where:
    """Rows whose `column` holds any of `codes`; for a multi-select column, one of them is enough."""

    column: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Selection:
    """Which rows are asked about.

    `event` is the date column that must fall in `period`, or ONGOING; empty means the population's own event.
    Rows whose event date is missing are left out and counted as such. `people` counts distinct clients.
    """

    population: Population = Population.INTERVENTIONS
    period: Period | None = None
    event: str = ""
    where: tuple[Where, ...] = ()
    people: bool = False


@dataclass(frozen=True)
class Count:
    """How many, by nothing or by up to four columns, with all margins. With `shares` also each value's share of those
    known on the first column, within each level of the others."""

    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()
    shares: bool = False


class Percent(StrEnum):
    """Which margin a share of a cross table is taken of."""

    ROWS = "rows"
    COLUMNS = "columns"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True)
class CrossTable:
    """Two columns against each other, with margins; shares leave the missing and "don't know" out of the denominator
    and show them beside it. With a multi-select column, shares of rows may add up to more than 100 %. `outside` are
    codes of `rows` that stand outside denominators with them; their rows are in the table all the same. `by` gives the
    same table for each level of up to two further columns, with shares taken within it."""

    rows: str
    columns: str
    selection: Selection = field(default_factory=Selection)
    percent: Percent = Percent.NONE
    outside: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Share:
    """The share of rows where `of` holds, among those where its column is known, by columns. `outside` are more codes
    of its column that stand outside the denominator, counted with what nobody knows."""

    of: Where
    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Duration:
    """Days from one date column to another: median, quartiles, 90th percentile, among rows where both are known.

    Rows that lack `end` are open and counted beside it; rows where `end` is before `start` are left out, and counted.
    Same day is 0 days. Quantiles interpolate linearly (type 7 of Hyndman and Fan 1996).

    The open have lasted until the snapshot's day at least. With them counted so, the same quantiles stand beside by
    Kaplan and Meier (`formulas.survival`), unless the rows are chosen by `end`: then none is open. `within` are limits
    in days: the share that has ended after at most so many, counted in the same way.

    Rows that are ONGOING some day in the period had to last until it: they are followed from the days that they had
    lasted when it began (left truncation; `selection.late_entries`). Rows chosen by a date between `start` and `end`
    are each there once, whatever they last: they are followed from the first day, and tell of those that reached it.
    """

    start: str
    end: str
    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()
    within: tuple[int, ...] = ()


@dataclass(frozen=True)
class Flow:
    """New, ongoing and closed in a period: ongoing at its start, new in it, closed in it, ongoing at its end.

    ongoing at start + new - closed = ongoing at end. `monthly` gives the same for each month of the period.
    A row without a first day is left out, and counted.
    """

    period: Period
    population: Population = Population.INTERVENTIONS
    where: tuple[Where, ...] = ()
    by: tuple[str, ...] = ()
    monthly: bool = False


@dataclass(frozen=True)
class Change:
    """How a person's value of a scale has changed from a first occasion to a last: people, each counted once.

    An occasion is a row of the selection, on its event's day. Without `between` a follow-up is compared with the first
    one of the same intervention; of several interventions the one that was last followed up counts. In other
    populations it is the person's first and last row. With `between`, two days, it is the person's latest row up to and
    including each. Columns of `by` are those of the last occasion. Who has no two occasions is left out, and counted.
    """

    of: str
    selection: Selection = field(default_factory=lambda: Selection(Population.FOLLOW_UPS))
    by: tuple[str, ...] = ()
    between: tuple[date, date] | None = None


@dataclass(frozen=True)
class Sequence:
    """The ways that rows take through two to four columns, as from intake reason to problem to intervention to closing:
    how many rows are on each of the `top` most common paths, and on all the others together.

    A path has a name only where at least `least` rows are on it. A row with several values on a step is on several
    paths. Every value counts, what is missing too: it is a step that nobody recorded.
    """

    steps: tuple[str, ...]
    selection: Selection = field(default_factory=Selection)
    top: int = 20
    least: int = 5


@dataclass(frozen=True)
class Sum:
    """The sum of a number column (costs in SEK), with how many rows and clients stand behind it."""

    of: str
    selection: Selection = field(default_factory=Selection)
    by: tuple[str, ...] = ()


Question = Count | CrossTable | Share | Duration | Flow | Change | Sequence | Sum
