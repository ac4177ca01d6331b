"""Samples against R's survey package, and what is said where nothing can be."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why, score_interval
from skillnad.analysis.formulas.means import Moments, moments
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import (
    Chosen,
    Sample,
    Sampled,
    Stratum,
    nonresponse_bounds,
    sample_mean,
    sample_share,
    sample_total,
    yes_or_no,
)

R = json.loads((Path(__file__).parents[3] / "fixtures/r/samples.json").read_text())
CASES = pytest.mark.parametrize("case", [R[name] for name in R], ids=list(R))
GROUPS = pytest.mark.parametrize("group", ["all", "women"])
HOW_NOT = pytest.mark.parametrize("chosen", [Chosen.FIRST_MET, Chosen.BY_HAND, Chosen.THEMSELVES])


def sample(case: dict, column: str, group: str) -> Sample:
    strata = []
    for number, population in enumerate(case["population"], 1):
        rows = [row for row, stratum in enumerate(case["stratum"]) if stratum == number]
        inside = [case[column][row] for row in rows if group == "all" or case["woman"][row]]
        strata.append(Stratum(population, len(rows), len(rows), moments(inside)))
    return Sample(tuple(strata))


def simple(yes: int, answered: int, population: int, chosen: Chosen = Chosen.BY_LOT) -> Sample:
    return Sample((Stratum(population, answered, answered, yes_or_no(yes, answered)),), chosen)


def assert_is(found: Sampled, right: dict) -> None:
    assert found.value == pytest.approx(right["value"], rel=1e-6)
    assert found.error == pytest.approx(right["error"], rel=1e-6)
    assert found.degrees == right["df"]


@GROUPS
@CASES
def test_mean_and_total_are_rs(case: dict, group: str) -> None:
    for estimate, name in ((sample_mean, "days"), (sample_total, "days_total")):
        found = estimate(sample(case, "days", group))
        assert_is(found, case[group][name])
        assert found.interval == pytest.approx(case[group][name]["interval"], rel=1e-6)


@GROUPS
@CASES
def test_share_and_how_many_are_rs(case: dict, group: str) -> None:
    assert_is(sample_share(sample(case, "yes", group)), case[group]["share"])
    assert_is(sample_total(sample(case, "yes", group)), case[group]["yes_total"])


@CASES
def test_share_has_the_score_interval_of_its_effective_size(case: dict) -> None:
    found = sample_share(sample(case, "yes", "all"))
    value, error = case["all"]["share"]["value"], case["all"]["share"]["error"]
    assert isinstance(found.interval, Interval)
    # few strata: the correction for degrees of freedom is small
    assert found.interval == pytest.approx(score_interval(value, value * (1 - value) / error**2), rel=0.02)


@given(st.integers(2, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n), st.integers(n, 400))))
def test_share_of_a_sample_is_within_its_interval(case: tuple[int, int, int]) -> None:
    found = sample_share(simple(*case))
    assert isinstance(found.interval, Interval)
    assert 0 <= found.interval.low <= case[0] / case[1] <= found.interval.high <= 1


@given(st.integers(2, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_one_stratum_cut_in_alike_halves_gives_the_same_share(case: tuple[int, int]) -> None:
    yes, n = case
    whole, half = simple(2 * yes, 2 * n, 10 * n), Stratum(5 * n, n, n, yes_or_no(yes, n))
    cut = sample_share(Sample((half, half)))
    assert cut.value == pytest.approx(sample_share(whole).value)
    assert cut.degrees == 2 * n - 2


def test_everyone_answering_leaves_nothing_unsure() -> None:
    for yes in (0, 7, 20):
        found = sample_share(simple(yes, 20, 20, Chosen.EVERYONE))
        assert (found.error, found.interval) == (0, Interval(yes / 20, yes / 20))
    assert sample_total(simple(7, 20, 20, Chosen.EVERYONE)).interval == Interval(7, 7)


def test_asking_everyone_is_as_unsure_as_the_answers_are_few() -> None:
    widths = []
    for answered in (10, 30, 90):
        strata = (Stratum(100, 100, answered, yes_or_no(answered // 2, answered)),)
        found = sample_share(Sample(strata, Chosen.EVERYONE))
        assert isinstance(found.interval, Interval)
        assert found.response_rate == answered / 100
        widths.append(found.interval.high - found.interval.low)
    assert widths == sorted(widths, reverse=True)


@HOW_NOT
@pytest.mark.parametrize("estimate", [sample_share, sample_mean, sample_total])
def test_those_not_drawn_at_random_get_no_interval(estimate, chosen: Chosen) -> None:
    found = estimate(simple(6, 20, 900, chosen))
    assert found.interval == NoInterval(Why.NOT_RANDOM)
    assert found.error is None
    assert found.value == (6 if estimate is sample_total else 0.3)


@HOW_NOT
def test_those_not_drawn_at_random_stand_for_themselves_alone(chosen: Chosen) -> None:
    strata = (Stratum(900, 10, 10, yes_or_no(9, 10)), Stratum(100, 30, 30, yes_or_no(3, 30)))
    assert sample_share(Sample(strata, chosen)).value == pytest.approx(12 / 40)
    assert sample_share(Sample(strata)).value == pytest.approx(0.82)


def test_only_a_lot_and_everyone_are_at_random() -> None:
    assert [each for each in Chosen if each.at_random] == [Chosen.BY_LOT, Chosen.EVERYONE]


@pytest.mark.parametrize("answered", [0, 1])
def test_stratum_with_one_answer_or_none_is_not_known(answered: int) -> None:
    strata = (Stratum(50, 20, 20, yes_or_no(5, 20)), Stratum(50, 20, answered, yes_or_no(0, answered)))
    found = sample_share(Sample(strata))
    assert found.interval == NoInterval(Why.LONE_STRATUM)
    assert found.value == (None if answered == 0 else pytest.approx(0.125))


def test_stratum_of_one_who_answered_is_known() -> None:
    strata = (Stratum(50, 20, 20, yes_or_no(5, 20)), Stratum(1, 1, 1, yes_or_no(1, 1)))
    assert isinstance(sample_share(Sample(strata)).interval, Interval)


@pytest.mark.parametrize("strata", [(), (Stratum(50, 20, 20, None),)])
def test_group_that_nobody_is_in_has_no_figure(strata: tuple[Stratum, ...]) -> None:
    for estimate in (sample_share, sample_mean, sample_total):
        found = estimate(Sample(strata))
        assert (found.value, found.interval) == (None, NoInterval(Why.NOBODY))


def test_group_of_one_is_too_few() -> None:
    strata = (Stratum(50, 20, 20, Moments(1, 40.0, 0.0)),)
    assert sample_total(Sample(strata)).interval == NoInterval(Why.TOO_FEW)
    assert sample_share(Sample((Stratum(50, 20, 20, yes_or_no(1, 1)),))).interval == NoInterval(Why.TOO_FEW)


def test_group_of_one_that_everyone_answered_for_is_known() -> None:
    strata = (Stratum(20, 20, 20, yes_or_no(1, 1)),)
    assert sample_share(Sample(strata)).interval == sample_total(Sample(strata)).interval == Interval(1, 1)


def test_values_that_are_all_one_say_nothing_of_how_sure_they_are() -> None:
    assert sample_mean(Sample((Stratum(50, 20, 20, Moments(20, 40.0, 0.0)),))).interval == NoInterval(Why.NO_SPREAD)
    strata = (Stratum(50, 20, 20, None), Stratum(9, 9, 9, yes_or_no(4, 9)))
    assert sample_share(Sample(strata)).interval == NoInterval(Why.NO_SPREAD)


def test_strata_that_each_agree_are_not_sure_for_that() -> None:
    strata = (Stratum(50, 5, 5, yes_or_no(5, 5)), Stratum(50, 5, 5, yes_or_no(0, 5)))
    found = sample_share(Sample(strata))
    assert isinstance(found.interval, Interval)
    assert found.interval.low < 0.3 < 0.7 < found.interval.high


@pytest.mark.parametrize("counts", [(10, 11, 5), (10, 5, 6), (10, 8, 3)])
def test_stratum_with_more_answers_than_people_is_refused(counts: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="in that order"):
        Stratum(*counts, yes_or_no(2, 4))


def test_response_rate_is_of_the_drawn() -> None:
    found = sample_share(Sample((Stratum(900, 40, 30, yes_or_no(3, 30)), Stratum(100, 60, 50, yes_or_no(5, 50)))))
    assert (found.answered, found.drawn, found.response_rate) == (80, 100, 0.8)
    assert sample_share(Sample(())).response_rate == 0


@pytest.mark.parametrize(
    ("yes", "answered", "asked", "expected"),
    [(6, 20, 20, (0.3, 0.3)), (6, 20, 40, (0.15, 0.65)), (0, 0, 8, (0, 1)), (0, 0, 0, None)],
)
def test_bounds_are_what_the_silent_could_have_said(yes, answered, asked, expected) -> None:
    found = nonresponse_bounds(Counted(yes, answered), asked)
    assert found == (expected and pytest.approx(expected))


def test_bounds_of_more_answers_than_asked_are_refused() -> None:
    with pytest.raises(ValueError, match="than are asked"):
        nonresponse_bounds(Counted(3, 9), 8)


def test_moments_of_yes_and_no_are_those_of_ones_and_noughts() -> None:
    assert yes_or_no(3, 8) == pytest.approx(moments([1] * 3 + [0] * 5))
    assert yes_or_no(0, 0) is None
    assert yes_or_no(1, 1) == Moments(1, 1.0, 0.0)


def test_stratum_where_fewer_than_none_answered_is_refused() -> None:
    with pytest.raises(ValueError, match="in that order"):
        Stratum(10, 5, -1, None)


def test_one_yes_of_two_varies_as_two_numbers_do():
    assert yes_or_no(1, 2) == Moments(2, 0.5, 0.5)
