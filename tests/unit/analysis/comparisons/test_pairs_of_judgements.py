"""Two judgements of the same rows, and response rates, of what is shown."""

from collections.abc import Mapping

import pytest
from raw_tables import axis, counted
from unit.analysis.comparisons.shown_tables import OUTCOME, gaps

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.pairs import answered, paired
from skillnad.analysis.comparisons.questions import Paired, ResponseRate
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.differences import Paired as Pairs
from skillnad.analysis.formulas.differences import mcnemar, paired_difference
from skillnad.analysis.formulas.intervals import wilson
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import nonresponse_bounds
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES, Key

SECOND = axis("adherence_to_plan", "1", "2", "3", "9", unknown="9")
UNIT = axis("unit", "A", "B")
QUESTION = Paired(Where("rating", ("3",)), Where("adherence_to_plan", ("1", "2")))
ROWS = {
    (YES, "1"): 20,
    (YES, "2"): 10,
    (YES, "3"): 25,
    (NO, "1"): 6,
    (NO, "2"): 5,
    (NO, "3"): 34,
    (UNKNOWN_OUTCOME, "1"): 7,
    (NO, "9"): 8,
    (MISSING_LEVEL, "3"): 9,
    (YES, MISSING_LEVEL): 6,
}
FOUR = Pairs(30, 25, 11, 34)
KNOWN = sum(FOUR)
SHOWN, NONE_SHOWN, TOO_FEW = range(len(Verdict))


def beside(rows: Mapping[Key, int], *hidden: Key) -> dict[str, object]:
    """The figures of a table without `by`, by measure."""
    counts = gaps(dict(counted((OUTCOME, SECOND), rows).counts), *hidden)
    made = paired(QUESTION, (OUTCOME, SECOND), counts, DEFAULT)
    assert made.axes == ()
    return {measure: cells[()] for measure, cells in made.cells.items() if cells}


def by_unit(rows: Mapping[Key, int]) -> Made:
    axes = (OUTCOME, SECOND, UNIT)
    return paired(QUESTION, axes, dict(counted(axes, rows).counts), DEFAULT)


def test_four_ways_are_counted_over_the_codes_that_hold():
    found = beside(ROWS)
    assert [found[name] for name in ("both", "only_first", "only_second", "neither")] == list(FOUR)


def test_rows_where_either_is_not_known_are_left_out_and_counted():
    assert beside(ROWS)["not_known"] == 7 + 8 + 9 + 6


def test_shares_are_of_the_known_with_wilsons_intervals():
    found = beside(ROWS)
    for name, part in (("first", 55), ("second", 41), ("agreement", 64)):
        assert found[name] == part / KNOWN
        assert (found[f"{name}_low"], found[f"{name}_high"]) == wilson(part, KNOWN)


def test_difference_has_the_interval_of_pairs_and_mcnemars_p():
    found, formula = beside(ROWS), paired_difference(FOUR)
    assert found["difference"] == pytest.approx(14 / 100)
    assert (found["difference_low"], found["difference_high"]) == formula.interval
    assert found["p"] == mcnemar(FOUR) == pytest.approx(0.0288, abs=1e-4)


def test_smallest_difference_that_could_be_seen_is_by_the_interval():
    found = beside(ROWS)
    reach = (found["difference_high"] - found["difference_low"]) / 2
    assert found["seen"] == pytest.approx((1.959964 + 0.841621) * reach / 1.959964)


@pytest.mark.parametrize(
    ("only_first", "only_second", "neither", "verdict"),
    [(60, 10, 100, SHOWN), (100, 100, 30_000, NONE_SHOWN), (6, 5, 20, TOO_FEW)],
)
def test_verdict_says_what_can_be_said(only_first, only_second, neither, verdict):
    rows = {(YES, "3"): only_first, (NO, "1"): only_second, (NO, "3"): neither, (YES, "1"): 50}
    assert beside(rows)["verdict"] == verdict


def test_all_who_agree_are_not_sure_to_agree_by_that_alone():
    """Twenty who all agree have no spread, and say little of whether few differ."""
    assert beside({(YES, "1"): 10, (NO, "3"): 10})["verdict"] == TOO_FEW


def test_gaps_whose_sum_is_shown_hide_nothing():
    assert beside(ROWS, (YES, "1"), (YES, "2")) == beside(ROWS)


def test_gaps_across_hide_what_is_made_of_them_and_no_more():
    hidden = [(YES, "2"), (YES, "3"), (NO, "2"), (NO, "3")]
    found = beside(ROWS, *hidden)
    assert (found["first"], found["second"], found["not_known"]) == (0.55, 0.41, 30)
    assert {
        found[name] for name in ("both", "only_first", "agreement", "difference", "difference_low", "p", "verdict")
    } == {None}


def test_small_sum_that_follows_is_not_shown():
    """The two gaps are 1 and 2: with 3 of 100 shown there would be a small count for all to see."""
    rows = {(YES, "1"): 40, (NO, "1"): 1, (NO, "2"): 2, (YES, "3"): 20, (NO, "3"): 37}
    assert beside(rows, (NO, "1"), (NO, "2"))["only_second"] is None


def test_few_that_are_not_known_are_hidden():
    rows = {(YES, "1"): 40, (NO, "3"): 60, (YES, "9"): 1, (NO, MISSING_LEVEL): 2}
    found = beside(rows, (YES, "9"), (NO, MISSING_LEVEL), (NO, "9"), (YES, MISSING_LEVEL))
    assert found["not_known"] is None
    assert found["first"] == 0.4


