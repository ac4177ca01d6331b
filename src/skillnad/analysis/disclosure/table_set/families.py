"""Columns that say the same thing more or less finely: a column, its groupings, their groupings. Each value stands for
a set of the finest column's codes, so that two labels of the same people are seen to be one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from skillnad.analysis.disclosure.release import TOTAL
from skillnad.analysis.disclosure.table_set.tables import GivenTable, Grouping, TableSet
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

MOST = 5
Value = tuple[str, str]
"""A column and one of its values."""
Codes = frozenset[int]
"""Of the finest column, by place."""


@dataclass(frozen=True)
class Family:
    """`columns`: the finest first, each before its groupings. `above`: the groupings of each column. `codes`: the
    finest column's values in order. `members`: the codes that each value stands for."""

    columns: tuple[str, ...]
    above: Mapping[str, tuple[str, ...]]
    codes: tuple[str, ...]
    members: Mapping[Value, Codes]

    @property
    def whole(self) -> Codes:
        return frozenset(range(len(self.codes)))

    def values(self, column: str) -> tuple[str, ...]:
        return tuple(sorted((value for of, value in self.members if of == column), key=natural))

    def all_above(self, column: str) -> tuple[str, ...]:
        """Every grouping of the column, and theirs."""
        found = [further for each in self.above[column] for further in (each, *self.all_above(each))]
        return tuple(column for column in self.columns if column in found)


def families_of(told: TableSet) -> tuple[Family, ...]:
    """Every column is in one. Raises UserError: DISC-042 no such column, DISC-047 a value without a parent or a parent
    without a child, DISC-048 a value with two parents, DISC-049 groupings that are no hierarchy."""
    values = _values(told.tables)
    _check_groupings(told.groupings, values)
    parents = {edge: _parents(told.tables, edge, values) for edge in told.groupings}
    return tuple(_family(columns, parents, values) for columns in _together(sorted(values), told.groupings))


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Orders "9" before "10"."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.findall(r"[0-9]+|[^0-9]+", text))


def _values(tables: Iterable[GivenTable]) -> dict[str, set[str]]:
    """The values of each column, wherever it stands."""
    found: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        for place, column in enumerate(table.columns):
            found[column] |= {row[place] for row in table.counts} - {TOTAL, ""}
    return dict(found)


def _check_groupings(groupings: Sequence[Grouping], values: Mapping[str, set[str]]) -> None:
    for column in dict.fromkeys(column for edge in groupings for column in edge):
        if column not in values:
            raise UserError.of(
                "DISC-042",
                where="--hierarchy",
                sv=f"Kolumnen ”{column[:40]}” finns inte i tabellen. Här finns {', '.join(sorted(values))}.",
                en=f"There is no column '{column[:40]}' in the table. Here are {', '.join(sorted(values))}.",
            )
    for columns in _together(sorted(values), groupings):
        finest = [column for column in columns if all(column != parent for _, parent in groupings)]
        if len(finest) != 1 or len(_ordered(columns, groupings)) != len(columns):
            raise _no_hierarchy(columns)


def _no_hierarchy(columns: Sequence[str]) -> UserError:
    named, named_en = listed(columns), listed(columns, "en")
    return UserError.of(
        "DISC-049",
        where="--hierarchy",
        sv=f"{named} hör ihop men ingen ensam av dem är finast. Skriv FINARE=GRÖVRE med den finare kolumnen först, "
        "inte i ring, och låt en kolumn vara gruppering av bara en annan eller av dess grupperingar.",
        en=f"{named_en} belong together, but no single one is the finest. Write FINER=COARSER with the finer column "
        "first, not in a ring, and let a column group one other only, or its groupings.",
    )


def _together(columns: Sequence[str], groupings: Sequence[Grouping]) -> list[list[str]]:
    """Columns that groupings connect, each set of them once."""
    of = {column: {column} for column in columns}
    for child, parent in groupings:
        joined = of[child] | of[parent]
        for column in joined:
            of[column] = joined
    return [sorted(joined) for column, joined in of.items() if column == min(joined)]


def _ordered(columns: Sequence[str], groupings: Sequence[Grouping]) -> list[str]:
    """Each column before its groupings; what stands in a ring is left out."""
    ordered: list[str] = []
    while True:
        ready = [
            column
            for column in columns
            if column not in ordered and all(child in ordered for child, parent in groupings if parent == column)
        ]
        if not ready:
            return ordered
        ordered += ready


