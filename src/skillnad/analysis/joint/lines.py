"""What follows on one line: between groups that differ in one feature alone.

Where a row has one value of the feature, the values of the line's groups cut each other into pieces, and each group is
the sum of its pieces; a piece that no table shows is a latent cell. Where it can have several, or where people are
counted, a group is no more than one that it lies in, and no more than the sum of groups that cover it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.system import Cell, Name, Relation
from skillnad.analysis.joint.groups import Group, Whole
from skillnad.analysis.joint.overlaps import overlaps
from skillnad.analysis.joint.sets import Among, Holding, Values, atoms, union

Counted = Callable[[Group], float | None]
"""How many are in a group that no table shows; None where that cannot be counted."""
NEAR = 1e-6
Term = tuple[Name, float]


@dataclass(frozen=True)
class Known:
    """How many each group is of, and in which tables it stands; what a feature can be; what can be counted; and whether
    a reader knows which cells nobody is in."""

    values: Mapping[Name, float]
    tables: Mapping[Name, frozenset[str]]
    whole: Whole
    counted: Counted
    zeros: bool = True


@dataclass
class Line:
    """`rest` is what the groups have in common, and `names` are theirs by their values of the feature; None is whatever
    it is. `cells` and `relations` are what the tables do not have themselves."""

    rest: Group
    feature: str
    names: Mapping[Values | None, Name]
    known: Known
    cells: dict[Name, Cell] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)

    @property
    def adds_up(self) -> bool:
        """Each group is the sum of its pieces, whatever tables the groups stand in."""
        one_value = not any(isinstance(values, Holding) for values in self.names)
        told = any(isinstance(values, Among) for values in self.names) or self.known.whole(self.rest, self.feature)
        return not self.rest.people and one_value and bool(told)

    def link(self) -> None:
        """Raises Disagreeing where the groups are not what they are called."""
        if self.adds_up:
            self._pieces()
        else:
            self._nested()
            self._overlapping()

    def _pieces(self) -> None:
        sets = {values: name for values, name in self.names.items() if isinstance(values, Among)}
        whole = self.known.whole(self.rest, self.feature)
        if None in self.names and whole is not None:
            sets[whole] = self.names[None]
        made = _Pieces(self.rest, self.feature, sets, self.known)
        while not made.solved():
            del sets[max(sets, key=lambda values: (self.known.values[sets[values]], str(values)))]
            made = _Pieces(self.rest, self.feature, sets, self.known)
        self.relations += made.relations()
        self.cells |= made.latents()

    def _nested(self) -> None:
        tables = self.known.tables
        for values, name in self.names.items():
            inside = [other for other in self.names if other != values and _inside(other, values)]
            for other in inside:
                between = any(_inside(other, middle) for middle in inside if middle != other)
                if not between and tables[name].isdisjoint(tables[self.names[other]]):
                    self.no_more(self.names[other], name)
            self._covered(values)

    def _overlapping(self) -> None:
        more, sums = overlaps(self.rest, self.feature, self.names, self.known.values)
        self.cells |= {cell.name: cell for cell in more}
        self.relations += sums

    def no_more(self, less: Name, more: Name, *, slack: bool = False) -> None:
        """The one is no more than the other; what is between them is a group too, unless it is only a slack."""
        rest: Name = ("rest of", *more, "without", *less)
        between = self.known.values[more] - self.known.values[less]
        self._relate([(less, 1.0), (more, -1.0)], (rest, 1.0), between, slack)

    def _covered(self, values: Values | None) -> None:
        """A group is no more than those that cover it, together; of two, those who are in both are somebody."""
        parts = _cover(values, self.names)
        if parts:
            names = [self.names[part] for part in parts]
            over = sum(self.known.values[name] for name in names) - self.known.values[self.names[values]]
            terms = [*((name, 1.0) for name in names), (self.names[values], -1.0)]
            rest: Name = ("twice in", *self.names[values], "by", *(part for name in names for part in name))
            self._relate(terms, (rest, -1.0), over, slack=len(parts) > 2)

    def _relate(self, terms: list[Term], latent: Term, value: float, slack: bool) -> None:
        """The terms and the latent add up to nothing. A latent of nobody is taken to be known for that, where zeros
        are."""
        if abs(value) < NEAR and self.known.zeros:
            self.relations.append(tuple(terms))
        else:
            self.cells[latent[0]] = Cell(latent[0], value, latent=True, slack=slack)
            self.relations.append((*terms, latent))


class _Pieces:
    """The pieces of one line, and how many each holds."""

    def __init__(self, rest: Group, feature: str, line: Mapping[Among, Name], known: Known) -> None:
        self.line, self.known = line, known
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
        self.values = {name: known.values[name] for name in line.values()}
        self._work_out()

    def _work_out(self) -> None:
        open_ones = {name for name in self.made if name not in self.values}
        while open_ones:
            before = len(open_ones)
            for values, names in self.sums.items():
                left = [name for name in names if name in open_ones]
                if len(left) == 1:
                    known = sum(self.values[name] for name in names if name != left[0])
                    self.values[left[0]] = self.known.values[self.line[values]] - known
                    open_ones.remove(left[0])
            if len(open_ones) == before and not self._count(open_ones):
                return

    def _count(self, open_ones: set[Name]) -> bool:
        name = min(open_ones)
        value = self.known.counted(self.made[name])
        if value is not None:
            self.values[name] = value
            open_ones.remove(name)
        return value is not None

    def solved(self) -> bool:
        return all(name in self.values for name in self.made)

    def latents(self) -> dict[Name, Cell]:
        return {name: Cell(name, self.values[name], latent=True) for name in self.made if self._somebodys(name)}

    def _somebodys(self, name: Name) -> bool:
        """Or nobody knows that it is nobody's."""
        return bool(self.values[name]) or not self.known.zeros

    def relations(self) -> Iterator[Relation]:
        for values, names in self.sums.items():
            kept = [name for name in names if name not in self.made or self._somebodys(name)]
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
