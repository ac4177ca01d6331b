"""What every row of a table surely has, by what its rows were chosen for."""

import pytest
from raw_tables import axis

from skillnad.analysis.merged import merged
from skillnad.analysis.questions import Count, Question, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.surely_held import surely_held

PROBLEM = axis("problem", "1", "2", "3", multiple=True)
TOGETHER = axis(merged("problem", {"X": ["1", "2"]}), "X", "others", multiple=True)


def chosen(*codes: str, column: str = "problem") -> Question:
    return Count(Selection(where=(Where(column, codes),)))


@pytest.mark.parametrize(
    ("question", "table_axis", "held"),
    [
        (chosen("1"), PROBLEM, [{"1"}]),
        (chosen("2", "1"), PROBLEM, [{"1", "2"}]),
        (chosen("1", MISSING_LEVEL), PROBLEM, [{"1", MISSING_LEVEL}]),
        (chosen("1", "2"), TOGETHER, [{"X"}]),
        (chosen("1"), TOGETHER, [{"X"}]),
        (chosen("1", column="language"), PROBLEM, []),
        (Count(), PROBLEM, []),
    ],
)
def test_rows_have_one_of_the_levels_that_they_were_chosen_for(question, table_axis, held):
    assert surely_held(question, table_axis).of(("A",)) == held


@pytest.mark.parametrize(("codes", "table_axis"), [(("1", "2", "3"), PROBLEM), (("1", "3"), TOGETHER)])
def test_nothing_is_told_by_choosing_all_that_name_something(codes, table_axis):
    assert surely_held(chosen(*codes), table_axis).of(("A",)) == []


def test_each_condition_is_one():
    both = Count(Selection(where=(Where("problem", ("1",)), Where("problem", ("2", "3")))))
    assert surely_held(both, PROBLEM).of(("A",)) == [{"1"}, {"2", "3"}]


def test_share_tells_of_those_in_whom_it_holds_alone():
    found = surely_held(Share(Where("problem", ("1", "2")), by=("problem",)), PROBLEM)
    assert (found.of(("yes", "1")), found.of(("no", "1"))) == ([{"1", "2"}], [])
