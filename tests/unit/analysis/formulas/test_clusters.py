"""Rows that go together: the estimators are R's, and bounds hold."""

from math import erfc, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.clusters import (
    Clusters,
    degrees_of_two,
    design_effect,
    intraclass_correlation,
    of_two,
    weakened,
)
from skillnad.analysis.formulas.differences import Paired, paired_difference, share_difference, share_ratio
from skillnad.analysis.formulas.funnel import Funnel, funnel
from skillnad.analysis.formulas.intervals import Interval, wilson
from skillnad.analysis.formulas.proportions import Counted, share_interval
from skillnad.analysis.formulas.ranking import Ranking, rank_shares
from skillnad.analysis.formulas.verdicts import smallest_seen

R = r_figures("clusters")
EFFECTS = st.floats(1, 6)
COUNTED = st.integers(1, 200).flatmap(lambda n: st.builds(Counted, st.integers(0, n), st.just(n)))


def of_shares(part: list[int], size: list[int]) -> Clusters:
    return Clusters(np.array(part), np.array(part), np.array(size))


def groups_of_r() -> list[Clusters]:
    rows = {name: np.array(R["rows"][name]) for name in ("client", "unit", "yes")}
    found = []
    for unit in ("A", "B", "C"):
        inside = rows["unit"] == unit
        size, part = (np.bincount(rows["client"][inside], each) for each in (None, rows["yes"][inside]))
        found.append(Clusters(*(each[size > 0].astype(np.int64) for each in (part, part, size))))
    return found


def test_correlation_and_effects_are_rs():
    rho, groups = intraclass_correlation(groups_of_r()), groups_of_r()
    assert_same(rho, R["pooled"]["rho"])
    effects = [design_effect(group.pairs, int(group.size.sum()), rho) for group in groups]
    assert_same(effects, R["pooled"]["effect"])


def test_adjusted_chi_square_is_donner_and_klars():
    pair = [Counted(*each) for each in zip(R["chi"]["part"], R["chi"]["whole"], strict=True)]
    effect = R["pooled"]["effect"][0]
    assert_same(share_difference(*pair, effects=(effect, effect)).p, R["chi"]["p"])


def test_clients_who_are_always_alike_are_fully_so():
    assert intraclass_correlation([of_shares([2, 2, 0, 0, 2], [2] * 5)]) == pytest.approx(1)


def test_clients_whose_rows_differ_more_than_others_are_less_than_unlike():
    assert intraclass_correlation([of_shares([1, 1, 1, 1], [2] * 4)]) < 0


@pytest.mark.parametrize("group", [([1, 0, 1], [1, 1, 1]), ([], []), ([2], [3]), ([2, 2, 2], [2, 2, 2])])
def test_nothing_is_told_of_single_rows_or_of_rows_all_alike(group):
    assert intraclass_correlation([of_shares(*group)]) is None


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 4)), min_size=2, max_size=40))
def test_correlation_is_at_most_one(cells):
    found = intraclass_correlation([of_shares([min(x, n) for x, n in cells], [n for _, n in cells])])
    assert found is None or found <= 1 + 1e-12


def test_effect_is_one_of_single_rows_and_never_more_than_the_rows():
    assert design_effect(0, 12, 0.9) == 1
    assert design_effect(20, 10, -0.2) == 1
    assert design_effect(20, 10, 0.3) == pytest.approx(1.6)
    assert design_effect(1000, 10, 0.9) == 10
    assert design_effect(0, 0, 0.9) == 1


def test_effect_of_two_is_between_theirs_and_nearer_the_smaller_groups():
    assert of_two((1.5, 1.5), (10, 90)) == pytest.approx(1.5)
    assert of_two((2.0, 1.0), (10, 90)) == pytest.approx(1.9)


@given(st.floats(1e-12, 1), EFFECTS)
def test_p_is_never_made_smaller(p, effect):
    assert weakened(p, effect) >= p - 1e-15
    assert weakened(p, 1.0) == p


def test_weakened_p_has_its_normal_value_divided():
    assert weakened(erfc(2.4 / sqrt(2)), 4.0) == pytest.approx(erfc(1.2 / sqrt(2)))
    assert weakened(0.0, 2.0) == 0.0


