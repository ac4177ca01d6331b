"""The tables of answers: a question a row, groups stacked with their intervals, and no rows of nobody."""

import pytest
from answers_shown import QUESTION, TITLES, given, rates
from compared_tables import compared

from skillnad.reports.answers_shown import good_in_groups, questions_in_short, rates_in_groups
from skillnad.reports.views import Row

GOOD = compared({"1": (66, 54), "2": (52, 78)})
IN_SHORT = questions_in_short([QUESTION], TITLES, {QUESTION.id: "fragan"})


def in_short(*tables) -> Row:
    (row,) = IN_SHORT(tables, "I korthet").rows
    return row


def test_row_of_a_question_says_what_is_good_and_leads_to_it() -> None:
    row = in_short(rates({"": (100, 60)}), GOOD, given({"1": 30, "x": 7}))
    assert (row.label, row.link) == ("Nöjdhet: Mycket nöjd eller Ganska nöjd", "fragan")


def test_row_of_a_question_has_asked_answered_unsure_and_good() -> None:
    asked, answered, unsure, good = in_short(rates({"": (100, 60)}), GOOD, given({"1": 30, "x": 7})).cells
    assert (asked.value, answered.value, answered.share, unsure.value) == (100, 60, 0.6, 7)
    assert good.value == pytest.approx(118 / 250)


def test_hidden_number_of_answers_has_no_share_beside_it() -> None:
    _, answered, *_ = in_short(rates({"": (100, None)}), GOOD, given({"1": 30})).cells
    assert (answered.value, answered.share) == (None, None)


def test_question_that_nobody_was_asked_has_blanks_and_no_gaps() -> None:
    asked, *rest = in_short(rates({"": (0, 0)})).cells
    assert asked.value == 0
    assert all(cell.blank for cell in rest)


def test_groups_stand_below_everyone_under_their_own_headings() -> None:
    view = good_in_groups((GOOD, compared({"a": (10, 20), "b": (30, 30)}, column="unit", label="Enhet")), "Andel")
    assert [group.label for group in view.groups] == ["", "Legal_sex", "Enhet"]
    assert [row.cells[0].value for row in view.rows] == [250, 120, 130, 30, 60]


def test_group_of_nobody_is_left_out() -> None:
    view = good_in_groups((compared({"1": (66, 54), "2": (0, 0), "3": (5, 5)}),), "Andel")
    assert [row.label for row in view.groups[1].rows] == ["Ett", "Tre"]


def test_hidden_group_keeps_its_row() -> None:
    view = good_in_groups((compared({"1": (66, 54), "2": (None, None)}),), "Andel")
    assert [cell.value for cell in view.groups[1].rows[1].cells] == [None, None]


def test_heading_over_one_group_is_left_out() -> None:
    assert len(good_in_groups((compared({"1": (66, 54), "2": (0, 0)}),), "Andel").groups) == 1


def test_rates_are_of_everyone_and_of_each_group() -> None:
    view = rates_in_groups((rates({"a": (50, 40), "b": (50, 20), "": (100, 60)}),), "Svarsfrekvens")
    assert [[cell.value for cell in row.cells[:2]] for row in view.rows] == [[100, 60], [50, 40], [50, 20]]
    assert view.groups[0].rows[0].cells[2].ends == pytest.approx((0.55, 0.65))


def test_rates_of_a_form_that_nobody_got_are_left_out() -> None:
    view = rates_in_groups((rates({"a": (50, 40), "b": (0, 0), "c": (9, 8), "": (59, 48)}),), "Svarsfrekvens")
    assert [row.label for row in view.groups[1].rows] == ["a", "c"]


def test_rate_of_nobody_at_all_is_blank() -> None:
    (row,) = rates_in_groups((rates({"": (0, 0)}),), "Svarsfrekvens").rows
    assert [cell.blank for cell in row.cells] == [False, True, True]


def test_hidden_rate_is_a_gap() -> None:
    view = rates_in_groups((rates({"a": (50, None), "b": (50, 20), "": (100, None)}),), "Svarsfrekvens")
    assert view.has_gaps
