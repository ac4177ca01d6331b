"""Answers beside those of the year before: one table, and a change named only where it is shown."""

from datetime import date

import pytest
from answers_shown import ANSWERS, QUESTION, TITLES
from compared_tables import counts_of, minted, outcome
from made_tables import axis

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.figures import SPACE
from skillnad.analysis.questions import Share, Where
from skillnad.codebook.periods import Period
from skillnad.reports.answers_last_year import NOTHING_SHOWN, last_year_shown, last_year_told
from skillnad.reports.beside_last_year import against_last_year
from skillnad.reports.wording import TOO_FEW

ASK = against_last_year(
    lambda selection, by: Comparison(Share(Where(QUESTION.id, QUESTION.good), selection, (by,))),
    ANSWERS.population,
    "answer_date",
)
SAY, SHOW = last_year_told([QUESTION], TITLES), last_year_shown([QUESTION], TITLES)


def beside(before, now):
    """(good, other) of 2024 and of 2025."""
    question = ASK(Period.parse("2025"))
    assert isinstance(question, Comparison)
    groups = {"2024": before, "2025": now}
    year = axis(question.by[0], *groups)
    return minted(question, compared_shares(question, (outcome(), year), counts_of(groups)))


def test_share_is_told_and_what_has_changed():
    said = SAY((beside((100, 100), (160, 40)),))
    assert said[0] == f"Andelen bra svar är 80{SPACE}% om ”Nöjdhet”."
    assert said[1].startswith("Nöjdhet har ändrats mer än vad slumpen brukar ge sedan 2024: ")
    assert said[1].endswith(" procentenheter.")
    assert len(said) == 2


def test_nothing_is_called_a_change_that_chance_can_give():
    assert SAY((beside((100, 100), (104, 96)),))[1:] == (NOTHING_SHOWN,)


def test_first_year_of_answers_says_nothing_of_a_change():
    assert SAY((beside((0, 0), (104, 96)),)) == (f"Andelen bra svar är 52{SPACE}% om ”Nöjdhet”.",)


def test_hidden_share_is_not_told():
    assert SAY((beside((100, 100), (None, None)),)) == (TOO_FEW,)


def test_table_has_both_years_on_the_questions_row():
    (row,) = SHOW((beside((50, 50), (60, 20)),), "Svar").rows
    assert row.label == "Nöjdhet: Mycket nöjd eller Ganska nöjd"
    assert [cell.value for cell in row.cells] == [80, 0.75, 0.5]


def test_hidden_year_is_a_gap():
    (row,) = SHOW((beside((None, None), (60, 20)),), "Svar").rows
    assert [cell.value for cell in row.cells] == [80, 0.75, None]


def test_year_without_answers_is_blank_and_no_gap():
    (row,) = SHOW((beside((0, 0), (60, 20)),), "Svar").rows
    assert row.cells[2].blank


def test_shares_have_their_intervals():
    (row,) = SHOW((beside((50, 50), (60, 20)),), "Svar").rows
    assert all(cell.ends is not None for cell in row.cells[1:])


def test_part_of_a_year_is_asked_of_both_years():
    question = ASK(Period.parse("2025-04"))
    assert isinstance(question, Comparison)
    assert question.against == "2024-04"
    assert question.selection.period == Period(date(2024, 4, 1), date(2025, 5, 1))


@pytest.mark.parametrize("period", ["2025-02-10..2025-05-03"])
def test_period_of_its_own_has_no_year_before(period):
    assert isinstance(ASK(Period.parse(period)), Share)
