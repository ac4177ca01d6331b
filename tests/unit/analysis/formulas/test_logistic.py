"""The logistic model: R's coefficients, a published table, what must not matter, no figure where none can be had."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from logistic_models import PEOPLE, fitted, models
from proof_sizes import SEED, examples, size
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.designs import Design, design
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.logistic import Fit, fit

R = r_figures("logistic")
COUNTS = st.integers(2, 30).flatmap(lambda whole: st.tuples(st.integers(1, whole - 1), st.just(whole)))


def reason(made: Design, part, whole=None) -> str:
    found = fit(made, part, whole)
    assert isinstance(found, NotEstimable)
    assert found.sv != found.en
    return found.reason


@pytest.mark.parametrize(("name", "found"), models().items(), ids=list(models()))
def test_model_is_rs(name: str, found: Fit | NotEstimable) -> None:
    assert isinstance(found, Fit)
    assert_same(found.coefficients, R[name]["coefficients"])
    assert_same(found.errors, R[name]["errors"])
    assert_same(found.deviance, R[name]["deviance"])
    assert found.degrees == R[name]["degrees"]


def test_deviance_of_a_published_table() -> None:
    # A. Agresti, Categorical Data Analysis, admissions at Berkeley: gender and department have G2 = 20.20, df = 5
    found = models()["grouped"]
    assert isinstance(found, Fit)
    assert (round(found.deviance, 2), found.degrees) == (20.20, 5)


@given(st.tuples(COUNTS, COUNTS))
@examples(25, 1000)
def test_model_of_one_factor_gives_the_plain_shares(counts) -> None:
    (part, whole), (other, of) = counts
    found = fitted(design({"sex": ["K", "M"]}), [part, other], [whole, of])
    assert found.shares == pytest.approx([part / whole, other / of], abs=1e-9)
    assert found.deviance == pytest.approx(0, abs=1e-6)
    odds = 1 / part + 1 / (whole - part) + 1 / other + 1 / (of - other)  # Woolf's error of a log odds ratio
    assert found.errors[1] == pytest.approx(odds**0.5, rel=1e-6)


@given(st.lists(st.tuples(st.sampled_from("KM"), st.sampled_from("AB"), COUNTS), min_size=1, max_size=12))
@examples(40, 2000)
def test_cases_one_by_one_are_cases_counted(rows) -> None:
    sexes, units, counts = zip(*rows, strict=True)
    parts, wholes = zip(*counts, strict=True)
    counted = fit(design({"sex": sexes, "unit": units}), parts, wholes)
    spread = [np.repeat(column, wholes).tolist() for column in (sexes, units)]
    yes = np.concatenate([np.arange(whole) < part for part, whole in counts])
    one_by_one = fit(design({"sex": spread[0], "unit": spread[1]}), yes)
    assert isinstance(counted, Fit) == isinstance(one_by_one, Fit)
    if isinstance(counted, Fit) and isinstance(one_by_one, Fit):
        assert one_by_one.coefficients == pytest.approx(counted.coefficients, abs=1e-6)
        assert one_by_one.errors == pytest.approx(counted.errors, rel=1e-6)


@given(st.floats(1e-3, 1e7))
@examples(30, 1000)
def test_unit_of_a_number_does_not_matter(times: float) -> None:
    before, after = (
        fitted(design({"sex": PEOPLE["sex"]}, {"age": [scale * age for age in PEOPLE["age"]]}), PEOPLE["yes"])
        for scale in (1, times)
    )
    assert after.coefficients[2] * times == pytest.approx(before.coefficients[2], rel=1e-6)
    assert after.errors[2] * times == pytest.approx(before.errors[2], rel=1e-6)


def test_rows_without_cases_count_for_nothing() -> None:
    with_it = fitted(design({"sex": ["K", "M", "K"]}), [3, 5, 0], [9, 8, 0])
    without = fitted(design({"sex": ["K", "M"]}), [3, 5], [9, 8])
    assert with_it.coefficients == pytest.approx(without.coefficients)
    assert with_it.degrees == without.degrees == 0
    assert with_it.deviance == pytest.approx(without.deviance, abs=1e-9)


@pytest.mark.parametrize("part", [[0, 0], [9, 8]])
def test_one_outcome_is_nothing_to_explain(part: list[int]) -> None:
    assert reason(design({"sex": ["K", "M"]}), part, [9, 8]) == "one_outcome"


@pytest.mark.parametrize("part", [[0, 4], [9, 4], [5, 0], [5, 8]])
def test_group_where_all_or_none_have_it_is_told(part: list[int]) -> None:
    found = fit(design({"sex": ["K", "M"]}), part, [9, 8])
    assert isinstance(found, NotEstimable)
    assert found.reason == "separated"
    assert "sök i: sex" in found.sv


def test_number_that_tells_the_outcome_is_told() -> None:
    ages = design({}, {"age": [20, 30, 40, 50]})
    assert reason(ages, [0, 0, 1, 1]) == "separated"
    assert isinstance(fit(ages, [0, 1, 0, 1]), Fit)


def test_outcomes_that_touch_at_one_value_are_told_apart_too() -> None:
    # quasi-complete separation: only at 40 are there both
    assert reason(design({}, {"age": [20, 30, 40, 40, 50]}), [0, 0, 0, 1, 1]) == "separated"


def test_variables_that_say_the_same_are_told() -> None:
    found = fit(design({"sex": ["K", "M", "K", "M"], "again": ["f", "m", "f", "m"]}), [1, 2, 3, 4], [9, 9, 9, 9])
    assert isinstance(found, NotEstimable)
    assert (found.reason, "again" in found.sv) == ("collinear", True)


def test_factor_of_a_single_level_has_no_column() -> None:
    assert fitted(design({"sex": ["K", "K"]}), [1, 3], [4, 4]).shares == pytest.approx([0.5, 0.5])


@pytest.mark.parametrize(("part", "whole"), [([5, 1], [4, 4]), ([-1, 1], [4, 4]), ([1], [4]), ([1, 1], [4])])
def test_parts_that_are_not_of_their_wholes_are_refused(part, whole) -> None:
    with pytest.raises(ValueError, match="part of a whole"):
        fit(design({"sex": ["K", "M"]}), part, whole)


def test_interval_of_a_coefficient_covers_as_often_as_it_says() -> None:
    chance, runs, hits, told = np.random.default_rng(SEED), size(150, 10_000), 0, 0
    made = design({"sex": ["K", "M"] * 3, "unit": [*"AABBCC"]})
    true = 1 / (1 + np.exp(-(made.matrix @ [-0.5, 0.7, 0.4, -0.6])))
    for _ in range(runs):
        found = fit(made, chance.binomial(40, true), [40] * 6)
        if isinstance(found, Fit):
            told += 1
            hits += abs(found.coefficients[1] - 0.7) < 1.96 * found.errors[1]
    slack = 4 * (0.05 * 0.95 / told) ** 0.5
    assert 0.93 - slack < hits / told < 0.97 + slack


def test_coefficients_solve_the_likelihoods_equations() -> None:
    for found, (part, whole) in zip(models().values(), parts_and_wholes(), strict=True):
        assert isinstance(found, Fit)
        left = found.design.matrix.T @ (part - whole * found.shares)
        assert left == pytest.approx(0, abs=1e-6 * abs(found.design.matrix).sum())


def parts_and_wholes() -> list[tuple[np.ndarray, np.ndarray]]:
    yes, weight = np.array(PEOPLE["yes"]), np.array(PEOPLE["weight"])
    return [
        (yes, np.ones(len(yes))),
        (yes * weight, weight),
        (np.array(R["admissions"]["part"]), np.array(R["admissions"]["whole"])),
    ]


def test_other_outcome_turns_every_sign() -> None:
    made, yes = design({"sex": PEOPLE["sex"], "unit": PEOPLE["unit"]}), np.array(PEOPLE["yes"])
    there, back = fitted(made, yes), fitted(made, 1 - yes)
    assert back.coefficients == pytest.approx(-there.coefficients, abs=1e-8)
    assert back.errors == pytest.approx(there.errors)


@pytest.mark.parametrize("order", [["A", "B", "C"], ["B", "C", "A"], ["C", "A", "B"]])
def test_reference_does_not_change_the_fit(order: list[str]) -> None:
    background = {"sex": PEOPLE["sex"], "unit": PEOPLE["unit"]}
    plain, turned = (fitted(design(background, order=each), PEOPLE["yes"]) for each in (None, {"unit": order}))
    assert turned.shares == pytest.approx(plain.shares, abs=1e-9)
    assert turned.deviance == pytest.approx(plain.deviance)


def test_outcomes_all_but_apart_are_fitted() -> None:
    # one in a hundred thousand: near 0, and no separation
    found = fitted(design({"sex": ["K", "M"]}), [1, 40_000], [100_000, 100_000])
    assert found.shares == pytest.approx([1e-5, 0.4], rel=1e-6)


def test_one_case_alone_on_its_side_is_still_told_apart() -> None:
    units = ["A"] * 400 + ["B"] * 400 + ["C"]
    assert reason(design({"unit": units}), [0, 1] * 400 + [1]) == "separated"


def test_rows_without_cases_do_not_hide_that_outcomes_lie_apart() -> None:
    assert reason(design({}, {"age": [10, 20, 40, 50]}), [0, 0, 5, 0], [0, 5, 5, 0]) == "separated"


@pytest.mark.parametrize("unit", [1e-6, 1e6])
def test_number_that_tells_the_outcome_is_told_in_any_unit(unit: float) -> None:
    assert reason(design({}, {"age": [unit * age for age in (20, 30, 40, 50)]}), [0, 0, 1, 1]) == "separated"


def test_number_that_is_nought_for_all_follows_from_the_others() -> None:
    assert reason(design({"sex": ["K", "M"]}, {"children": [0, 0]}), [1, 3], [4, 4]) == "collinear"


def test_one_case_where_there_are_both_outcomes_is_enough_for_them_not_to_lie_apart() -> None:
    found = fitted(design({}, {"age": [20, 30, 40]}), [0, 1, 25_000], [50_000] * 3)
    assert found.shares.min() < 1e-4
