"""What the page of differences asks: each matter by sex, age and origin, of the known, adjusted for the rest."""

from dataclasses import replace

import pytest
from made_tables import YEAR, frequency

from skillnad.analysis.comparisons.known import counted
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.validation import check_comparative
from skillnad.analysis.questions import Duration, Share
from skillnad.analysis.results import Level
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.contents.differences import (
    MOST_KINDS,
    NOT_BEGUN,
    RESULTS,
    TIMES,
    Kind,
    common_kinds,
    differences_outline,
    matters,
)
from skillnad.reports.outline import questions

KINDS = (Level("10", "Familjehem"), Level("12", "HVB"))


@pytest.fixture
def outline(described):
    return differences_outline(matters(KINDS), described.manifest, YEAR)


@pytest.fixture
def asked(outline):
    return questions(outline, YEAR)


def without(manifest, *names):
    table = manifest.tables[Population.INTERVENTIONS]
    columns = {name: column for name, column in table.columns.items() if name not in names}
    return replace(manifest, tables={**manifest.tables, Population.INTERVENTIONS: replace(table, columns=columns)})


def test_every_question_is_a_comparison_that_a_snapshot_of_the_standard_can_answer(described, asked):
    assert len(asked) == 3 * (len(RESULTS) + 1 + len(KINDS) + len(TIMES)) - 1
    for question in asked:
        check_comparative(described.manifest, question)
        check_question(described.manifest, question.of)


def test_chapters_are_results_offers_and_times(outline):
    assert [chapter.id for chapter in outline.chapters] == [kind.id for kind in Kind]
    assert all(item.parts and not item.lacking for item in outline.items)


def test_everything_is_compared_by_sex_age_and_origin(asked):
    goals = [question.by for question in asked if isinstance(question.of, Share)][:3]
    assert goals == [("legal_sex",), ("age_group",), ("origin",)]


def test_shares_are_adjusted_for_all_but_what_they_are_divided_by(asked):
    by_sex, by_age = asked[:2]
    assert by_sex.adjusted_for == ("problem", "age_group", "origin", "household_type")
    assert by_age.adjusted_for == ("problem", "legal_sex", "origin", "household_type")


def test_days_are_as_they_are_and_shares_within_the_median_adjusted(asked):
    times = [question for question in asked if isinstance(question.of, Duration)]
    plain = {question.of for question in times if not question.adjusted_for}
    adjusted = {question.of for question in times if question.adjusted_for}
    assert len(times) == 18
    assert plain == adjusted
    assert all(question.of.within == () for question in times)


def test_share_within_the_median_is_adjusted_for_all_but_what_it_is_divided_by(asked):
    waits = [q for q in asked if isinstance(q.of, Duration) and q.of.start == "decision_date" and q.adjusted_for]
    assert [(q.by, q.adjusted_for) for q in waits][1] == (
        ("age_group",),
        ("problem", "legal_sex", "origin", "household_type"),
    )


def test_times_that_nothing_can_adjust_are_asked_once(described):
    bare = without(described.manifest, "problem", "age_group", "origin", "household_type")
    outline = differences_outline(matters(()), bare, YEAR)
    (within,) = [item for item in outline.items if item.id == "vantetid-inom"]
    assert all(not part.caption.endswith("legal_sex") for part in within.parts)
    asked = [q for q in questions(outline, YEAR) if isinstance(q.of, Duration) and q.of.start == "decision_date"]
    assert [q.adjusted_for for q in asked if q.by == ("legal_sex",)] == [()]


def test_times_are_of_what_ended_in_the_period(asked):
    assert all(
        question.of.selection.event == question.of.end for question in asked if isinstance(question.of, Duration)
    )


def test_only_rows_of_which_it_is_known_are_compared(described, asked):
    rows = counted(asked[2], described.manifest).selection
    where = {condition.column: condition.codes for condition in rows.where}
    assert where["origin"] == ("1", "2", "3", "4")
    assert where["goal_attainment"] == ("1", "2", "3", "4", "5", "6")


