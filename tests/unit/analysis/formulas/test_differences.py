"""Two shares against each other: published examples, R's figures, and what no pair of counts may break."""

import json
from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.differences import (
    Method,
    Paired,
    chi_square_p,
    fisher_mid_p,
    mcnemar,
    method_of,
    p_of_shares,
    paired_difference,
    share_difference,
    share_ratio,
)
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.proportions import Counted

R = json.loads((Path(__file__).parents[3] / "fixtures/r/comparisons.json").read_text())
GROUPS = st.integers(1, 200).flatmap(lambda whole: st.builds(Counted, st.integers(0, whole), st.just(whole)))
TABLES = st.builds(Paired, *[st.integers(0, 60)] * 4).filter(any)


def interval_of(comparison: Comparison) -> Interval:
    assert isinstance(comparison.interval, Interval)
    return comparison.interval


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17 (1998), 873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_difference_of_the_published_examples(first, second, low, high) -> None:
    found = share_difference(Counted(*first), Counted(*second))
    assert found.value == pytest.approx(first[0] / first[1] - second[0] / second[1])
    assert found.interval == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("case", R["pairs"], ids=lambda case: f"{case['first']} {case['second']}")
def test_difference_and_tests_are_rs(case: dict) -> None:
    first, second = Counted(*case["first"]), Counted(*case["second"])
    assert share_difference(first, second).interval == pytest.approx(case["newcombe"], rel=1e-6)
    assert chi_square_p(first, second) == pytest.approx(case["chi_square_p"], rel=1e-6)
    assert fisher_mid_p(first, second) == pytest.approx(case["fisher_mid_p"], rel=1e-6)


@pytest.mark.parametrize(
    "case", [case for case in R["pairs"] if "koopman" in case], ids=lambda case: str(case["first"])
)
def test_ratio_is_rs(case: dict) -> None:
    found = share_ratio(Counted(*case["first"]), Counted(*case["second"]))
    assert found.interval == pytest.approx(case["koopman"], rel=1e-6)


def test_ratio_of_a_published_example() -> None:
    # Koopman, Biometrics 40 (1984), 513-517: 36 of 40 against 16 of 80
    found = share_ratio(Counted(36, 40), Counted(16, 80))
    assert found.value == pytest.approx(4.5)
    assert found.interval == pytest.approx((2.94, 7.15), abs=0.005)


@pytest.mark.parametrize("case", R["paired"], ids=lambda case: str(case["table"]))
def test_paired_difference_is_rs(case: dict) -> None:
    table = Paired(*case["table"])
    found = paired_difference(table)
    assert found.interval == pytest.approx(case["interval"], rel=1e-6)
    assert found.p == pytest.approx(case["exact"], rel=1e-6)
    assert mcnemar(table, mid_p=True) == pytest.approx(case["mid_p"], rel=1e-6)


def test_paired_difference_of_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17 (1998), 2635-2650, table III, method 10
    found = paired_difference(Paired(36, 12, 2, 0))
    assert found.value == pytest.approx(0.2)
    assert found.interval == pytest.approx((0.0569, 0.3404), abs=5e-5)


@given(GROUPS, GROUPS)
def test_difference_the_other_way_is_the_mirror(first: Counted, second: Counted) -> None:
    there, back = share_difference(first, second), share_difference(second, first)
    assert interval_of(there) == pytest.approx((-interval_of(back).high, -interval_of(back).low), abs=1e-12)
    assert there.p == pytest.approx(back.p, rel=1e-9)
    assert there.value is not None
    assert -1 <= interval_of(there).low <= there.value <= interval_of(there).high <= 1


@given(GROUPS, GROUPS)
def test_difference_of_the_others_is_the_mirror(first: Counted, second: Counted) -> None:
    own = share_difference(first, second)
    others = share_difference(*(Counted(group.whole - group.part, group.whole) for group in (first, second)))
    assert interval_of(own) == pytest.approx((-interval_of(others).high, -interval_of(others).low), abs=1e-12)
    assert own.p == pytest.approx(others.p, rel=1e-9)


@given(GROUPS, GROUPS)
def test_ratio_the_other_way_is_one_over_it(first: Counted, second: Counted) -> None:
    there, back = share_ratio(first, second), share_ratio(second, first)
    if not first.part and not second.part:
        assert there.interval == NoInterval(Why.NEAR_NOUGHT)
        return
    turned = [1 / end if end else inf for end in reversed(interval_of(back))]
    assert interval_of(there) == pytest.approx(turned, rel=1e-9)


@given(GROUPS, GROUPS)
def test_ratio_is_within_its_interval(first: Counted, second: Counted) -> None:
    found = share_ratio(first, second)
    if found.value is None:
        assert second.part == 0
    else:
        assert interval_of(found).holds(found.value)


