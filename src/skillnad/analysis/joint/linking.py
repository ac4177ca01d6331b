"""What a reader of several tables knows beside what each says: which groups add up to which, and which lie in which.

Groups that differ in one feature alone lie on a line, and what follows follows along lines (`joint.lines`). A line that
is just as it was when it was linked before is not linked again.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.groups import PEOPLE, Group, Whole
from skillnad.analysis.joint.lines import NEAR as NEAR
from skillnad.analysis.joint.lines import Counted as Counted
from skillnad.analysis.joint.lines import Known, Line
from skillnad.analysis.joint.sets import Values

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
    cells: dict[Name, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    new: list[Relation] = field(default_factory=list)

    def find(self) -> None:
        """Raises Disagreeing where a group is not what it is called."""
        for key, line in self._lines().items():
            self._take(self._remembered(key, line))
        self._people_and_rows()

    @cached_property
    def known(self) -> Known:
        return Known(self.values, self.tables, self.whole, self.counted)

    def _lines(self) -> dict[LineKey, dict[Values | None, Name]]:
        """Groups that differ in one feature, by its values; None is whatever it is."""
        found: dict[LineKey, dict[Values | None, Name]] = defaultdict(dict)
        for name, group in self.groups.items():
            for key, values in group.lines:
                found[key][values] = name
        for (rest, _), line in found.items():
            if rest in self.groups:
                line[None] = rest
        return {key: line for key, line in found.items() if len(line) > 1 and not self._of_one_table(line)}

    def _of_one_table(self, line: Mapping[Values | None, Name]) -> bool:
        """The table itself says how they add up."""
        return bool(frozenset.intersection(*(self.tables[name] for name in line.values())))

    def _remembered(self, key: LineKey, names: Mapping[Values | None, Name]) -> Linked:
        counts = {name: self.values[name] for name in names.values()}
        held = self.memory.get(key)
        if held and held.counts == counts and all(self.tables[name] == told for name, told in held.tables.items()):
            return held
        line = Line(self.groups[next(iter(counts))].without(key[1]), key[1], names, self.known)
        line.link()
        self.new += line.relations
        tables = {} if line.adds_up else {name: self.tables[name] for name in counts}
        self.memory[key] = Linked(counts, tables, line.cells, tuple(line.relations))
        return self.memory[key]

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
