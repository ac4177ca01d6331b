"""A sample's rows of which nobody knows the group: shown, and among nobody's others where they can be told apart."""

import pytest
from snapshots_made import make_snapshot
from unit.analysis.comparisons.shown_tables import OF, by_group, gaps

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Comparison, Drawn
from skillnad.analysis.comparisons.sampled import sampled_shares
from skillnad.analysis.door import ask
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Share, Where
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, ProtectedTable

THREE = {"A": (30, 70), "B": (60, 90), "C": (10, 40)}
DRAWN = Drawn(Chosen.EVERYONE)
QUESTION = Comparison(OF, drawn=DRAWN)


def compared(groups, **how) -> Made:
    return sampled_shares(QUESTION, DRAWN, *by_group(groups, **how))


def with_whom(made: Made | ProtectedTable) -> dict[str, float]:
    """The difference by group."""
    return {code: value for (code,), value in made.cells["difference"].items()}


def less(one: tuple[int, int], other: tuple[int, int]) -> object:
    return pytest.approx(one[0] / one[1] - other[0] / other[1])


def test_rows_whose_group_nobody_knows_are_shown_but_compared_with_nothing():
    made = compared({**THREE, "x": (50, 0), MISSING_LEVEL: (40, 0)}, unknown="x")
    assert with_whom(made) == with_whom(compared(THREE))
    assert made.cells["part"]["x",] == 50
    assert made.cells["whole"][MISSING_LEVEL,] == 40


def test_others_are_added_up_where_those_nobody_knows_are_hidden():
    made = compared({**THREE, MISSING_LEVEL: (200, 1)}, hidden=[MISSING_LEVEL])
    assert with_whom(made) == with_whom(compared(THREE))


def test_few_that_nobody_knows_are_among_the_others_where_they_cannot_be_told_apart():
    made = compared({**THREE, MISSING_LEVEL: (2, 1)}, hidden=[MISSING_LEVEL, "C"])
    assert with_whom(made)["A"] == less((30, 100), (72, 203))


def test_many_that_nobody_knows_are_not_among_the_others():
    """C and those that nobody knows are 50 + 40 rows, of 240 others: too many to say anything of the others."""
    axes, counts = by_group({**THREE, MISSING_LEVEL: (38, 2)}, hidden=[MISSING_LEVEL, "C"])
    counts = gaps(counts, (TOTAL, MISSING_LEVEL), (TOTAL, "C"))
    made = sampled_shares(QUESTION, DRAWN, axes, counts)
    assert with_whom(made) == {"A": None, "B": None, "C": None}


@pytest.mark.parametrize(("unknown", "told"), [(6, less((30, 100), (65, 220))), (7, None)])
def test_hidden_rows_are_among_the_others_up_to_one_in_twenty(unknown, told):
    """C is 5 rows, hidden as those that nobody knows are: of 220 others 11 may be of no known group."""
    rows = {"A": (30, 70), "B": (60, 149), "C": (5, 0), MISSING_LEVEL: (0, unknown)}
    axes, counts = by_group(rows, hidden=[MISSING_LEVEL, "C"])
    made = sampled_shares(QUESTION, DRAWN, axes, gaps(counts, (TOTAL, MISSING_LEVEL), (TOTAL, "C")))
    assert with_whom(made)["A"] == told


def test_few_unknown_groups_do_not_hide_overlapping_ones():
    axes, counts = by_group(
        {"1": (50, 50), "2": (5, 4), "1;2": (9, 9), MISSING_LEVEL: (1, 2)}, multiple=True, hidden=[MISSING_LEVEL]
    )
    made = sampled_shares(QUESTION, DRAWN, axes, gaps(counts, (TOTAL, MISSING_LEVEL)))
    assert with_whom(made)["1"] == less((59, 118), (6, 12))


def of_a_sample(folder, by: str, rows: dict[str, tuple[int, int]]) -> ProtectedTable:
    """What the door shows of a sample with so many rated 3, and so many not, in each group."""
    made = [{by: code, "rating": rating} for code, each in rows.items() for rating in "3" * each[0] + "1" * each[1]]
    question = Comparison(Share(Where("rating", ("3",)), by=(by,)), drawn=DRAWN)
    return ask(make_snapshot(folder, interventions=made), question, engine="in_memory")


def test_sample_with_few_of_an_unknown_group_is_told_with_them_among_the_others(tmp_path):
    table = of_a_sample(tmp_path, "unit", {"A": (300, 700), "B": (600, 900), "C": (10, 40), "": (2, 2)})
    assert table.value("whole", "") is table.value("whole", "C") is None
    assert with_whom(table)["A"] == less((300, 1000), (612, 1554))


def test_sample_with_two_kinds_of_unknown_has_its_others_added_up(tmp_path):
    """What nobody knows and what nothing is recorded of are hidden for each other's sake: no named group is."""
    rows = {"1": (30, 70), "2": (60, 90), "3": (20, 40), "4": (15, 25), "5": (9, 4), "": (8, 4)}
    table = of_a_sample(tmp_path, "origin", rows)
    assert [table.value("whole", code) for code in ("1", "4", "5", "")] == [100, 40, None, None]
    assert with_whom(table)["1"] == less((30, 100), (95, 250))


def test_sample_of_groups_that_overlap_has_the_unknown_among_the_others(tmp_path):
    table = of_a_sample(tmp_path, "language", {"sv": (30, 70), "ar": (60, 90), "ar;ti": (20, 40), "": (2, 2)})
    assert table.value("whole", "") is None
    assert with_whom(table)["sv"] == less((30, 100), (82, 214))
