from itertools import count

import numpy as np
import pytest
from disclosure_tables import SHARED, as_system, counted
from optimum_tasks import LONE, cheapest_by_trying
from scipy.sparse import csr_array

from skillnad.analysis.disclosure import protect
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.audit import count_claims, objections
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.optimum.reachable import eased, wanted
from skillnad.analysis.disclosure.optimum.search import Found
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import protect_counts, protect_within

SEEDS = range(4)
shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")


def small(seed):
    """Three by three with few free cells: so few that all choices can be tried."""
    return np.random.default_rng(seed).choice([0, 1, 2, 3, 7, 12], size=(3, 3))


def agrees(told, policy, pattern):
    claims = count_claims(told, pattern.hidden, policy)
    return not objections(told, pattern.hidden, claims, known_bounds(told, policy))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("attacker", [Attacker.NOT_NEGATIVE, Attacker.ZEROS_PRINTED])
def test_proven_optimum_is_what_trying_everything_finds(seed, attacker):
    told, policy = as_system(small(seed)), Policy(attacker=attacker)
    best = cheapest_by_trying(told, policy)
    pattern = protect_within(told, policy, seconds=4)
    if np.isinf(best):
        assert pattern.withheld
    else:
        assert pattern.cost >= best - 1e-6
        assert pattern.bound <= best + 1e-6
        assert not pattern.proven or pattern.cost == pytest.approx(best)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("attacker", list(Attacker))
def test_pattern_is_safe_and_costs_no_less_than_its_bound(seed, attacker):
    told = as_system(np.random.default_rng(seed).poisson(5, (4, 3, 2)))
    policy = Policy(attacker=attacker)
    pattern = protect_within(told, policy, seconds=3)
    assert pattern.withheld or agrees(told, policy, pattern)
    assert pattern.withheld or pattern.cost >= pattern.bound - 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_pattern_is_no_dearer_than_the_sequential_one(seed):
    told = as_system(np.random.default_rng(seed).poisson(6, (6, 5)))
    assert protect_within(told, DEFAULT, seconds=3).cost <= protect_counts(told, DEFAULT).cost + 1e-6


def test_lone_number_is_proven():
    pattern = protect_within(as_system(LONE), DEFAULT)
    assert pattern.proven
    assert pattern.cost == pytest.approx(np.log2([22, 42, 52]).sum())
    assert pattern.secondary == 3


def test_pattern_is_the_same_when_levels_change_places():
    counts = np.random.default_rng(3).poisson(6, (5, 4))
    order = [3, 0, 2, 1]
    turned = protect_within(as_system(counts[:, order]), DEFAULT, seconds=8)
    back = {(row, f"b{order[int(code[1:])]:02d}") if code != "*" else (row, code) for row, code in turned.hidden}
    assert back == protect_within(as_system(counts), DEFAULT, seconds=8).hidden


@pytest.mark.parametrize("seed", [0, 7])
def test_seed_does_not_decide_whether_a_table_is_safe(seed):
    told = as_system(np.random.default_rng(4).poisson(6, (5, 4)))
    assert not protect_within(told, DEFAULT, seconds=10, seed=seed).withheld


def test_time_that_is_up_at_once_still_gives_a_safe_pattern():
    clock = count(0, 100)
    told = as_system(np.random.default_rng(8).poisson(6, (6, 5)))
    pattern = protect_within(told, DEFAULT, seconds=1.0, clock=lambda: float(next(clock)))
    assert not pattern.withheld
    assert agrees(told, DEFAULT, pattern)
    assert pattern.seconds >= 100


def test_fallback_keeps_to_the_time_and_is_safe(monkeypatch):
    """Nothing was found and time is out: the first rung of the ladder that holds, and no search."""
    told = as_system(np.random.default_rng(8).poisson(6, (6, 5)))
    nothing = Found(None, 0.0, False, csr_array((0, len(told.cells))))
    monkeypatch.setattr(protect, "cheapest_gaps", lambda *_: nothing)
    clock = count(0, 100)
    late = protect_within(told, DEFAULT, seconds=1.0, clock=lambda: float(next(clock)))
    assert agrees(told, DEFAULT, late)
    assert late.cost > protect_within(told, DEFAULT, seconds=1.0, clock=lambda: 0.0).cost


def test_cells_that_are_told_already_are_not_hidden():
    told = as_system(LONE)
    pattern = protect_within(told, DEFAULT, kept=frozenset({("a00", "b01"), ("a01", "b00")}))
    assert not pattern.withheld
    assert not pattern.hidden & {("a00", "b01"), ("a01", "b00")}


def test_table_whose_line_is_told_already_is_withheld_and_says_for_what():
    told = as_system(LONE)
    line = frozenset({("a00", "b01"), ("a00", "b02"), ("a00", "*")})
    pattern = protect_within(told, DEFAULT, kept=line)
    assert pattern.withheld
    assert pattern.unmet == (("a00", "b00"),)


def test_small_number_that_is_told_already_is_unmet():
    pattern = protect_within(as_system(LONE), DEFAULT, kept=frozenset({("a00", "b00")}))
    assert pattern.unmet == (("a00", "b00"),)


def test_table_without_small_numbers_hides_nothing_and_is_proven():
    pattern = protect_within(as_system(np.full((2, 2), 9)), DEFAULT)
    assert (pattern.hidden, pattern.proven, pattern.cost) == (frozenset(), True, 0.0)


def test_forced_cell_is_hidden_and_costs_nothing():
    pattern = protect_within(as_system(np.full((3, 3), 20)), DEFAULT, forced=frozenset({("a00", "b00")}))
    assert ("a00", "b00") in pattern.hidden
    assert pattern.cost == pytest.approx(3 * np.log2(22))


def test_who_is_alone_in_a_cell_takes_more_gaps():
    told = as_system(np.array([[1, 1, 30], [20, 20, 30], [30, 1, 20]]))
    plain = protect_within(told, Policy(), seconds=3)
    assert protect_within(told, Policy(contributors=True), seconds=3).cost > plain.cost + 1


def test_needs_are_both_ways_and_the_farthest_first():
    told = as_system(LONE)
    own = told.position["a00", "b00"]
    assert wanted(told, count_needs(told, DEFAULT)) == [(own, 2.0), (own, -2.0)]


def test_needs_are_less_where_printed_zeros_tell_more():
    told = as_system(np.array([[1, 1, 2], [40, 50, 60]]))
    whole = told.position["a00", "*"]
    assert (whole, -3.0) not in eased(told, count_needs(told, DEFAULT))


@shared
def test_four_by_four_is_safe_and_proven():
    pattern = protect_within(as_system(counted("published/sdctable_4x4_wb.csv", "v1", "v2")), DEFAULT)
    assert not pattern.withheld


def test_numbers_that_a_reader_knows_whatever_is_hidden_are_unmet():
    """Four small ones in a small whole of four: who knows that each is 1 to 4 knows them all."""
    told = as_system(np.array([[1, 1, 1, 1], [40, 50, 60, 70]]))
    pattern = protect_within(told, Policy(attacker=Attacker.PRIMARY_KNOWN), seconds=3)
    assert pattern.withheld
    assert ("a00", "b00") in pattern.unmet
