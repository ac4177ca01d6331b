"""Marginal effects: equal to the delta method in R, to plain shares where there is no background; as sure as said."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from logistic_models import PEOPLE, fitted, models
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.designs import design
from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.logistic import Fit
from skillnad.analysis.formulas.margins import (
    _predicted,
    adjusted_difference,
    differences_from_others,
    margins,
)

R = r_figures("logistic")
MODELS = [("cases", "unit"), ("weighted", "unit"), ("grouped", "Gender")]
COUNTS = st.integers(4, 60).flatmap(lambda whole: st.tuples(st.integers(1, whole - 1), st.just(whole)))


def model(name: str) -> Fit:
    found = models()[name]
    assert isinstance(found, Fit)
    return found


@pytest.mark.parametrize(("name", "variable"), MODELS)
def test_adjusted_shares_are_rs(name: str, variable: str) -> None:
    right, found = R[name]["margins"], margins(model(name), variable)
    assert [margin.level for margin in found] == right["levels"]
    assert_same([margin.share for margin in found], right["share"])
    assert_same([margin.error for margin in found], right["error"])


@pytest.mark.parametrize(("name", "variable"), MODELS)
def test_adjusted_differences_are_rs(name: str, variable: str) -> None:
    right, used = R[name]["margins"], model(name)
    first, *others = right["levels"]
    for number, level in enumerate(others, start=1):
        found = adjusted_difference(used, variable, level, first)
        assert isinstance(found.interval, Interval)
        assert_same(found.value, right["difference"][number])
        assert_same(found.interval.high - found.interval.low, 2 * 1.959963985 * right["difference_error"][number])


@given(COUNTS, COUNTS)
@examples(25, 1000)
def test_without_background_the_difference_is_the_plain_one(one, other) -> None:
    found = adjusted_difference(fitted(design({"sex": ["K", "M"]}), *zip(one, other, strict=True)), "sex", "M", "K")
    (x, m), (y, n) = other, one
    p, q = x / m, y / n
    assert found.value == pytest.approx(p - q, abs=1e-9)
    wald = (p * (1 - p) / m + q * (1 - q) / n) ** 0.5
    assert isinstance(found.interval, Interval)
    assert found.interval.low == pytest.approx(max(-1, p - q - 1.959963985 * wald), abs=1e-6)


def test_difference_turns_with_the_order() -> None:
    there = adjusted_difference(model("cases"), "unit", "A", "B")
    back = adjusted_difference(model("cases"), "unit", "B", "A")
    assert there.value == pytest.approx(-(back.value or 0))
    assert there.p == pytest.approx(back.p)


def test_level_against_itself_has_no_difference_and_no_p() -> None:
    found = adjusted_difference(model("cases"), "unit", "A", "A")
    assert (found.value, found.interval, found.p) == (0, Interval(0, 0), None)


def test_interval_of_a_share_stays_within_nought_and_one() -> None:
    few = margins(fitted(design({"sex": ["K", "M"]}), [1, 3], [4, 4]), "sex")
    assert all(0 < margin.interval.low < margin.share < margin.interval.high < 1 for margin in few)


def test_level_outside_the_model_is_refused() -> None:
    with pytest.raises(KeyError):
        adjusted_difference(model("cases"), "unit", "A", "X")


def test_background_that_explains_it_all_leaves_no_difference() -> None:
    # women seek what few are admitted to: 14 percentage points less in all, 2 more where departments are alike
    parts, wholes = (np.array(R["admissions"][name]) for name in ("part", "whole"))
    men = np.array(R["admissions"]["Gender"]) == "Male"
    plain = parts[~men].sum() / wholes[~men].sum() - parts[men].sum() / wholes[men].sum()
    adjusted = adjusted_difference(model("grouped"), "Gender", "Female", "Male")
    assert round(plain, 2) == -0.14
    assert round(adjusted.value or 0, 2) == 0.02
    assert isinstance(adjusted.interval, Interval)
    assert adjusted.interval.holds(0)


def test_interval_of_a_difference_covers_as_often_as_it_says() -> None:
    chance, runs, hits = np.random.default_rng(SEED), size(150, 10_000), 0
    made = design({"sex": ["K", "M"] * 3, "unit": [*"AABBCC"]})
    true = 1 / (1 + np.exp(-(made.matrix @ [-0.5, 0.7, 0.4, -0.6])))
    right = (true[1::2] - true[::2]).mean()
    for _ in range(runs):
        found = adjusted_difference(fitted(made, chance.binomial(60, true), [60] * 6), "sex", "M", "K").interval
        assert isinstance(found, Interval)
        hits += found.holds(right)
    slack = 4 * (0.05 * 0.95 / runs) ** 0.5
    assert 0.93 - slack < hits / runs < 0.97 + slack


@pytest.mark.parametrize(("name", "variable"), MODELS)
def test_slopes_are_those_of_small_steps(name: str, variable: str) -> None:
    used, level = model(name), model(name).design.levels[variable][-1]
    share, slope = _predicted(used, variable, level)
    for place, error in enumerate(used.errors):
        step = np.zeros(len(used.errors))
        step[place] = error / 1e4
        moved, _ = _predicted(replace(used, coefficients=used.coefficients + step), variable, level)
        assert (moved - share) / step[place] == pytest.approx(slope[place], rel=1e-3, abs=1e-9)


def test_margins_do_not_depend_on_the_reference() -> None:
    people = {name: PEOPLE[name] for name in ("sex", "unit")}
    one, other = (fitted(design(people, order=order), PEOPLE["yes"]) for order in (None, {"unit": ["C", "B", "A"]}))
    found = {each.level: (each.share, each.error) for each in margins(one, "unit")}
    assert {each.level: pytest.approx((each.share, each.error)) for each in margins(other, "unit")} == found


def test_where_background_is_alike_the_adjusted_shares_are_the_plain_ones() -> None:
    crossed = design({"sex": ["K", "M", "K", "M"], "unit": ["A", "A", "B", "B"]})
    found = margins(fitted(crossed, [10, 20, 10, 20], [50] * 4), "sex")
    assert [each.share for each in found] == pytest.approx([0.2, 0.4])


@pytest.mark.parametrize("confidence", [0, 95])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        margins(model("cases"), "unit", confidence=confidence)


def test_interval_of_a_share_is_even_in_log_odds() -> None:
    used = fitted(design({"sex": ["K", "M"]}), [10, 20], [50, 50])
    odds, reach = used.coefficients[0], 1.959963985 * used.errors[0]
    right = [1 / (1 + np.exp(-end)) for end in (odds - reach, odds + reach)]
    assert list(margins(used, "sex")[0].interval) == pytest.approx(right)


def test_the_others_are_the_mean_of_their_adjusted_shares_by_weight() -> None:
    used = model("cases")
    first, second, third = (margin.share for margin in margins(used, "unit"))
    found = differences_from_others(used, "unit", {"A": {"B": 30, "C": 10}})["A"]
    assert found.value == pytest.approx(first - 0.75 * second - 0.25 * third)


def test_a_group_and_the_others_without_background_are_two_shares_apart() -> None:
    used = fitted(design({"unit": ["A", "B", "C"]}), [8, 30, 5], [20, 60, 20])
    found = differences_from_others(used, "unit", {"A": {"B": 60, "C": 20}})["A"]
    assert found.value == pytest.approx(8 / 20 - 35 / 80)
    variance = 0.4 * 0.6 / 20 + 0.75**2 * 0.5 * 0.5 / 60 + 0.25**2 * 0.25 * 0.75 / 20
    assert isinstance(found.interval, Interval)
    assert found.interval.high - found.value == pytest.approx(1.959963985 * variance**0.5)


def test_others_that_nobody_is_in_are_refused() -> None:
    with pytest.raises(ValueError, match="somebody"):
        differences_from_others(model("cases"), "unit", {"A": {"B": 0}})
