"""What the goals of joint protection are measured with."""

from made_tables import CASES, axis, frequency, made

from benchmarks.joint import EXPLORED, YEAR, explored_questions, shows_nothing
from skillnad.analysis.questions import Count, CrossTable
from skillnad.analysis.results import MISSING_LEVEL


def test_table_with_a_number_shows_something():
    assert not shows_nothing(frequency({"1": None, "2": 12}, total=None))


def test_table_of_something_else_than_counts_shows_it():
    columns = (axis("problem", "1"),)
    assert not shows_nothing(made(Count(CASES, ("problem",)), columns, {"mean": {("1",): 3.5}}))
    assert shows_nothing(made(Count(CASES, ("problem",)), columns, {"mean": {("1",): None}}))


def test_table_of_gaps_shows_nothing():
    assert shows_nothing(frequency({"1": None, "2": None, MISSING_LEVEL: None}, total=None))


def test_explorer_asks_each_question_once():
    asked = explored_questions()
    assert len(asked) == len(set(asked))
    assert len(asked) > 20


def test_explorer_asks_of_every_pair_of_columns_and_of_part_of_the_people():
    asked = explored_questions()
    pairs = {(each.rows, each.columns) for each in asked if isinstance(each, CrossTable)}
    parts = [each for each in asked if isinstance(each, Count)]
    assert len(pairs) == len(EXPLORED) * (len(EXPLORED) - 1) / 2
    assert {part.by for part in parts} == {(columns,) for _, columns in pairs}
    assert all(each.selection.period == YEAR for each in asked)
