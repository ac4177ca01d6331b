"""Tables of counts with hierarchies: as systems, which the goals of disclosure protection are measured on, and as they
are published, for who verifies them."""

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system

SHARED = Path(__file__).parents[1].parent / "shared" / "data" / "sdc"
TOTAL = "Total"
Leaves = frozenset[str]
Rows = Sequence[Mapping[str, str]]
Groupings = Mapping[str, tuple[tuple[str, ...], ...]]
"""For each dimension its groupings; each is a chain of columns from the finest grouping to the coarsest."""


@dataclass(frozen=True)
class Table:
    """`rows`: every cell and margin as it is shown, None for a gap. `counts`: the inner cells as they are. `places`: of
    each cell of the system its row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Name, int | None], ...]
    counts: Mapping[Name, int]
    places: Mapping[Name, Name]

    def inner(self, move: Mapping[Name, float]) -> dict[tuple[str, Name], float]:
        """What a move of the system's cells says of the inner rows."""
        return {(self.name, self.places[cell]): by for cell, by in move.items() if TOTAL not in self.places[cell]}


@dataclass(frozen=True)
class Published:
    """What a reader has: tables, and pairs (child column, parent column)."""

    tables: tuple[Table, ...]
    groupings: tuple[tuple[str, str], ...]


def rows_of(file: str) -> Rows:
    with (SHARED / file).open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def as_system(rows: Rows, count: str, groupings: Groupings) -> System:
    """Every cell and margin. The same set of leaves is one node, so the same set of people is one cell."""
    sides = [_nodes(rows, dimension, chains) for dimension, chains in groupings.items()]
    told = _inner(rows, count, tuple(groupings))
    indicators = [_indicator(nodes, rows, dimension) for dimension, (nodes, _) in zip(groupings, sides, strict=True)]
    for axis, matrix in enumerate(indicators):
        told = np.moveaxis(np.tensordot(matrix, told, axes=(1, axis)), 0, axis)
    names = [list(nodes.values()) for nodes, _ in sides]
    cells = [Cell(name, float(value)) for name, value in zip(product(*names), told.ravel(), strict=True)]
    return system(cells, _relations(names, [lines for _, lines in sides]))


def _nodes(
    rows: Rows, dimension: str, chains: tuple[tuple[str, ...], ...]
) -> tuple[dict[Leaves, str], list[list[str]]]:
    """Sets of leaves with their names, and lines: a whole followed by its parts."""
    levels = _codes(rows, dimension)
    nodes: dict[Leaves, str] = {frozenset((leaf,)): leaf for leaf in levels}
    nodes.setdefault(frozenset(levels), TOTAL)
    lines = []
    for chain in chains or ((),):
        below = {frozenset((leaf,)) for leaf in levels}
        for column in chain:
            groups: dict[str, set[str]] = {}
            for row in rows:
                groups.setdefault(row[column], set()).add(row[dimension])
            above = {frozenset(group) for group in groups.values()}
            for code, group in groups.items():
                nodes.setdefault(frozenset(group), f"{column}:{code}")
            lines += [_line(nodes, whole, [part for part in below if part <= whole]) for whole in above]
            below = above
        lines.append(_line(nodes, frozenset(levels), list(below)))
    return nodes, [line for line in lines if len(line) > 2]


def _line(nodes: Mapping[Leaves, str], whole: Leaves, parts: list[Leaves]) -> list[str]:
    return [nodes[whole], *sorted(nodes[part] for part in parts)]


def _codes(rows: Rows, dimension: str) -> list[str]:
    return sorted({row[dimension] for row in rows})


def _inner(rows: Rows, count: str, dimensions: tuple[str, ...]) -> np.ndarray:
    places = [{code: place for place, code in enumerate(_codes(rows, dimension))} for dimension in dimensions]
    told = np.zeros([len(codes) for codes in places])
    for row in rows:
        told[tuple(codes[row[name]] for codes, name in zip(places, dimensions, strict=True))] += float(row[count])
    return told


