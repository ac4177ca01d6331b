"""What a reader of several tables knows beside what each says: which groups add up to which, and which lie in which.

Groups that differ in one feature alone lie on a line. Where a row has one value of the feature, the values of the
line's groups cut each other into pieces, and each group is the sum of its pieces; a piece that no table shows is a
latent cell. Where it can have several, or where people are counted, a group is no more than one that it lies in, and
no more than the sum of groups that cover it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.sets import Among, Holding, Values, atoms, union

Whole = Callable[[Group, str], Among | None]
"""All that a feature can be, of a group's rows."""
Counted = Callable[[Group], float | None]
"""How many are in a group that no table shows; None where that cannot be counted."""
NEAR = 1e-6
Term = tuple[Name, float]


@dataclass
class Links:
    """`groups` and `values` by the canonical names of what is shown or hidden; `shared` says in which tables each
    stands. `cells` and `relations` are what the tables do not have themselves."""

    groups: Mapping[Name, Group]
    values: Mapping[Name, float]
    tables: Mapping[Name, frozenset[str]]
    whole: Whole
    counted: Counted
    cells: dict[Name, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    def find(self, touching: frozenset[Name] | None = None) -> None:
        """All links; or those of lines that hold one of the names."""
        for (rest, feature), line in self._lines().items():
            if touching is None or not touching.isdisjoint(line.values()):
                self._link(rest, feature, line)
        self._people_and_rows()

    def _lines(self) -> dict[tuple[Name, str], dict[Values | None, Name]]:
        """Groups that differ in one feature, by its values; None is whatever it is."""
        found: dict[tuple[Name, str], dict[Values | None, Name]] = defaultdict(dict)
        for name, group in self.groups.items():
            for place, (feature, values) in enumerate(group.where, start=1):
                found[(*name[:place], *name[place + 1 :]), feature][values] = name
        for (rest, _), line in found.items():
            if rest in self.groups:
                line[None] = rest
        return {key: line for key, line in found.items() if len(line) > 1 and not self._of_one_table(line)}

    def _of_one_table(self, line: Mapping[Values | None, Name]) -> bool:
        """The table itself says how they add up."""
        return bool(frozenset.intersection(*(self.tables[name] for name in line.values())))

    def _link(self, rest: Name, feature: str, line: Mapping[Values | None, Name]) -> None:
        example = self.groups[next(iter(line.values()))].without(feature)
        sets = {values: name for values, name in line.items() if isinstance(values, Among)}
        whole = self.whole(example, feature)
        if not example.people and (sets or whole) and not any(isinstance(values, Holding) for values in line):
            if None in line and whole is not None:
                sets[whole] = line[None]
            self._pieces(example, feature, sets)
        else:
            self._nested(line)

    def _pieces(self, rest: Group, feature: str, line: dict[Among, Name]) -> None:
        """Each group is the sum of the pieces that its values are made of."""
        made = _Pieces(rest, feature, line, self)
        while not made.solved():
            del line[max(line, key=lambda values: (self.values[line[values]], str(values)))]
            made = _Pieces(rest, feature, line, self)
        self.relations += made.relations()
        self.cells |= made.latents()

    def _nested(self, line: Mapping[Values | None, Name]) -> None:
        for values, name in line.items():
            inside = [other for other in line if other != values and _inside(other, values)]
            for other in inside:
                between = any(_inside(other, middle) for middle in inside if middle != other)
                if not between and self.tables[name].isdisjoint(self.tables[line[other]]):
                    self._no_more(line[other], name)
            self._covered(values, line)

    def _no_more(self, less: Name, more: Name, *, slack: bool = False) -> None:
        """The one is no more than the other; what is between them is a group too, unless it is only a slack."""
        rest: Name = ("rest of", *more, "without", *less)
        self._relate([(less, 1.0), (more, -1.0)], (rest, 1.0), self.values[more] - self.values[less], slack)

    def _covered(self, values: Values | None, line: Mapping[Values | None, Name]) -> None:
        """A group is no more than those that cover it, together."""
        parts = _cover(values, line)
        if parts:
            names = [line[part] for part in parts]
            over = sum(self.values[name] for name in names) - self.values[line[values]]
            terms = [*((name, 1.0) for name in names), (line[values], -1.0)]
            rest: Name = ("twice in", *line[values], "by", *(part for name in names for part in name))
            self._relate(terms, (rest, -1.0), over, slack=True)

    def _relate(self, terms: list[Term], latent: Term, value: float, slack: bool) -> None:
        """The terms and the latent add up to nothing. A latent of nobody is taken to be known for that."""
        if abs(value) < NEAR:
            self.relations.append(tuple(terms))
        else:
            self.cells[latent[0]] = Cell(latent[0], value, latent=True, slack=slack)
            self.relations.append((*terms, latent))

    def _people_and_rows(self) -> None:
        """There are no more people than rows that are theirs."""
        for name, group in self.groups.items():
            rows = (group.of.removeprefix(PEOPLE), *name[1:])
            if group.people and rows in self.groups and rows in self.values:
                self._no_more(name, rows, slack=True)


class _Pieces:
    """The pieces of one line, and how many each holds."""

    def __init__(self, rest: Group, feature: str, line: Mapping[Among, Name], links: Links) -> None:
        self.line, self.links = line, links
        self.sums: dict[Among, list[Name]] = {values: [] for values in line}
        self.values: dict[Name, float] = {}
        self.made: dict[Name, Group] = {}
        for piece, of in atoms(list(line)):
            name = line.get(piece)
            if name is None:
                group = rest.having((feature, piece))
                name = group.name
                self.made[name] = group
            for values in of:
                self.sums[values].append(name)
        self.values = {name: links.values[name] for name in line.values()}
        self._work_out()

    def _work_out(self) -> None:
        open_ones = {name for name in self.made if name not in self.values}
        while open_ones:
            before = len(open_ones)
            for values, names in self.sums.items():
                left = [name for name in names if name in open_ones]
                if len(left) == 1:
                    known = sum(self.values[name] for name in names if name != left[0])
                    self.values[left[0]] = self.links.values[self.line[values]] - known
                    open_ones.remove(left[0])
            if len(open_ones) == before and not self._count(open_ones):
                return

    def _count(self, open_ones: set[Name]) -> bool:
        name = min(open_ones)
        value = self.links.counted(self.made[name])
        if value is not None:
            self.values[name] = value
            open_ones.remove(name)
        return value is not None

    def solved(self) -> bool:
        return all(name in self.values for name in self.made)

    def latents(self) -> dict[Name, Cell]:
        return {name: Cell(name, self.values[name], latent=True) for name in self.made if self.values[name]}

    def relations(self) -> Iterator[Relation]:
        for values, names in self.sums.items():
            kept = [name for name in names if name not in self.made or self.values[name]]
            if kept != [self.line[values]]:
                yield (*((name, 1.0) for name in kept), (self.line[values], -1.0))


def _inside(one: Values | None, other: Values | None) -> bool:
    if other is None:
        return one is not None
    if isinstance(one, Among) and isinstance(other, Among):
        return one.within(other)
    return isinstance(one, Holding) and isinstance(other, Holding) and one.within(other)


def _cover(values: Values | None, line: Mapping[Values | None, Name]) -> list[Values]:
    """The smaller groups of the line that whoever is in this one is in one of, at least."""
    if isinstance(values, Among):
        smaller = [other for other in line if isinstance(other, Among) and other != values and other.within(values)]
        return [*_least(smaller)] if smaller and union(smaller) == values else []
    if isinstance(values, Holding) and len(values.some) == 1 and not values.none:
        codes = sorted(next(iter(values.some)))
        lone = [Holding(frozenset({frozenset({code})})) for code in codes]
        return [*lone] if len(codes) > 1 and all(one in line for one in lone) else []
    return []


def _least(sets: list[Among]) -> list[Among]:
    """Without those that others of them make up."""
    ordered = sorted(sets, key=str)
    least = [each for each in ordered if not any(other != each and other.within(each) for other in ordered)]
    return least if union(least) == union(ordered) else ordered