@given(st.floats(1e-12, 1), EFFECTS, st.floats(1, 1e6))
def test_few_degrees_make_p_larger_and_many_are_the_normal(p, effect, degrees):
    assert weakened(p, effect, degrees) >= weakened(p, effect) - 1e-12
    assert weakened(p, effect, 1e9) == pytest.approx(weakened(p, effect), rel=1e-4)


def test_p_of_few_clients_is_by_students_t():
    assert weakened(erfc(2.0 * 2.0 / sqrt(2)), 4.0, 10.0) == pytest.approx(0.07338803)  # R: 2 * pt(-2, 10)
    assert weakened(0.04, 1.0, 10.0) == 0.04


def test_degrees_are_those_of_the_smaller_groups_rows_that_do_not_go_together():
    assert degrees_of_two((30, 400), 1.5) == degrees_of_two((400, 30), 1.5) == pytest.approx(19)
    assert degrees_of_two((3, 3), 3.0) == 1


@given(COUNTED, EFFECTS)
def test_interval_of_a_share_is_wilsons_of_fewer(counted, effect):
    found, plain = share_interval(counted, effect=effect), wilson(*counted)
    assert isinstance(found, Interval)
    assert isinstance(plain, Interval)
    assert 0 <= found.low <= plain.low + 1e-12
    assert plain.high - 1e-12 <= found.high <= 1


def test_interval_of_double_rows_is_that_of_half_as_many():
    assert share_interval(Counted(30, 80), effect=2.0) == pytest.approx(wilson(15, 40))


@given(COUNTED, COUNTED, EFFECTS, EFFECTS)
def test_rows_that_go_together_never_narrow_or_sharpen_a_difference(one, other, first, second):
    plain, found = share_difference(one, other), share_difference(one, other, effects=(first, second))
    assert found.value == plain.value
    assert found.interval.low <= plain.interval.low + 1e-12
    assert found.interval.high >= plain.interval.high - 1e-12
    assert found.p >= plain.p - 1e-12


def test_difference_of_double_rows_is_that_of_half_as_many():
    found = share_difference(Counted(30, 80), Counted(60, 100), effects=(2.0, 2.0))
    plain = share_difference(Counted(15, 40), Counted(30, 50))
    assert found.interval == pytest.approx(plain.interval)
    assert found.p == pytest.approx(plain.p)


def test_ratio_of_double_rows_is_that_of_half_as_many():
    found = share_ratio(Counted(30, 80), Counted(60, 100), effects=(2.0, 2.0))
    plain = share_ratio(Counted(15, 40), Counted(30, 50))
    assert (found.value, found.p) == pytest.approx((plain.value, plain.p))
    assert found.interval == pytest.approx(plain.interval)


def test_smallest_that_could_be_seen_is_larger():
    one, other = Counted(30, 80), Counted(60, 100)
    assert smallest_seen(one, other, (2.0, 2.0)) == pytest.approx(smallest_seen(Counted(15, 40), Counted(30, 50)))


def test_pairs_of_one_client_widen_the_paired_difference():
    table = Paired(40, 20, 8, 32)
    plain, found = paired_difference(table), paired_difference(table, effect=2.0)
    assert found.interval.low < plain.interval.low < plain.interval.high < found.interval.high
    assert found.p == pytest.approx(weakened(plain.p, 2.0))


def test_ranking_is_less_sure_where_rows_go_together():
    units = {"A": Counted(60, 100), "B": Counted(40, 100)}
    plain, found = rank_shares(units), rank_shares(units, effects={"A": 3.0, "B": 3.0})
    assert isinstance(plain, Ranking)
    assert isinstance(found, Ranking)
    assert [(each.best, each.worst) for each in plain.units] == [(1, 1), (2, 2)]
    assert [(each.best, each.worst) for each in found.units] == [(1, 2), (1, 2)]


def test_limits_of_a_funnel_are_further_out_for_the_units_whose_rows_go_together():
    units = {"A": Counted(60, 100), "B": Counted(45, 100)}
    plain, found = funnel(units, target=0.5), funnel(units, target=0.5, effects={"A": 4.0})
    assert isinstance(plain, Funnel)
    assert isinstance(found, Funnel)
    before, after = ({point.unit: point for point in made.points} for made in (plain, found))
    assert after["A"].inner.high - 0.5 == pytest.approx(2 * (before["A"].inner.high - 0.5))
    assert after["A"].z == pytest.approx(before["A"].z / 2)
    assert after["B"] == before["B"]
