"""What is said of a comparison, in every case there is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillnad.analysis.formulas.differences import share_difference
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.verdicts import Verdict, judged, judged_shares, verdict_of

SHOWN, NONE, FEW = Verdict.DIFFERENCE_SHOWN, Verdict.NO_DIFFERENCE_SHOWN, Verdict.TOO_FEW_TO_TELL
GROUPS = st.integers(0, 4000).flatmap(lambda whole: st.builds(Counted, st.integers(0, whole), st.just(whole)))
NARROW, WIDE = Interval(-0.02, 0.03), Interval(-0.02, 0.07)
APART, WIDE_APART = Interval(0.01, 0.04), Interval(0.01, 0.3)
SMALL_P, LARGE_P = 0.05, 0.0501
SEEN, UNSEEN = 0.05, 0.0501
CASES = list(product((NARROW, WIDE, APART, WIDE_APART), (SMALL_P, LARGE_P), (SEEN, UNSEEN)))

EVERY_CASE = {
    (NARROW, SMALL_P, SEEN): NONE,
    (NARROW, SMALL_P, UNSEEN): FEW,
    (NARROW, LARGE_P, SEEN): NONE,
    (NARROW, LARGE_P, UNSEEN): FEW,
    (WIDE, SMALL_P, SEEN): FEW,
    (WIDE, SMALL_P, UNSEEN): FEW,
    (WIDE, LARGE_P, SEEN): FEW,
    (WIDE, LARGE_P, UNSEEN): FEW,
    (APART, SMALL_P, SEEN): SHOWN,
    (APART, SMALL_P, UNSEEN): SHOWN,
    (APART, LARGE_P, SEEN): NONE,
    (APART, LARGE_P, UNSEEN): FEW,
    (WIDE_APART, SMALL_P, SEEN): SHOWN,
    (WIDE_APART, SMALL_P, UNSEEN): SHOWN,
    (WIDE_APART, LARGE_P, SEEN): FEW,
    (WIDE_APART, LARGE_P, UNSEEN): FEW,
}


@pytest.mark.parametrize("case", CASES)
def test_verdict_in_every_case(case: tuple[Interval, float, float]) -> None:
    assert verdict_of(*case) is EVERY_CASE[case]
    interval, p, seen = case
    assert verdict_of(Interval(-interval.high, -interval.low), p, seen) is EVERY_CASE[case]


@pytest.mark.parametrize(
    "case",
    [(NoInterval(Why.NOT_RANDOM), 0.001, 0.01), (NARROW, None, 0.01), (NARROW, 0.9, None), (WIDE_APART, 0.9, None)],
)
def test_what_is_not_known_is_too_few_to_tell(case) -> None:
    assert verdict_of(*case) is FEW


def test_difference_is_shown_though_nobody_could_say_how_small_would_be_seen() -> None:
    assert verdict_of(APART, 0.01, None) is SHOWN


@pytest.mark.parametrize(("relevant", "verdict"), [(0.02, FEW), (0.03, NONE), (0.1, NONE)])
def test_what_is_relevant_is_the_askers(relevant: float, verdict: Verdict) -> None:
    assert verdict_of(NARROW, 0.5, 0.03, relevant=relevant) is verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_verdict_is_worded_in_both_languages(verdict: Verdict) -> None:
    assert verdict.text() == verdict.sv != verdict.en == verdict.text("en")
    assert "effe" not in (verdict.sv + verdict.en).lower()


def test_verdicts_are_worded_apart() -> None:
    assert [each.en for each in Verdict] == ["difference shown", "no difference shown", "too few to tell"]
    assert len({each.sv for each in Verdict}) == 3


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((300, 1000), (400, 1000), SHOWN),
        ((3000, 10000), (3010, 10000), NONE),
        ((3, 10), (4, 10), FEW),
        ((0, 0), (4, 10), FEW),
        ((0, 2000), (0, 2000), NONE),  # both none, and many enough to know
        ((0, 20), (0, 20), FEW),
    ],
)
def test_shares_are_judged(first, second, verdict: Verdict) -> None:
    (found,) = judged_shares([(Counted(*first), Counted(*second))])
    assert found.verdict is verdict


def test_many_comparisons_ask_more_of_each() -> None:
    barely, alike = (Counted(300, 1000), Counted(342, 1000)), (Counted(300, 1000), Counted(301, 1000))
    assert judged_shares([barely])[0].verdict is SHOWN
    assert judged_shares([barely] + [alike] * 19)[0].verdict is not SHOWN


@given(st.lists(st.tuples(GROUPS, GROUPS), max_size=6))
def test_page_is_corrected_for_what_could_be_compared(pairs: list[tuple[Counted, Counted]]) -> None:
    found = judged_shares(pairs)
    made = [each.comparison.p for each in found if each.comparison.p is not None]
    assert [each.p for each in found if each.p is not None] == list(adjusted(made))
    assert [each.comparison for each in found] == [share_difference(*pair) for pair in pairs]
    assert [each.p is None for each in found] == [0 in (one.whole, other.whole) for one, other in pairs]


def test_stricter_alpha_widens_the_interval_too() -> None:
    pair = Counted(300, 1000), Counted(342, 1000)
    (found,) = judged_shares([pair], alpha=0.01)
    assert found.comparison == share_difference(*pair, confidence=0.99)
    assert found.verdict is not SHOWN


def test_each_comparison_needs_its_smallest_seen() -> None:
    with pytest.raises(ValueError, match="argument"):
        judged([Comparison.none(Why.NOBODY)], [])


@pytest.mark.parametrize(("p", "verdict"), [(SMALL_P, SHOWN), (LARGE_P, NONE)])
def test_page_is_judged_at_five_per_cent_where_nothing_else_is_said(p: float, verdict: Verdict) -> None:
    (found,) = judged([Comparison(0.025, APART, p)], [SEEN])
    assert found.verdict is verdict


def test_pairs_are_judged_at_five_per_cent_where_nothing_else_is_said() -> None:
    # 40 and 60 of 100 have the p 0.005, 45 and 55 the p 0.16
    far, near = (Counted(40, 100), Counted(60, 100)), (Counted(45, 100), Counted(55, 100))
    assert [each.verdict for each in judged_shares([far, near])] == [SHOWN, FEW]
    assert judged_shares([far], alpha=0.001)[0].verdict is FEW
