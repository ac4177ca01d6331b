"""What a comparison of times may not tell: groups that are few, and sums."""

from collections.abc import Iterator

import pytest
from unit.analysis.comparisons.days.days_made import ENDED, asked, spread, told, verdict

from skillnad.analysis.comparisons.days.told import rounded_days
from skillnad.analysis.formulas.means import mean_interval, moments
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.results import ProtectedTable

ALL = "*"
MANY = spread(60, 60)
HIDDEN = (None, None, None)
MEANS = ("mean", "mean_difference", "mean_ratio")


def figures_of(table: ProtectedTable, code: str) -> set[float]:
    """Every number that is told of a group."""
    return {value for cells in table.cells.values() if (value := cells.get((code,))) is not None}


@pytest.mark.parametrize("few", [1, 4])
def test_of_a_group_under_the_threshold_nothing_is_told(few: int) -> None:
    table = asked({"A": (MANY, ()), "B": (MANY, ()), "C": (spread(60, few), ())}, ENDED)
    assert figures_of(table, "C") == set()
    assert table.value("verdict", "C") is None


def test_group_that_is_shown_but_under_what_a_quantile_needs_has_its_number_alone() -> None:
    table = asked({"A": (MANY, ()), "B": (MANY, ()), "C": (spread(60, 9), ())}, ENDED)
    assert figures_of(table, "C") == {9}
    assert told(table, "median", "C") == HIDDEN
    assert told(table, "median", "A") != HIDDEN


def test_group_is_not_compared_with_one_that_is_too_small() -> None:
    table = asked({"A": (MANY, ()), "B": (MANY, ()), "C": (spread(60, 9), ())}, ENDED, against="C")
    assert told(table, "difference", "A") == told(table, "ratio", "B") == HIDDEN
    assert table.value("p", "A") is None


def test_others_that_are_too_few_together_are_not_compared_with() -> None:
    table = asked({"A": (MANY, ()), "B": (spread(60, 5), ()), "C": ((), ())}, ENDED)
    assert told(table, "difference", "A") == HIDDEN
    assert ("C",) not in table.cells["difference"]


def test_ten_have_a_median_and_no_interval() -> None:
    days = [1, 20, 30, 40, 50, 60, 70, 80, 90, 900]
    table = asked({"A": (MANY, ()), "B": (days, ()), "C": (MANY, ())}, ENDED)
    assert told(table, "median", "B") == (55, None, None)
    assert told(table, "difference", "B")[1:] == told(table, "ratio", "B")[1:] == (None, None)


def test_difference_without_an_interval_is_of_too_few_to_tell() -> None:
    table = asked({"A": (spread(300, 12), ()), "B": (MANY, ())}, ENDED)
    assert told(table, "difference", "A") == (240, None, None)
    assert (table.value("p", "A") or 0) < 0.05
    assert verdict(table, "A") is Verdict.TOO_FEW_TO_TELL


@pytest.mark.parametrize("unlike", [[60] * 9, [1, *[60] * 8], spread(60, 3), spread(60, 19)])
def test_means_of_all_are_hidden_where_one_group_is_too_small(unlike: list[int]) -> None:
    table = asked({"A": (MANY, ()), "B": (MANY, ()), "C": (unlike, ())}, ENDED)
    assert {value for measure in MEANS for value in table.cells[measure].values()} == {None}


def test_means_of_all_are_hidden_where_one_row_has_most_of_a_groups_days() -> None:
    groups = {"A": (MANY, ()), "B": (MANY, ()), "C": ([10] * 30, ())}
    assert None not in asked(groups, ENDED).cells["mean"].values()
    table = asked({**groups, "C": ([*[10] * 30, 301], ())}, ENDED)
    assert {value for measure in MEANS for value in table.cells[measure].values()} == {None}


def registers_of_ten(mean: float, ends: tuple[float, float]) -> Iterator[list[int]]:
    """Every ten days that have this mean with its ends, and 90 for both ends of the median's interval."""
    for least in range(91):
        days = [least, *[90] * 8, round(10 * mean) - 8 * 90 - least]
        of = moments(days)
        if of is not None and rounded_days(mean_interval(of)) == ends:
            yield days


