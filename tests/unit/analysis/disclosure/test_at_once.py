from dataclasses import replace

import numpy as np
import pytest
from disclosure_tables import as_system

from skillnad.analysis.disclosure.at_once import AtOnce
from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.programme import prices
from skillnad.analysis.disclosure.secondary import Pruning, Search, Unprotectable
from skillnad.analysis.disclosure.work import Timed, TooMuch, Work

SQUARE = np.array([[3, 20, 30], [40, 2, 60], [70, 80, 90]])


def at_once(told):
    return AtOnce(told, count_needs(told, DEFAULT), prices(told))


def primary(told):
    return count_needs(told, DEFAULT).primary


def skewed(seed, shape=(7, 6, 4)):
    return np.floor(np.random.default_rng(seed).exponential(9, shape)).astype(int)


def searched(told):
    search = Search(told, count_needs(told, DEFAULT), Work(float("inf")))
    search.run_at_once()
    return search


def test_move_keeps_every_relation():
    told = as_system(SQUARE)
    move = at_once(told).move([(told.position["a00", "b00"], 2.0)], primary(told))
    assert np.abs(told.matrix @ move).max() < 1e-9


def test_move_meets_needs_that_can_be_met_together():
    told = as_system(SQUARE)
    first, second = told.position["a00", "b00"], told.position["a01", "b01"]
    move = at_once(told).move([(first, 2.0), (second, 3.0)], primary(told))
    assert move[first] >= 2
    assert move[second] >= 3


def test_move_leaves_what_cannot_be_met():
    told = as_system(np.array([[3, 0], [0, 7]]))
    place = told.position["a00", "b00"]
    assert at_once(told).move([(place, -3.0)], primary(told))[place] == pytest.approx(-2)


def test_move_never_takes_a_cell_below_what_it_can_be():
    told = as_system(skewed(1))
    needs = count_needs(told, DEFAULT)
    wanted = [(int(place), 4.0) for place in np.flatnonzero(needs.primary)]
    move = at_once(told).move(wanted, needs.primary)
    assert (told.values + move >= needs.floor - 1e-6)[needs.movable].all()
    assert not move[~needs.movable].any()


@pytest.mark.parametrize("seed", range(8))
def test_search_at_once_is_safe_for_the_auditor(seed):
    told = as_system(skewed(seed))
    search = searched(told)
    names = {told.cells[place].name for place in np.flatnonzero(search.hidden & ~told.latent)}
    claims = count_claims(told, names, DEFAULT)
    assert objections(told, names, claims, known_bounds(told, DEFAULT, frozenset())) == []


def test_search_at_once_fails_where_the_rest_is_known():
    told = as_system(SQUARE)
    needs = count_needs(told, DEFAULT)
    with pytest.raises(Unprotectable):
        Search(told, replace(needs, movable=needs.primary), Work(float("inf"))).run_at_once()


def test_search_at_once_ends_with_its_time():
    told = as_system(skewed(2))
    search = Search(told, count_needs(told, DEFAULT), Timed(float("inf"), seconds=lambda: 0.0))
    with pytest.raises(TooMuch):
        search.run_at_once()


WAYS = ("fewest", "cheapest")


def singly(told, left=lambda: 1.0, way="fewest"):
    search = Search(told, count_needs(told, DEFAULT), Work(float("inf")))
    search.run_singly(left, getattr(search.ways, way))
    return search


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", range(4))
def test_search_singly_is_safe_for_the_auditor(seed, way):
    told = as_system(skewed(seed, (6, 5, 3)))
    names = {told.cells[place].name for place in np.flatnonzero(singly(told, way=way).hidden & ~told.latent)}
    claims = count_claims(told, names, DEFAULT)
    assert objections(told, names, claims, known_bounds(told, DEFAULT, frozenset())) == []


@pytest.mark.parametrize("way", WAYS)
def test_search_singly_is_cheaper_than_at_once(way):
    told = as_system(skewed(5))
    alone, together = (np.log2(2 + told.values[each.hidden]).sum() for each in (singly(told, way=way), searched(told)))
    assert alone < together


def test_search_singly_meets_all_at_once_where_no_time_is_left():
    told = as_system(skewed(6, (5, 4, 3)))
    assert np.array_equal(singly(told, lambda: 0.0).hidden, searched(told).hidden)


def test_search_singly_ends_between_two_needs_and_is_safe_still():
    told, left = as_system(skewed(7, (5, 4, 3))), iter([1.0] * 5 + [0.0])
    search = singly(told, lambda: next(left))
    assert next(left, None) is None
    assert search._unmet([need for need in search.primary_needs() if need[1] > 0]) == []


def test_search_singly_is_pruned_and_safe_still():
    told = as_system(skewed(8, (6, 5, 3)))
    search = singly(told, way="cheapest")
    before = int(search.hidden.sum())
    Pruning(search, 200).run()
    names = {told.cells[place].name for place in np.flatnonzero(search.hidden & ~told.latent)}
    claims = count_claims(told, names, DEFAULT)
    assert objections(told, names, claims, known_bounds(told, DEFAULT, frozenset())) == []
    assert int(search.hidden.sum()) < before
