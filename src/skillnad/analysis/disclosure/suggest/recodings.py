"""Coarser tables beside those of a publication: values put together, a grouping in place of what it groups, a grouping
less (one level of margins), a column less."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from skillnad.analysis.disclosure.release import TOTAL, Coordinates
from skillnad.analysis.disclosure.suggest.joining import are_ages, joined, shortened
from skillnad.analysis.disclosure.suggest.suggestion import Recoding
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.disclosure.table_set.families import Family
from skillnad.analysis.disclosure.table_set.publication import Publication
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

MOST_PAIRS = 4
"""Of each column."""
Coarser = Recoding[TableSet]
Inner = tuple[tuple[Coordinates, Name], ...]
Value = tuple[str, str]
"""A column and one of its values."""


@dataclass(frozen=True)
class Published:
    """A publication, with the cells that were hidden of it; `inner[place]`: the inner cells of a table."""

    told: TableSet
    publication: Publication
    hidden: frozenset[Name]
    inner: tuple[Inner, ...]

    @classmethod
    def of(cls, told: TableSet, publication: Publication, hidden: frozenset[Name]) -> "Published":
        inner = tuple(_inner(publication, place) for place in range(len(publication.tables)))
        return cls(told, publication, hidden, inner)

    @property
    def families(self) -> Sequence[Family]:
        return self.publication.names.families

    def gaps(self) -> Mapping[Value, int]:
        """How many gaps the tables have at each value."""
        found: Counter[Value] = Counter()
        for place, table in enumerate(self.publication.tables):
            for row, name in self.publication.rows(place):
                if name in self.hidden:
                    found.update(zip(table.given.columns, row, strict=True))
        return found


def _inner(publication: Publication, place: int) -> Inner:
    """The cells with a value of each dimension's own column; those of its groupings follow."""
    table = publication.tables[place]
    own = [table.given.columns.index(dimension.columns[0]) for dimension in table.dimensions]
    rows = publication.rows(place)
    return tuple((row, name) for row, name in rows if name and all(row[at] != TOTAL for at in own))


def recodings(published: Published) -> Iterator[Coarser]:
    """Every one that there is to try, those of a family of columns together."""
    gaps = published.gaps()
    for family in published.families:
        yield from _put_together(published, family, gaps)
        yield from _grouped(published, family)
        yield from _less_margins(published, family)
        yield from _without(published, family)


def _put_together(published: Published, family: Family, gaps: Mapping[Value, int]) -> Iterator[Coarser]:
    """Values of the finest column that lie in the same groups: neighbours of ages, else those with most gaps."""
    column = family.columns[0]
    for values in _sets(family, {value: gaps.get((column, value), 0) for value in family.codes}):
        told = _changed(published, partial(_joined, column, values))
        yield Recoding(
            f"Slå ihop {column} {shortened(values)}", f"Put together {column} {shortened(values, 'en')}", told
        )


def _joined(column: str, values: Sequence[str], of: str, value: str) -> str:
    return joined(values) if of == column and value in values else value


def _sets(family: Family, gaps: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """Never all values of the column."""
    if len(family.codes) < 3:
        return
    together = _beside_each_other(family)
    if are_ages(family.codes):
        pairs = [pair for held in together for pair in pairwise(held) if gaps[pair[0]] + gaps[pair[1]]]
        yield from sorted(pairs, key=lambda pair: -gaps[pair[0]] - gaps[pair[1]])[:MOST_PAIRS]
        return
    hit = [sorted((value for value in held if gaps[value]), key=lambda value: -gaps[value]) for held in together]
    found = {tuple(held[:many]) for held in hit for many in (2, len(held)) if 2 <= many <= len(held)}
    possible = [values for values in found if len(values) < len(family.codes)]
    yield from sorted(possible, key=lambda values: (-sum(gaps[value] for value in values), values))[:MOST_PAIRS]


def _beside_each_other(family: Family) -> list[list[str]]:
    """Values of the finest column by the groups that they lie in."""
    found: dict[tuple[Value, ...], list[str]] = defaultdict(list)
    for place, value in enumerate(family.codes):
        groups = (of for of, codes in family.members.items() if place in codes and of[0] != family.columns[0])
        found[tuple(sorted(groups))].append(value)
    return list(found.values())


def _grouped(published: Published, family: Family) -> Iterator[Coarser]:
    """Each grouping of the finest column in its place, where every table that has the one has the other."""
    finest = family.columns[0]
    for parent in family.above[finest]:
        if all(parent in table.columns for table in published.told.tables if finest in table.columns):
            left = (parent, *family.all_above(parent))
            removed = {column for column in family.columns if column not in left}
            told = _changed(published, without=removed)
            yield Recoding(f"Visa {parent} i stället för {finest}", f"Show {parent}, not {finest}", told)


def _less_margins(published: Published, family: Family) -> Iterator[Coarser]:
    """A grouping less: its sums are not shown."""
    if any(
        family.columns[0] not in table.columns and set(family.columns) & set(table.columns)
        for table in published.told.tables
    ):
        return  # a table is divided by a grouping alone
    for grouping in family.columns[1:]:
        told = _changed(published, without={grouping})
        yield Recoding(f"Visa inga summor för {grouping}", f"Show no sums by {grouping}", told)


def _without(published: Published, family: Family) -> Iterator[Coarser]:
    """The columns less, where every table has others."""
    removed = set(family.columns)
    if all(set(table.columns) - removed for table in published.told.tables):
        told = _changed(published, without=removed)
        finest = family.columns[0]
        yield Recoding(f"Ta bort kolumnen {finest}", f"Remove the column {finest}", told)


def _changed(
    published: Published,
    value: Callable[[str, str], str] = lambda column, value: value,
    without: Collection[str] = (),
) -> TableSet:
    """The inner cells with other values, or with columns less, added up where they are then the same."""
    tables = []
    for given, inner in zip(published.told.tables, published.inner, strict=True):
        kept = [at for at, column in enumerate(given.columns) if column not in without]
        counts: Counter[Coordinates] = Counter()
        for row, name in inner:
            at = tuple(value(given.columns[place], row[place]) for place in kept)
            counts[at] += published.publication.counts[name]
        header = tuple(column for column in given.layout.header if column not in without)
        tables.append(GivenTable(given.name, replace(given.layout, header=header), dict(counts)))
    return TableSet(tuple(tables), _relinked(published.told, without))


def _relinked(told: TableSet, without: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The groupings that are left; what stood under a removed one stands under what that stood under."""
    edges = list(told.groupings)
    for gone in without:
        under = [child for child, parent in edges if parent == gone]
        over = [parent for child, parent in edges if child == gone]
        edges = [edge for edge in edges if gone not in edge]
        edges += [(child, parent) for child in under for parent in over]
    return tuple(dict.fromkeys(edges))
