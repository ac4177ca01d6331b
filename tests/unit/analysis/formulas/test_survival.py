"""Kaplan and Meier's curve: equal to R's survfit, to the plain median where nothing is open, and as sure as it says."""

from fractions import Fraction
from math import nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.estimable import Estimate, NotEstimable
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why, wilson
from skillnad.analysis.formulas.life_tables import LifeTable, from_counts, from_rows
from skillnad.analysis.formulas.survival import Curve, Scale, kaplan_meier, share_within, time_until

CURVES = r_figures("survival")["curves"]
EACH = pytest.mark.parametrize(("name", "scale"), [(name, scale) for name in CURVES for scale in Scale])
ROWS = st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=1, max_size=60)


def table(name: str) -> LifeTable:
    case = CURVES[name]
    return from_rows(case["days"], case["ended"], case.get("entry"))


def curve_of(days: list[int], ended: list[bool], scale: Scale = Scale.LOG_LOG) -> Curve:
    curve = kaplan_meier(from_rows(days, ended), scale=scale)
    assert isinstance(curve, Curve)
    return curve


def figures(found: Estimate | NotEstimable) -> tuple[float, float, float]:
    if isinstance(found, NotEstimable):
        return nan, nan, nan
    return (found.value, *(found.interval if isinstance(found.interval, Interval) else (nan, nan)))


@EACH
def test_curve_is_rs(name: str, scale: Scale) -> None:
    curve, right = kaplan_meier(table(name), scale=scale), CURVES[name][scale]
    assert isinstance(curve, Curve)
    assert curve.table.days.tolist() == right["day"]
    assert curve.table.at_risk.tolist() == right["at_risk"]
    assert_same(curve.share, right["share"])
    assert_same(np.where(curve.share > 0, curve.log_error, nan), right["log_error"])
    assert_same([curve.low, curve.high], [right["low"], right["high"]])


@EACH
def test_quantiles_are_rs(name: str, scale: Scale) -> None:
    curve, right = kaplan_meier(table(name), scale=scale), CURVES[name][scale]
    assert isinstance(curve, Curve)
    found = np.array([figures(time_until(curve, p)) for p in right["probs"]]).T
    found[np.isinf(found)] = nan  # R has NA where the interval has no upper end
    told = ~np.isnan(found[0])
    assert_same(found[0], right["quantile"])
    assert_same(found[1:, told], np.array([right["quantile_low"], right["quantile_high"]], dtype=float)[:, told])


@pytest.mark.parametrize("name", CURVES)
def test_share_within_a_limit_is_rs(name: str) -> None:
    curve, right = kaplan_meier(table(name)), CURVES[name]
    assert isinstance(curve, Curve)
    for number, limit in enumerate(right["limits"]):
        found, share = figures(share_within(curve, limit)), right["within"][number]
        assert_same(found[0], share)
        if 0 < share < 1:
            assert_same(found[1:], [right["within_low"][number], right["within_high"][number]])


@pytest.mark.parametrize("name", CURVES)
def test_numbers_at_risk_are_rs(name: str) -> None:
    assert table(name).at_risk_on(CURVES[name]["at"]).tolist() == CURVES[name]["at_risk_at"]


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9]))
@examples(25, 1000)
def test_with_nothing_open_a_quantile_is_the_empirical_one(days: list[int], p: float) -> None:
    right = np.quantile(days, p, method="averaged_inverted_cdf")  # definition 2 of Hyndman and Fan
    assert figures(time_until(curve_of(days, [True] * len(days)), p))[0] == right


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.integers(0, 400))
@examples(25, 1000)
def test_with_nothing_open_a_share_is_the_plain_one(days: list[int], limit: int) -> None:
    found, part = share_within(curve_of(days, [True] * len(days)), limit), sum(day <= limit for day in days)
    right = wilson(part, len(days))
    assert isinstance(right, Interval)
    assert figures(found) == pytest.approx((part / len(days), *right), abs=1e-12)


@given(ROWS, st.randoms(use_true_random=False))
@examples(25, 1000)
def test_order_of_rows_does_not_matter(rows: list[tuple[int, bool]], chance) -> None:
    before = curve_of(*map(list, zip(*rows, strict=True)))
    chance.shuffle(rows)
    assert curve_of(*map(list, zip(*rows, strict=True))).share.tolist() == before.share.tolist()


