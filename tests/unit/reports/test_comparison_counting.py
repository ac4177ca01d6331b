from dataclasses import replace

import pytest
from compared_tables import FOUR, TWO, answers, compared, course, funnel_of_units, paired_judgements, ranked_units
from judged_tables import compared_groups
from made_tables import frequency
from unit.analysis.comparisons.adjusted_days.times_made import ENDED, uneven
from unit.analysis.comparisons.adjusted_days.times_made import asked as times_adjusted

from skillnad.analysis.column_words import column_words
from skillnad.analysis.compact import shape_of
from skillnad.analysis.comparisons.made import REPEATED
from skillnad.analysis.comparisons.questions import Adjusted, Chart, Comparison, Drawn, Weight
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.grid import grid
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.results import LeftOut, Measure, MeasureKind
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.comparison_counting import (
    BY_CHANCE,
    BY_DELTA,
    LIMITS_OF_POINTS,
    LIMITS_OF_SHARES,
    MERGED,
    NO_CAUSE,
    ROWS_APART,
    ROWS_TOGETHER,
    how_compared,
)
from skillnad.reports.counting import basis, counted_how


def _said(table) -> str:
    return " ".join(how_compared(table))


def _adjusted(**how):
    table = compared(TWO)
    assert isinstance(table.question, Comparison)
    table.question = Comparison(table.question.of, adjusted_for=("age_group", "problem"), **how)
    return table


def test_plain_table_has_nothing_to_say_of_comparing() -> None:
    assert how_compared(frequency({"1": 30})) == ()


def test_values_that_count_are_named_whole() -> None:
    assert "Andelen är de som har måluppfyllelse ”Positiv förändring, alla mål har uppnåtts” eller ”Ingen" in _said(
        compared(TWO)
    )


@pytest.mark.parametrize(
    ("groups", "against", "words"),
    [(TWO, "", "andelen för ”Två”"), (FOUR, "", "alla övrigas andel"), (FOUR, "1", "andelen för ”Ett”")],
)
def test_what_is_set_against_what(groups, against, words) -> None:
    assert f"Skillnaden är gruppens andel minus {words}, i procentenheter." in _said(compared(groups, against=against))


def test_comparison_tells_how_intervals_and_p_are_made() -> None:
    assert "Wilsons för andelar, Newcombes för skillnader" in _said(compared(TWO))
    assert "Fishers exakta test (mid-p)" in _said(compared(TWO))


def test_p_is_said_to_stand_in_the_files_where_the_page_has_none() -> None:
    table = compared(TWO)
    assert "p" in {column.measure.id for column in grid(table).columns}
    assert "p" not in {column.measure.id for column in shape_of(table).columns}
    assert "p står i filerna (Excel och CSV), och är från chi-två-testet" in _said(table)


def test_adjusted_intervals_say_their_method_where_a_model_made_them() -> None:
    assert BY_DELTA in how_compared(_adjusted())
    assert BY_DELTA not in how_compared(_adjusted(way=Adjusted.STANDARD))


def test_background_that_the_model_could_not_use_is_told_apart() -> None:
    table = _adjusted()
    assert "Justerat för åldersgrupp och problematik med en logistisk modell" in _said(table)
    table.left_out = (LeftOut("unused_background", 0, "age_group"),)
    assert "Justerat för problematik med en logistisk modell" in _said(table)
    assert "Åldersgrupp är inte med i modellen: i delarna är för få" in _said(table)
    assert "är inte med i modellen" in counted_how(table)


@pytest.mark.parametrize(
    ("effects", "words"),
    [((1.0, 1.2, 1.5), "1,20 till 1,50 gånger"), ((1.5, 1.5, 1.0), "är 1,50 gånger"), ((1.0, 1.0, None), "")],
)
def test_how_many_times_less_sure_groups_are_is_told(effects, words) -> None:
    table = compared(TWO)
    cells = dict(zip([("1",), ("2",), ("*",)], effects, strict=True))
    table.cells = {**table.cells, "repeated": cells}
    assert words in _said(table)
    assert ("Spridningen" in _said(table)) is bool(words)


