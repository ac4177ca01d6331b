"""The people that several tables speak of: for each dimension its finest codes, and every value as a set of them.

The same set of codes is the same people, whatever a table calls it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skillnad.analysis.disclosure.attack.published import Place, Publication

Codes = frozenset[str]
Key = tuple[int, ...]
"""For each dimension which of its sets; 0 is everybody."""
EVERYBODY = 0
OTHERS = "(övriga)"
"""Beside the one value of a column in a table that need not show all: that there are no others is not said."""
MADE = " (grupp)"
"""Combined categories stand beside a column as one more of its groupings."""


@dataclass
class Dimension:
    """`sets`: the sets of finest codes that some value stands for, the whole of them first. `columns`: each column's
    values by set."""

    name: str
    sets: list[Codes]
    columns: dict[str, dict[str, int]] = field(default_factory=dict)

    def value(self, column: str, codes: Codes, value: str) -> None:
        if codes not in self._places:
            self._places[codes] = len(self.sets)
            self.sets.append(codes)
        self.columns.setdefault(column, {})[value] = self._places[codes]

    @cached_property
    def _places(self) -> dict[Codes, int]:
        return {codes: place for place, codes in enumerate(self.sets)}

    def meet(self, first: int, second: int) -> int:
        """The set of those who are in both."""
        codes = self.sets[first] & self.sets[second]
        if codes not in self._places:
            self._places[codes] = len(self.sets)
            self.sets.append(codes)
        return self._places[codes]

    def called(self, of: int) -> tuple[str, str]:
        """A column and a value that mean the set; its codes where none does."""
        for column, values in self.columns.items():
            for value, place in values.items():
                if place == of:
                    return column.removesuffix(MADE), value
        return self.name, " + ".join(sorted(self.sets[of]))

    def single(self, code: str) -> int:
        return self._places[frozenset((code,))]

    def partitions(self, whole: int) -> list[tuple[int, ...]]:
        """The ways to divide a set into the values of one column, each once."""
        found = (self._partition(whole, values) for values in self.columns.values())
        return list(dict.fromkeys(parts for parts in found if parts))

    def _partition(self, whole: int, values: dict[str, int]) -> tuple[int, ...]:
        codes = self.sets[whole]
        parts = sorted({place for place in values.values() if self.sets[place] < codes})
        count = sum(len(self.sets[place]) for place in parts)
        return tuple(parts) if count == len(codes) == len(frozenset().union(*(self.sets[p] for p in parts))) else ()


class Universe:
    """The dimensions of several publications of the same people."""

    def __init__(self, told: Sequence[Publication]) -> None:
        parents = _parents(told)
        self.finest = _finest(told)
        self.dimensions = [_dimension(name, told, parents) for name in dict.fromkeys(self.finest.values())]
        self.place = {dimension.name: place for place, dimension in enumerate(self.dimensions)}

    def key(self, people: Place) -> Key:
        """Which people the coordinates name. Two values of one dimension name those who are in both."""
        found = [EVERYBODY] * len(self.dimensions)
        for column, value in people:
            place = self.place[self.finest[column]]
            dimension = self.dimensions[place]
            of = dimension.columns[column].get(value, dimension.columns.get(column + MADE, {}).get(value, EVERYBODY))
            found[place] = of if found[place] == EVERYBODY else dimension.meet(found[place], of)
        return tuple(found)

    def words(self, key: Key) -> Place:
        """What people are called by a value that means them, where there is one."""
        return tuple(
            found
            for dimension, of in zip(self.dimensions, key, strict=True)
            if of != EVERYBODY
            for found in [dimension.called(of)]
        )

    def within(self, columns: Iterable[str]) -> tuple[int, ...]:
        """The dimensions of a table, by place."""
        return tuple(sorted({self.place[self.finest[column]] for column in columns}))


def _finest(told: Sequence[Publication]) -> dict[str, str]:
    """Each column's dimension: the finest column that it is a grouping of."""
    child = {parent: child for publication in told for child, parent in publication.groupings}
    finest = {}
    for column in (column for publication in told for column in publication.columns):
        finest[column] = column
        while finest[column] in child:
            finest[column] = child[finest[column]]
    for _, lowest in list(finest.items()):
        finest.setdefault(lowest, lowest)
    return finest


def _parents(told: Sequence[Publication]) -> dict[tuple[str, str], dict[str, set[str]]]:
    """By (parent column, value): the values of each child column that lie in it, from rows that show both."""
    found: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    edges = {edge for publication in told for edge in publication.groupings}
    for publication in told:
        for statement in publication.statements:
            values = dict(statement.people)
            for child, parent in edges:
                if child in values and parent in values:
                    found[parent, values[parent]][child].add(values[child])
    return found


def _dimension(
    name: str, told: Sequence[Publication], parents: dict[tuple[str, str], dict[str, set[str]]]
) -> Dimension:
    finest = _finest(told)
    columns = [column for column in dict.fromkeys(c for p in told for c in p.columns) if finest[column] == name]
    groups = {code: codes for p in told for code, codes in p.groups.get(name, {}).items()}
    values = _values(name, columns, told, groups)
    members = {(name, code): frozenset((code,)) for code in values[name]}
    for column in values:
        for value in values[column]:
            _resolve(members, parents, (column, value))
    dimension = Dimension(name, [frozenset().union(*members.values())])
    for (column, value), codes in members.items():
        dimension.value(column, codes, value)
    for code, codes in groups.items():
        dimension.value(name + MADE, codes, code)
    return dimension


def _values(
    name: str, columns: Sequence[str], told: Sequence[Publication], groups: Mapping[str, Codes]
) -> dict[str, dict[str, None]]:
    """The values of each column of a dimension, but for combined categories."""
    values: dict[str, dict[str, None]] = {column: {} for column in (name, *columns)}
    for statement in (statement for publication in told for statement in publication.statements):
        for column, value in (*statement.people, *statement.of):
            if column in values and not (column == name and value in groups):
                values[column][value] = None
    for codes in groups.values():
        values[name].update(dict.fromkeys(sorted(codes)))
    if len(values[name]) == 1 and not any(each.complete and set(columns) & set(each.columns) for each in told):
        values[name][OTHERS] = None
    return values


def _resolve(
    members: dict[tuple[str, str], Codes], parents: dict[tuple[str, str], dict[str, set[str]]], of: tuple[str, str]
) -> Codes:
    """The finest codes of a value; one that no row shows the inside of is a code of its own."""
    if of not in members:
        inside = [(child, value) for child, values in parents.get(of, {}).items() for value in sorted(values)]
        codes = frozenset().union(*(_resolve(members, parents, each) for each in inside))
        members[of] = codes or frozenset((f"{of[0]}={of[1]}",))
    return members[of]