@given(ROWS, st.integers(2, 9))
@examples(25, 1000)
def test_rows_many_times_over_only_narrow_the_interval(rows: list[tuple[int, bool]], times: int) -> None:
    once, often = (curve_of(*map(list, zip(*many, strict=True))) for many in (rows, rows * times))
    assert often.share == pytest.approx(once.share, abs=1e-12)
    wide = ~np.isnan(once.low)
    assert (often.high[wide] - often.low[wide] < once.high[wide] - once.low[wide]).all()


@given(ROWS)
@examples(25, 1000)
def test_curve_falls_and_stays_within_its_limits(rows: list[tuple[int, bool]]) -> None:
    curve = curve_of(*map(list, zip(*rows, strict=True)))
    assert (np.diff(curve.share) <= 0).all()
    inside = ~np.isnan(curve.low)
    assert ((curve.low <= curve.share) & (curve.share <= curve.high))[inside].all()


def test_open_rows_lengthen_the_median() -> None:
    days, ended = [10, 20, 30, 40, 50, 60], [True, False, True, False, True, False]
    assert figures(time_until(curve_of(days, ended), 0.5))[0] == 50 > np.median([10, 30, 50])


def test_no_rows_have_no_curve() -> None:
    found = kaplan_meier(from_rows([], []))
    assert isinstance(found, NotEstimable)
    assert (found.reason, found.text("en")) == ("no_rows", found.en)


def test_time_of_what_is_all_open_cannot_be_told() -> None:
    found = time_until(curve_of([5, 9], [False, False]), 0.5)
    assert isinstance(found, NotEstimable)
    assert found.reason == "share_not_reached"
    assert "omkring 0 procent" in found.text()


def test_limit_past_the_last_day_cannot_be_told() -> None:
    found = share_within(curve_of([5, 9], [True, False]), 10)
    assert isinstance(found, NotEstimable)
    assert found.reason == "limit_past_last_day"
    assert "högst 9 dagar" in found.sv


def test_limit_past_the_last_day_is_all_where_all_have_ended() -> None:
    assert share_within(curve_of([5, 9], [True, True]), 365) == Estimate(1.0, wilson(2, 2))


def test_none_ended_has_wilsons_interval_of_those_still_at_risk() -> None:
    curve = curve_of([3, 8, 9, 9], [False, True, True, False])
    assert share_within(curve, 5) == Estimate(0.0, wilson(0, 3))
    assert share_within(curve, 2) == Estimate(0.0, wilson(0, 4))


def test_all_ended_with_some_open_before_has_no_interval() -> None:
    curve = curve_of([3, 8, 9], [False, True, True])
    assert share_within(curve, 9) == Estimate(1.0, NoInterval(Why.TOO_FEW))


def test_none_ended_among_late_entries_has_no_interval() -> None:
    curve = kaplan_meier(from_rows([8, 9], [True, True], [None, 2]))
    assert isinstance(curve, Curve)
    assert share_within(curve, 5) == Estimate(0.0, NoInterval(Why.TOO_FEW))


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        kaplan_meier(from_rows([1], [True]), confidence=confidence)


