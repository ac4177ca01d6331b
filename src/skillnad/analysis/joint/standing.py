"""What has been answered of a snapshot: which groups were shown, and which were hidden. Nothing of it is a count.

The gaps of an answer are kept beside it as plain data, with the questions that were counted for it, so that the tables
can be counted again when a later question is protected against them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.disclosure.protect import Pattern
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.asked_words import asked_words
from skillnad.analysis.joint.earlier import Earlier, counts_of
from skillnad.analysis.joint.ledger import Heard, Ledger
from skillnad.analysis.joint.linking import Memory
from skillnad.analysis.joint.named import NamedTable
from skillnad.analysis.joint.releases import Release
from skillnad.analysis.question_data import question_as_data, question_from_data
from skillnad.analysis.questions import Question

Patterns = Mapping[str, Pattern]
"""By what is counted in a table."""


@dataclass(frozen=True)
class Gaps:
    """One table that was counted for an answer, and its gaps by what is counted in it, in the table's own names."""

    question: Question
    patterns: Patterns

    @property
    def withheld(self) -> bool:
        return any(pattern.withheld for pattern in self.patterns.values())

    def as_data(self) -> dict[str, Any]:
        hidden = {kind: sorted(map(list, pattern.hidden)) for kind, pattern in self.patterns.items()}
        return {"question": question_as_data(self.question), "withheld": self.withheld, "hidden": hidden}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Gaps":
        """Raises KeyError, TypeError or ValueError of data that is none."""
        question: Any = question_from_data(data["question"])
        withheld = bool(data["withheld"])
        patterns = {
            kind: Pattern(frozenset(tuple(name) for name in names), 0, withheld=withheld)
            for kind, names in data["hidden"].items()
        }
        return cls(question, patterns)


@dataclass
class Standing:
    """The answers so far, each by its key. What was withheld has told nothing, and is not here."""

    tables: dict[str, NamedTable] = field(default_factory=dict)
    asked: dict[str, Asked] = field(default_factory=dict)
    hidden: set[Name] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    """All that has been looked at, with what was withheld."""
    safe: set[bytes] = field(default_factory=set)
    """What has been audited before."""
    memory: Memory = field(default_factory=dict, repr=False)
    """What was linked before."""
    ledger: Ledger | None = None
    """Of releases, of this and of other snapshots."""
    earlier: Earlier = field(default_factory=Earlier)
    """What was published of other snapshots."""

    def add(self, key: str, asked: Asked, table: NamedTable, patterns: Patterns) -> None:
        self.keys.add(key)
        if any(pattern.withheld for pattern in patterns.values()):
            return
        self.tables[key], self.asked[key] = table, asked
        for kind, part in table.parts.items():
            self.hidden |= {part.names[name] for name in patterns[kind].hidden}

    def release(self, release: Release) -> None:
        """Writes what a table shows and hides in the ledger, where there is one. Nothing of what was withheld."""
        table = self.tables.get(release.key)
        if not self.ledger or table is None:
            return
        counts = counts_of([table])
        hidden = {name: count for name, count in counts.items() if name in self.hidden}
        self.ledger.record(release, {name: counts[name] for name in counts.keys() - hidden.keys()}, hidden)

    def heard(self, names: Iterable[Name]) -> dict[Name, list[Heard]]:
        """What releases of other snapshots have said of the groups."""
        return self.ledger.heard(names, self.earlier.releases) if self.ledger and self.earlier.releases else {}

    def words(self, key: str) -> tuple[str, str] | None:
        """What was asked for a table that stands, in Swedish and English; of another snapshot with its day."""
        if key in self.asked:
            return asked_words(self.asked[key])
        release = self.earlier.releases.get(key)
        if release is None:
            return None
        sv, en = asked_words(release.asked)
        return f"{sv}; ur ögonblicksbilden per {release.as_of}", f"{en}; of the snapshot as of {release.as_of}"

    def near_earlier(self, tables: Iterable[NamedTable]) -> dict[str, NamedTable]:
        """The same of other snapshots, counted on this one."""
        return self.earlier.near({table.columns.table.population for table in tables}) if self.ledger else {}

    def near(self, tables: Iterable[NamedTable]) -> dict[str, NamedTable]:
        """The tables of the same populations: nothing else is linked to these."""
        of = {table.columns.table.population for table in tables}
        return {key: table for key, table in self.tables.items() if table.columns.table.population in of}

    def shown(self, tables: Iterable[NamedTable]) -> set[Name]:
        """The groups of the tables that were not hidden."""
        return {name for table in tables for part in table.parts.values() for name in part.groups} - self.hidden


def data_of(gaps: Iterable[Gaps]) -> list[dict[str, Any]]:
    return [each.as_data() for each in gaps]


def gaps_of(data: Any) -> Iterator[Gaps]:
    """Raises KeyError, TypeError or ValueError of data that is none."""
    for each in data:
        yield Gaps.from_data(each)