def _indicator(nodes: Mapping[Leaves, str], rows: Rows, dimension: str) -> np.ndarray:
    return np.array([[float(code in leaves) for code in _codes(rows, dimension)] for leaves in nodes])


def _relations(names: list[list[str]], lines: list[list[list[str]]]) -> list[Relation]:
    found: list[Relation] = []
    for axis, own in enumerate(lines):
        for others in product(*(part if place != axis else [""] for place, part in enumerate(names))):
            for whole, *parts in own:
                at = [(*others[:axis], node, *others[axis + 1 :]) for node in (whole, *parts)]
                found.append(((at[0], -1.0), *((name, 1.0) for name in at[1:])))
    return found


KNOWN: dict[str, tuple[str, str, Groupings]] = {
    "f2": ("made/f2_20x12.csv", "freq", {"v1": (), "v2": ()}),
    "h2_s": ("made/h2_s.csv", "freq", {"muni": (("region",),), "service": (("sgroup",),)}),
    "f3": ("made/f3_8x6x5.csv", "freq", {"v1": (), "v2": (), "v3": ()}),
    "h3_s": ("made/h3_s.csv", "freq", {"muni": (("region",),), "service": (("sgroup",),), "age": ()}),
    "d2s": ("published/d2s.csv", "freq", {"region": (("county",), ("size",)), "main_income": ()}),
    "example1": ("published/example1.csv", "freq", {"age": (), "geo": (("eu",),), "year": ()}),
    "z1": ("published/z1.csv", "ant", {"region": (), "hovedint": ()}),
    "z2": ("published/z2.csv", "ant", {"region": (("fylke",), ("kostragr",)), "hovedint": ()}),
    "z3": (
        "published/z3.csv",
        "ant",
        {"region": (("fylke",), ("kostragr",)), "hovedint": (), "mnd": (("mnd2",),)},
    ),
}
"""Shared tables by a short name: the file, its count, and the groupings of its dimensions."""


def known(name: str) -> System:
    file, count, groupings = KNOWN[name]
    return as_system(rows_of(file), count, groupings)


def published(told: System, rows: Rows, groupings: Groupings, hidden: Collection[Name]) -> Published:
    """The system of `rows` as one table, with its groupings as columns."""
    sides = [_coordinates(rows, dimension, chains) for dimension, chains in groupings.items()]
    columns = tuple(c for dimension, chains in groupings.items() for c in _columns(dimension, chains))
    places = {cell.name: sum((side[at] for side, at in zip(sides, cell.name, strict=True)), ()) for cell in told.cells}
    counts = {places[cell.name]: int(cell.value) for cell in told.cells}
    shown = tuple((places[cell.name], None if cell.name in hidden else int(cell.value)) for cell in told.cells)
    inner = {at: count for at, count in counts.items() if TOTAL not in at}
    chains = [(dimension, *chain) for dimension, chains in groupings.items() for chain in chains]
    pairs = tuple(pair for chain in chains for pair in pairwise(chain))
    return Published((Table("table", columns, shown, inner, places),), pairs)


def _columns(dimension: str, chains: tuple[tuple[str, ...], ...]) -> list[str]:
    return [dimension, *dict.fromkeys(column for chain in chains for column in chain)]


def _coordinates(rows: Rows, dimension: str, chains: tuple[tuple[str, ...], ...]) -> dict[str, Name]:
    """Of each node of a dimension, a value for it and for each of its groupings: those that all its leaves have."""
    nodes, _ = _nodes(rows, dimension, chains)
    columns = _columns(dimension, chains)
    own: dict[str, list[str]] = {row[dimension]: [row[column] for column in columns] for row in rows}
    told = {}
    for leaves, node in nodes.items():
        values = [{own[leaf][at] for leaf in leaves} for at in range(len(columns))]
        told[node] = tuple(each.pop() if len(each) == 1 and node != TOTAL else TOTAL for each in values)
    return told
