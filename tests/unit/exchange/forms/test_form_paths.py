"""The way through a form on paper, in English too, and the numbers of its questions."""

import pytest
from made_forms import whole
from worked_sheets import instrument_names

from skillnad.exchange.forms.folders import loaded_folder
from skillnad.exchange.forms.form_paths import ENGLISH, paper
from skillnad.instruments.conditions import belongs
from skillnad.instruments.wording import wording


def questions(instrument, perspective, **more):
    return paper(wording(instrument, {}), perspective, **more)


def test_a_matrix_is_one_question_of_its_cells():
    found = {each.item.matrix: each for each in questions(whole(), "client") if each.item.matrix}
    assert [cell.item.id for cell in found["hours"].cells] == ["hours.mon.day", "hours.tue.day"]


def test_numbers_go_from_one_without_gaps():
    found = questions(whole(), "client")
    assert [each.number for each in found] == list(range(1, len(found) + 1))


def test_another_perspectives_questions_are_not_there():
    names = {each.item.id for each in questions(whole(), "staff")}
    assert "place" in names
    assert "mood" not in names


def test_conditions_are_said_in_english():
    instrument = loaded_folder("municipal_survey_2011").instrument
    found = questions(instrument, "municipality", words=ENGLISH)
    assert found[0].go == "Go to question 5 if you answered Nej."
    assert found[1].only == "Answer only if you answered Ja to question 1."


@pytest.mark.parametrize("name", instrument_names())
def test_every_question_with_a_condition_says_when(name):
    instrument = loaded_folder(name).instrument
    for perspective in instrument.perspectives:
        for each in questions(instrument, perspective):
            conditioned = bool(each.item.when.all or each.item.when.any)
            assert bool(each.only) is conditioned
            assert all(belongs(cell.item, perspective) for cell in each.cells)
