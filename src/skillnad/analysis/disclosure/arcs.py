"""A system as a network: relations are nodes, and a cell is an arc between the two relations that it stands in.

Tables of one or two columns are networks. A latent cell that a short relation alone defines (how many do not have a
value) is no arc, but follows from others.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.system import System

Arc = tuple[int, int]
Entries = dict[int, list[tuple[int, float]]]
"""The relations that each cell stands in, with its coefficients."""
SHORT = 3
"""A relation of so many cells can define a latent one."""


@dataclass(frozen=True)
class Arcs:
    """`ends[place]`: the way that a unit takes when the cell rises: one step, or two by a node of its own where another
    cell has the same ends. `sides[latent]`: the cells it follows from, with coefficients; `follow` is the same as a
    matrix."""

    nodes: int
    ends: dict[int, tuple[Arc, ...]]
    sides: dict[int, list[tuple[int, float]]]
    follow: csr_array


def arcs_of(told: System, needs: Needs) -> Arcs | None:
    """None where the system is no network."""
    sides, rest = _sides(told)
    entries = _entries(told, needs, rest)
    signs = _signs(entries) if _at_most_two(entries) else None
    if signs is None:
        return None
    nodes, ends = _ends(entries, signs)
    return Arcs(nodes, ends, sides, _following(sides, len(told.cells)))


def _sides(told: System) -> tuple[dict[int, list[tuple[int, float]]], list[int]]:
    """Latent cells by what they follow from, and the relations that are left."""
    matrix = told.matrix
    times = np.bincount(matrix.indices, minlength=len(told.cells))
    sides, rest = {}, []
    for relation in range(matrix.shape[0]):
        span = slice(matrix.indptr[relation], matrix.indptr[relation + 1])
        places, data = matrix.indices[span].tolist(), matrix.data[span].tolist()
        alone = [at for at, place in enumerate(places) if told.latent[place] and times[place] == 1]
        if alone and len(places) <= SHORT:
            own = alone[0]
            turn = -1.0 / data[own]
            sides[places[own]] = [(places[at], turn * data[at]) for at in range(len(places)) if at != own]
        else:
            rest.append(relation)
    return sides, rest


def _entries(told: System, needs: Needs, relations: list[int]) -> Entries:
    entries: Entries = defaultdict(list)
    movable = needs.movable.tolist()
    indptr, indices, data = (part.tolist() for part in (told.matrix.indptr, told.matrix.indices, told.matrix.data))
    for relation in relations:
        for at in range(indptr[relation], indptr[relation + 1]):
            if movable[indices[at]]:
                entries[indices[at]].append((relation, data[at]))
    return {place: entries[place] for place in sorted(entries)}


def _at_most_two(entries: Entries) -> bool:
    return all(len(ends) <= 2 and all(abs(sign) == 1 for _, sign in ends) for ends in entries.values())


def _signs(entries: Entries) -> dict[int, float] | None:
    """Relations turned so that each cell counts positive in one and negative in the other; None where none will do."""
    beside: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for ends in entries.values():
        for relation, _ in ends:
            beside[relation] += [(other, -ends[0][1] * ends[1][1]) for other, _ in ends if other != relation]
    signs: dict[int, float] = {}
    for first in sorted(beside):
        signs.setdefault(first, 1.0)
        waiting = [first]
        while waiting:
            relation = waiting.pop()
            for other, turn in beside[relation]:
                if other not in signs:
                    signs[other] = signs[relation] * turn
                    waiting.append(other)
                elif signs[other] != signs[relation] * turn:
                    return None
    return signs


def _ends(entries: Entries, signs: dict[int, float]) -> tuple[int, dict[int, tuple[Arc, ...]]]:
    """Raising a cell takes from the relation where it counts negative and gives to the other; node 0 is outside all."""
    number = {relation: node for node, relation in enumerate(sorted(signs), start=1)}
    nodes, taken = 1 + len(number), set()
    ends: dict[int, tuple[Arc, ...]] = {}
    for place, stands in entries.items():
        into = next((number[relation] for relation, sign in stands if sign == signs[relation]), 0)
        out = next((number[relation] for relation, sign in stands if sign != signs[relation]), 0)
        if frozenset((into, out)) in taken:
            ends[place] = ((out, nodes), (nodes, into))
            nodes += 1
        else:
            taken.add(frozenset((into, out)))
            ends[place] = ((out, into),)
    return nodes, ends


def _following(sides: dict[int, list[tuple[int, float]]], size: int) -> csr_array:
    entries = [(latent, place, factor) for latent, others in sides.items() for place, factor in others]
    rows, columns, data = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array((data, (rows, columns)), shape=(size, size), dtype=float)
