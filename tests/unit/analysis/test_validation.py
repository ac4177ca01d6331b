"""What is wrong with a question is said in the analyst's words, with what would do."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.analysis.validation import check_question
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.lib.errors import UserError

YEAR = Period.year(2025)
PEOPLE = Selection(people=True)
FOLLOWED_UP = Selection(Population.FOLLOW_UPS)


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    folder: Path = tmp_path_factory.mktemp("snapshot")
    made = make_snapshot(
        folder,
        not_used=("origin",),
        interventions="unit | provider | legal_sex | problem | language | start_date | end_date | age",
        cases="unit | intake_date",
        costs="unit | cost_from | amount",
        follow_ups="unit | follow_up_date | rating | goal_attainment",
    ).manifest
    return _with_days(made)


def _with_days(manifest: Manifest) -> Manifest:
    """P was there from 2025, and Q until the end of 2024."""
    table = manifest.tables[Population.INTERVENTIONS]
    own, company = table.columns["provider"].levels
    levels = (replace(own, first_day=date(2025, 1, 1)), replace(company, last_day=date(2024, 12, 31)))
    columns = {**table.columns, "provider": replace(table.columns["provider"], levels=levels)}
    return replace(manifest, tables={**manifest.tables, table.population: replace(table, columns=columns)})


def refusal(manifest: Manifest, question: Question) -> UserError:
    with pytest.raises(UserError) as refused:
        check_question(manifest, question)
    return refused.value


@pytest.mark.parametrize(
    "question",
    [
        Count(),
        Count(Selection(period=YEAR, event=ONGOING, people=True), ("unit", "legal_sex", "problem", "month:start_date")),
        Count(Selection(where=(Where("problem", ("1", "")), Where("year:start_date", ("2025", ""))))),
        CrossTable("legal_sex", "problem", percent=Percent.ROWS),
        CrossTable("legal_sex", "problem", PEOPLE),
        Share(Where("legal_sex", ("1",)), by=("unit",)),
        Share(Where("problem", ("1", "2"))),
        Share(Where("problem", ("1",)), Selection(where=(Where("problem", ("1",)),)), by=("problem",)),
        Share(Where("unit", ("A",)), Selection(where=(Where("unit", ("A", "B")),))),
        Count(Selection(period=YEAR, where=(Where("provider", ("P",)),))),
        Count(Selection(period=Period.year(2024), where=(Where("provider", ("Q",)),))),
        Count(Selection(where=(Where("provider", ("Q",)),))),
        Share(Where("unit", ("A",)), outside=("B", "C")),
        Share(Where("known:end_date", ("1",)), Selection(period=YEAR, event="start_date"), ("month:start_date",)),
        Share(Where("known:end_date", ("1",)), Selection(period=YEAR, event=ONGOING)),
        Count(Selection(where=(Where("known:end_date", ("1", "2")),)), by=("known:start_date", "known:end_date")),
        CrossTable("unit", "problem", outside=("A",)),
        CrossTable("unit", "problem", by=("legal_sex", "language")),
        Duration("start_date", "end_date"),
        Flow(YEAR, by=("unit",), monthly=True),
        Sum("amount", Selection(Population.COSTS, YEAR)),
        Sequence(("unit", "legal_sex", "problem", "month:start_date")),
        Change("rating", by=("unit",)),
        Change("rating", between=(date(2025, 2, 1), date(2025, 12, 31))),
    ],
)
def test_good_question_is_let_through(manifest: Manifest, question: Question) -> None:
    check_question(manifest, question)


@pytest.mark.parametrize(
    ("code", "question"),
    [
        ("ASK-001", Count(by=("shoe_size",))),
        ("ASK-001", Count(by=("month:shoe_date",))),
        ("ASK-001", Count(by=("known:shoe_date",))),
        ("ASK-002", Count(Selection(Population.COSTS), by=("known:start_date",))),
        ("ASK-004", Count(Selection(period=YEAR, event="known:start_date"))),
        ("ASK-007", Duration("known:start_date", "end_date")),
        ("ASK-008", Share(Where("known:end_date", ("ja",)))),
        ("ASK-009", Share(Where("known:end_date", ("",)))),
        ("ASK-010", Count(by=("known:unit",))),
        ("ASK-010", Share(Where("known:problem", ("1",)))),
        ("ASK-001", Count(by=("known:month:start_date",))),
        ("ASK-013", Sum("known:cost_from", Selection(Population.COSTS))),
        ("ASK-027", Change("known:follow_up_date")),
        ("ASK-035", Share(Where("known:end_date", ("1",)), Selection(period=YEAR, event="end_date"))),
        ("ASK-035", Share(Where("known:end_date", ("1",)), by=("year:end_date",))),
        ("ASK-035", Share(Where("known:end_date", ("1",)), by=("known:end_date",))),
        ("ASK-001", Count(Selection(where=(Where("shoe_size", ("1",)),)))),
        ("ASK-001", Count(Selection(period=YEAR, event="shoe_date"))),
        ("ASK-001", Duration("shoe_date", "end_date")),
        ("ASK-001", Sum("shoe_size", Selection(Population.COSTS))),
        ("ASK-001", Share(Where("shoe_size", ("1",)))),
        ("ASK-002", Count(by=("amount",))),
        ("ASK-002", Count(Selection(Population.COSTS), by=("month:start_date",))),
        ("ASK-003", Count(by=("origin",))),
        ("ASK-004", Count(Selection(period=YEAR, event="unit"))),
        ("ASK-004", Count(Selection(event="unit"))),
        ("ASK-004", Count(Selection(period=YEAR, event="month:start_date"))),
        ("ASK-005", CrossTable("unit", "unit")),
        ("ASK-005", Duration("start_date", "start_date")),
        ("ASK-005", CrossTable("unit", "legal_sex", by=("unit",))),
        ("ASK-006", CrossTable("unit", "legal_sex", by=("language", "year:start_date", "year:end_date"))),
        ("ASK-006", Count(by=("unit", "legal_sex", "language", "year:start_date", "year:end_date"))),
        ("ASK-007", Duration("start_date", "unit")),
        ("ASK-007", Duration("age", "end_date")),
        ("ASK-034", Count(Selection(period=Period.year(2024), where=(Where("provider", ("P",)),)))),
        ("ASK-034", Count(Selection(period=YEAR, where=(Where("provider", ("Q",)),)))),
        ("ASK-034", Flow(YEAR, where=(Where("provider", ("Q",)),))),
        ("ASK-035", Share(Where("unit", ("A",)), by=("unit",))),
        ("ASK-035", Share(Where("unit", ("A", "B")), Selection(where=(Where("unit", ("A",)),)))),
        ("ASK-001", Sequence(("unit", "shoe_size"))),
        ("ASK-005", Sequence(("unit", "unit"))),
        ("ASK-006", Sequence(("unit", "legal_sex", "problem", "language", "year:start_date"))),
        ("ASK-010", Sequence(("unit", "age"))),
        ("ASK-012", Sequence(("unit", "problem"), PEOPLE)),
        ("ASK-030", Sequence(("unit",))),
        ("ASK-031", Sequence(("unit", "problem"), top=0)),
        ("ASK-031", Sequence(("unit", "problem"), least=0)),
        ("ASK-001", Change("shoe_size")),
        ("ASK-027", Change("goal_attainment")),
        ("ASK-027", Change("month:follow_up_date")),
        ("ASK-028", Change("rating", replace(FOLLOWED_UP, people=True))),
        ("ASK-029", Change("rating", between=(date(2025, 2, 1), date(2025, 2, 1)))),
        ("ASK-029", Change("rating", between=(date(2025, 2, 1), date(2026, 1, 1)))),
        ("ASK-005", Change("rating", by=("unit", "unit"))),
        ("ASK-026", Duration("start_date", "end_date", within=(-1,))),
        ("ASK-026", Duration("start_date", "end_date", within=(40_000,))),
        ("ASK-026", Duration("start_date", "end_date", within=tuple(range(7)))),
        ("ASK-008", Count(Selection(where=(Where("legal_sex", ("3",)),)))),
        ("ASK-008", Count(Selection(where=(Where("month:start_date", ("2025",)),)))),
        ("ASK-008", Share(Where("legal_sex", ("3",)))),
        ("ASK-009", Share(Where("language", ("sv", "x")))),
        ("ASK-009", Share(Where("legal_sex", ("",)))),
        ("ASK-010", Count(by=("start_date",))),
        ("ASK-010", Count(by=("age",))),
        ("ASK-010", Count(by=("client",))),
        ("ASK-010", Count(by=("month:unit",))),
        ("ASK-010", Count(Selection(where=(Where("age", ("1",)),)))),
        ("ASK-010", Count(Selection(where=(Where("month:unit", ("2025-01",)),)))),
        ("ASK-010", Share(Where("month:start_date", ("2025-01",)))),
        ("ASK-011", Count(Selection(Population.COSTS, YEAR, ONGOING))),
        ("ASK-011", Flow(YEAR, Population.COSTS)),
        ("ASK-018", Count(Selection(Population.CASES, YEAR, ONGOING))),
        ("ASK-018", Flow(YEAR, Population.CASES)),
        ("ASK-077", Count(shares=True)),
        ("ASK-012", Duration("start_date", "end_date", PEOPLE)),
        ("ASK-012", Sum("amount", Selection(Population.COSTS, people=True))),
        ("ASK-086", Sum("age")),
        ("ASK-013", Sum("unit", Selection(Population.COSTS))),
        ("ASK-013", Sum("month:cost_from", Selection(Population.COSTS))),
        ("ASK-019", CrossTable("problem", "unit", outside=("1",))),
        ("ASK-019", CrossTable("unit", "problem", outside=("",))),
        ("ASK-019", Share(Where("unit", ("A",)), outside=("A", "B"))),
        ("ASK-019", Share(Where("problem", ("1",)), outside=("2",))),
        ("ASK-008", CrossTable("legal_sex", "problem", outside=("3",))),
        ("ASK-001", CrossTable("shoe_size", "problem", outside=("3",))),
        ("ASK-014", Count(Selection(Population.CLIENTS))),
        ("ASK-016", Count(Selection(event=ONGOING))),
        ("ASK-017", Count(Selection(where=(Where("unit", ()),)))),
        ("ASK-017", Share(Where("unit", ()))),
    ],
)
def test_bad_question_is_refused(manifest: Manifest, code: str, question: Question) -> None:
    assert refusal(manifest, question).code == code


def test_nearest_name_is_suggested(manifest: Manifest) -> None:
    assert "legal_sex?" in refusal(manifest, Count(by=("legal_sx",))).text()
    assert "month:start_date?" in refusal(manifest, Count(by=("month:star_date",))).text()
    assert "known:start_date?" in refusal(manifest, Count(by=("known:star_date",))).text()


def test_date_without_codes_leads_to_what_it_can_be_divided_by(manifest: Manifest) -> None:
    told = refusal(manifest, Count(by=("end_date",)))
    assert "month:end_date eller known:end_date" in told.text()
    assert "month:end_date or known:end_date" in told.text("en")


def test_all_columns_are_named_where_none_is_near(manifest: Manifest) -> None:
    text = refusal(manifest, Count(by=("zzz",))).text("en")
    assert "unit, provider, legal_sex, problem" in text


def test_population_that_has_the_column_is_named(manifest: Manifest) -> None:
    assert "men i costs" in refusal(manifest, Count(by=("amount",))).text()


def test_every_problem_is_told_at_once(manifest: Manifest) -> None:
    refused = refusal(manifest, Count(Selection(where=(Where("unit", ("X",)),)), by=("age", "origin")))
    assert [problem.code for problem in refused.problems] == ["ASK-008", "ASK-010", "ASK-003"]


def test_same_problem_is_told_once(manifest: Manifest) -> None:
    refused = refusal(manifest, CrossTable("shoe_size", "shoe_size"))
    assert [problem.code for problem in refused.problems] == ["ASK-001", "ASK-005"]


def test_known_codes_are_listed(manifest: Manifest) -> None:
    refused = refusal(manifest, Count(Selection(where=(Where("legal_sex", ("kvinna",)),))))
    assert "Koderna är 1, 2." in refused.text()


def test_look_of_a_calendar_code_is_shown(manifest: Manifest) -> None:
    refused = refusal(manifest, Count(Selection(where=(Where("quarter:start_date", ("våren",)),))))
    assert "2025Q4" in refused.text()


def test_table_of_too_many_cells_is_refused(manifest: Manifest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skillnad.analysis.validation.MOST_CELLS", 100)
    check_question(manifest, Count(by=("unit", "legal_sex")))
    assert refusal(manifest, Count(by=("unit", "problem"))).code == "ASK-015"


@pytest.mark.parametrize("question", [Count(by=("shoe_size", "origin", "age", "amount")), Flow(YEAR, Population.COSTS)])
def test_problem_is_told_in_both_languages(manifest: Manifest, question: Question) -> None:
    refused = refusal(manifest, question)
    assert all(problem.sv != problem.en for problem in refused.problems)


def test_span_that_the_snapshot_lacks_is_named_with_what_would_do(manifest):
    told = refusal(manifest, Flow(YEAR, Population.CASES)).text("sv")
    assert "saknar closed_date" in told
    assert "påbörjats i perioden" in told
