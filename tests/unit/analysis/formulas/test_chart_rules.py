"""The rules of run and control charts: what makes a run and a trend, and limits that are R's."""

import pytest
from r_figures import r_figures

from skillnad.analysis.formulas import chart_rules
from skillnad.analysis.formulas.chart_rules import (
    SHIFT_8,
    Rule,
    Signal,
    at_least,
    fewest_expected_crossings,
    longest_expected_run,
    runs,
    sides,
    trends,
)

RULES = [rule for rule in vars(chart_rules).values() if isinstance(rule, Rule)]


def test_points_are_above_below_or_on_the_line() -> None:
    assert sides([3, 5, 4, 4, 1], 4) == [-1, 1, 0, 0, -1]


@pytest.mark.parametrize(
    ("side", "found"),
    [
        ([], []),
        ([0, 0], []),
        ([1, 1, -1], [(0, 1), (2,)]),
        ([1, 0, 1, -1, 0], [(0, 2), (3,)]),  # a point on the line neither adds nor breaks
    ],
)
def test_runs_are_of_one_side(side: list[int], found: list[tuple[int, ...]]) -> None:
    assert runs(side) == found


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([], []),
        ([4], []),
        ([4, 4, 4], []),
        ([1, 2, 3, 2], [(0, 1, 2), (2, 3)]),
        ([1, 2, 2, 3], [(0, 1, 3)]),  # an equal point neither adds nor breaks
        ([3, 3, 2, 1, 1], [(0, 2, 3)]),
    ],
)
def test_trends_rise_or_fall(values: list[float], found: list[tuple[int, ...]]) -> None:
    assert trends(values) == found


@pytest.mark.parametrize(("length", "signals"), [(7, 0), (8, 1), (9, 1)])
def test_signal_needs_its_length(length: int, signals: int) -> None:
    found = at_least(SHIFT_8, 8, [tuple(range(length)), (90,)])
    assert found == [Signal(SHIFT_8, tuple(range(length)))] * signals


def test_limits_by_number_of_points_are_rs() -> None:
    right = r_figures("charts")["crossings"]
    assert [fewest_expected_crossings(n) for n in right["n"]] == right["least"]
    assert [longest_expected_run(n) for n in right["n"]] == right["longest"]


def test_limits_of_a_published_example() -> None:
    # Anhøj and Olesen (2014): with 24 points a run of more than 8, or fewer than 8 crossings, is unusual
    assert (longest_expected_run(24), fewest_expected_crossings(24)) == (8, 8)


def test_every_rule_has_words_and_a_source() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES) == 8
    assert all(rule.sv and rule.en and rule.sv != rule.en and any(map(str.isdigit, rule.source)) for rule in RULES)


def test_first_point_is_kept_where_the_last_is_like_it() -> None:
    assert trends([5.0, 6.0, 7.0, 5.0]) == [(0, 1, 2), (2, 3)]
