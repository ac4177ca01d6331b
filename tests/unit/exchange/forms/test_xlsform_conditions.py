"""What a form says of when a question is put, as a condition of ours, or refused by its row."""

from pathlib import Path

import pytest
from made_xlsforms import items_of, question, refused

from skillnad.instruments.asked import Clause, Condition

WHEN = [
    ("${a} = '1'", Condition(all=(Clause("a", in_=frozenset("1")),))),
    ('${a}="1"', Condition(all=(Clause("a", in_=frozenset("1")),))),
    ("${a} = 1", Condition(all=(Clause("a", in_=frozenset("1")),))),
    ("${a} != '1'", Condition(all=(Clause("a", not_in=frozenset("1")),))),
    ("${a} != ''", Condition(all=(Clause("a", in_=frozenset("12")),))),
    ("${a} > 1", Condition(all=(Clause("a", in_=frozenset("2")),))),
    ("selected(${m}, '2')", Condition(all=(Clause("m", in_=frozenset("2")),))),
    ("not(selected(${m}, '2'))", Condition(all=(Clause("m", not_in=frozenset("2")),))),
    ("${n} >= 3", Condition(all=(Clause("n", at_least=3),))),
    ("3 < ${n}", Condition(all=(Clause("n", at_least=4),))),
    ("${a} = '1' and ${n} < 3", Condition(all=(Clause("a", in_=frozenset("1")), Clause("n", at_most=2)))),
    ("${a} = '1' or ${n} >= 3", Condition(any=(Clause("a", in_=frozenset("1")), Clause("n", at_least=3)))),
    ("(${a} = '1' or ${a} = '2')", Condition(all=(Clause("a", in_=frozenset("12")),))),
    (
        "${n} >= 3 and (${a} = '1' or selected(${m}, '1'))",
        Condition((Clause("n", at_least=3),), (Clause("a", in_=frozenset("1")), Clause("m", in_=frozenset("1")))),
    ),
]


@pytest.mark.parametrize(("text", "condition"), WHEN)
def test_relevant_is_a_condition(text: str, condition: Condition, tmp_path: Path):
    survey = [question("a"), question("m", "select_multiple yesno"), question("n", "integer")]
    assert items_of([*survey, question("q", relevant=text)], tmp_path)["q"].when == condition


@pytest.mark.parametrize(
    "text",
    [
        "${a} = '1' and ${m} = '1' or ${n} > 1",
        "(${a} = '1' or ${n} > 1) and (${a} = '2' or ${n} > 2)",
        "${a} = ${n}",
        "count-selected(${m}) > 1",
        "${m} = '1'",
        "selected(${m}, '1') and not(selected(${m}, '2') and selected(${m}, '1'))",
        "pulldata('file', 'x', 'y', ${a}) = '1'",
        "${n} + 1 > 3",
        "${n} = ''",
        "true()",
        "${a} = '3'",
        "regex(${a}, '[0-9]+')",
        "${a} =",
        "(${a} = '1'",
        "(" * 60 + "${a} = '1'" + ")" * 60,
        "instance('list')/top/item[name = ${a}]/label = 'x'",
        "${a} = '1' ; drop",
    ],
)
def test_condition_that_says_more_is_told_by_its_row(text: str, tmp_path: Path):
    survey = [question("a"), question("m", "select_multiple yesno"), question("n", "integer")]
    error = refused([*survey, question("q", relevant=text), question("later")], tmp_path)
    assert error.code == "INSTR-031"
    assert error.problems[0].where == "form.xlsx, blad survey, rad 5"


def test_condition_of_a_group_is_that_of_its_questions(tmp_path: Path):
    survey = [
        question("a"),
        question("b"),
        {"type": "begin group", "name": "inner", "label": "Mer", "relevant": "${a} = '1'"},
        question("c", relevant="${b} = '1'"),
        {"type": "end group"},
    ]
    item = items_of(survey, tmp_path)["c"]
    assert item.group == "inner"
    assert [clause.item for clause in item.when.all] == ["a", "b"]


def test_condition_on_a_later_question_is_told_as_such(tmp_path: Path):
    error = refused([question("a"), question("q", relevant="${later} = '1'"), question("later")], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-008", "form.xlsx, blad survey, rad 3")
    assert "nämner ”later”, som kommer senare. Flytta ”q”" in error.text()


def test_condition_on_a_missing_question_is_told_with_the_nearest(tmp_path: Path):
    error = refused([question("first"), question("q", relevant="${fisrt} = '1'"), question("c")], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-008", "form.xlsx, blad survey, rad 3")
    assert "som inte finns. Menade du ”first”? Före den står first." in error.text()


def test_first_question_has_nothing_to_hang_on(tmp_path: Path):
    error = refused([question("q", relevant="${gone} = '1'")], tmp_path)
    assert "Ingen fråga står före den. Ta bort villkoret." in error.text()


def test_conditions_that_wait_for_each_other_are_a_ring(tmp_path: Path):
    error = refused([question("a", relevant="${b} = '1'"), question("b", relevant="${a} = '1'")], tmp_path)
    assert [problem.code for problem in error.problems] == ["INSTR-009"]
    assert "a → b → a" in error.text()


def test_group_that_waits_for_a_question_in_it_is_a_ring(tmp_path: Path):
    group = {"type": "begin_group", "name": "g", "label": "G", "relevant": "${a} = '1'"}
    error = refused([group, question("a"), {"type": "end_group"}], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-009", "form.xlsx, blad survey, rad 2")


@pytest.mark.parametrize("other", [question("n", "note"), question("n", "calculate", calculation="${a} + ${b}")])
def test_condition_on_an_earlier_row_that_is_no_question_has_no_counterpart(other: dict[str, str], tmp_path: Path):
    survey = [question("a"), question("b"), other, question("q", relevant="${n} > 1")]
    assert refused(survey, tmp_path).code == "INSTR-031"
