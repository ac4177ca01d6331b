import json
from dataclasses import replace
from datetime import date

import pytest

from skillnad.analysis.question_data import canonical_json, question_as_data, question_from_data
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

WOMEN = Where("legal_sex", ("1",))
SELECTION = Selection(Population.CASES, Period.parse("2025Q2"), "decision_date", (WOMEN, Where("problem", ("4", "1"))))
QUESTIONS = [
    Count(),
    Count(Selection(period=Period.year(2025), event=ONGOING, people=True), by=("unit", "month:start_date")),
    Count(by=("unit",), shares=True),
    Count(Selection(where=(Where("days:start_date..end_date:7", ("7",)),)), by=("number:age:18,65",)),
    Count(by=("merged:origin:Europa=3;Sverige=1,2",)),
    CrossTable("unit", "problem", SELECTION, Percent.COLUMNS),
    Share(Where("origin", ("1", "2")), SELECTION, by=("unit",)),
    CrossTable("closing_reason", "unit", outside=("8", "9")),
    Share(Where("origin", ("1", "2")), SELECTION, by=("unit",), outside=("3",)),
    CrossTable("unit", "problem", SELECTION, Percent.ALL, by=("legal_sex", "origin")),
    Duration("intake_date", "decision_date", SELECTION, by=("legal_sex",)),
    Duration("intake_date", "decision_date", SELECTION, within=(30, 120)),
    Sequence(("intake_reason", "problem"), SELECTION, top=7, least=10),
    Change("rating", by=("unit",)),
    Change("rating", replace(SELECTION, event=""), between=(date(2024, 12, 31), date(2025, 6, 30))),
    Flow(Period.parse("2025-01-01..2025-03-15"), Population.CASES, (WOMEN,), ("unit",), monthly=True),
    Sum("amount", Selection(Population.COSTS), by=("unit",)),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: type(question).__name__)
def test_question_comes_back_exactly_through_json(question):
    assert question_from_data(json.loads(json.dumps(question_as_data(question)))) == question


def test_questions_that_differ_have_different_names():
    assert len({canonical_json(question) for question in QUESTIONS}) == len(QUESTIONS)


def test_conditions_in_another_order_are_the_same_question():
    one = Count(Selection(where=(Where("problem", ("4", "1")), WOMEN)))
    other = Count(Selection(where=(WOMEN, Where("problem", ("1", "4", "4")))))
    assert canonical_json(one) == canonical_json(other)


def test_codes_outside_in_another_order_are_the_same_question():
    one, other = (CrossTable("a", "b", outside=codes) for codes in (("9", "8"), ("8", "9", "9")))
    assert canonical_json(one) == canonical_json(other)


@pytest.mark.parametrize("question", [CrossTable("a", "b"), Share(Where("a", ("1",)))])
def test_question_with_nothing_outside_is_named_as_if_nothing_could_be(question):
    assert "outside" not in canonical_json(question)


def test_limits_in_another_order_are_the_same_question():
    one, other = (Duration("a", "b", within=limits) for limits in ((120, 30), (30, 120, 120)))
    assert canonical_json(one) == canonical_json(other)


def test_cross_table_of_two_columns_is_named_as_if_there_were_no_more():
    assert "by" not in json.loads(canonical_json(CrossTable("a", "b")))


def test_own_event_is_the_same_as_none():
    year = Period.year(2025)
    assert canonical_json(Count(Selection(period=year, event="start_date"))) == canonical_json(
        Count(Selection(period=year))
    )


def test_event_without_a_period_says_nothing():
    assert canonical_json(Count(Selection(event="end_date"))) == canonical_json(Count())


def test_event_of_a_change_orders_its_occasions_without_a_period():
    by_start, by_end = (Change("rating", Selection(event=event)) for event in ("start_date", "end_date"))
    assert canonical_json(by_start) != canonical_json(by_end)


def test_other_event_is_another_question():
    year = Period.year(2025)
    assert canonical_json(Count(Selection(period=year, event="end_date"))) != canonical_json(
        Count(Selection(period=year))
    )


@pytest.mark.parametrize(
    "wrong",
    [{}, {"kind": "guess"}, {"kind": "count", "by": 3}, {"kind": "count", "more": "x"}, {"kind": "sum", "of": 7}],
)
def test_what_is_no_question_is_refused(wrong):
    with pytest.raises(UserError, match="ASK-020"):
        question_from_data(wrong)


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("kind", {"kind": "guess"}),
        ("rows", {"kind": "cross_table", "columns": "unit"}),
        ("bye", {"kind": "count", "bye": ["unit"]}),
        ("by", {"kind": "count", "by": "unit"}),
        ("selection.period", {"kind": "count", "selection": {"period": "next year"}}),
        ("selection.population", {"kind": "count", "selection": {"population": "everybody"}}),
        ("selection.where", {"kind": "count", "selection": {"where": [{"column": "unit"}]}}),
        ("selection.people", {"kind": "count", "selection": {"people": "yes"}}),
        ("of.codes", {"kind": "share", "of": {"column": "unit", "codes": "A"}}),
        ("within", {"kind": "duration", "start": "a", "end": "b", "within": ["30"]}),
        ("between", {"kind": "change", "of": "a", "between": ["2025-01-01"]}),
    ],
)
def test_refusal_names_the_file_and_the_key(key, wrong):
    with pytest.raises(UserError, match=f"asked.toml: .*”{key}”"):
        question_from_data(wrong, where="asked.toml")


def test_period_may_be_written_as_a_person_does():
    asked = question_from_data({"kind": "count", "selection": {"period": "2025Q2"}})
    assert asked == Count(Selection(period=Period.parse("2025Q2")))
