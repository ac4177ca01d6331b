"""Background as factors, put together until no class is thin."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.comparisons.adjusted.background import Factor, Tally, factors_of, joined, saying_more, thick

COUNTS = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)).filter(any), min_size=1, max_size=9)


def tally(*pairs: tuple[int, int]) -> Tally:
    """One pattern a pair: with the outcome, without it."""
    part, without = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    group = np.zeros(len(part), dtype=np.int64)
    return Tally(group, group, part, part + without)


def factor(levels: int, ordered: int = 0) -> Factor:
    """The first `ordered` levels have an order."""
    return Factor(np.arange(levels), np.arange(levels), ordered)


AGES = ("0-17", "18-20", "21-24", "25-44", "45-64", "65+")


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


def by_age(**rows: int) -> list[list[str]]:
    """The ages that are classes where half of so many rows have the outcome. `none` is nothing recorded."""
    codes = {"none": "", "dont_know": "9"} | {f"a{place}": code for place, code in enumerate(AGES)}
    named = [codes[name] for name in rows]
    (found,) = factors_of([(code,) for code in named], [AGES])
    made = thick(found, tally(*((n // 2, n - n // 2) for n in rows.values())), 5)
    held: dict[int, list[str]] = {}
    for place, number in sorted(zip(found.held.tolist(), made.grouped.tolist(), strict=True)):
        held.setdefault(number, []).append(named[found.held.tolist().index(place)])
    return list(held.values())


def test_thin_middle_band_is_put_with_the_smaller_of_its_neighbours():
    assert by_age(a0=40, a1=90, a2=4, a3=60, a4=30) == [["0-17"], ["18-20"], ["21-24", "25-44"], ["45-64"]]


def test_thin_bands_far_from_each_other_stay_apart():
    assert by_age(a0=4, a1=90, a2=80, a3=70, a4=60, a5=4) == [
        ["0-17", "18-20"],
        ["21-24"],
        ["25-44"],
        ["45-64", "65+"],
    ]


def test_thin_bands_beside_each_other_are_put_together_first():
    assert by_age(a0=60, a1=6, a2=5, a3=60) == [["0-17"], ["18-20", "21-24"], ["25-44"]]


def test_bands_that_nobody_is_in_do_not_stand_between_neighbours():
    assert by_age(a0=60, a1=4, a4=40, a5=90) == [["0-17"], ["18-20", "45-64"], ["65+"]]


def test_thin_nothing_recorded_is_put_with_the_largest_class():
    assert by_age(none=4, a0=20, a1=90, a2=30) == [["0-17"], ["18-20", ""], ["21-24"]]


def test_nothing_recorded_of_enough_is_a_class_of_its_own():
    assert by_age(none=20, a0=4, a1=90, a2=30) == [["0-17", "18-20"], ["21-24"], [""]]


def test_thin_nothing_recorded_is_put_with_dont_know_before_any_age():
    assert by_age(none=4, dont_know=8, a0=20, a1=90) == [["0-17"], ["18-20"], ["", "9"]]


def test_lone_thin_band_is_put_with_nothing_recorded():
    assert by_age(none=90, a2=4) == [["21-24", ""]]


def test_class_that_took_in_nothing_recorded_keeps_its_place():
    assert by_age(none=4, a0=60, a1=90, a2=4, a3=99) == [["0-17"], ["18-20", "21-24"], ["25-44", ""]]


AMOUNTS = st.dictionaries(st.sampled_from(["none", "dont_know", *(f"a{n}" for n in range(6))]), st.integers(1, 30))


@given(AMOUNTS.filter(bool), st.randoms())
@examples(60, 2000)
def test_order_that_rows_come_in_does_not_matter_where_levels_have_one(rows, random):
    again = list(rows.items())
    random.shuffle(again)
    assert by_age(**dict(again)) == by_age(**rows)


@given(COUNTS, st.integers(0, 9), st.integers(2, 8))
@examples(60, 2000)
def test_classes_of_ordered_levels_are_unbroken_runs_and_none_is_thin(pairs, ordered, least):
    rows, ordered = tally(*pairs), min(ordered, len(pairs))
    found = thick(factor(len(pairs), ordered), rows, least)
    if ordered:
        runs = found.classes[:ordered]
        assert set(np.diff(runs)) <= {0, 1}
    yes, whole = found.added(rows.part), found.added(rows.whole)
    assert found.count == 1 or min(*yes, *(whole - yes)) >= least


def test_columns_without_an_order_are_put_together_by_size_beside_one_that_has():
    found = factors_of([("0-17", "x"), ("18-20", "y"), ("21-24", "z")], [AGES, ()])
    assert [each.ordered for each in found] == [3, 0]
    rows = tally((4, 40), (90, 50), (30, 30))
    assert [thick(each, rows, 5).classes.tolist() for each in found] == [[0, 0, 1], [0, 1, 0]]


def test_value_that_follows_from_the_others_says_nothing_more():
    """Each row has one of the first two, and never both."""
    factors = factors_of([("1",), ("2",), ("1;3",), ("2;3",)])
    kept = saying_more(factors, tally((5, 5), (5, 5), (5, 5), (5, 5)))
    assert [factor.held.tolist() for factor in kept] == [[1, 0, 1, 0], [0, 0, 1, 1]]


def test_value_that_only_rows_of_nobody_tell_apart_says_nothing_more():
    factors = factors_of([("1",), ("2",), ("1;2",)])
    assert len(saying_more(factors, tally((5, 5), (5, 5), (0, 0)))) == 1
    assert len(saying_more(factors, tally((5, 5), (5, 5), (5, 5)))) == 2


def test_columns_that_say_the_same_are_both_kept_for_the_model_to_name():
    factors = factors_of([("1", "a"), ("2", "b")])
    assert saying_more(factors, tally((5, 5), (5, 5))) == factors


def test_factor_of_one_class_says_nothing():
    assert saying_more([factor(1), factor(2)], tally((5, 5), (5, 5)))[0].count == 2