@pytest.mark.parametrize(("first", "second"), [((0, 40), (16, 80)), ((36, 40), (0, 80))])
def test_ratio_with_a_zero_has_one_end(first: tuple[int, int], second: tuple[int, int]) -> None:
    found = share_ratio(Counted(*first), Counted(*second))
    assert found.value == (None if second[0] == 0 else 0)
    assert (interval_of(found).low == 0) is (first[0] == 0)
    assert (interval_of(found).high == inf) is (second[0] == 0)


@given(TABLES)
def test_paired_difference_turned_is_the_mirror(table: Paired) -> None:
    turned = Paired(table.both, table.second_only, table.first_only, table.neither)
    there, back = paired_difference(table), paired_difference(turned)
    assert interval_of(there) == pytest.approx((-interval_of(back).high, -interval_of(back).low), abs=1e-12)
    assert there.p == pytest.approx(back.p)
    assert there.value is not None
    assert -1 <= interval_of(there).low <= there.value + 1e-12
    assert there.value - 1e-12 <= interval_of(there).high <= 1


@given(st.integers(2, 60), st.integers(0, 20))
def test_pairs_that_agree_are_surer_than_strangers(agree: int, change: int) -> None:
    table = Paired(agree + change, change, change, agree + change)
    half = Counted(agree + 2 * change, sum(table))
    paired, strangers = interval_of(paired_difference(table)), interval_of(share_difference(half, half))
    assert paired.high - paired.low < strangers.high - strangers.low


def test_nobody_changing_is_no_difference() -> None:
    assert paired_difference(Paired(8, 0, 0, 3)).p == 1
    assert mcnemar(Paired(8, 0, 0, 3), mid_p=True) == 1


@pytest.mark.parametrize("compare", [share_difference, share_ratio])
def test_nobody_cannot_be_compared(compare) -> None:
    assert compare(Counted(0, 0), Counted(3, 9)) == Comparison.none(Why.NOBODY)
    assert compare(Counted(3, 9), Counted(0, 0)) == Comparison.none(Why.NOBODY)


def test_pairs_of_nobody_cannot_be_compared() -> None:
    assert paired_difference(Paired(0, 0, 0, 0)) == Comparison.none(Why.NOBODY)


@pytest.mark.parametrize("compare", [share_difference, share_ratio])
def test_part_larger_than_its_whole_is_refused(compare) -> None:
    with pytest.raises(ValueError, match="no part"):
        compare(Counted(10, 9), Counted(3, 9))


def test_p_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="nobody"):
        p_of_shares(Counted(0, 0), Counted(3, 9))


@pytest.mark.parametrize(
    ("first", "second", "method"),
    [
        ((5, 20), (5, 20), Method.CHI_SQUARE),
        ((4, 20), (5, 20), Method.FISHER_MID_P),
        ((16, 20), (15, 20), Method.FISHER_MID_P),  # few without, too
        ((50, 1000), (0, 10), Method.FISHER_MID_P),  # few in one group
        ((0, 20), (10, 20), Method.CHI_SQUARE),  # what is expected decides, not what is found
    ],
)
def test_method_is_by_the_least_expected_count(first, second, method) -> None:
    assert method_of(Counted(*first), Counted(*second)) is method
    exact = p_of_shares(Counted(*first), Counted(*second)) == fisher_mid_p(Counted(*first), Counted(*second))
    assert exact is (method is Method.FISHER_MID_P)


@pytest.mark.parametrize("part", [0, 30])
def test_all_alike_has_p_one_by_chi_square(part: int) -> None:
    assert chi_square_p(Counted(part, 30), Counted(part, 30)) == 1


@given(GROUPS, GROUPS)
def test_p_is_a_chance(first: Counted, second: Counted) -> None:
    assert 0 <= fisher_mid_p(first, second) <= 1
    assert 0 <= chi_square_p(first, second) <= 1


def test_pairs_that_hardly_go_together_are_taken_as_strangers() -> None:
    # 6 x 3 less 4 x 4 is 2: less than half of the 17
    paired = paired_difference(Paired(6, 4, 4, 3)).interval
    assert paired == pytest.approx(share_difference(Counted(10, 17), Counted(10, 17)).interval)


def test_ratio_of_all_to_all_has_an_interval_however_unsure_it_may_be() -> None:
    found = interval_of(share_ratio(Counted(5, 5), Counted(7, 7), confidence=0.5))
    assert 0 < found.low < 1 < found.high


@pytest.mark.parametrize("part", [0, 3])
def test_groups_where_all_or_none_have_it_do_not_differ_at_all(part):
    assert p_of_shares(Counted(part, 3), Counted(part, 3)) == 1.0