def _parents(tables: Iterable[GivenTable], edge: Grouping, values: Mapping[str, set[str]]) -> dict[str, str]:
    """The child column's values with the parent's."""
    child, parent = edge
    found: dict[str, set[str]] = defaultdict(set)
    for table in tables:
        if child in table.columns and parent in table.columns:
            at, to = table.columns.index(child), table.columns.index(parent)
            for row in table.counts:
                found[row[at]] |= {row[to]} - {TOTAL, ""}
    orphans = sorted((value for value in values[child] if not found[value]), key=natural)
    several = sorted((value for value in values[child] if len(found[value]) > 1), key=natural)
    if orphans:
        raise _orphans(edge, orphans)
    if several:
        raise _several(edge, [(value, sorted(found[value], key=natural)) for value in several])
    return {value: next(iter(found[value])) for value in values[child]}


def _orphans(edge: Grouping, codes: Sequence[str]) -> UserError:
    child, parent = edge
    named = ", ".join(f"{child}={code}" for code in codes[:MOST])
    return UserError.of(
        "DISC-047",
        where=f"--hierarchy {child}={parent}",
        sv=f"{named} saknar {parent}. Skriv i vilken {parent} värdet ligger, på minst en av dess rader.",
        en=f"{named} has no {parent}. Write which {parent} the value lies in, on at least one of its lines.",
    )


def _several(edge: Grouping, codes: Sequence[tuple[str, Sequence[str]]]) -> UserError:
    child, parent = edge
    named = "; ".join(f"{child}={code} i {', '.join(f'{parent}={each}' for each in of)}" for code, of in codes[:MOST])
    return UserError.of(
        "DISC-048",
        where=f"--hierarchy {child}={parent}",
        sv=f"I en gruppering ligger varje värde i ett enda. Här ligger {named}. Rätta raderna, eller ta bort "
        f"--hierarchy {child}={parent} om {parent} inte är en gruppering.",
        en=f"In a grouping each value lies in one. Here: {named}. Mend the lines, or remove --hierarchy "
        f"{child}={parent} if {parent} is no grouping.",
    )


def _family(
    columns: Sequence[str], parents: Mapping[Grouping, Mapping[str, str]], values: Mapping[str, set[str]]
) -> Family:
    edges = [edge for edge in parents if edge[0] in columns]
    ordered = _ordered(columns, edges)
    codes = tuple(sorted(values[ordered[0]], key=natural))
    members: dict[Value, Codes] = {(ordered[0], code): frozenset([place]) for place, code in enumerate(codes)}
    for column in ordered[1:]:
        for edge in (edge for edge in edges if edge[1] == column):
            _join(members, edge, _grouped(members, edge, parents[edge]))
        childless = sorted((value for value in values[column] if (column, value) not in members), key=natural)
        if childless:
            raise _childless(column, childless)
    above = {column: tuple(sorted(parent for child, parent in edges if child == column)) for column in ordered}
    return Family(tuple(ordered), above, codes, members)


def _grouped(members: Mapping[Value, Codes], edge: Grouping, parents: Mapping[str, str]) -> dict[Value, Codes]:
    found: dict[Value, Codes] = defaultdict(frozenset)
    for value, parent in parents.items():
        found[edge[1], parent] |= members[edge[0], value]
    return found


def _join(members: dict[Value, Codes], edge: Grouping, found: Mapping[Value, Codes]) -> None:
    """Two ways up to the same column must agree."""
    for value, codes in found.items():
        if members.setdefault(value, codes) != codes:
            raise _two_ways(edge, value)


def _two_ways(edge: Grouping, value: Value) -> UserError:
    named = "=".join(value)
    return UserError.of(
        "DISC-048",
        where=f"--hierarchy {edge[0]}={edge[1]}",
        sv=f"{named} är inte samma sak genom {edge[0]} som genom den andra gruppering som leder dit. Rätta raderna, "
        "eller ta bort en av grupperingarna.",
        en=f"{named} is not the same by way of {edge[0]} as by the other grouping that leads there. Mend the lines, or "
        "remove one of the groupings.",
    )


def _childless(column: str, codes: Sequence[str]) -> UserError:
    named = ", ".join(f"{column}={code}" for code in codes[:MOST])
    return UserError.of(
        "DISC-047",
        where=named,
        sv="Grupperingen har ett värde som inget finare värde ligger i. Lägg till en rad som visar vad som ligger där.",
        en="The grouping has a value that no finer value lies in. Add a line that shows what lies there.",
    )
