"""The whole report as data, with made-up numbers and with nothing but gaps."""

import re
from datetime import date

from made_tables import YEAR, frequency

from skillnad.reports.notes import about, fine_print
from skillnad.reports.numbers import GAP
from skillnad.reports.outline import Part
from skillnad.reports.report import Report, _answer_part, facts_of
from skillnad.reports.wording import TOO_FEW


def answers(report: Report):
    return [answer for item in report.items for answer in item.answers]


def test_every_part_is_answered_with_a_sentence_and_a_table(report):
    assert all(answer.sentences and list(answer.view.rows) for answer in answers(report))


def test_every_item_says_something(report):
    assert all(item.answers or item.item.lacking for item in report.items)


def test_answers_have_ids_of_their_own(report):
    ids = [answer.id for answer in answers(report)]
    assert len(ids) == len(set(ids))


def test_most_answers_have_a_picture_that_is_told(report):
    figures = [answer.figure for answer in answers(report) if answer.figure]
    drawn = [answer for answer in answers(report) if answer.figure or answer.view.shaded]
    assert len(drawn) >= 0.85 * len(answers(report))
    assert all(
        figure.svg.startswith("<svg") and figure.told.endswith("Alla tal står i tabellen.") for figure in figures
    )


def test_summary_points_to_items(report):
    assert {id for id, _, _ in report.summary} <= {item.item.id for item in report.items}
    assert len(report.summary) >= 8


def test_a_report_of_gaps_draws_nothing(gaps):
    assert [answer.id for answer in answers(gaps) if answer.figure] == []


def test_a_report_of_gaps_says_so_in_every_answer(gaps):
    for answer in answers(gaps):
        assert answer.sentences == (TOO_FEW,)


def test_a_report_of_gaps_shows_no_number_anywhere(gaps):
    for answer in answers(gaps):
        shown = [cell.value for row in answer.view.rows for cell in row.cells if not cell.blank]
        assert set(shown) <= {None}
        assert not re.search(r"n = \d", answer.basis)


def test_each_answer_names_where_it_comes_from(report):
    line = fine_print(answers(report)[0])
    assert "Ögonblicksbild 555555555555" in line
    assert "liggare aaaaaaaaaaaa" in line


def test_facts_take_the_municipality_of_the_snapshot(described):
    facts = facts_of(described.manifest, YEAR, title="T", municipality="", made_on=date(2026, 1, 1))
    assert facts.municipality == "Provköping"


def test_about_names_variables_that_are_not_used(report):
    told = dict(about(report.facts))
    assert "Självangivet kön" in told["Variabler som inte används"]
    assert GAP in " ".join(told)


def test_about_says_that_tables_are_protected_together(report):
    told = dict(about(report.facts))[f"Tal som inte visas ({GAP})"]
    assert "Rapportens tabeller är skyddade tillsammans" in told
    assert "ögonblicksbilder vägs inte in" in told


def test_an_answer_asks_each_question_of_its_part_once():
    asked = []

    def answer(question):
        asked.append(question)
        return frequency({"1": 10})

    part = Part("Rubrik", (lambda period: period, lambda period: (period, 2)), lambda t: ("x",), lambda t, c: len(t))
    assert _answer_part("id", part, answer, "2025").view == 2
    assert asked == ["2025", ("2025", 2)]
