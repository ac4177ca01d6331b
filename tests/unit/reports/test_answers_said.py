"""What is said of answers: never more than the tables show."""

import pytest
from answers_shown import QUESTION, TITLES, given, rates
from compared_tables import compared

from skillnad.analysis.figures import SPACE
from skillnad.reports.answers_said import (
    NOBODY,
    NOT_SHOWN,
    answered,
    groups_told,
    in_short,
    named_first,
    question_told,
    rates_told,
)
from skillnad.reports.wording import TOO_FEW, UNTESTED

GOOD = compared({"1": (66, 54), "2": (52, 78)})
RATE = rates({"": (250, 200)})


def test_shares_of_all_questions_are_told_in_one_sentence() -> None:
    first, who = in_short([QUESTION], TITLES)((GOOD, RATE))
    assert first == f"Andelen bra svar är 47{SPACE}% om ”Nöjdhet”."
    assert who == f"200 av 250 svarade på frågan ”Nöjdhet” (80{SPACE}%)."


def test_question_whose_share_is_hidden_is_not_in_the_sentence() -> None:
    assert in_short([QUESTION], TITLES)((RATE,)) == (TOO_FEW,)


def test_hidden_response_rate_is_not_told_in_short() -> None:
    assert len(in_short([QUESTION], TITLES)((GOOD, rates({"": (250, None)})))) == 1


def test_both_ends_of_the_scale_are_told_of_those_with_an_opinion() -> None:
    (first,) = question_told(QUESTION)((given({"1": 30, "3": 20, "2": 30, "4": 12, "5": 8, "x": 9}),))
    assert first == (
        f"Av 100 som hade en uppfattning svarade 50{SPACE}% ”Mycket nöjd” eller ”Ganska nöjd” och 20{SPACE}% "
        "”Missnöjd” eller ”Mycket missnöjd”."
    )


def test_end_with_a_hidden_answer_is_not_told() -> None:
    (first,) = question_told(QUESTION)((given({"1": 30, "3": 20, "2": 30, "4": 20, "5": None, "x": 9}, total=129),))
    assert "issnöjd" not in first


def test_nothing_is_said_of_answers_that_nobody_gave() -> None:
    assert question_told(QUESTION)((given({"1": 0, "3": 0, "2": 0}),)) == ()


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((250, 200), f"200 av 250 som fick frågan svarade (80{SPACE}%)."),
        ((250, None), NOT_SHOWN),
        ((None, None), NOT_SHOWN),
        ((0, 0), NOBODY),
    ],
)
def test_how_many_answered_is_told_where_it_can_be(numbers, told) -> None:
    assert answered(rates({"": numbers})) == (told,)


def test_share_is_told_with_its_interval_and_the_ends_of_its_groups() -> None:
    first, ends, untested = groups_told(QUESTION)((GOOD,))
    assert first.startswith(f"Andelen är 47{SPACE}% (95 procents intervall 41–")
    assert ends == f"Andelen efter legal_sex är högst för ”Ett” (55{SPACE}%) och lägst för ”Två” (40{SPACE}%)."
    assert untested == UNTESTED


def test_hidden_groups_are_said_to_be() -> None:
    said = groups_told(QUESTION)((compared({"1": (66, 54), "2": (52, 78), "3": (None, None)}),))
    assert "är, av dem som kan visas, högst för ”Ett”" in said[1]


def test_groups_that_are_alike_have_no_ends() -> None:
    assert len(groups_told(QUESTION)((compared({"1": (50, 50), "2": (50, 50)}),))) == 1


def test_nothing_is_said_of_a_hidden_share() -> None:
    table = compared({"1": (66, 54), "2": (52, 78)})
    table.cells["share"]["*",] = None  # type: ignore[index]
    assert groups_told(QUESTION)((table,)) == (TOO_FEW,)


def test_rates_are_told_with_where_most_and_fewest_answer() -> None:
    first, ends = rates_told((rates({"a": (50, 40), "b": (50, 20), "c": (0, 0), "": (100, 60)}),))
    assert first == f"60 av 100 som fick frågan svarade (60{SPACE}%)."
    assert ends == f"Svarsfrekvensen efter unit är högst för ”a” (80{SPACE}%) och lägst för ”b” (40{SPACE}%)."


def test_first_sentence_is_named_for_where_it_stands_alone() -> None:
    say = named_first("Nöjdhet", lambda tables: ("Hur många vet ingen.", "Mer."))
    assert say(()) == ("Nöjdhet: hur många vet ingen.", "Mer.")
    assert named_first("Nöjdhet", lambda tables: ())(()) == ()
