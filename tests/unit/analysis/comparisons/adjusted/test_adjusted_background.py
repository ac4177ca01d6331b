"""Background as factors, put together until no class is thin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.adjusted.background import Factor, Tally, factors_of, joined, thick

COUNTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(any), min_size=1, max_size=9)


def tally(*pairs: tuple[int, int]) -> Tally:
    """One pattern a pair: with the outcome, without it."""
    part, without = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    group = np.zeros(len(part), dtype=np.int64)
    return Tally(group, group, part, part + without)


def factor(levels: int) -> Factor:
    return Factor(np.arange(levels), np.arange(levels))


def test_column_with_one_value_is_one_factor_where_nothing_recorded_is_a_level():
    (found,) = factors_of([("a",), ("",), ("b",), ("a",)])
    assert found.count == 3
    assert found.held[0] == found.held[3] != found.held[1]


def test_column_with_several_values_is_a_factor_a_value():
    found = factors_of([("1",), ("1;2",), ("",), ("3",)])
    held = [factor.held.tolist() for factor in found]
    assert held == [[0, 0, 1, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]


def test_columns_are_factors_in_their_order():
    first, second = factors_of([("a", "1"), ("b", "1")])
    assert (first.count, second.count) == (2, 1)


def test_thick_classes_stay_apart():
    assert thick(factor(3), tally((5, 5), (9, 5), (5, 30)), 5).classes.tolist() == [0, 1, 2]


def test_thin_classes_are_put_together():
    assert thick(factor(4), tally((4, 40), (90, 50), (3, 30), (60, 9)), 5).classes.tolist() == [0, 1, 0, 2]


def test_lone_thin_class_is_put_with_the_smallest_other():
    assert thick(factor(3), tally((4, 40), (90, 50), (30, 30)), 5).classes.tolist() == [0, 1, 0]


def test_thin_value_of_several_is_no_longer_told_apart():
    assert thick(factor(2), tally((500, 500), (4, 9)), 5).count == 1


def test_lone_class_is_put_with_another_even_where_it_is_the_largest():
    found = joined(factor(3), tally((90, 90), (10, 10), (30, 30)), np.array([0]))
    assert found.classes.tolist() == [0, 0, 1]


@given(COUNTS, st.integers(2, 8))
@examples(60, 2000)
def test_no_class_is_thin_unless_there_is_one_alone(pairs, least):
    rows = tally(*pairs)
    found = thick(factor(len(pairs)), rows, least)
    yes, whole = found.added(rows.part), found.added(rows.whole)
    assert whole.sum() == rows.whole.sum()
    assert found.count == 1 or min(*yes, *(whole - yes)) >= least


@pytest.mark.parametrize("least", [5, 6])
def test_the_least_that_a_class_needs_is_enough(least):
    assert thick(factor(2), tally((5, 9), (9, 5)), least).count == (2 if least == 5 else 1)
