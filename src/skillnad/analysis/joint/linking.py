"""What a reader of several tables knows beside what each says: which groups add up to which, and which lie in which.

Groups that differ in one feature alone lie on a line, and what follows follows along lines (`joint.lines`). A line that
is just as it was when it was linked before is not linked again.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.aliases import aliases, sums_of_values
from skillnad.analysis.joint.groups import PEOPLE, Group, Whole
from skillnad.analysis.joint.lines import NEAR as NEAR
from skillnad.analysis.joint.lines import Counted as Counted
from skillnad.analysis.joint.lines import Known, Line

LineKey = tuple[Name, str]
"""What a line's groups have in common, and the feature that they differ in."""


@dataclass(frozen=True)
class Linked:
    """What was found of a line, and all that it was found from. `tables` are empty where they do not matter."""

    counts: Mapping[Name, float]
    tables: Mapping[Name, frozenset[str]]
    cells: Mapping[Name, Cell]
    relations: tuple[Relation, ...]


Memory = dict[LineKey, Linked]
"""The lines of one snapshot as they were last linked."""


@dataclass
class Links:
    """`groups` and `values` by the canonical names of what is shown or hidden; `tables` says in which tables each
    stands. `cells` and `relations` are what the tables do not have themselves; `new` are those of the relations that
    are not of the `memory`."""

    groups: Mapping[Name, Group]
    values: Mapping[Name, float]
    tables: Mapping[Name, frozenset[str]]
    whole: Whole
    counted: Counted
    memory: Memory = field(default_factory=dict, repr=False)
    zeros_known: bool = True
    cells: dict[Name, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    new: list[Relation] = field(default_factory=list)

    def find(self) -> None:
        """Raises Disagreeing where a group is not what it is called."""
        if self.zeros_known:
            self._other_names()
        self._more(sums_of_values(self.groups, self.values))
        for key, names in self._lines().items():
            self._take(self._remembered(key, names))
        self._people_and_rows()

    def _other_names(self) -> None:
        """Groups by another name that is theirs too are on lines of that name."""
        found = aliases(self.groups, self.values, self.whole)
        same: list[Relation] = [((name, 1.0), (group.name, -1.0)) for name, group in found.items()]
        self._more({group.name: (group, self.values[name]) for name, group in found.items()})
        self.relations += same
        self.new += same

    def _more(self, told: Mapping[Name, tuple[Group, float]]) -> None:
        """Groups that are in no table, with their numbers."""
        more = {name: one for name, one in told.items() if name not in self.groups}
        self.groups = {**self.groups, **{name: group for name, (group, _) in more.items()}}
        self.values = {**self.values, **{name: value for name, (_, value) in more.items()}}
        self.tables = {**self.tables, **dict.fromkeys(more, frozenset[str]())}
        self.cells |= {name: Cell(name, value, latent=True) for name, (_, value) in more.items()}

    @cached_property
    def known(self) -> Known:
        return Known(self.values, self.tables, self.whole, self.counted, self.zeros_known)

    def _lines(self) -> dict[LineKey, list[Name]]:
        """Groups that differ in one feature alone."""
        found: dict[LineKey, list[Name]] = defaultdict(list)
        for name, group in self.groups.items():
            for key in group.lines:
                found[key].append(name)
        for (rest, _), names in found.items():
            if rest in self.groups:
                names.append(rest)
        return {key: names for key, names in found.items() if len(names) > 1 and not self._of_one_table(names)}

    def _of_one_table(self, names: Sequence[Name]) -> bool:
        """The table itself says how they add up."""
        return bool(frozenset.intersection(*(self.tables[name] for name in names)))

    def _remembered(self, key: LineKey, names: Sequence[Name]) -> Linked:
        counts = {name: self.values[name] for name in names}
        held = self.memory.get(key)
        if held and held.counts == counts and all(self.tables[name] == told for name, told in held.tables.items()):
            return held
        line = self._line(key[1], names)
        line.link()
        self.new += line.relations
        tables = {} if line.adds_up else {name: self.tables[name] for name in names}
        self.memory[key] = Linked(counts, tables, line.cells, tuple(line.relations))
        return self.memory[key]

    def _line(self, feature: str, names: Sequence[Name]) -> Line:
        """By their values of the feature; None is whatever it is."""
        values = {self.groups[name].values(feature): name for name in names}
        return Line(self.groups[names[0]].without(feature), feature, values, self.known)

    def _take(self, found: Linked | Line) -> None:
        self.cells |= found.cells
        self.relations += found.relations

    def _people_and_rows(self) -> None:
        """There are no more people than rows that are theirs."""
        found = Line(Group(PEOPLE), "", {}, self.known)
        for name, group in self.groups.items():
            if group.people:
                rows = (group.of.removeprefix(PEOPLE), *name[1:])
                if rows in self.groups and rows in self.values:
                    found.no_more(name, rows, slack=True)
        self.new += found.relations
        self._take(found)
