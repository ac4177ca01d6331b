"""Someone alone in a cell knows the cell: no other small number may follow for them.

Who is alone in a cell is alone in every whole of it that counts only them; those cells tell them of nobody else.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from skillnad.analysis.disclosure.system import System


def alone(told: System) -> tuple[tuple[int, ...], ...]:
    """The cells of one, by their places: those together that hold one and the same person, as far as sums show it."""
    slack = np.array([cell.slack for cell in told.cells], dtype=bool)
    ones = (told.values == 1) & ~slack
    leader = {int(place): int(place) for place in np.flatnonzero(ones)}
    for first, second in _same(told, ones):
        leader[_first(leader, first)] = _first(leader, second)
    people: dict[int, list[int]] = defaultdict(list)
    for place in leader:
        people[_first(leader, place)].append(place)
    return tuple(sorted(tuple(sorted(places)) for places in people.values()))


def _same(told: System, ones: np.ndarray) -> Iterator[tuple[int, int]]:
    """A whole of one, and the part of it that is one: the same person."""
    matrix = told.matrix
    for relation in range(matrix.shape[0]):
        span = slice(matrix.indptr[relation], matrix.indptr[relation + 1])
        places, signs = matrix.indices[span], matrix.data[span]
        some = told.values[places] > 0
        if some.sum() == 2 and ones[places[some]].all() and signs[some].sum() == 0:
            yield int(places[some][0]), int(places[some][1])


def _first(leader: dict[int, int], place: int) -> int:
    while leader[place] != place:
        place = leader[place]
    return place
