"""Rankings: intervals of ranks that are R's by hand, and hold every true rank at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures
from scipy.stats import hypergeom

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.ranking import Measured, Ranking, _fisher, rank_measured, rank_shares

R = r_figures("charts")["ranks"]
COUNTS = st.integers(1, 200).flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole)))


def shares(counts, **how) -> Ranking:
    found = rank_shares({f"u{place}": Counted(*each) for place, each in enumerate(counts)}, **how)
    assert isinstance(found, Ranking)
    return found


def measured(values, errors, **how) -> Ranking:
    units = {f"u{place}": Measured(*each) for place, each in enumerate(zip(values, errors, strict=True))}
    found = rank_measured(units, **how)
    assert isinstance(found, Ranking)
    return found


def intervals(of: Ranking) -> dict[str, tuple[int, int]]:
    return {each.unit: (each.best, each.worst) for each in of.units}


def test_tests_of_pairs_are_rs() -> None:
    units = [Counted(*each) for each in zip(R["part"], R["whole"], strict=True)]
    found = [_fisher(units[one], units[other]) for one, other in zip(R["first"], R["second"], strict=True)]
    assert_same(found, R["p"])


def test_intervals_are_rs() -> None:
    found = intervals(shares(zip(R["part"], R["whole"], strict=True)))
    assert [found[f"u{place}"] for place in range(6)] == list(zip(R["best"], R["worst"], strict=True))


def test_units_come_in_the_order_of_their_figures() -> None:
    found = shares([(1, 10), (9, 10), (5, 10)])
    assert [each.unit for each in found.units] == ["u1", "u2", "u0"]
    assert [each.unit for each in shares([(1, 10), (9, 10), (5, 10)], highest_first=False).units] == ["u0", "u2", "u1"]


def test_units_that_are_alike_may_have_any_rank() -> None:
    found = shares([(5, 10)] * 4)
    assert set(intervals(found).values()) == {(1, 4)}
    assert "4 av 4 enheter kan vara först (med 95 procents" in found.statement()
    assert "4 of 4 units" in found.statement("en")


def test_units_far_apart_have_narrow_intervals() -> None:
    found = measured([10, 20, 30], [0.1, 0.1, 0.1], highest_first=False)
    assert intervals(found) == {"u0": (1, 1), "u1": (2, 2), "u2": (3, 3)}


def test_large_units_are_told_apart_fast_and_small_not() -> None:
    found = intervals(shares([(40_000, 100_000), (41_000, 100_000), (1, 3)]))
    assert found == {"u0": (2, 3), "u1": (1, 2), "u2": (1, 3)}


@given(st.lists(COUNTS, min_size=2, max_size=8))
@examples(25, 1000)
def test_intervals_hold_the_rank_in_the_order(counts) -> None:
    for place, each in enumerate(shares(counts).units, start=1):
        assert 1 <= each.best <= place <= each.worst <= len(counts)


@given(st.lists(COUNTS, min_size=2, max_size=8))
@examples(25, 1000)
def test_ranking_from_below_is_the_one_from_above_turned(counts) -> None:
    n = len(counts)
    down, up = intervals(shares(counts)), intervals(shares(counts, highest_first=False))
    assert up == {unit: (n + 1 - worst, n + 1 - best) for unit, (best, worst) in down.items()}


@given(st.lists(COUNTS, min_size=2, max_size=8))
@examples(25, 1000)
def test_more_confidence_is_wider_intervals(counts) -> None:
    sure, surer = intervals(shares(counts, confidence=0.9)), intervals(shares(counts, confidence=0.999))
    assert all(surer[unit][0] <= sure[unit][0] <= sure[unit][1] <= surer[unit][1] for unit in sure)


def test_unit_with_nobody_is_told_and_not_ranked() -> None:
    found = shares([(1, 4), (0, 0), (2, 4)])
    assert found.empty == ("u1",)
    assert len(found.units) == 2


@pytest.mark.parametrize("found", [rank_shares({"a": Counted(1, 4), "b": Counted(0, 0)}), rank_measured({})])
def test_one_unit_has_no_ranking(found: Ranking | NotEstimable) -> None:
    assert isinstance(found, NotEstimable)
    assert found.reason == "too_few_units"


@pytest.mark.parametrize("error", [0, -1, float("nan")])
def test_error_is_above_nought(error: float) -> None:
    with pytest.raises(ValueError, match="standard error"):
        measured([1, 2], [1, error])


@pytest.mark.parametrize("true", [[0.3] * 6, [0.2, 0.25, 0.3, 0.4, 0.5, 0.7]])
def test_all_true_ranks_are_held_as_often_as_said(true: list[float]) -> None:
    chance, runs, wholes, held = np.random.default_rng(SEED), size(150, 5_000), [30, 80, 60, 200, 50, 120], 0
    for _ in range(runs):
        found = intervals(shares(zip(chance.binomial(wholes, true).tolist(), wholes, strict=True)))
        held += all(
            found[f"u{place}"][0] <= 1 + sum(other > share for other in true)
            and sum(other >= share for other in true) <= found[f"u{place}"][1]
            for place, share in enumerate(true)
        )
    assert held / runs > 0.95 - 4 * (0.05 * 0.95 / runs) ** 0.5


@given(COUNTS, COUNTS)
@examples(40, 2000)
def test_test_of_a_pair_is_the_hypergeometric_tail(one: tuple[int, int], other: tuple[int, int]) -> None:
    right = hypergeom.sf(one[0] - 1, one[1] + other[1], one[0] + other[0], one[1])
    assert _fisher(Counted(*one), Counted(*other)) == pytest.approx(right, abs=1e-9)


def test_test_of_large_units_far_apart_is_nought_or_one() -> None:
    high, low = Counted(90_000, 100_000), Counted(10_000, 100_000)
    assert (_fisher(high, low), _fisher(low, high)) == (0, pytest.approx(1))


@pytest.mark.parametrize(("apart", "told"), [(1.95, False), (1.97, True)])
def test_two_figures_are_told_apart_at_two_sided_five_per_cent(apart: float, told: bool) -> None:
    # of the two tests of a pair the lesser p is held to half of 5 per cent
    found = intervals(measured([0, apart], [0.6, 0.8]))
    assert found == ({"u0": (2, 2), "u1": (1, 1)} if told else {"u0": (1, 2), "u1": (1, 2)})


@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(1, 20)), min_size=2, max_size=7), st.integers(1, 9))
@examples(25, 1000)
def test_unit_of_measure_does_not_change_a_ranking(units, times: int) -> None:
    values, errors = zip(*units, strict=True)
    moved = measured([value * times + 7 for value in values], [error * times for error in errors])
    assert intervals(moved) == intervals(measured(values, errors))


@pytest.mark.parametrize(("apart", "told"), [(2.23, False), (2.25, True)])
def test_pairs_already_told_apart_leave_more_chance_to_the_others(apart: float, told: bool) -> None:
    # of six tests of three units two are clear; the third least p is held to a fourth of 5 per cent, which is 2.2414
    found = intervals(measured([0, apart, -100], [0.6, 0.8, 0.1]))
    assert found["u2"] == (3, 3)
    assert (found["u0"], found["u1"]) == (((2, 2), (1, 1)) if told else ((1, 2), (1, 2)))


def test_chance_of_as_many_or_more_is_never_above_one() -> None:
    pairs = [(Counted(0, m), Counted(y, n)) for m in range(1, 25) for n in range(1, 25) for y in range(n + 1)]
    assert max(_fisher(*pair) for pair in pairs) == 1
