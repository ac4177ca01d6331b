"""What was asked for a table, in words: what is counted, by what, of which rows and when."""

import pytest

from skillnad.analysis.joint.asked_words import asked_words
from skillnad.analysis.questions import Count, Duration, Flow, Selection, Sequence, Share, Where
from skillnad.codebook.periods import Period

YEAR, IN_A = Period.year(2025), Where("unit", ("A",))


@pytest.mark.parametrize(
    ("question", "sv", "en"),
    [
        (Count(), "insatser", "interventions"),
        (Count(by=("legal_sex", "unit")), "insatser efter juridiskt kön och enhet",
         "interventions by legal_sex and unit"),
        (Count(Selection(where=(IN_A,))), "insatser, med villkor på enhet", "interventions, chosen by unit"),
        (Count(Selection(period=YEAR)), "insatser, 2025", "interventions, 2025"),
        (Count(Selection(people=True)), "personer med insatser", "people with interventions"),
        (Share(Where("unit", ("A",)), by=("unit", "legal_sex")), "insatser efter enhet och juridiskt kön",
         "interventions by unit and legal_sex"),
        (Flow(YEAR, by=("unit",)), "insatser efter enhet, 2025", "interventions by unit, 2025"),
        (Sequence(("unit", "legal_sex")), "insatser efter enhet och juridiskt kön",
         "interventions by unit and legal_sex"),
    ],
)  # fmt: skip
def test_question_is_told_in_both_languages(question, sv, en):
    assert asked_words(question) == (sv, en)


def test_duration_is_told_by_its_ends_first():
    assert asked_words(Duration("start", "end", by=("unit",)))[1] == "interventions by start and end and unit"
