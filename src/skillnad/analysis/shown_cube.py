"""Many tables at once, each of them protected when it is looked at:

    tables = snapshot.cube().pairs(by="unit")
    tables["legal_sex", "origin"]  # the protected cross table, for every unit
    tables["legal_sex"]            # how many, for every unit
    for pair in tables: ...        # the pairs that there are

A table is what `ask` gives of the same question: it joins the snapshot's protected set when it is looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from skillnad.analysis.asking import ask
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.questions import Count, CrossTable, Selection
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Column, Population
from skillnad.lib.errors import UserError

Pair = tuple[str, str]


@dataclass(frozen=True)
class ShownPairs:
    """Every pair of `columns` by `by`, and each column alone. A table that has been looked at is kept."""

    snapshot: Snapshot = field(repr=False)
    population: Population
    by: str
    columns: tuple[str, ...]
    policy: Policy = field(default=DEFAULT, repr=False)
    _seen: dict[str | Pair, ProtectedTable] = field(default_factory=dict, repr=False, compare=False)

    def __getitem__(self, wanted: str | Pair) -> ProtectedTable:
        """Raises KeyError of another column, and UserError as `ask`."""
        for column in [wanted] if isinstance(wanted, str) else wanted:
            if column not in self.columns:
                raise KeyError(column)
        if wanted not in self._seen:
            self._seen[wanted] = ask(self.snapshot, self._question(wanted), self.policy)
        return self._seen[wanted]

    def __iter__(self) -> Iterator[Pair]:
        return combinations(self.columns, 2)

    def __len__(self) -> int:
        return len(self.columns) * (len(self.columns) - 1) // 2

    def _question(self, wanted: str | Pair) -> Count | CrossTable:
        selection, by = Selection(self.population), (self.by,) if self.by else ()
        if isinstance(wanted, str):
            return Count(selection, (*by, wanted))
        return CrossTable(*wanted, selection, by=by)


@dataclass(frozen=True)
class ShownCube:
    """One population of a snapshot."""

    snapshot: Snapshot = field(repr=False)
    population: Population

    @property
    def columns(self) -> tuple[str, ...]:
        """The coded columns but the unit, which tables are by."""
        columns = self.snapshot.table(self.population).columns.values()
        return tuple(c.id for c in columns if c.kind in (Column.CODE, Column.CODES) and c.id != "unit")

    def pairs(self, by: str = "", columns: Sequence[str] = (), *, policy: Policy = DEFAULT) -> ShownPairs:
        """Every pair of `columns` (all of them where none are named), by `unit`, another coded column, or nothing.

        Raises UserError ASK-001 where a column is none of the coded ones.
        """
        names = tuple(columns) or tuple(column for column in self.columns if column != by)
        for name in [*names, *([by] if by not in ("", "unit") else [])]:
            if name not in self.columns:
                raise not_coded(name, self.columns)
        return ShownPairs(self.snapshot, self.population, by, names, policy)


def not_coded(name: str, columns: Sequence[str]) -> UserError:
    """ASK-001, of what is asked for among `columns`."""
    there = ", ".join(columns)
    return UserError.of(
        "ASK-001",
        sv=f"Det finns ingen kodad kolumn ”{name[:40]}” att räkna par av. Kolumnerna är {there}.",
        en=f"There is no coded column '{name[:40]}' to count pairs of. The columns are {there}.",
    )
