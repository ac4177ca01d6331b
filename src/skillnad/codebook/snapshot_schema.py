"""The shape of a snapshot: a folder of Parquet files and a manifest that explains every column.

A snapshot is self-describing: a coded column holds small integers (0 is missing, i is the i-th of the column's
levels), and the manifest has each level's code and labels. A multi-select column is a list of such integers.
Dates are dates. Nothing in it names a person: keys are pseudonyms, birth dates are gone, ages are whole years at
the row's own event.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillnad.codebook.trees import NO_HISTORY, TreeHistory

MANIFEST = "manifest.json"
FORMAT = 1
MISSING = 0
"""The integer of a missing value in a coded column."""


class Column(StrEnum):
    """What a column of a snapshot holds."""

    KEY = "key"  # int64: a pseudonym
    CODE = "code"  # int16: the level's place, 0 is missing
    CODES = "codes"  # list of int16, sorted: several levels; an empty list is missing
    DATE = "date"  # date32, null where missing
    NUMBER = "number"  # int64 or float64, null where missing (age in years, amount in SEK)


class Population(StrEnum):
    """The tables that questions are asked of. Each row of one is one of what it names."""

    CLIENTS = "clients"
    CASES = "cases"
    INTERVENTIONS = "interventions"
    FOLLOW_UPS = "follow_ups"
    REVIEWS = "reviews"
    COSTS = "costs"
    ANSWERS = "answers"
    """One occasion of one instrument: what all who were asked then have answered. Only there where there are any."""


@dataclass(frozen=True)
class SnapshotLevel:
    """`first_day` and `last_day` are those of a unit (or a committee, a provider) that was not always there."""

    code: str
    sv: str
    en: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class SnapshotColumn:
    """`id` is the codebook's; columns beside it (unit, age_group, keys) have an id of their own. `order` holds the
    codes from best to worst where the values are a scale.

    Of an instrument's column: `not_asked` is the level of rows where it was no question, which are outside response
    rates too (it is one of `unknown`); `reference` is the column that says from when the answers count, where they do
    not all count from the same; `scored` is the rule, version and source that gave a score. `good` are the codes that
    are reported first, together, and `pair` is the column of another's judgement of the same."""

    id: str
    kind: Column
    sv: str
    en: str
    levels: tuple[SnapshotLevel, ...] = ()
    sensitive: bool = False
    unknown: frozenset[str] = frozenset()  # codes that mean "don't know"
    order: tuple[str, ...] = ()
    not_asked: str = ""
    reference: str = ""
    scored: str = ""
    good: tuple[str, ...] = ()
    pair: str = ""


@dataclass(frozen=True)
class SnapshotTable:
    population: Population
    rows: int
    sha256: str
    columns: Mapping[str, SnapshotColumn]


@dataclass(frozen=True)
class Manifest:
    """`id` is a hash of everything but the time of making: the same register gives the same id."""

    id: str
    as_of: date
    codebook_version: str
    codebook_digest: str
    municipality: str
    tables: Mapping[Population, SnapshotTable]
    not_used: tuple[str, ...]
    format: int = FORMAT
    instruments: tuple[tuple[str, str, str], ...] = ()
    """Those that answers were given on: id, version and digest."""
    tree: TreeHistory = NO_HISTORY
    """What the units have been through; nothing where none was ever reorganised."""


# Columns that every population has, beside the codebook's variables, as far down the chain as they make sense:
# client -> case -> intervention -> follow_up. A row of a lower table carries the columns of those above it.
KEYS = {
    Population.CLIENTS: ("client",),
    Population.CASES: ("client", "case"),
    Population.INTERVENTIONS: ("client", "case", "intervention"),
    Population.FOLLOW_UPS: ("client", "case", "intervention", "follow_up"),
    Population.REVIEWS: ("client", "case", "intervention"),
    Population.COSTS: ("client", "case", "intervention"),
    Population.ANSWERS: ("client", "case", "intervention", "follow_up", "answer"),
}
ORGANISATION = ("committee", "unit", "provider")
AT_START = "age_group_at_start"
"""The age band when the intervention that the row hangs on began, beside the one at the row's own event."""
DERIVED = ("age", "age_group", AT_START)
FIRST_FOLLOW_UP = "first_follow_up_date"
"""On an intervention, whose other columns of follow-ups are those of its latest."""
EVENT = {
    # the date of a row's own event: age is taken there, and a period without another event is about it
    Population.CLIENTS: "first_intake_date",
    Population.CASES: "intake_date",
    Population.INTERVENTIONS: "start_date",
    Population.FOLLOW_UPS: "follow_up_date",
    Population.REVIEWS: "review_date",  # the day it was due, else the day it was held
    Population.COSTS: "cost_from",
    Population.ANSWERS: "answer_date",
}
SPAN = {
    # what "ongoing in a period" means: first day and last day
    Population.CASES: ("intake_date", "closed_date"),
    Population.INTERVENTIONS: ("start_date", "end_date"),
}
