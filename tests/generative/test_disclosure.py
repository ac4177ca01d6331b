"""No hidden number can be computed: random tables, read by readers that share no code with what protects them."""

from itertools import product

import numpy as np
import pytest
from disclosure_tables import Solver, as_system, derivable, with_margins
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import Count
from skillnad.analysis.results import TOTAL, Axis, Level, LevelKind, RawTable


@st.composite
def tables(draw, most=5, axes=(2, 3)):
    """Counts of two or three axes, up to four fifths of them zero."""
    shape = tuple(draw(st.integers(2, most)) for _ in range(draw(st.sampled_from(axes))))
    seed, zeros, mean = draw(st.integers(0, 10**6)), draw(st.floats(0, 0.8)), draw(st.sampled_from([2, 5, 12, 40]))
    random = np.random.default_rng(seed)
    return random.poisson(mean * random.exponential(1, shape)) * (random.random(shape) >= zeros)


@examples(25, 2_000)
@given(tables(most=4))
def test_no_gap_of_a_table_is_derivable(counts):
    pattern = protect_counts(as_system(counts), DEFAULT)
    assert not pattern.withheld
    assert derivable(counts, pattern.hidden) == []


@examples(25, 750)
@given(tables(most=4))
def test_each_small_count_may_be_the_threshold_or_what_zeros_leave_open(counts):
    hidden = protect_counts(as_system(counts), DEFAULT).hidden
    blind = Solver(counts, {key for key, count in with_margins(counts).items() if count})
    reader = Solver(counts, hidden)
    for key in (key for key, count in with_margins(counts).items() if DEFAULT.small(count)):
        low, high = reader.interval(key, whole=False)
        assert high >= 5
        assert low <= max(1, blind.interval(key, whole=False)[0])


@examples(25, 1_000)
@given(tables(most=4, axes=(2,)))
def test_no_gap_is_derivable_where_zeros_are_hidden_too(counts):
    hidden = protect_counts(as_system(counts), Policy(zeros_printed=False)).hidden
    assert derivable(counts, hidden, floor=0) == []


@examples(25, 250)
@given(tables(), st.randoms(use_true_random=False))
def test_gaps_follow_the_cells_when_axes_are_turned(counts, random):
    axes = list(range(counts.ndim))
    random.shuffle(axes)
    turned = protect_counts(as_system(counts.transpose(axes)), DEFAULT)
    assert len(turned.hidden) == len(protect_counts(as_system(counts), DEFAULT).hidden)


SUBSETS = [
    frozenset(code for code, has in zip("123", chosen, strict=True) if has) for chosen in product([0, 1], repeat=3)
]


def levels(*codes):
    return (*(Level(code, code) for code in codes), Level("", "", LevelKind.MISSING))


AXES = (Axis("problem", "Problem", levels("1", "2", "3"), multiple=True), Axis("unit", "Enhet", levels("A", "B")))


def belongs(key, subset, unit):
    """Does a row with these problems, in this unit, count in the cell?"""
    return (key[0] in (TOTAL, *subset) or (key[0] == "" and not subset)) and key[1] in (TOTAL, unit)


KINDS = list(product(SUBSETS, "AB"))
KEYS = list(product(["1", "2", "3", "", TOTAL], ["A", "B", "", TOTAL]))
CELLS = np.array([[belongs(key, *kind) for kind in KINDS] for key in KEYS], dtype=float)


def reader_interval(shown, key):
    """What follows of a cell for a reader who counts rows by which set of values they have."""
    low = [1 if shown[key] is None else shown[key] for key in KEYS]
    high = [np.inf if shown[key] is None else shown[key] for key in KEYS]
    cell = CELLS[KEYS.index(key)]
    ends = [
        milp(
            sign * cell, constraints=LinearConstraint(CELLS, low, high), bounds=Bounds(0, 5000), integrality=np.ones(16)
        )
        for sign in (1, -1)
    ]
    return tuple(round(float(sign * end.fun)) for sign, end in zip((1, -1), ends, strict=True))


@examples(25, 1_000)
@given(st.lists(st.sampled_from([0, 0, 1, 2, 3, 6, 15]), min_size=16, max_size=16))
def test_no_gap_of_a_multi_select_table_is_derivable(rows):
    counts = {key: int(count) for key, count in zip(KEYS, CELLS @ rows, strict=True)}
    shown = protect_table(RawTable(Count(by=("problem", "unit")), AXES, counts, {}), DEFAULT).cells["count"]
    if all(count is None for count in shown.values()):
        return
    blind = {key: None if count else 0 for key, count in counts.items()}
    for key in (key for key in KEYS if shown[key] is None):
        low, high = reader_interval(shown, key)
        assert low < high
        assert high >= 5
        assert low <= max(1, reader_interval(blind, key)[0]) or counts[key] >= 5


@pytest.mark.parametrize("shape", [(14, 15), (9, 8), (5, 4, 3)])
def test_larger_tables_are_protected_and_not_withheld(shape):
    random = np.random.default_rng(sum(shape))
    counts = random.poisson(4 * random.exponential(1, shape))
    pattern = protect_counts(as_system(counts), DEFAULT)
    assert not pattern.withheld
    assert derivable(counts, pattern.hidden) == []
