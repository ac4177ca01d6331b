"""Differences put together of two estimates, and shares within a limit as sure as Greenwood says."""

from math import exp, inf, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.differences import chi_square_p, share_difference
from skillnad.analysis.formulas.estimable import Estimate
from skillnad.analysis.formulas.followed import difference, difference_within, ratio, smallest_within, whole_rows
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why, wilson
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.survival import Curve, followed_rows, kaplan_meier, share_within

ONE = Estimate(100.0, Interval(70.0, 180.0))
OTHER = Estimate(60.0, Interval(20.0, 75.0))
COUNTS = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_ends_are_the_legs_of_triangles():
    found = difference(ONE, OTHER, 0.25)
    assert (found.value, found.p) == (40, 0.25)
    assert found.interval == pytest.approx((40 - sqrt(30**2 + 15**2), 40 + sqrt(80**2 + 40**2)))


def test_ratio_is_a_difference_of_logarithms():
    found = ratio(ONE, OTHER)
    apart = log(100 / 60)
    assert found.value == pytest.approx(100 / 60)
    assert found.interval == pytest.approx(
        (
            exp(apart - sqrt(log(100 / 70) ** 2 + log(75 / 60) ** 2)),
            exp(apart + sqrt(log(180 / 100) ** 2 + log(60 / 20) ** 2)),
        )
    )


def test_end_that_is_not_set_leaves_the_differences_own_unset():
    endless = Estimate(100.0, Interval(70.0, inf))
    assert difference(endless, OTHER).interval == pytest.approx((40 - sqrt(30**2 + 15**2), inf))
    assert difference(OTHER, endless).interval.low == -inf
    assert ratio(endless, OTHER).interval.high == inf
    assert ratio(OTHER, endless).interval.low == 0


def test_interval_from_nought_gives_a_ratio_without_an_end():
    assert ratio(ONE, Estimate(60.0, Interval(0.0, 75.0))).interval.high == inf


@pytest.mark.parametrize("none", [Estimate(0.0, Interval(0.0, 3.0)), Estimate(-1.0, Interval(-2.0, 3.0))])
def test_ratio_needs_both_above_nought(none):
    assert ratio(ONE, none).interval == ratio(none, ONE).interval == NoInterval(Why.NEAR_NOUGHT)


@pytest.mark.parametrize("pair", [(ONE, 0), (0, ONE)])
def test_without_an_interval_of_both_there_is_none(pair):
    alone = Estimate(80.0, NoInterval(Why.TOO_FEW))
    pair = tuple(each or alone for each in pair)
    assert difference(*pair).interval == ratio(*pair).interval == NoInterval(Why.TOO_FEW)
    assert difference(*pair).value == pair[0].value - pair[1].value


@given(one=COUNTS, other=COUNTS)
def test_of_shares_with_nothing_open_it_is_newcombes_interval_and_p(one, other):
    shares = [Estimate(part / n, wilson(part, n)) for part, n in (one, other)]
    found, right = difference_within(*shares, (one[1], other[1])), share_difference(Counted(*one), Counted(*other))
    assert found.interval == pytest.approx(right.interval)
    assert (found.value, found.p) == (pytest.approx(right.value), pytest.approx(right.p))


def test_smallest_difference_is_that_of_the_shares_together():
    shares = [Estimate(0.4, wilson(40, 100)), Estimate(0.1, wilson(30, 300))]
    right = smallest_share_difference(100, 300, 0.175).either_way
    assert smallest_within(*shares, (100.2, 299.9)) == pytest.approx(right)


@pytest.mark.parametrize("rows", [(0.4, 100.0), (100.0, 0.0)])
def test_share_as_sure_as_of_nobody_is_compared_with_nothing(rows):
    shares = Estimate(0.4, NoInterval(Why.TOO_FEW)), Estimate(0.1, wilson(10, 100))
    found = difference_within(*shares, rows)
    assert (found.value, found.interval, found.p) == (pytest.approx(0.3), NoInterval(Why.TOO_FEW), None)
    assert smallest_within(*shares, rows) is None


def test_p_is_of_whole_rows():
    shares = [Estimate(0.41, Interval(0.3, 0.5)), Estimate(0.2, Interval(0.1, 0.3))]
    found = difference_within(*shares, (99.6, 80.4))
    assert found.p == pytest.approx(chi_square_p(Counted(41, 100), Counted(16, 80)))
    assert whole_rows(0.41, 99.6) == Counted(41, 100)


def curve(days: list[int], ended: list[bool]) -> Curve:
    found = kaplan_meier(from_rows(days, ended))
    assert isinstance(found, Curve)
    return found


@given(ended=st.lists(st.integers(0, 60), min_size=1, max_size=80), limit=st.integers(0, 70))
def test_with_nothing_open_a_share_is_as_sure_as_its_rows(ended, limit):
    assert followed_rows(curve(ended, [True] * len(ended)), limit) == pytest.approx(len(ended))


def test_row_that_was_open_before_the_limit_counts_in_part():
    found = curve([10, 20, 30, 40, 50], [True, False, True, True, True])
    share = share_within(found, 30)
    # S = 4/5 · 2/3; Greenwood 1/(5·4) + 1/(3·2)
    assert followed_rows(found, 30) == pytest.approx((7 / 15) / (8 / 15) / (1 / 20 + 1 / 6))
    assert 4 < followed_rows(found, 30) < 5
    assert share.value == pytest.approx(7 / 15)


def test_where_none_or_all_have_ended_it_is_those_of_whom_it_is_known():
    found = curve([10, 20, 30], [False, True, True])
    assert followed_rows(found, 15) == 2
    assert followed_rows(found, 30) == 0
