import pytest
from compared_tables import (
    FOUR,
    TWO,
    answers,
    compared,
    course,
    funnel_of_units,
    paired_judgements,
    ranked_units,
)

from skillnad.analysis.comparisons.questions import Chart
from skillnad.reports import comparison_wording as wording
from skillnad.reports.comparison_wording import lead, told

S = "\N{NO-BREAK SPACE}"
STEADY = [30, 34] * 12
SHIFTED = [30, 34] * 6 + [50] * 12


def test_shown_difference_is_told_with_its_size_and_interval() -> None:
    assert told(compared(TWO)) == (f"Skillnad visad: Ett mot Två, +15,0 procentenheter (+2,6{S}till{S}+26,8).",)


def test_groups_too_few_to_tell_are_named_together() -> None:
    said = told(compared({"1": (5, 6), "2": (4, 5), "3": (6, 4)}))
    assert said == ("För få för att avgöra: Ett, Två och Tre mot övriga.",)


def test_no_difference_shown_takes_many() -> None:
    assert told(compared({"1": (5000, 5000), "2": (5000, 5000)})) == ("Ingen skillnad visad: Ett mot Två.",)


def test_hidden_group_is_said_to_be_outside() -> None:
    assert told(compared(FOUR))[-1] == wording.HIDDEN
    assert wording.HIDDEN not in told(compared(TWO))


def test_many_shown_differences_are_named_without_their_sizes() -> None:
    groups = {str(n): (900 if n % 2 else 100, 100 if n % 2 else 900) for n in range(1, 9)}
    said = told(compared(groups))
    assert len(said) == wording.MOST_NAMED + 1
    assert said[-1] == "Skillnad visad också: 7 och 8 mot övriga."


def test_order_where_anyone_may_be_first_is_called_unsure() -> None:
    said = told(ranked_units({"1": (5, 5), "2": (6, 6), "3": (5, 6)}))
    assert said == ("Ordningen är osäker: vilken som helst av de 3 grupperna kan vara först.",)


def test_order_names_those_that_may_be_first() -> None:
    assert told(ranked_units()) == ("Ett kan vara först av 3 grupper.", wording.HIDDEN)


def test_funnel_names_the_groups_outside_its_limits() -> None:
    said = told(funnel_of_units({"1": (400, 600), "2": (410, 590), "3": (390, 610), "4": (41, 59), "5": (30, 10)}))
    assert said == ("Över den yttre gränsen: Fem.",)


def test_funnel_with_all_inside_says_no_more_than_chance() -> None:
    (said,) = told(funnel_of_units({"1": (40, 60), "2": (41, 59), "3": (39, 61)}))
    assert said == "Alla 3 grupper är inom gränserna: ingen skiljer sig mer än slumpen brukar ge."


def test_steady_course_has_no_rule_that_speaks() -> None:
    assert told(course(STEADY)) == (wording.STEADY,)


def test_course_that_shifts_says_which_rule_and_when() -> None:
    said = told(course(SHIFTED, chart=Chart.CONTROL))
    assert any("åtta punkter i rad" in sentence and "2022-01–2023-12" in sentence for sentence in said)


def test_course_of_few_points_tells_nothing() -> None:
    assert told(course([30, 34, 31])) == (wording.TOO_SHORT,)


def test_pair_tells_the_difference_of_the_two() -> None:
    (said,) = told(paired_judgements(30, 8, 22, 60))
    assert said.startswith("Skillnad visad: den första minus den andra, −11,7 procentenheter")


def test_response_rate_compares_nothing() -> None:
    assert told(answers({"A": (20, 10, 8), "B": (30, 10, 9)})) == ()


@pytest.mark.parametrize(
    ("prefix", "words"),
    [("", ""), ("adjusted_", "efter justering, "), ("within_120_", "inom 120 dagar, ")],
)
def test_verdict_beside_the_tables_own_says_what_it_is_of(prefix: str, words: str) -> None:
    assert lead(prefix) == words


@pytest.mark.parametrize("table", [compared(TWO), compared(FOUR), ranked_units(), funnel_of_units(), course(SHIFTED)])
def test_no_sentence_speaks_of_effects_or_significance(table) -> None:
    assert not any(word in " ".join(told(table)).lower() for word in ("effekt", "signifikan", "beror", "leder"))
