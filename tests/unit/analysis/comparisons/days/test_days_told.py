"""Days as they are told, and what is said of many differences together."""

from math import inf

import pytest

from skillnad.analysis.comparisons.days.told import (
    OF_DAYS,
    Judged,
    judge,
    p_at_most,
    rounded,
    rounded_days,
    rounded_ends,
    smallest_seen,
    told,
    told_days,
)
from skillnad.analysis.comparisons.made import Figures
from skillnad.analysis.formulas.intervals import Comparison, Interval, NoInterval, Why
from skillnad.analysis.formulas.verdicts import Verdict

NONE = NoInterval(Why.TOO_FEW)
SHOWN, NOT_SHOWN, TOO_FEW = range(len(Verdict))


def verdicts(*differences: Comparison, seen: float | None = 1.0, relevant: float = 7.0) -> list[float | None]:
    figures = Figures()
    judge(figures, [Judged(str(place), each, seen, relevant) for place, each in enumerate(differences)])
    return list(figures.cells[OF_DAYS.verdict.id].values())


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((1.26, 11.25), (1.3, 11.2)),  # just under ten days wide
        ((1.26, 11.26), (1.0, 11.0)),
        ((-0.04, 0.04), (0.0, 0.0)),
        ((-31.6, -2.5), (-32.0, -2.0)),
        ((4.44, inf), (4.0, inf)),
        ((-inf, 4.55), (-inf, 5.0)),
    ],
)
def test_ends_of_a_wide_interval_are_whole_days(ends, shown):
    assert rounded_days(Interval(*ends)) == Interval(*shown)


def test_nought_has_no_sign():
    assert str(rounded(-0.04)) == "0.0"


def test_what_is_no_interval_stays_so():
    assert rounded_days(NONE) is rounded_ends(NONE, 2) is NONE


def test_difference_of_days_is_told_in_tenths_and_its_p_in_ten_thousandths():
    assert told_days(Comparison(3.14159, Interval(1.11, 5.55), 0.012345)) == Comparison(3.1, Interval(1.1, 5.5), 0.0123)
    assert told_days(Comparison(None, NONE, None)) == Comparison(None, NONE, None)


def test_ratio_is_told_in_hundredths():
    assert told(Comparison(1.2345, Interval(0.999, inf), 0.5), 2) == Comparison(1.23, Interval(1.0, inf), 0.5)


def test_smallest_difference_that_could_be_seen_is_by_the_intervals_width():
    # 2.8 standard errors, of which the interval is 3.92 wide
    assert smallest_seen(Comparison(0.0, Interval(-19.6, 19.6), 1.0)) == 28.0
    assert smallest_seen(Comparison(0.0, Interval(0.0, inf), 1.0)) is None
    assert smallest_seen(Comparison(0.0, NONE, None)) is None


def test_p_of_many_are_corrected_together():
    alone, others = Comparison(9.0, Interval(1.0, 17.0), 0.03), Comparison(0.0, Interval(-20.0, 20.0), 0.9)
    assert verdicts(alone) == [SHOWN]
    assert verdicts(alone, others) == [TOO_FEW, TOO_FEW]


def test_p_that_rounding_has_made_small_enough_is_not():
    assert verdicts(Comparison(9.0, Interval(1.0, 17.0), 0.0499)) == [SHOWN]
    assert verdicts(Comparison(9.0, Interval(1.0, 17.0), 0.05)) == [TOO_FEW]
    assert p_at_most(1.0) == 1.0


def test_none_shown_needs_that_a_relevant_one_would_have_been_seen():
    alike = Comparison(0.0, Interval(-2.0, 2.0), 0.9)
    assert verdicts(alike, seen=6.0) == [NOT_SHOWN]
    assert verdicts(alike, seen=8.0) == verdicts(alike, seen=None) == [TOO_FEW]
    assert verdicts(alike, seen=1.0, relevant=1.5) == [TOO_FEW]


def test_times_without_a_median_are_judged_by_p_alone():
    assert verdicts(Comparison(None, NONE, 0.001)) == [SHOWN]
    assert verdicts(Comparison(None, NONE, 0.4)) == verdicts(Comparison(None, NONE, None)) == [TOO_FEW]


def test_difference_without_an_interval_is_not_judged_by_its_p():
    assert verdicts(Comparison(3.0, NONE, 0.001)) == [TOO_FEW]
    # and takes no part in the correction of the others
    assert verdicts(Comparison(3.0, NONE, 0.9), Comparison(9.0, Interval(1.0, 17.0), 0.04)) == [TOO_FEW, SHOWN]


def test_figures_hold_what_there_is():
    figures = Figures()
    judge(figures, [Judged("A", Comparison(3.0, NONE, None), None), Judged("B", Comparison(3.0, NONE, 0.2), 4.0)])
    assert (figures.cells["p"], figures.cells["seen"]) == ({("B",): 0.2}, {("B",): 4.0})
    assert figures.cells["verdict"].keys() == {("A",), ("B",)}
