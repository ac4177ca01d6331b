import numpy as np
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