def test_hidden_total_hides_how_many_are_not_known():
    found = beside(ROWS, (TOTAL, TOTAL))
    assert found["not_known"] is None
    assert found["first"] == 0.55


def test_each_group_has_its_own_pairs():
    made = by_unit({(*key, unit): times for key, times in ROWS.items() for unit in ("A", "B")})
    assert made.axes == (UNIT,)
    assert made.cells["both"] == {("A",): 30, ("B",): 30, (MISSING_LEVEL,): 0, (TOTAL,): 60}
    assert made.cells["p"]["A",] == mcnemar(FOUR)


def test_verdicts_are_corrected_for_the_groups():
    """p of A is below 0.05 alone, and above it among three."""
    rows = {(YES, "3", "A"): 25, (NO, "1", "A"): 11, (YES, "1", "A"): 30, (NO, "3", "A"): 34}
    rows |= {(YES, "3", "B"): 20, (NO, "1", "B"): 34, (YES, "1", "B"): 30, (NO, "3", "B"): 34}
    made = by_unit(rows)
    assert made.cells["p"]["A",] < 0.05
    assert made.cells["verdict"]["A",] == TOO_FEW


def test_nobody_known_has_counts_and_no_figures():
    found = beside({(UNKNOWN_OUTCOME, "1"): 30})
    assert found == {"both": 0, "only_first": 0, "only_second": 0, "neither": 0, "not_known": 30}


ANSWER = axis("rating", "1", "2", "3", "9", unknown="9")
ANSWERS = {("1",): 10, ("2",): 20, ("3",): 30, ("9",): 15, (MISSING_LEVEL,): 25}


def rate(answers: Mapping[Key, int], *hidden: Key, multiple: bool = False) -> dict[str, object]:
    question = axis("rating", "1", "2", "3", "9", unknown="9", multiple=multiple)
    counts = gaps(dict(counted((question,), answers).counts), *hidden)
    made = answered(ResponseRate("rating"), (question,), counts, DEFAULT)
    return {measure: cells[()] for measure, cells in made.cells.items()}


def with_codes(outcomes: Mapping[Key, int], *hidden: Key) -> dict[str, object]:
    counts = gaps(dict(counted((OUTCOME,), outcomes).counts), *hidden)
    made = answered(ResponseRate("rating", ("3",)), (OUTCOME,), counts, DEFAULT)
    return {measure: cells[()] for measure, cells in made.cells.items() if cells}


OUTCOMES = {(YES,): 30, (NO,): 30, (UNKNOWN_OUTCOME,): 15, (MISSING_LEVEL,): 25}


def test_do_not_know_is_an_answer_and_missing_is_none():
    assert rate(ANSWERS) == {
        **{"asked": 100, "answered": 75, "rate": 0.75},
        **dict(zip(("rate_low", "rate_high"), wilson(75, 100), strict=True)),
    }


def test_hidden_answers_hide_no_rate():
    assert rate(ANSWERS, ("1",), ("9",)) == rate(ANSWERS)


def test_hidden_missing_is_what_the_answers_leave():
    assert rate(ANSWERS, (MISSING_LEVEL,)) == rate(ANSWERS)


def test_hidden_missing_and_answer_hide_the_rate():
    found = rate(ANSWERS, (MISSING_LEVEL,), ("1",))
    assert found == {"asked": 100, "answered": None, "rate": None, "rate_low": None, "rate_high": None}


def test_row_with_several_answers_has_answered_once():
    found = rate({("1;2",): 20, ("3",): 10, (MISSING_LEVEL,): 30}, multiple=True)
    assert (found["answered"], found["rate"]) == (30, 0.5)


def test_hidden_missing_hides_the_rate_of_overlapping_answers():
    assert rate({("1;2",): 20, (MISSING_LEVEL,): 3}, (MISSING_LEVEL,), multiple=True)["rate"] is None


def test_share_is_of_those_who_answered_and_the_bounds_are_of_all():
    found, bounds = with_codes(OUTCOMES), nonresponse_bounds(Counted(30, 75), 100)
    assert (found["part"], found["share"]) == (30, 0.4)
    assert (found["share_low"], found["share_high"]) == wilson(30, 75)
    assert (found["bound_low"], found["bound_high"]) == bounds == (0.3, 0.55)


def test_bounds_hold_whatever_the_silent_would_have_said():
    found = with_codes(OUTCOMES)
    assert all(found["bound_low"] <= (30 + silent) / 100 <= found["bound_high"] for silent in range(26))


def test_hidden_part_hides_share_and_bounds_and_not_the_rate():
    found = with_codes(OUTCOMES, (YES,), (NO,))
    assert found["rate"] == 0.75
    assert [found[name] for name in ("part", "share", "share_low", "bound_low", "bound_high")] == [None] * 5


def test_nobody_asked_has_counts_alone():
    assert with_codes({}) == {"asked": 0, "answered": 0, "part": 0}


def test_nobody_who_answered_could_all_have_said_so():
    found = with_codes({(MISSING_LEVEL,): 40})
    assert (found["rate"], found["bound_low"], found["bound_high"]) == (0.0, 0.0, 1.0)
    assert "share" not in found


def test_rate_is_by_group():
    axes = (ANSWER, UNIT)
    counts = counted(axes, {("1", "A"): 30, (MISSING_LEVEL, "A"): 10, ("9", "B"): 6, (MISSING_LEVEL, "B"): 6}).counts
    made = answered(ResponseRate("rating", by=("unit",)), axes, dict(counts), DEFAULT)
    assert made.cells["rate"] == {("A",): 0.75, ("B",): 0.5, (TOTAL,): 36 / 52}
    assert made.axes == (UNIT,)
