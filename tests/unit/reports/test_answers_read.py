"""What is found in the tables of a question, and what a gap in any of them leaves."""

import pytest
from answers_shown import QUESTION, given, rates
from compared_tables import compared, outcome, ranked_units, share_of
from made_tables import made

from skillnad.reports.answers_read import (
    answers_of,
    ends_of,
    good_of,
    good_words,
    part,
    rate_of,
    share_cell,
    unsure,
    whole_of,
)

RATE, GIVEN, GOOD = rates({"": (100, 60)}), given({"1": 30, "3": 10, "x": 7}), compared({"1": (66, 54), "2": (52, 78)})
ALL = (RATE, GIVEN, GOOD)


def test_each_table_is_found_among_the_others() -> None:
    assert (rate_of(ALL, QUESTION.id), answers_of(ALL, QUESTION.id), good_of(ALL, QUESTION.id)) == ALL


@pytest.mark.parametrize("find", [rate_of, answers_of, good_of])
def test_tables_of_another_question_are_not_it(find) -> None:
    assert find(ALL, "origin") is None


def test_ranking_is_no_share_of_good_answers() -> None:
    assert good_of((ranked_units(),), QUESTION.id) is None


def test_good_answers_are_told_in_words() -> None:
    assert good_words(QUESTION) == "Mycket nöjd eller Ganska nöjd"


@pytest.mark.parametrize(("numbers", "told"), [({"1": 5, "x": 7}, 7), ({"1": 5, "x": None}, None), ({"1": 5}, 0)])
def test_how_many_do_not_know_is_a_gap_where_it_is_hidden(numbers, told) -> None:
    assert unsure(given(numbers)) == told


def test_nothing_is_read_where_there_is_no_table() -> None:
    assert (unsure(None), part(None), whole_of(None), ends_of(None)) == (None, None, None, None)


def test_share_is_of_all_or_of_a_group() -> None:
    assert part(GOOD) == pytest.approx(118 / 250)
    assert part(GOOD, "2") == pytest.approx(0.4)
    assert whole_of(GOOD, "2") == 130


def test_share_without_groups_has_no_interval() -> None:
    plain = made(share_of(), (outcome(),), {"share": {("yes",): 0.5}})
    assert part(plain) == 0.5
    assert ends_of(plain) is None
    assert share_cell(plain).ends is None


def test_cell_of_a_share_has_both_ends() -> None:
    cell = share_cell(GOOD, "2")
    assert cell.ends is not None
    assert cell.ends[0] < 0.4 < cell.ends[1]


def test_hidden_share_has_a_gap_and_no_interval() -> None:
    cell = share_cell(compared({"1": (66, 54), "2": (None, None)}), "2")
    assert (cell.value, cell.ends, cell.blank) == (None, None, False)


def test_share_of_nobody_is_blank_and_no_gap() -> None:
    assert share_cell(compared({"1": (66, 54), "2": (0, 0)}), "2").blank
