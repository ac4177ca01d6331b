import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.needs import count_needs, sum_needs
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, system


def by_name(told, values):
    return {cell.name[0]: value for cell, value in zip(told.cells, values.tolist(), strict=True)}


def loose(**values):
    return system([Cell((name,), value) for name, value in values.items()], [])


def test_counts_below_the_threshold_are_primary():
    told = loose(none=0, one=1, four=4, five=5)
    needs = count_needs(told, DEFAULT)
    assert by_name(told, needs.primary) == {"none": False, "one": True, "four": True, "five": False}


def test_primary_count_must_seem_anything_from_one_to_the_threshold():
    told = loose(three=3)
    needs = count_needs(told, DEFAULT)
    assert (needs.low.tolist(), needs.high.tolist()) == ([1], [5])


def test_latent_small_count_is_primary_but_a_slack_is_not():
    told = system([Cell(("not",), 2, latent=True), Cell(("over",), 2, latent=True, slack=True)], [])
    assert by_name(told, count_needs(told, DEFAULT).primary) == {"not": True, "over": False}


def test_printed_zero_cannot_move():
    told = loose(none=0, some=7)
    assert by_name(told, count_needs(told, DEFAULT).movable) == {"none": False, "some": True}
    assert count_needs(told, Policy(zeros_printed=False)).movable.all()


def test_forced_count_is_hidden_whatever_its_size():
    told = loose(none=0, many=50)
    needs = count_needs(told, DEFAULT, frozenset({("many",), ("none",)}))
    assert by_name(told, needs.primary) == {"none": False, "many": True}


def test_forced_sum_must_be_uncertain_by_the_margin():
    told = loose(cost=1000.0)
    needs = sum_needs(told, DEFAULT, frozenset({("cost",)}))
    assert (needs.low.tolist(), needs.high.tolist()) == ([900], [1100])


def test_sum_margin_is_at_least_one():
    told = loose(cost=2.0)
    needs = sum_needs(told, DEFAULT, frozenset({("cost",)}))
    assert (needs.low.tolist(), needs.high.tolist()) == ([1], [3])


def test_table_without_small_counts_has_no_needs():
    assert not count_needs(as_system(np.full((3, 3), 9)), DEFAULT).primary.any()


def chain(**values):
    """s = a + b, t = s + c, u = t + d, v = u + e, w = v + f."""
    sums = ("abs", "sct", "tdu", "uev", "vfw")
    relations = [(*(((part,), 1.0) for part in each[:-1]), ((each[-1],), -1.0)) for each in sums]
    return system([Cell((name,), value) for name, value in values.items()], relations)


def test_sum_of_gaps_is_at_least_as_many_four_sums_deep():
    told = chain(a=9, b=9, c=9, d=9, e=9, f=9, s=18, t=27, u=36, v=45, w=54)
    floor = by_name(told, count_needs(told, DEFAULT).floor)
    assert {name: floor[name] for name in "astuvw"} == {"a": 1, "s": 2, "t": 3, "u": 4, "v": 5, "w": 5}


def test_gap_over_printed_noughts_is_at_least_its_other_parts():
    told = as_system(np.array([[1, 0, 2], [20, 30, 40]]))
    floor = dict(zip((cell.name for cell in told.cells), count_needs(told, DEFAULT).floor.tolist(), strict=True))
    assert (floor["a00", "*"], floor["a01", "*"], floor["*", "*"]) == (2, 3, 5)


def test_small_margin_must_seem_no_less_than_its_parts():
    told = as_system(np.array([[1, 1, 1], [20, 30, 40]]))
    needs, margin = count_needs(told, DEFAULT), told.position["a00", "*"]
    assert (needs.low[margin], needs.high[margin]) == (3, 5)


def test_latent_cell_is_at_least_nothing_and_may_move():
    told = system([Cell(("not",), 0, latent=True)], [])
    needs = count_needs(told, DEFAULT)
    assert (needs.floor.tolist(), needs.movable.tolist(), needs.primary.tolist()) == ([0], [True], [False])


def test_count_that_is_not_small_needs_nothing_and_a_forced_one_needs_one_more():
    told = loose(many=50, more=60)
    needs = count_needs(told, DEFAULT, frozenset({("more",)}))
    assert by_name(told, needs.low) == {"many": 50, "more": 60}
    assert by_name(told, needs.high) == {"many": 50, "more": 61}


def test_forced_small_count_is_as_any_small():
    needs = count_needs(loose(three=3), DEFAULT, frozenset({("three",)}))
    assert (needs.low.tolist(), needs.high.tolist()) == ([1], [5])


def test_sum_that_is_not_forced_needs_nothing_and_all_may_move_to_nothing():
    told = loose(cost=1000.0, none=0.0)
    needs = sum_needs(told, DEFAULT, frozenset())
    assert (needs.low == needs.high).all()
    assert (needs.floor.tolist(), needs.movable.tolist(), needs.primary.tolist()) == ([0, 0], [True] * 2, [False] * 2)


def test_small_forced_sum_may_seem_nothing():
    needs = sum_needs(loose(cost=0.5), DEFAULT, frozenset({("cost",)}))
    assert (needs.low.tolist(), needs.high.tolist()) == ([0], [1.5])


@pytest.mark.parametrize("latent", [False, True])
def test_small_count_must_seem_to_be_from_one_where_it_could_be_nothing_too(latent):
    told = system([Cell(("few",), 3, latent=latent)], [])
    found = count_needs(told, Policy(zeros_printed=False))
    assert (found.low.tolist(), found.high.tolist(), found.floor.tolist()) == ([1], [5], [0])
