"""Control charts: R's limits, each rule's own points, and few false alarms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.control_charts import ControlChart, individuals_chart, share_chart
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted

R = r_figures("charts")
CALM = [10.0, 12.0, 9.0, 11.0, 8.0, 12.0, 9.0, 10.5, 11.0, 8.0, 12.0, 9.5]


def chart_of(values: list[float], **how) -> ControlChart:
    found = individuals_chart(values, **how)
    assert isinstance(found, ControlChart)
    return found


def signalled(chart: ControlChart) -> dict[str, list[tuple[int, ...]]]:
    found: dict[str, list[tuple[int, ...]]] = {}
    for each in chart.signals:
        found.setdefault(each.rule.id, []).append(each.points)
    return found


def test_individual_limits_are_rs() -> None:
    right = R["individuals"]
    found = chart_of(right["values"])
    assert_same([found.centre, *found.limits[0]], [right["centre"], right["low"], right["high"]])  # type: ignore[misc]
    assert found.limits == found.limits[:1] * len(right["values"])


def test_limits_of_shares_are_rs() -> None:
    right = R["shares"]
    found = share_chart([Counted(*each) for each in zip(right["part"], right["whole"], strict=True)])
    assert isinstance(found, ControlChart)
    assert_same(found.centre, right["centre"])
    assert_same(np.transpose(found.limits), [right["low"], right["high"]])


def test_calm_series_has_no_signal() -> None:
    assert chart_of(CALM).signals == ()


def test_point_beyond_the_limits_is_pointed_at() -> None:
    assert signalled(chart_of([*CALM, 40.0], baseline=12)) == {"beyond_limits": [(12,)]}


def test_shift_points_at_its_points() -> None:
    assert signalled(chart_of([*CALM, *[10.6, 10.9] * 4], baseline=12)) == {"shift_8": [tuple(range(12, 20))]}
    assert signalled(chart_of([*CALM, *[10.6, 10.9] * 3], baseline=12)) == {}


def test_trend_points_at_its_points() -> None:
    found = signalled(chart_of([*CALM[:-1], 7.0, 8.0, 9.5, 10.0, 11.0, 12.0], baseline=12))
    assert found == {"trend_6": [tuple(range(11, 17))]}


def test_limits_on_trial_are_told_until_there_are_twenty_points() -> None:
    assert not chart_of(CALM).firm
    assert chart_of(CALM * 2).firm
    assert not chart_of(CALM * 2, baseline=19).firm


def test_month_without_anyone_is_a_gap() -> None:
    months = [Counted(3, 10), Counted(0, 0), *[Counted(3, 10), Counted(4, 10)] * 6, Counted(10, 10)]
    found = share_chart(months)
    assert isinstance(found, ControlChart)
    assert (found.values[1], found.limits[1], len(found.values)) == (None, None, 15)
    assert signalled(found) == {"beyond_limits": [(14,)]}


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (individuals_chart(CALM[:11]), "too_few_points"),
        (individuals_chart(CALM, baseline=11), "too_few_points"),
        (individuals_chart([5.0] * 12), "no_variation"),
        (share_chart([Counted(1, 4)] * 11 + [Counted(0, 0)]), "too_few_points"),
        (share_chart([Counted(4, 4)] * 12), "no_variation"),
    ],
)
def test_chart_that_cannot_be_drawn_says_why(found: ControlChart | NotEstimable, reason: str) -> None:
    assert isinstance(found, NotEstimable)
    assert found.reason == reason


@given(
    st.lists(st.integers(-50, 50), min_size=12, max_size=30).filter(lambda each: len(set(each)) > 1), st.integers(1, 9)
)
@examples(25, 1000)
def test_unit_of_measure_does_not_change_the_signals(values: list[int], times: int) -> None:
    before, after = (
        chart_of([float(value) for value in values]),
        chart_of([float(value * times + 3) for value in values]),
    )
    near = abs(np.array(values) - before.centre)
    if near.min() > 1e-6 and min(abs(near - abs(before.limits[0].high - before.centre))) > 1e-6:  # type: ignore[union-attr]
        assert after.signals == before.signals


def test_chance_is_seldom_beyond_the_limits() -> None:
    chance, runs = np.random.default_rng(SEED), size(200, 10_000)
    beyond = [len(signalled(chart_of(chance.normal(0, 1, 24).tolist())).get("beyond_limits", [])) for _ in range(runs)]
    assert np.mean(beyond) / 24 < 0.01


@given(st.lists(st.integers(0, 40), min_size=12, max_size=30))
@examples(25, 1000)
def test_shares_of_the_others_have_the_mirrored_chart(parts: list[int]) -> None:
    there = share_chart([Counted(part, 40) for part in parts])
    back = share_chart([Counted(40 - part, 40) for part in parts])
    assert isinstance(there, ControlChart) == isinstance(back, ControlChart)
    if isinstance(there, ControlChart) and isinstance(back, ControlChart):
        assert back.centre == pytest.approx(1 - there.centre)
        assert signalled(back).get("trend_6") == signalled(there).get("trend_6")


def test_month_of_more_people_has_narrower_limits() -> None:
    found = share_chart([Counted(5, 10), Counted(50, 100)] * 6)
    assert isinstance(found, ControlChart)
    few, many = found.limits[:2]
    assert few is not None
    assert many is not None
    assert few.low < many.low < found.centre < many.high < few.high


def test_baseline_keeps_later_points_out_of_the_limits() -> None:
    assert chart_of([*CALM, 40.0, 60.0], baseline=12).centre == chart_of(CALM).centre
    assert chart_of([*CALM, 40.0, 60.0]).centre > 11


def test_words_of_a_chart_with_too_few_points_say_how_many() -> None:
    found = individuals_chart(CALM[:5])
    assert isinstance(found, NotEstimable)
    assert "5 användbara punkter och behöver minst 12" in found.sv
    assert "5 useful points and needs at least 12" in found.en


@pytest.mark.parametrize(("parts", "end", "expected"), [((1, 2), 0, 0), ((19, 18), 1, 1)])
def test_limits_of_shares_do_not_leave_nought_and_one(parts: tuple[int, int], end: int, expected: float) -> None:
    found = share_chart([Counted(part, 20) for part in parts] * 6)
    assert isinstance(found, ControlChart)
    assert {limits and limits[end] for limits in found.limits} == {expected}


def test_five_points_up_are_no_trend() -> None:
    assert signalled(chart_of([*CALM[:-1], 7.0, 8.0, 9.5, 10.0, 11.0], baseline=12)) == {}


def test_seven_points_on_one_side_are_no_shift() -> None:
    assert signalled(chart_of([*CALM, *[10.6, 10.9] * 3, 10.6], baseline=12)) == {}