def test_days_of_one_row_do_not_follow_from_a_mean_and_its_ends() -> None:
    """Of ten rows there would have been one register alone."""
    days = [2, *[90] * 8, 200]
    assert list(registers_of_ten(92.2, (59.0, 126.0))) == [days]
    table = asked({"A": (days, ()), "B": (MANY, ())}, ENDED)
    assert told(table, "median", "A") == (90.0, None, None)
    assert told(table, "mean", "A") == told(table, "mean_difference", "A") == HIDDEN


def test_twenty_rows_have_a_mean() -> None:
    table = asked({"A": (MANY, ()), "B": (spread(60, 20), ())}, ENDED)
    assert None not in told(table, "mean", "B")


def test_just_the_largest_share_is_not_too_much() -> None:
    table = asked({"A": (MANY, ()), "B": (MANY, ()), "C": ([*[10] * 30, 300], ())}, ENDED)
    assert told(table, "mean", "C")[0] == round(600 / 31, 1)


def test_groups_that_overlap_have_no_means() -> None:
    table = asked({"1": (MANY, ()), "2": (MANY, ()), "1;2": (MANY, ())}, ENDED, column="problem")
    assert not {"mean", "mean_difference"} & table.cells.keys()
    assert table.value("whole", "1") == 120


def test_overlapping_group_is_compared_with_those_who_are_not_in_it() -> None:
    table = asked({"1": (MANY, ()), "2": (spread(100, 60), ()), "1;2": (MANY, ())}, ENDED, column="problem")
    assert table.value("difference", "1") == 60 - 0.5 - (100 - 0.5)


def test_what_can_be_open_has_no_means() -> None:
    assert "mean" not in asked({"A": (MANY, [5] * 20), "B": (MANY, ())}).cells


def test_small_number_open_hides_how_many_there_are_and_what_follows() -> None:
    table = asked({"A": (MANY, [200] * 2), "B": (MANY, [200] * 30), "C": (MANY, [200] * 30)})
    assert table.value("whole", "A") is None
    assert told(table, "median", "A") == told(table, "difference", "A") == HIDDEN


def test_share_within_a_limit_is_compared_only_where_both_are_shown() -> None:
    groups = {"A": ([*[50] * 20, *[150] * 3], ()), "B": (MANY * 2, ()), "C": (MANY, ())}
    table = asked(groups, ENDED, against="B", within=(100,))
    assert table.value("within_100", "A") is None
    assert told(table, "within_100_difference", "A") == HIDDEN
    assert table.value("within_100_verdict", "A") is None


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_how_many_are_over_a_limit_at_the_median_does_not_follow_from_p(few: int) -> None:
    """p is of how many are above the median of all, and here that is the limit: each number has a p of its own."""
    groups = {"A": [50] * (12 - few) + [150] * few, "B": [50] * 20 + [150] * 12, "C": [50] * 25 + [150] * 13}
    table = asked({code: (days, ()) for code, days in groups.items()}, ENDED, within=(50,))
    assert table.value("median") == 50
    assert table.value("within_50", "A") is None
    assert figures_of(table, "A") == {12, 50}
    assert {value for measure in MEANS for value in table.cells[measure].values()} == {None}


def test_days_are_compared_where_every_share_within_a_limit_is_shown() -> None:
    groups = {"A": ([*[50] * 20, *[150] * 20], ()), "B": (MANY, ()), "C": (MANY, ())}
    table = asked(groups, ENDED, within=(100,))
    assert None not in (*told(table, "difference", "A"), *told(table, "median", "A"), table.value("p", "A"))
    assert None not in told(table, "mean", "A")


def test_pair_of_which_a_limit_is_shown_is_compared_within_it_all_the_same() -> None:
    groups = {"A": ([*[50] * 40, *[150] * 7, 300], ()), "B": ([*[50] * 60, *[150] * 8, *[300] * 8], ())}
    table = asked(groups, ENDED, within=(100, 200))
    assert table.value("within_200", "A") is None
    assert told(table, "difference", "A") == HIDDEN
    assert None not in told(table, "within_100_difference", "A")


def test_others_within_a_limit_are_told_only_where_all_are() -> None:
    groups = {"1": ([*[50] * 20, *[150] * 20], ()), "2": ([*[50] * 30, *[150] * 2], ()), "1;2": ([50] * 9, ())}
    table = asked(groups, ENDED, column="problem", within=(100,))
    hidden = [code for code in ("1", "2") if None in (table.value("within_100", code), table.value("within_100"))]
    assert hidden
    assert all(told(table, "within_100_difference", code) == HIDDEN for code in hidden)