@pytest.mark.parametrize("p", [0, 1, 50])
def test_quantile_is_a_share(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        time_until(curve_of([1], [True]), p)


def test_limit_is_not_negative() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        share_within(curve_of([1], [True]), -1)


def simulated(chance: np.random.Generator, n: int, mean: float) -> Curve:
    """`n` rows that last exponentially long, seen for a quarter of a year to a whole one."""
    true, seen = chance.exponential(mean, n).astype(int), chance.integers(90, 366, n)
    last, ended = np.minimum(true, seen), true <= seen
    counts = (np.bincount(last[part], minlength=366) for part in (ended, ~ended))
    curve = kaplan_meier(from_counts(*counts))
    assert isinstance(curve, Curve)
    return curve


def holds(found: Estimate | NotEstimable, right: float) -> list[bool]:
    """Whether the interval does; nothing where there is none."""
    told = isinstance(found, Estimate) and isinstance(found.interval, Interval)
    return [found.interval.holds(right)] if told else []  # type: ignore[union-attr]


@pytest.mark.parametrize("n", [20, 100, 1000])
def test_intervals_cover_as_often_as_they_say(n: int) -> None:
    """Of the median, and of the share within limits of a month to eight."""
    chance, runs, shares, medians = np.random.default_rng(SEED), size(200, 10_000), [], []
    for _ in range(runs):
        mean, limit = chance.uniform(60, 240), int(chance.integers(30, 240))
        curve = simulated(chance, n, mean)
        shares += holds(share_within(curve, limit), 1 - np.exp(-(limit + 1) / mean))
        medians += holds(time_until(curve, 0.5), int(mean * np.log(2)))
    slack = 4 * (0.05 * 0.95 / runs) ** 0.5
    assert 0.93 - slack < np.mean(shares) < 0.97 + slack
    assert np.mean(medians) > 0.93 - slack


def slow_share(rows: list[tuple[int, bool]], day: int) -> Fraction:
    """The curve on `day`, in whole numbers and by its definition."""
    share = Fraction(1)
    for each in sorted({last for last, ended in rows if ended and last <= day}):
        at_risk = sum(last >= each for last, _ in rows)
        share *= 1 - Fraction(rows.count((each, True)), at_risk)
    return share


def slow_greenwood(rows: list[tuple[int, bool]], day: int) -> Fraction:
    """The variance of the log of the curve on `day`."""
    variance = Fraction(0)
    for each in {last for last, ended in rows if ended and last <= day}:
        at_risk, ended = sum(last >= each for last, _ in rows), rows.count((each, True))
        variance += Fraction(ended, at_risk * (at_risk - ended))
    return variance


@given(ROWS)
@examples(25, 1000)
def test_curve_and_its_error_are_those_of_the_definition(rows: list[tuple[int, bool]]) -> None:
    curve = curve_of(*map(list, zip(*rows, strict=True)))
    for place, day in enumerate(curve.table.days.tolist()):
        assert curve.share[place] == pytest.approx(float(slow_share(rows, day)), abs=1e-12)
        if curve.share[place] > 0:
            assert curve.log_error[place] ** 2 == pytest.approx(float(slow_greenwood(rows, day)), rel=1e-9)


@given(ROWS, st.sampled_from([0.25, 0.5, 0.75]))
@examples(25, 1000)
def test_time_until_is_the_first_day_when_so_many_have_ended(rows: list[tuple[int, bool]], p: float) -> None:
    found = time_until(curve_of(*map(list, zip(*rows, strict=True))), p)
    reached = [day for day in range(41) if 1 - slow_share(rows, day) >= p]
    assert isinstance(found, Estimate) == bool(reached)
    if isinstance(found, Estimate) and 1 - slow_share(rows, reached[0]) != Fraction(p):
        assert found.value == reached[0]


@given(ROWS, st.integers(2, 30))
@examples(25, 1000)
def test_longer_days_make_longer_times_and_the_same_shares(rows: list[tuple[int, bool]], times: int) -> None:
    days, ended = map(list, zip(*rows, strict=True))
    short, long = curve_of(days, ended), curve_of([day * times for day in days], ended)
    assert np.array(figures(time_until(long, 0.5))) == pytest.approx(
        times * np.array(figures(time_until(short, 0.5))), nan_ok=True
    )
    assert share_within(long, max(days) * times) == share_within(short, max(days))


@given(ROWS)
@examples(25, 1000)
def test_more_confidence_is_a_wider_interval(rows: list[tuple[int, bool]]) -> None:
    table_of = from_rows(*map(list, zip(*rows, strict=True)))
    sure, surer = (kaplan_meier(table_of, confidence=confidence) for confidence in (0.8, 0.99))
    assert isinstance(sure, Curve)
    assert isinstance(surer, Curve)
    one, other = figures(share_within(sure, 0)), figures(share_within(surer, 0))
    assert np.isnan(one[1]) or (other[1] <= one[1] and one[2] <= other[2])


def test_interval_of_a_time_may_have_no_upper_end() -> None:
    found = time_until(curve_of([1, 2, 3, 4], [True, True, True, False]), 0.5)
    assert isinstance(found, Estimate)
    assert isinstance(found.interval, Interval)
    assert (found.value, found.interval.high) == (2.5, np.inf)


def test_time_of_a_single_row_has_no_interval() -> None:
    assert time_until(curve_of([7], [True]), 0.5) == Estimate(7.0, NoInterval(Why.TOO_FEW))
