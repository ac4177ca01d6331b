"""The log-rank test: equal to R's survdiff, blind to what should not matter, and seldom wrong."""

from math import comb

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.life_tables import LifeTable, from_rows
from skillnad.analysis.formulas.log_rank import LogRank, log_rank, scores

TESTS = r_figures("survival")["tests"]
GROUP = st.lists(st.tuples(st.integers(0, 30), st.booleans()), min_size=1, max_size=20)


def groups(case) -> list[LifeTable]:
    rows = list(zip(case["days"], case["ended"], case["group"], strict=True))
    return [table([(day, over) for day, over, group in rows if group == one]) for one in sorted(set(case["group"]))]


def table(rows: list[tuple[int, bool]]) -> LifeTable:
    return from_rows([day for day, _ in rows], [ended for _, ended in rows])


@pytest.mark.parametrize("name", TESTS)
def test_test_is_rs(name: str) -> None:
    found, right = log_rank(groups(TESTS[name])), TESTS[name]
    assert isinstance(found, LogRank)
    assert list(found.observed) == right["observed"]
    assert_same(found.expected, right["expected"])
    assert_same([found.chi_squared, found.p_value], [right["chi_squared"], right["p_value"]])
    assert found.degrees == len(right["observed"]) - 1


@given(st.lists(GROUP, min_size=2, max_size=4), st.randoms(use_true_random=False))
@examples(25, 1000)
def test_order_of_groups_does_not_matter(made: list[list[tuple[int, bool]]], chance) -> None:
    before = log_rank([table(rows) for rows in made])
    chance.shuffle(made)
    after = log_rank([table(rows) for rows in made])
    assume(isinstance(before, LogRank))
    assert isinstance(before, LogRank)
    assert isinstance(after, LogRank)
    assert after.chi_squared == pytest.approx(before.chi_squared, rel=1e-9, abs=1e-9)


@given(st.lists(GROUP, min_size=2, max_size=4))
@examples(25, 1000)
def test_expected_add_up_to_what_ended(made: list[list[tuple[int, bool]]]) -> None:
    found = log_rank([table(rows) for rows in made])
    if isinstance(found, LogRank):
        assert sum(found.expected) == pytest.approx(sum(found.observed))


@given(GROUP)
def test_equal_groups_do_not_differ(rows: list[tuple[int, bool]]) -> None:
    found = log_rank([table(rows), table(rows)])
    if isinstance(found, LogRank):
        assert found.chi_squared == pytest.approx(0, abs=1e-9)
        assert found.p_value == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize(
    "made", [[[(3, False)], [(4, False)]], [[(1, False)], [(4, True)]], [[], [(4, True)]], [[(2, True)], [(2, True)]]]
)
def test_nothing_to_compare_is_said(made: list[list[tuple[int, bool]]]) -> None:
    found = log_rank([table(rows) for rows in made])
    assert isinstance(found, NotEstimable)
    assert found.reason == "too_few_groups"


def test_group_with_nobody_left_takes_no_part() -> None:
    early, one, other = table([(1, False)]), table([(3, True), (5, True)]), table([(4, True), (9, False)])
    with_it, without = log_rank([early, one, other]), log_rank([one, other])
    assert isinstance(with_it, LogRank)
    assert isinstance(without, LogRank)
    assert (with_it.chi_squared, with_it.degrees) == (pytest.approx(without.chi_squared), 1)


def test_one_group_is_no_comparison() -> None:
    with pytest.raises(ValueError, match="two groups"):
        log_rank([table([(1, True)])])


def test_groups_that_are_alike_are_seldom_told_apart() -> None:
    chance, runs = np.random.default_rng(SEED), size(200, 10_000)
    found = 0
    for _ in range(runs):
        days, ended = chance.integers(0, 200, (2, 60)), chance.random((2, 60)) < 0.7
        test = log_rank([from_rows(days[one].tolist(), ended[one].tolist()) for one in (0, 1)])
        found += isinstance(test, LogRank) and test.p_value < 0.05
    assert found / runs < 0.05 + 4 * (0.05 * 0.95 / runs) ** 0.5


def spread_of_draws(of: int, marked: int, drawn: int) -> float:
    """The variance of how many of the marked are drawn, from the chance of each number."""
    ways = [comb(marked, k) * comb(of - marked, drawn - k) / comb(of, drawn) for k in range(drawn + 1)]
    mean = sum(k * chance for k, chance in enumerate(ways))
    return sum((k - mean) ** 2 * chance for k, chance in enumerate(ways))


@given(GROUP, GROUP)
@examples(25, 1000)
def test_moments_are_those_of_draws_at_random(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    """Of two groups, day by day: so many drawn of those at risk, how many are of the first?"""
    found, expected, variance = log_rank([table(one), table(other)]), 0.0, 0.0
    for day in {last for last, ended in one + other if ended}:
        at_risk = [sum(last >= day for last, _ in group) for group in (one, other)]
        drawn = (sum(at_risk), at_risk[0], (one + other).count((day, True)))
        expected += at_risk[0] * drawn[2] / drawn[0]
        variance += spread_of_draws(*drawn)
    if isinstance(found, LogRank):
        assert found.expected[0] == pytest.approx(expected)
        assert found.chi_squared == pytest.approx((found.observed[0] - expected) ** 2 / variance)


@given(GROUP, GROUP)
@examples(25, 1000)
def test_only_the_order_of_days_matters(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> None:
    plain = log_rank([table(one), table(other)])
    bent = log_rank([table([(day**2 + 5, ended) for day, ended in group]) for group in (one, other)])
    assert isinstance(plain, LogRank) == isinstance(bent, LogRank)
    if isinstance(plain, LogRank) and isinstance(bent, LogRank):
        assert bent.chi_squared == pytest.approx(plain.chi_squared)


def test_late_entries_are_at_risk_only_once_they_have_come() -> None:
    late, early = from_rows([10, 20], [True, True], [8, None]), from_rows([5, 15], [True, True])
    found = log_rank([late, early])
    assert isinstance(found, LogRank)
    assert found.expected[0] == pytest.approx(1 / 3 + 2 / 3 + 1 / 2 + 1)


def test_scores_are_rs_martingale_residuals() -> None:
    right = r_figures("clustered_times")
    rows = right["rows"]
    both = from_rows(rows["days"], rows["ended"])
    of, at = scores(both), np.searchsorted(both.days, rows["days"])
    assert_same(np.where(rows["ended"], of.ended[at], of.open[at]), right["scores"])


@given(GROUP)
def test_scores_add_up_to_nought(rows: list[tuple[int, bool]]) -> None:
    both = table(rows)
    of = scores(both)
    assert of.ended @ both.ended + of.open @ both.open == pytest.approx(0, abs=1e-9)


def test_late_entries_have_no_scores() -> None:
    with pytest.raises(ValueError, match="late"):
        scores(from_rows([5, 6], [True, True], [2, None]))
