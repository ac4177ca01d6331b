"""The axes of each kind of question."""

from datetime import date
from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.axes import axes_of, flow_periods, outcome_of, shares_along
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Percent, Question, Selection, Share, Where
from skillnad.analysis.results import ANY_VALUE, Level, LevelKind
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

SPRING = Period.parse("2025-03-15..2025-05-10")


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return make_snapshot(
        tmp_path,
        interventions="""
            unit | legal_sex | origin | language | start_date | end_date
            A    | 1         | 1      | sv;ar    | 2025-01-01 | 2025-02-01
        """,
    )


def test_cross_table_has_rows_then_columns(snapshot: Snapshot) -> None:
    assert [axis.id for axis in axes_of(snapshot, CrossTable("unit", "legal_sex"))] == ["unit", "legal_sex"]


def test_question_by_nothing_has_no_axes(snapshot: Snapshot) -> None:
    assert axes_of(snapshot, Duration("start_date", "end_date")) == ()


def test_axis_overlaps_where_people_are_counted(snapshot: Snapshot) -> None:
    rows, people = Count(by=("unit",)), Count(Selection(people=True), by=("unit",))
    assert [axes_of(snapshot, question)[0].multiple for question in (rows, people)] == [False, True]


@pytest.mark.parametrize(
    ("question", "places"),
    [
        (Count(by=("unit",)), ()),
        (Count(by=("unit", "origin"), shares=True), (0,)),
        (CrossTable("unit", "origin"), ()),
        (CrossTable("unit", "origin", percent=Percent.ROWS), (1,)),
        (CrossTable("unit", "origin", percent=Percent.ALL), (0, 1)),
        (Share(Where("origin", ("1",)), by=("unit",)), ()),
    ],
)
def test_shares_are_taken_along_axes(question: Question, places: tuple[int, ...]) -> None:
    assert shares_along(question) == places


def test_any_value_is_a_level_before_the_missing_where_people_are_shared(snapshot: Snapshot) -> None:
    people = CrossTable("unit", "origin", Selection(people=True), Percent.COLUMNS)
    rows, columns = axes_of(snapshot, people)
    assert [level.code for level in rows.levels][-2:] == [ANY_VALUE, ""]
    assert ANY_VALUE not in [level.code for level in columns.levels]
    of_rows = CrossTable("unit", "origin", percent=Percent.COLUMNS)
    assert ANY_VALUE not in [level.code for level in axes_of(snapshot, of_rows)[0].levels]


def test_month_axis_is_the_period_of_its_own_date_alone(snapshot: Snapshot) -> None:
    question = Count(Selection(period=SPRING), by=("month:start_date", "month:end_date"))
    first, other = axes_of(snapshot, question)
    assert [level.code for level in first.levels] == ["2025-03", "2025-04", "2025-05", ""]
    assert [level.code for level in other.levels] == ["2025-02", ""]


def test_share_begins_with_its_outcome(snapshot: Snapshot) -> None:
    outcome, unit = axes_of(snapshot, Share(Where("origin", ("1", "2")), by=("unit",)))
    assert (outcome.id, unit.id) == ("share:origin", "unit")
    assert [level.code for level in outcome.levels] == ["yes", "no", "unknown", ""]
    assert [level.kind for level in outcome.levels[2:]] == [LevelKind.UNKNOWN, LevelKind.MISSING]
    assert outcome.levels[0].label == "origin 1 eller origin 2"


def test_outcome_of_each_level(snapshot: Snapshot) -> None:
    axis = snapshot.axis(Population.INTERVENTIONS, "origin")
    assert outcome_of(Share(Where("origin", ("1", "2"))), axis) == {
        "1": "yes",
        "2": "yes",
        "3": "no",
        "4": "no",
        "5": "unknown",
        "": "",
    }


def test_outcome_of_a_level_outside_the_denominator_is_as_of_one_that_nobody_knows(snapshot: Snapshot) -> None:
    axis = snapshot.axis(Population.INTERVENTIONS, "origin")
    found = outcome_of(Share(Where("origin", ("1",)), outside=("3",)), axis)
    assert found == {"1": "yes", "2": "no", "3": "unknown", "4": "no", "5": "unknown", "": ""}


@pytest.mark.parametrize(
    ("column", "told"), [("origin", "origin 3 eller Vet ej"), ("legal_sex", "Man")], ids=["beside vet ej", "alone"]
)
def test_share_names_what_stands_outside(snapshot: Snapshot, column: str, told: str) -> None:
    code = {"origin": "3", "legal_sex": "2"}[column]
    (outcome,) = axes_of(snapshot, Share(Where(column, ("1",)), outside=(code,)))
    assert outcome.levels[2] == Level("unknown", told, LevelKind.UNKNOWN)


def test_cross_table_puts_levels_of_its_rows_outside(snapshot: Snapshot) -> None:
    rows, columns = axes_of(snapshot, CrossTable("origin", "legal_sex", outside=("2", "1")))
    kinds = [level.code for level in rows.levels if level.kind is LevelKind.UNKNOWN]
    assert kinds == ["1", "2", "5"]
    assert all(level.kind is not LevelKind.UNKNOWN for level in columns.levels)


def test_flow_has_its_kinds_then_its_columns(snapshot: Snapshot) -> None:
    flow, unit = axes_of(snapshot, Flow(SPRING, by=("unit",)))
    assert [level.code for level in flow.levels] == ["ongoing_start", "new", "closed", "ongoing_end"]
    assert (flow.multiple, unit.id) == (True, "unit")


def test_monthly_flow_begins_with_the_months(snapshot: Snapshot) -> None:
    month, flow = axes_of(snapshot, Flow(SPRING, monthly=True), language="en")
    assert [level.label for level in month.levels] == ["March 2025", "April 2025", "May 2025"]
    assert (month.id, flow.id) == ("month", "flow")


def test_months_of_a_flow_share_out_its_days() -> None:
    months = flow_periods(Flow(SPRING, monthly=True))
    assert months[0] == ("2025-03", Period(date(2025, 3, 15), date(2025, 4, 1)))
    assert months[-1] == ("2025-05", Period(date(2025, 5, 1), date(2025, 5, 11)))
    assert sum(period.days for _, period in months) == SPRING.days


def test_flow_that_is_not_monthly_has_no_months() -> None:
    assert flow_periods(Flow(SPRING)) == ()
