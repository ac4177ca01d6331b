"""Run charts: exact limits of runs, each rule's own points, and few false alarms."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import SEED, examples, size
from r_figures import r_figures

from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.run_charts import RuleSet, RunChart, _chance, expected_runs, run_chart

RUNS = r_figures("charts")["runs"]
UP_AND_DOWN = [1.0, 9.0, 2.0, 3.0, 8.0, 7.0, 1.5, 8.5, 2.5, 3.5, 7.5, 9.5, 0.5, 6.5]


def chart_of(values: list[float], **how) -> RunChart:
    found = run_chart(values, **how)
    assert isinstance(found, RunChart)
    return found


def signalled(chart: RunChart) -> dict[str, tuple[int, ...]]:
    return {each.rule.id: each.points for each in chart.signals}


@pytest.mark.parametrize("case", RUNS, ids=lambda case: f"{case['above']}-{case['below']}")
def test_limits_of_runs_are_those_of_every_order_written_out(case) -> None:
    assert expected_runs(case["above"], case["below"]) == (case["least"], case["most"])
    assert expected_runs(case["below"], case["above"]) == (case["least"], case["most"])


@pytest.mark.parametrize(
    ("each", "critical"), [(5, (2, 10)), (8, (4, 14)), (10, (6, 16)), (12, (7, 19)), (15, (10, 22)), (20, (14, 28))]
)
def test_limits_of_runs_are_the_published_ones(each: int, critical: tuple[int, int]) -> None:
    # Swed and Eisenhart (1943): as many runs as these, or fewer and more, come by chance 2.5 times in a hundred at most
    least, most = expected_runs(each, each)
    assert (least - 1, most + 1) == critical


@pytest.mark.parametrize("rules", RuleSet)
def test_calm_series_has_no_signal(rules: RuleSet) -> None:
    found = chart_of(UP_AND_DOWN, rules=rules)
    assert found.signals == ()
    assert (found.median, found.useful, found.runs, found.crossings, found.longest) == (5, 14, 10, 9, 2)


def test_long_run_and_few_crossings_are_told() -> None:
    found = signalled(chart_of([1.0, 2.0, 1.5, 2.5, 1.0, 2.0, 1.5, 8.0, 9.0, 7.0, 8.5, 9.5, 8.0, 7.5]))
    assert found == {"unusually_few_crossings": tuple(range(14))}
    found = signalled(chart_of([*UP_AND_DOWN, *[6.0, 7.0] * 5], centre=5.0))
    assert found["unusually_long_run"] == tuple(range(13, 24))


def test_shift_trend_and_runs_point_at_their_points() -> None:
    found = signalled(
        chart_of([1.0, 2.0, 3.0, 4.0, 5.0, 4.5, 11.0, 12.0, 11.5, 13.0, 12.5, 11.0], rules=RuleSet.PROVOST)
    )
    assert found["trend_5"] == (0, 1, 2, 3, 4)
    assert found["shift_6"] == (6, 7, 8, 9, 10, 11)
    assert found["number_of_runs"] == tuple(range(12))


def test_too_many_runs_are_told_too() -> None:
    assert "number_of_runs" in signalled(chart_of([1.0, 9.0] * 7, rules=RuleSet.PROVOST))
    assert signalled(chart_of([1.0, 9.0] * 7)) == {}


def test_points_on_the_median_are_not_useful() -> None:
    assert chart_of([*UP_AND_DOWN, 5.0, 5.0]).useful == 14


@pytest.mark.parametrize("values", [[], [4.0] * 30, UP_AND_DOWN[:9]])
def test_too_few_useful_points_are_told(values: list[float]) -> None:
    found = run_chart(values)
    assert isinstance(found, NotEstimable)
    assert found.reason == "too_few_points"
    assert "minst 10" in found.sv


@given(st.permutations(UP_AND_DOWN))
@examples(25, 1000)
def test_signals_are_the_same_upside_down(values: list[float]) -> None:
    for rules in RuleSet:
        turned = chart_of([-value for value in values], rules=rules)
        assert turned.signals == chart_of(values, rules=rules).signals


@pytest.mark.parametrize("length", [12, 24, 48])
def test_chance_is_seldom_signalled(length: int) -> None:
    chance, runs = np.random.default_rng(SEED), size(200, 10_000)
    charts = [signalled(chart_of(chance.normal(0, 1, length).tolist())) for _ in range(runs)]
    by_runs = [signalled(chart_of(chance.normal(0, 1, length).tolist(), rules=RuleSet.PROVOST)) for _ in range(runs)]
    slack = 4 * (0.05 * 0.95 / runs) ** 0.5
    assert np.mean([bool(each) for each in charts]) < 0.05 + slack
    assert np.mean(["number_of_runs" in each for each in by_runs]) < 0.05 + slack


@pytest.mark.parametrize(("length", "one_in"), [(12, 75), (24, 32), (36, 23), (48, 25), (60, 23), (84, 15)])
def test_chance_is_signalled_in_one_series_of_so_many(length: int, one_in: int) -> None:
    # as the handbook and the notes under a run chart say; of 100 000 series: 77, 32, 23, 26, 23 and 15
    chance, runs = np.random.default_rng(SEED + length), size(1500, 20_000)
    found = np.mean([bool(chart_of(chance.normal(0, 1, length).tolist()).signals) for _ in range(runs)])
    assert abs(found - 1 / one_in) < 4 * (1 / one_in / runs) ** 0.5


@pytest.mark.parametrize(("length", "least", "most"), [(12, 0.02, 0.12), (36, 0.18, 0.34)])
def test_short_series_seldom_show_that_half_of_them_has_moved(length: int, least: float, most: float) -> None:
    chance, runs = np.random.default_rng(SEED + length), size(500, 10_000)
    moved = np.repeat([0.0, 1.0], length // 2)
    found = [bool(chart_of((chance.normal(0, 1, length) + moved).tolist()).signals) for _ in range(runs)]
    assert least < np.mean(found) < most


@pytest.mark.parametrize(("above", "below"), [(1, 1), (1, 9), (6, 6), (7, 12), (25, 25)])
def test_chances_of_every_number_of_runs_add_up_to_one(above: int, below: int) -> None:
    chances = [_chance(count, above, below) for count in range(1, above + below + 2)]
    assert sum(chances) == 1
    assert sum(count * chance for count, chance in enumerate(chances, start=1)) == 1 + Fraction(
        2 * above * below, above + below
    )


def test_earlier_median_shows_that_a_series_has_moved() -> None:
    moved = [value + 6 for value in UP_AND_DOWN]
    assert signalled(chart_of(moved)) == {}
    assert "unusually_long_run" in signalled(chart_of(moved, centre=5.0))


def of_runs(*lengths: int) -> list[float]:
    return [1.0 + 8 * (place % 2) for place, length in enumerate(lengths) for _ in range(length)]


@pytest.mark.parametrize(("lengths", "told"), [((3, 3, 3, 3, 2), False), ((4, 4, 3, 3), True)])
def test_crossings_are_few_below_their_limit(lengths: tuple[int, ...], told: bool) -> None:
    # of 14 points: four crossings or more
    assert ("unusually_few_crossings" in signalled(chart_of(of_runs(*lengths), centre=5.0))) == told


@pytest.mark.parametrize(
    ("lengths", "told"),
    [((4, 7, 3), True), ((4, 4, 3, 3), False), ((2, 2, *[1] * 10), False), ((1, 2, *[1] * 11), True)],
)
def test_runs_are_too_few_and_too_many_past_their_limits(lengths: tuple[int, ...], told: bool) -> None:
    # of seven points on each side: 4 to 12 runs
    assert ("number_of_runs" in signalled(chart_of(of_runs(*lengths), centre=5.0, rules=RuleSet.PROVOST))) == told


@pytest.mark.parametrize(("length", "told"), [(7, False), (8, True)])
def test_run_is_long_past_its_limit(length: int, told: bool) -> None:
    # of 14 points: seven
    others = [1] * (14 - length)
    assert ("unusually_long_run" in signalled(chart_of(of_runs(*others, length), centre=5.0))) == told


@pytest.mark.parametrize("count", [10, 25])
def test_points_all_on_one_side_are_one_run(count: int) -> None:
    assert expected_runs(0, count) == expected_runs(count, 0) == (1, 1)


def test_two_points_are_two_runs() -> None:
    assert expected_runs(1, 1) == (2, 2)


def test_number_of_runs_that_comes_just_as_often_as_said_is_unusual() -> None:
    # three runs or fewer of 3 points and 14: 17 of 680 orders, which is 2.5 in a hundred
    assert expected_runs(3, 14)[0] == 4


def test_centre_of_nought_is_a_centre() -> None:
    around = [value - 5 for value in UP_AND_DOWN]
    assert chart_of(around, centre=0.0) == chart_of(around)


@pytest.mark.parametrize(("length", "told"), [(5, False), (6, True)])
def test_shift_is_six_points_or_more(length: int, told: bool) -> None:
    found = chart_of(of_runs(length, *[2] * 6), centre=5.0, rules=RuleSet.PROVOST)
    assert ("shift_6" in signalled(found)) == told


@pytest.mark.parametrize("rules", RuleSet)
def test_ten_useful_points_are_enough(rules: RuleSet) -> None:
    assert chart_of(of_runs(2, 2, 2, 2, 2), centre=5.0, rules=rules).useful == 10


def test_number_of_runs_that_comes_a_little_more_often_than_said_is_usual() -> None:
    # 19 runs or fewer of 14 points and 79: 2.50011 in a hundred
    assert expected_runs(14, 79)[0] == 19
