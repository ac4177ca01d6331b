"""Random publications, each by its number alone: one to four columns; groupings that overlap, are chained or of two
columns; tables that share columns; and every kind of reader. Small, so that thousands can be tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np
from made_table_sets import CONTRIBUTORS, POLICIES, over

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import TOTAL, Layout, ReleasedTable
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

SHAPES = ((5,), (8,), (3, 3), (4, 4), (6, 3), (2, 2, 2), (3, 3, 2), (2, 3, 4), (2, 2, 2, 2), (2, 2, 2, 3))
READERS = (
    *POLICIES,
    Policy(threshold=3, attacker=Attacker.NOT_NEGATIVE),
    Policy(threshold=10),
    Policy(zeros_printed=False, zeros_protected=True),
    Policy(zeros_printed=False, attacker=Attacker.PRIMARY_KNOWN),
    CONTRIBUTORS,
)
SENSITIVE = Policy(zeros_printed=False, sensitive=("b",))
EDGES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "none": (),
    "one": (("a", "g"),),
    "overlapping": (("a", "g"), ("a", "h")),
    "chained": (("a", "g"), ("g", "h")),
    "of two columns": (("a", "g"), ("b", "h")),
}


@dataclass(frozen=True)
class Publication:
    """Tables that are released in one command each, every next beside those before."""

    released: tuple[TableSet, ...]
    policy: Policy

    @property
    def truth(self) -> tuple[GivenTable, ...]:
        return tuple(table for told in self.released for table in told.tables)


def publication(kind: str, seed: int, number: int) -> Publication:
    """Of a kind in `KINDS`; the same for the same three."""
    random = np.random.default_rng([seed, list(KINDS).index(kind), number])
    return KINDS[kind](random)


def alone(random: np.random.Generator) -> Publication:
    return Publication((people(random, SHAPES),), _one_of(random, READERS))


def linked(random: np.random.Generator) -> Publication:
    """Two or three tables in one command, of the same people."""
    tables = [table for told in _parts(random) for table in told.tables]
    return Publication((TableSet(tuple(tables), ()),), _one_of(random, READERS))


def contributors(random: np.random.Generator) -> Publication:
    return Publication((people(random, SHAPES),), CONTRIBUTORS)


def sensitive(random: np.random.Generator) -> Publication:
    """No group is told of as a whole along the second column."""
    return Publication((people(random, [shape for shape in SHAPES if len(shape) > 1]),), SENSITIVE)


def pair(random: np.random.Generator) -> Publication:
    return Publication(_parts(random)[:2], _one_of(random, READERS))


def triple(random: np.random.Generator) -> Publication:
    return Publication(_parts(random), _one_of(random, READERS))


KINDS = {
    "one table": alone,
    "linked tables": linked,
    "someone alone in a cell": contributors,
    "sensitive column": sensitive,
    "pair of releases": pair,
    "triple of releases": triple,
}


def _parts(random: np.random.Generator) -> tuple[TableSet, ...]:
    told = people(random, ((4, 3, 2), (3, 3, 3), (3, 3, 2), (4, 2, 2)), edges=("none",))
    places = random.permutation(3)
    columns = [("a", "b"), ("b", "c"), ("a", "c")]
    return tuple(over(told, columns[at], f"{''.join(columns[at])}.csv") for at in places)


def people(random: np.random.Generator, shapes, edges=tuple(EDGES)) -> TableSet:
    """One table; up to four fifths of its cells are zero."""
    shape = _one_of(random, shapes)
    kinds = [kind for kind in edges if len(shape) > 1 or kind != "of two columns"]
    groupings = EDGES[_one_of(random, kinds)]
    counts = random.poisson(_one_of(random, (2, 5, 12, 40)) * random.exponential(1, shape))
    counts = counts * (random.random(shape) >= random.uniform(0, 0.8))
    parents = {edge: _parents(random) for edge in groupings}
    rows = {}
    for place in np.ndindex(shape):
        row = dict(zip("abcd", (f"{column}{at}" for column, at in zip("abcd", place, strict=False)), strict=False))
        for (child, parent), of in parents.items():
            row[parent] = f"{parent}{of[int(row[child][1:])]}"
        rows[tuple(row.values())] = int(counts[place])
    layout = Layout((*row, "n"), "n")
    return TableSet((GivenTable("t.csv", layout, rows),), groupings)


def _parents(random: np.random.Generator) -> list[int]:
    """The group of each code."""
    return random.integers(0, random.integers(1, 4), 8).tolist()


def _one_of(random: np.random.Generator, these):
    return these[random.integers(len(these))]


def rests(told: TableSet, table: ReleasedTable, column: str) -> Iterator[tuple[int, int, int]]:
    """The places of each group's row and of one of its values along a column, and how many of it do not have that:
    where they are few, or none."""
    at, (given,) = table.columns.index(column), told.tables
    above = [table.columns.index(parent) for child, parent in told.groupings if child == column]
    place = {row: number for number, (row, _) in enumerate(table.rows)}
    for row in place:
        group = (*row[:at], TOTAL, *row[at + 1 :])
        if row[at] != TOTAL and group in place and all(row[each] == TOTAL for each in above):
            whole, rest = _sum(given, group), _sum(given, group) - _sum(given, row)
            if whole and rest < SENSITIVE.all_but:
                yield place[group], place[row], rest


def _sum(table: GivenTable, row: tuple[str, ...]) -> int:
    return sum(
        count for each, count in table.counts.items() if all(b in (TOTAL, a) for a, b in zip(each, row, strict=True))
    )


def sums(random: np.random.Generator) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """A table of sums (of costs, of days) and the cells of it that few stand behind."""
    shape = _one_of(random, ((6,), (3, 3), (4, 3), (3, 2, 2), (2, 2, 2)))
    amounts = np.round(random.exponential(60, shape)).astype(int) * (random.random(shape) >= 0.2)
    few = [place for place in product(*map(range, shape)) if amounts[place] and random.random() < 0.25]
    return amounts, few