def test_correction_is_told_where_there_was_more_than_one() -> None:
    assert "3 jämförelser gjorts (Benjamini–Hochberg)" in _said(compared(FOUR))
    assert "Benjamini" not in _said(compared(TWO))


def test_adjusted_comparisons_are_a_family_of_their_own() -> None:
    groups = {"1": (340, 1000), "2": (410, 1000), "3": (400, 1000)}
    ends = dict.fromkeys(groups, (0.01, -0.02, 0.05, 0.5))
    table = compared_groups(groups, adjusted=ends)
    verdict = Measure("adjusted_verdict", "Utfall efter justering", MeasureKind.VERDICT)
    table.measures = (*table.measures, verdict)
    table.cells = {**table.cells, verdict.id: {(code,): 2 for code in groups}}
    assert "3 jämförelser gjorts, och lika många justerade för sig (Benjamini–Hochberg)" in _said(table)


def test_smallest_difference_that_could_be_seen_is_told() -> None:
    one = compared(TWO).value("seen", "1")
    assert f"(fyra gånger av fem) är {100 * one:.1f}".replace(".", ",") in _said(compared(TWO)).replace(".", ",")
    assert "beroende på hur stora grupperna är" in _said(compared(FOUR))


def test_several_rows_a_person_are_told_where_there_can_be() -> None:
    for table in (compared(TWO), ranked_units(), funnel_of_units(), paired_judgements(30, 8, 22, 60)):
        assert ROWS_TOGETHER in how_compared(table)
        assert ROWS_APART not in how_compared(table)
    assert ROWS_TOGETHER not in how_compared(course([30, 34] * 12))


def test_rows_of_a_sample_are_said_to_be_counted_apart() -> None:
    table = compared(TWO)
    table.question = replace(table.question, drawn=Drawn(Chosen.BY_LOT, 5000))
    assert ROWS_APART in how_compared(table)
    assert ROWS_TOGETHER not in how_compared(table)


def test_a_sample_without_intervals_is_not_said_to_be_less_sure_than_they_say() -> None:
    table = compared(TWO)
    table.question = replace(table.question, drawn=Drawn(Chosen.FIRST_MET))
    assert not {ROWS_APART, ROWS_TOGETHER} & set(how_compared(table))


def test_rows_that_are_people_are_one_each() -> None:
    table = compared(TWO)
    assert isinstance(table.question, Comparison)
    people = replace(table.question.of, selection=Selection(Population.CLIENTS))
    table.question = Comparison(people)
    assert not {ROWS_APART, ROWS_TOGETHER} & set(how_compared(table))


@pytest.mark.parametrize(("chart", "other"), [(Chart.RUN, Chart.CONTROL), (Chart.CONTROL, Chart.RUN)])
def test_how_often_chance_alone_breaks_a_rule_is_told(chart, other) -> None:
    said = _said(course([30, 34] * 12, chart=chart))
    assert BY_CHANCE[chart] in said
    assert BY_CHANCE[other] not in said


def test_no_cause_is_told_of_any_comparison() -> None:
    assert NO_CAUSE in how_compared(compared(TWO))
    for table in (ranked_units(), funnel_of_units(), course([30, 34] * 12), paired_judgements(30, 8, 22, 60)):
        assert "inget om vad" in _said(table) or "inte vad en skillnad beror på" in _said(table)


def test_adjusted_names_background_and_way() -> None:
    assert f"Justerat för åldersgrupp och {column_words('problem')} med en logistisk modell" in _said(_adjusted())
    assert "alla gruppers gemensamma sammansättning" in _said(_adjusted(way=Adjusted.STANDARD))
    assert MERGED in how_compared(_adjusted())
    assert MERGED not in how_compared(_adjusted(way=Adjusted.STANDARD))
    told = _said(_adjusted(way=Adjusted.STANDARD, standard=(Weight(("0-6", "1"), 10),)))
    assert "en standardbefolknings sammansättning" in told


