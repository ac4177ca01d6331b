"""Shares of people against a reader who knows what every person can be.

The protection is told relations between cells. Here a reader solves for how many there are of each kind of person (by
the rows that one can have), which is all that there is to know: no small hidden number may follow.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from raw_tables import axis
from scipy.optimize import linprog

from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import CrossTable, Percent, Question, Selection, Share, Where
from skillnad.analysis.results import (
    ANY_VALUE,
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    Key,
    Level,
    LevelKind,
    RawTable,
)

PEOPLE = Selection(people=True)
HELD = Share(Where("problem", ("1",)), PEOPLE, ("unit",))
CROSSED = CrossTable("problem", "unit", PEOPLE, Percent.COLUMNS)
UNIT = axis("unit", "A", "B", multiple=True)
OUTCOME = Axis(
    "share:problem",
    "problem",
    (
        Level(YES, "Ja"),
        Level(NO, "Nej"),
        Level(UNKNOWN_OUTCOME, "Vet ej", LevelKind.UNKNOWN),
        Level(MISSING_LEVEL, "Saknas", LevelKind.MISSING),
    ),
)
_PLAIN = axis("problem", "1", "2", multiple=True)
PROBLEM = replace(_PLAIN, levels=(*_PLAIN.levels[:-1], Level(ANY_VALUE, "Känd", LevelKind.ANY), _PLAIN.levels[-1]))
SMALL = range(1, 5)
Cells = frozenset[Key]
"""The cells that a person of a kind is in."""


def share_kinds() -> list[Cells]:
    """A person has, in each unit, no row or an outcome."""
    order = (YES, NO, UNKNOWN_OUTCOME, MISSING_LEVEL)
    of_units = product((None, *order), repeat=2)
    return [
        _outcomes(dict(zip("AB", held, strict=True)), order) for held in of_units if any(x is not None for x in held)
    ]


def _outcomes(held: dict[str, str | None], order: Sequence[str]) -> Cells:
    there = {unit: outcome for unit, outcome in held.items() if outcome is not None}
    best = min(there.values(), key=order.index)
    told = [*there.items(), (TOTAL, best)]
    return frozenset((level, unit) for unit, outcome in told for level in (outcome, TOTAL))


def cross_kinds() -> list[Cells]:
    """A person has any of the rows that there can be, one at least."""
    rows = list(product(("1", "2", MISSING_LEVEL), "AB"))
    some = (held for number in range(1, len(rows) + 1) for held in combinations(rows, number))
    return [frozenset(_cells(held)) for held in some]


def _cells(held: Iterable[Key]) -> Iterable[Key]:
    for problem, unit in held:
        levels = (problem, TOTAL) if problem == MISSING_LEVEL else (problem, ANY_VALUE, TOTAL)
        yield from product(levels, (unit, TOTAL))


def small_cells_that_follow(
    question: Question, axes: tuple[Axis, ...], kinds: list[Cells], people: list[int]
) -> list[Key]:
    keys = list(product(*([*(level.code for level in each.levels), TOTAL] for each in axes)))
    within = np.array([[key in kind for kind in kinds] for key in keys], dtype=float)
    counts = (within @ people).astype(int)
    raw = RawTable(question, axes, dict(zip(keys, counts.tolist(), strict=True)), {})
    shown = protect_table(raw, DEFAULT).cells["count"]
    seen = np.array([shown[key] is not None for key in keys])
    hidden = [place for place, key in enumerate(keys) if shown[key] is None and counts[place] in SMALL]
    return [keys[place] for place in hidden if _follows(within[place], within[seen], counts[seen])]


def _follows(cell: np.ndarray, seen: np.ndarray, counts: np.ndarray) -> bool:
    """Is the cell surely more than 1, or surely less than 5?"""
    if not len(seen):
        return False
    least, most = (linprog(sign * cell, A_eq=seen, b_eq=counts, bounds=(0, None)) for sign in (1, -1))
    return bool(least.fun > 1 + 1e-6 or (most.status == 0 and -most.fun < 5 - 1e-6))


def registers(kinds: list[Cells]) -> st.SearchStrategy[list[int]]:
    """Of most kinds there is nobody, of some a few and of some many."""
    several = st.dictionaries(
        st.integers(0, len(kinds) - 1), st.sampled_from([1, 2, 3, 7, 12, 20, 30]), min_size=2, max_size=8
    )
    return several.map(lambda found: [found.get(place, 0) for place in range(len(kinds))])


@examples(40, 600)
@given(people=registers(share_kinds()))
def test_no_small_part_of_a_share_of_people_follows_from_what_people_can_be(people: list[int]) -> None:
    assert small_cells_that_follow(HELD, (OUTCOME, UNIT), share_kinds(), people) == []


@examples(40, 600)
@given(people=registers(cross_kinds()))
def test_no_small_cell_of_people_follows_from_what_people_can_be(people: list[int]) -> None:
    assert small_cells_that_follow(CROSSED, (PROBLEM, UNIT), cross_kinds(), people) == []
