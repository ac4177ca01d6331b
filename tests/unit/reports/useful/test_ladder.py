"""What each step of the ladder asks."""

from dataclasses import replace

from skillnad.analysis.merged import merged_of
from skillnad.codebook.periods import Period
from skillnad.reports.contents.useful import GOALS

YEAR = Period.year(2025)


def test_first_step_is_the_answers_as_they_are() -> None:
    question = GOALS.answers(YEAR)
    assert (question.rows, question.columns, question.by) == ("goal_attainment", "unit", ())


def test_groups_hold_every_answer_once() -> None:
    made = merged_of(GOALS.in_groups(YEAR).rows)
    assert made is not None
    assert sorted(code for _, codes in made.groups for code in codes) == list("123456")


def test_longer_time_ends_with_the_period() -> None:
    asked = GOALS.longer(YEAR).selection.period
    assert asked == Period.parse("2024-01-01..2025-12-31")


def test_last_steps_table_says_which_units_a_parent_has() -> None:
    assert (GOALS.longer(YEAR).columns, GOALS.longer(YEAR).by) == ("unit", ("committee",))


def test_ladder_without_a_parent_asks_for_none() -> None:
    assert replace(GOALS, parent="").longer(YEAR).by == ()