def test_what_stands_outside_a_share_is_outside_the_rows(described, asked):
    unplanned = next(q for q in asked if isinstance(q.of, Share) and q.of.of.codes == ("3", "4", "5"))
    rows = counted(unplanned, described.manifest).selection
    (closing,) = [condition for condition in rows.where if condition.column == "closing_reason"]
    assert "8" not in closing.codes


def test_collaboration_is_of_those_who_need_it(asked):
    with_others = next(q for q in asked if isinstance(q.of, Share) and q.of.of.column == "collaboration")
    (need,) = [condition for condition in with_others.selection.where if condition.column == "collaboration"]
    assert "12" not in need.codes
    assert "11" in need.codes


def _known(asked, column):
    return [question.of for question in asked if isinstance(question.of, Share) and question.of.of.column == column]


def test_follow_up_is_of_what_began_and_ended_in_the_period(asked):
    followed = _known(asked, "known:follow_up_date")
    assert [of.by for of in followed] == [("legal_sex",), ("age_group",), ("origin",)]
    for of in followed:
        assert of.selection.event == "end_date"
        assert {where.column: where.codes for where in of.selection.where}["known:start_date"] == ("1",)


def test_decisions_are_of_cases_that_were_closed_in_the_period(asked):
    """Those that came in late are yet to be decided: a share of all would be too low, and of the groups unequally."""
    decided = _known(asked, "known:decision_date")
    assert len(decided) == 3
    for of in decided:
        assert (of.selection.population, of.selection.event) == (Population.CASES, "closed_date")


@pytest.mark.parametrize("column", ["known:follow_up_date", "known:decision_date"])
def test_known_date_has_no_rows_to_leave_out(described, asked, column):
    rows = [
        counted(q, described.manifest).selection for q in asked if isinstance(q.of, Share) and q.of.of.column == column
    ]
    assert len(rows) == 3
    assert all(where.column != column for selection in rows for where in selection.where)


def test_follow_up_that_the_snapshot_lacks_is_named(described):
    outline = differences_outline(matters(KINDS), without(described.manifest, "follow_up_date"), YEAR)
    (item,) = [item for item in outline.items if item.id == "uppfoljning"]
    assert "”Datum för uppföljning”" in item.lacking


def test_what_never_began_has_no_age():
    assert "age_group" not in NOT_BEGUN.groups
    assert "age_group" not in NOT_BEGUN.background


def test_what_the_snapshot_lacks_is_said_and_not_asked(described):
    outline = differences_outline(matters(KINDS), without(described.manifest, "goal_attainment", "origin"), YEAR)
    goals, *_ = outline.items
    assert goals.parts == ()
    assert "”Måluppfyllelse”" in goals.lacking
    of_interventions = [q for q in questions(outline, YEAR) if q.selection.population is Population.INTERVENTIONS]
    assert of_interventions
    assert all("origin" not in question.by for question in of_interventions)


def test_background_that_the_snapshot_lacks_is_left_out(described):
    outline = differences_outline(matters(()), without(described.manifest, "household_type"), YEAR)
    assert questions(outline, YEAR)[0].adjusted_for == ("problem", "age_group", "origin")


def test_common_kinds_are_the_most_common_that_are_shown():
    table = frequency({str(code): 10 + code for code in range(1, 20)} | {"20": None}, column="intervention_type")
    kinds = common_kinds(table)
    assert len(kinds) == MOST_KINDS
    assert [kind.code for kind in kinds[:2]] == ["19", "18"]
    assert "20" not in {kind.code for kind in kinds}


def test_part_asks_the_same_of_another_period(outline):
    (ask,) = outline.chapters[0].items[0].parts[0].asks
    other = YEAR.a_year_before()
    assert isinstance(ask(other), Comparison)
    assert ask(other).selection.period == other
