"""What a reader knows of a snapshot that something was published of before: its numbers then, how they added up, and by
how many each has changed.

A group of an earlier snapshot is a cell of its own. Where its number is the same now, the two are one cell; where it is
another, the difference is a cell too, which no table shows and which the reader gets by subtracting. Where no number is
less than it was, the reader is taken to know that nobody was taken away: no group grew by fewer than a part of it did.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.ledger import Counts, Heard
from skillnad.analysis.joint.linking import NEAR
from skillnad.analysis.joint.named import NamedTable
from skillnad.analysis.joint.releases import Release


@dataclass(frozen=True)
class Copies:
    """`shown` and `hidden` are the names of cells."""

    cells: tuple[Cell, ...] = ()
    relations: tuple[Relation, ...] = ()
    shown: frozenset[Name] = frozenset()
    hidden: frozenset[Name] = frozenset()

    def __repr__(self) -> str:
        return f"Copies({len(self.cells)} cells)"


@dataclass
class _Copy:
    """The copy of one snapshot; `numbers` by the group's name: how many, and whether that was shown."""

    called: str
    numbers: dict[Name, tuple[float, bool]] = field(default_factory=dict)

    def name(self, group: Name) -> Name:
        return ("earlier", self.called, *group)

    def cells(self) -> Iterator[Cell]:
        return (Cell(self.name(group), number) for group, (number, _) in self.numbers.items())

    def names(self, *, shown: bool) -> Iterator[Name]:
        return (self.name(group) for group, (_, open_) in self.numbers.items() if open_ is shown)

    def sums(self, tables: Iterable[NamedTable]) -> Iterator[Relation]:
        """Those of the tables that hold of the numbers as they were."""
        for table in tables:
            for part in table.parts.values():
                for relation in part.relations():
                    if relation and self._holds(relation):
                        yield tuple((self.name(name), by) for name, by in relation)

    def _holds(self, relation: Relation) -> bool:
        told = all(name in self.numbers for name, _ in relation)
        return told and abs(sum(self.numbers[name][0] * by for name, by in relation)) < NEAR

    def changes(self, now: Counts, policy: Policy) -> Iterator[tuple[Cell | None, Relation]]:
        by = {name: now[name] - number for name, (number, _) in self.numbers.items() if name in now}
        grown = all(change >= 0 for change in by.values())
        for name, change in by.items():
            both = (name, 1.0), (self.name(name), -1.0)
            if not change:
                yield None, both
            elif grown or abs(change) < policy.threshold:
                changed = ("changed", self.called, *name)
                cell = Cell(changed, abs(change), latent=True, slack=not policy.small(abs(change)))
                yield cell, (*both, (changed, -1.0 if change > 0 else 1.0))


def copies(
    tables: Mapping[str, NamedTable],
    releases: Mapping[str, Release],
    heard: Mapping[Name, Sequence[Heard]],
    now: Counts,
    policy: Policy,
) -> Copies:
    """`tables` are those of the releases, counted as the groups are `now`."""
    made: dict[str, _Copy] = {}
    for name, told in heard.items():
        for one in told:
            copy = made.setdefault(releases[one.release].snapshot, _Copy(releases[one.release].snapshot))
            copy.numbers[name] = one.number, one.shown or copy.numbers.get(name, (0.0, False))[1]
    all_of = list(made.values())
    changes = [change for copy in all_of for change in copy.changes(now, policy)]
    return Copies(
        (*(cell for copy in all_of for cell in copy.cells()), *(cell for cell, _ in changes if cell)),
        (*(told for copy in all_of for told in copy.sums(tables.values())), *(relation for _, relation in changes)),
        _names(all_of, shown=True),
        _names(all_of, shown=False),
    )


def _names(all_of: Collection[_Copy], *, shown: bool) -> frozenset[Name]:
    return frozenset(name for copy in all_of for name in copy.names(shown=shown))
