"""What follows from a table with gaps by adding and subtracting, and what does not."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.sums_shown import sum_shown
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.results import TOTAL, Key

POLICY = Policy()
LEVELS = (("a", "b", "c"), ("x", "y"))
NUMBERS = {("a", "x"): 10, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 50, ("c", "y"): 60}


def table(*hidden: Key) -> dict[Key, int | None]:
    cells: dict[Key, int | None] = {}
    for key in product(*((*codes, TOTAL) for codes in LEVELS)):
        under = (n for at, n in NUMBERS.items() if all(k in (TOTAL, c) for k, c in zip(key, at, strict=True)))
        cells[key] = None if key in hidden else sum(under)
    return cells


def found(wanted: list[Key], *hidden: Key) -> int | None:
    return sum_shown(LEVELS, table(*hidden), wanted, POLICY)


def test_shown_cells_are_added():
    assert found([("a", "x"), ("b", "y")]) == 50


def test_nothing_is_nothing():
    assert found([]) == 0


def test_two_gaps_of_a_row_are_its_sum():
    assert found([("a", "x"), ("a", "y")], ("a", "x"), ("a", "y")) == 30


def test_gaps_of_a_column_are_its_sum_less_what_is_shown():
    assert found([("a", "x"), ("b", "x")], ("a", "x"), ("b", "x"), ("a", "y"), ("b", "y")) == 40


def test_gaps_of_two_rows_are_all_less_the_third():
    square = [("a", "x"), ("b", "x"), ("a", "y"), ("b", "y")]
    assert found(square, *square, ("a", TOTAL), ("b", TOTAL)) == 100


def test_one_gap_of_four_does_not_follow():
    square = [("a", "x"), ("b", "x"), ("a", "y"), ("b", "y")]
    assert found([("a", "x")], *square) is None
    assert found([("a", "x"), ("b", "y")], *square) is None


def test_nothing_follows_where_no_margin_is_shown():
    everything = [*NUMBERS, *(key for key in table() if TOTAL in key)]
    assert found([("a", "x")], *everything) is None


@pytest.mark.parametrize(("numbers", "told"), [((2, 2), None), ((3, 2), 5), ((0, 0), 0)])
def test_small_sum_is_not_told(numbers, told):
    cells: dict[Key, int | None] = {("a",): None, ("b",): None, ("c",): 90, (TOTAL,): 90 + sum(numbers)}
    assert sum_shown([["a", "b", "c"]], cells, [("a",), ("b",)], POLICY) == told


@examples(100, 2_000)
@given(
    numbers=st.lists(st.integers(0, 10**6), min_size=6, max_size=6),
    hidden=st.sets(st.sampled_from(sorted(table()))),
    wanted=st.sets(st.sampled_from(sorted(NUMBERS))),
)
def test_what_is_told_is_the_true_sum(numbers, hidden, wanted):
    true = dict(zip(sorted(NUMBERS), numbers, strict=True))
    cells: dict[Key, int | None] = {}
    for key in table():
        under = (n for at, n in true.items() if all(k in (TOTAL, c) for k, c in zip(key, at, strict=True)))
        cells[key] = None if key in hidden else sum(under)
    told = sum_shown(LEVELS, cells, wanted, POLICY)
    assert told in (None, sum(true[key] for key in wanted))
    assert told is not None or hidden & set(wanted) or POLICY.small(sum(true[key] for key in wanted))
