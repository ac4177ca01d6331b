"""Shares compared: each with whom it should be, from what is shown, and hidden where that is hidden."""

import pytest
from unit.analysis.comparisons.shown_tables import OF, by_group, gaps

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.comparisons.shares import COMPARED, compared_shares
from skillnad.analysis.formulas.differences import p_of_shares, share_difference, share_ratio
from skillnad.analysis.formulas.intervals import wilson
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import TOTAL, YES
from skillnad.lib.errors import UserError

THREE = {"A": (30, 70), "B": (60, 90), "C": (10, 40)}
SHOWN, _, TOO_FEW = range(len(Verdict))


def compared(groups, against: str = REST, **how) -> Made:
    return compared_shares(Comparison(OF, against), *by_group(groups, **how))


def with_whom(made: Made) -> dict[str, float]:
    """The difference by group."""
    return {code: value for (code,), value in made.cells["difference"].items()}


def less(one: tuple[int, int], other: tuple[int, int]) -> object:
    return pytest.approx(one[0] / one[1] - other[0] / other[1])


def test_group_is_compared_with_all_others_together():
    made = compared(THREE)
    assert with_whom(made) == {
        "A": less((30, 100), (70, 200)),
        "B": less((60, 150), (40, 150)),
        "C": less((10, 50), (90, 250)),
    }


def test_of_two_groups_the_first_is_compared_with_the_second_alone():
    assert with_whom(compared({"A": (30, 70), "B": (60, 90)})) == {"A": less((30, 100), (60, 150))}


def test_two_groups_that_overlap_are_each_compared_with_those_not_in_them():
    made = compared({"1": (5, 10), "2": (20, 5), "1;2": (10, 10)}, multiple=True)
    assert with_whom(made) == {"1": less((15, 35), (20, 25)), "2": less((30, 45), (5, 15))}


def test_named_group_is_what_the_others_are_compared_with():
    made = compared(THREE, "B")
    assert with_whom(made) == {"A": less((30, 100), (60, 150)), "C": less((10, 50), (60, 150))}


def test_all_figures_are_those_of_the_formulas():
    made, one, other = compared(THREE, "B"), Counted(30, 100), Counted(60, 150)
    found = {measure.id: made.cells[measure.id].get(("A",)) for measure in made.measures}
    difference, ratio, own = share_difference(one, other), share_ratio(one, other), wilson(*one)
    assert (found["part"], found["whole"], found["share"]) == (30, 100, 0.3)
    assert (found["share_low"], found["share_high"]) == own
    assert (found["difference"], found["difference_low"], found["difference_high"]) == (
        difference.value,
        *difference.interval,
    )
    assert (found["ratio"], found["ratio_low"], found["ratio_high"]) == (ratio.value, *ratio.interval)
    assert found["p"] == p_of_shares(one, other)
    assert 0.1 < found["seen"] < 0.3


def test_measures_stand_in_reading_order():
    assert [measure.id for measure in compared(THREE).measures] == [
        *("part", "whole", "share", "share_low", "share_high"),
        *(measure.id for measure in COMPARED),
    ]


def test_verdict_is_corrected_for_the_comparisons_of_the_table():
    """p of A is just below 0.05 alone and above it among three."""
    made = compared({"A": (30, 70), "B": (44, 56), "C": (44, 56), "D": (45, 55)}, "B")
    p_values = [made.cells["p"][code,] for code in "ACD"]
    assert p_values[0] < 0.05 < adjusted(p_values)[0]
    assert made.cells["verdict"]["A",] == TOO_FEW


def test_large_difference_is_shown():
    made = compared({"A": (300, 700), "B": (600, 400)})
    assert made.cells["verdict"] == {("A",): SHOWN}


def test_outcomes_that_nobody_knows_are_outside():
    made = compared({"A": (30, 70, 9, 8), "B": (60, 90, 7, 6), "C": (10, 40, 5, 4)})
    assert made.cells["whole"]["A",] == 100
    assert with_whom(made) == with_whom(compared(THREE))


def test_hidden_group_and_what_is_compared_with_it_are_gaps():
    made = compared(THREE, "B", hidden=["B"])
    for measure in ("part", "whole", "share", "share_low", "share_high"):
        assert made.cells[measure]["B",] is None
    for measure in COMPARED:
        assert made.cells[measure.id] == {("A",): None, ("C",): None}


def test_hidden_group_hides_its_own_comparison_alone():
    made = compared(THREE, hidden=["A"])
    assert with_whom(made) == {"A": None, "B": less((60, 150), (40, 150)), "C": less((10, 50), (90, 250))}


def test_group_is_hidden_where_either_of_its_counts_is():
    axes, counts = by_group(THREE)
    made = compared_shares(Comparison(OF, "B"), axes, gaps(counts, (YES, "A")))
    assert made.cells["whole"]["A",] is None
    assert with_whom(made)["A"] is None


def test_hidden_total_hides_all_comparisons_with_the_others():
    made = compared(THREE, hidden=[TOTAL])
    assert set(with_whom(made).values()) == {None}


def test_empty_group_has_neither_share_nor_comparison():
    made = compared({**THREE, "D": (0, 0)})
    assert made.cells["whole"]["D",] == 0
    assert not any(("D",) in made.cells[measure.id] for measure in COMPARED)
    assert ("D",) not in made.cells["share"]


def test_nobody_to_compare_with_is_too_few_to_tell():
    made = compared({**THREE, "D": (0, 0)}, "D")
    assert set(made.cells["verdict"].values()) == {TOO_FEW}
    assert made.cells["difference"] == made.cells["p"] == {}


def test_ratio_to_none_has_no_value():
    made = compared({"A": (30, 70), "B": (0, 100)})
    assert made.cells["ratio"] == {}
    assert made.cells["difference"]["A",] == 0.3


@pytest.mark.parametrize("against", ["2024", "x", TOTAL])
def test_group_that_is_not_there_is_refused_with_those_that_are(against):
    with pytest.raises(UserError, match=r"ASK-056 .*A, B, C"):
        compared(THREE, against)
