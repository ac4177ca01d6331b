"""The committee's edition: whole, answerable, and about the right time."""

from dataclasses import replace

import pytest

from skillnad.analysis.comparisons.questions import Comparison, OverTime, plain
from skillnad.analysis.comparisons.validation import check_comparative
from skillnad.analysis.questions import Duration, Flow, Share, Sum
from skillnad.analysis.validation import check_question
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.contents.committee import committee_outline
from skillnad.reports.outline import questions

OCTOBER = Period.month(2025, 10)


@pytest.fixture
def asked(described):
    return lambda period: questions(committee_outline(described.manifest, period), period)


@pytest.mark.parametrize("period", ["2025", "2025-10", "2025Q3", "2025-02-10..2025-05-03"])
def test_every_question_can_be_answered_by_a_snapshot_of_the_standard(asked, described, period):
    for question in asked(Period.parse(period)):
        check_question(described.manifest, plain(question))
        if plain(question) is not question:
            check_comparative(described.manifest, question)


def test_flow_is_of_the_month_and_of_the_thirteen_up_to_it(asked):
    flows = {(question.period, question.monthly) for question in asked(OCTOBER) if isinstance(question, Flow)}
    assert flows == {(OCTOBER, False), (Period.parse("2024-10-01..2025-10-31"), True)}


def test_course_of_shares_ends_with_the_last_whole_quarter(asked):
    courses = [q for q in asked(OCTOBER) if isinstance(q, OverTime) and q.by[0].startswith("quarter:")]
    assert {str(course.selection.period) for course in courses} == {"2021-10-01..2025-09-30"}


@pytest.mark.parametrize(
    ("period", "last"), [("2025", "2025-12-31"), ("2025-09", "2025-09-30"), ("2025-11", "2025-09-30")]
)
def test_course_of_shares_leaves_out_a_quarter_that_goes_on(asked, period, last):
    courses = [q for q in asked(Period.parse(period)) if isinstance(q, OverTime) and q.by[0].startswith("quarter:")]
    assert {str(course.selection.period.last_day) for course in courses} == {last}


def test_times_are_of_those_who_began_in_each_month_or_quarter(asked):
    times = [q.of for q in asked(OCTOBER) if isinstance(q, OverTime) and isinstance(q.of, Duration)]
    assert [(q.by, q.selection.event) for q in times] == [
        (("month:intake_date",), "intake_date"),
        (("quarter:decision_date",), "decision_date"),
    ]


def test_times_of_months_go_two_years_back(asked):
    (course,) = [q for q in asked(OCTOBER) if isinstance(q, OverTime) and q.by == ("month:intake_date",)]
    assert course.selection.period == Period.parse("2023-11-01..2025-10-31")


def test_cost_and_result_are_of_a_year_at_least(asked):
    (cost,) = [question for question in asked(OCTOBER) if isinstance(question, Sum)]
    assert cost.selection.period == Period.parse("2024-11-01..2025-10-31")


def test_result_of_each_kind_is_compared_too_so_that_it_has_an_interval(asked):
    compared = [q.of for q in asked(OCTOBER) if isinstance(q, Comparison) and q.of.by == ("intervention_type",)]
    assert compared == [q for q in asked(OCTOBER) if isinstance(q, Share) and q.by == ("intervention_type",)]
    assert len(compared) == 1


def test_what_the_extracts_lack_is_said_and_not_asked(described):
    table = replace(described.manifest.tables[Population.COSTS], rows=0)
    manifest = replace(described.manifest, tables={**described.manifest.tables, Population.COSTS: table})
    item = next(item for item in committee_outline(manifest, OCTOBER).items if item.id == "kostnad-och-resultat")
    assert "några kostnader" in item.lacking