def test_ranking_says_what_places_are() -> None:
    assert "korrigerade enligt Holm" in _said(ranked_units())
    assert "1 av 3 grupper kan vara först" in _said(ranked_units())


def test_funnel_says_what_limits_are_and_whose_the_middle_is() -> None:
    assert "Mittlinjen är alla gruppers gemensamma andel" in _said(funnel_of_units())
    assert "Mittlinjen är den angivna nivån, 50" in _said(funnel_of_units(target=0.5))
    assert "Grupperna varierar mer än slumpen förklarar" in _said(funnel_of_units())


def test_funnel_of_too_few_says_so() -> None:
    assert "för få, eller för lika" in _said(funnel_of_units({"1": (60, 40)}))


def test_course_tells_its_middle_and_limits() -> None:
    assert "Mittlinjen är medianen, 32." in _said(course([30, 34] * 12))
    control = _said(course([30, 34] * 12, chart=Chart.CONTROL))
    assert "Mittlinjen är medelvärdet, 32. Styrgränserna, 21–43, är" in control


def test_course_of_shares_has_limits_by_chance_and_tells_of_several_rows_a_person() -> None:
    table = course([30, 34] * 12, chart=Chart.CONTROL)
    assert f"är vad {LIMITS_OF_POINTS}." in _said(table)
    asked = Share(Where("problem", ("1",)), Selection(Population.CASES), ("month:intake_date",))
    table.question = replace(table.question, of=asked)
    table.cells = {**table.cells, REPEATED.id: {("2022-01",): 1.03}}
    assert f"är vad {LIMITS_OF_SHARES}." in _said(table)
    assert ROWS_TOGETHER in how_compared(table)
    assert "1,03 gånger så stor" in _said(table)


def test_course_names_the_rules_that_are_broken() -> None:
    assert "Ingen av diagrammets regler" in _said(course([30, 34] * 12))
    assert "En regel tyder på en förändring: " in _said(course([30, 34] * 6 + [50] * 12))


def test_too_short_a_course_says_so() -> None:
    assert "för få, eller för lika, för en mittlinje" in _said(course([30, 34]))


def test_pairs_and_answers_say_who_is_in() -> None:
    assert "McNemars exakta test" in _said(paired_judgements(30, 8, 22, 60))
    assert "”Vet ej” är ett svar" in _said(answers({"A": (20, 10, 8), "B": (30, 10, 9)}))


def test_adjusted_times_are_shares_within_a_limit() -> None:
    said = _said(times_adjusted(uneven(), (30,), selection=ENDED))
    assert "Andelen är de som var klara inom 30 dagar: en högre andel är kortare tid." in said
    assert "Skillnaden är gruppens andel minus andelen för ”Man”, i procentenheter." in said
    assert "median" not in said
    assert "pågår" not in said


def test_adjusted_times_of_no_given_limit_say_that_it_is_the_median() -> None:
    assert "Gränsen är medianen för alla." in _said(times_adjusted(uneven(), selection=ENDED))


def test_adjusted_times_with_open_rows_say_how_they_count() -> None:
    said = _said(times_adjusted(uneven(open_rows=True), (30,)))
    assert "Det som pågår är med (Kaplan–Meier, och pseudovärden i de justerade talen)." in said


@pytest.mark.parametrize(
    ("table", "chapter"),
    [(compared(TWO), "Jämförelser"), (ranked_units(), "Mellan enheter"), (course([30, 34]), "Över tid")],
)
def test_last_sentence_leads_to_the_handbook(table, chapter) -> None:
    assert how_compared(table)[-1] == f"Mer står i metodhandboken, {chapter}."


def test_counted_how_begins_with_the_rows() -> None:
    assert counted_how(compared(TWO)).startswith("Räknat på ärenden som aktualiserades under 2025. Andelen är de som")


def test_basis_is_how_many_are_compared() -> None:
    assert basis(compared(TWO)) == "n = 250 ärenden."
    assert basis(paired_judgements(30, 8, 22, 60)) == ""
