"""Which questions are asked of whom."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from made_instruments import scale, scored, small

from skillnad.instruments.asked import Clause, Condition
from skillnad.instruments.conditions import asked, asked_answers, codes_of, holds, number_of

BETTER = Condition(any=(Clause("b1a", frozenset({"1", "2"})), Clause("b1b", frozenset({"1", "2"}))))


def whether(clause, answer):
    return holds(Condition(all=(clause,)), {} if answer is None else {"q": answer})


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"b1a": "1", "b1b": "5"}, True),
        ({"b1a": "5", "b1b": "2"}, True),
        ({"b1a": "3", "b1b": "3"}, False),
        ({"b1a": "6"}, False),
        ({}, False),
    ],
)
def test_any_of_two_is_enough(answers, expected):
    assert holds(BETTER, answers) is expected


def test_all_must_hold_beside_one_of_any():
    both = Condition(all=(Clause("c", frozenset("1")),), any=BETTER.any)
    assert holds(both, {"b1a": "1", "c": "1"})
    assert not holds(both, {"b1a": "1", "c": "2"})
    assert not holds(both, {"b1a": "3", "c": "1"})


def test_no_condition_always_holds():
    assert holds(Condition(), {})


@pytest.mark.parametrize(("answer", "expected"), [("1", False), ("2", True), (None, True), (["1", "2"], False)])
def test_not_in_holds_of_no_answer_too(answer, expected):
    assert whether(Clause("q", not_in=frozenset({"1"})), answer) is expected


@pytest.mark.parametrize(("answer", "expected"), [(["3", "5"], True), (["3"], False), ([], False), ({"5": 1}, True)])
def test_one_of_several_that_were_chosen_is_enough(answer, expected):
    assert whether(Clause("q", in_=frozenset({"5"})), answer) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (2, False),
        (2.5, True),
        (Decimal("2.5"), True),
        (4, True),
        (4.1, False),
        ("3", True),
        ("X", False),
        (None, False),
    ],
)
def test_limits_are_within(answer, expected):
    assert whether(Clause("q", at_least=2.5, at_most=4), answer) is expected


def test_one_limit_leaves_the_other_end_open():
    assert whether(Clause("q", at_least=3), 10**6)
    assert whether(Clause("q", at_most=3), -5)
    assert not whether(Clause("q", at_most=3), None)


def test_the_parts_of_one_comparison_must_all_hold():
    clause = Clause("q", in_=frozenset({"1", "2"}), at_least=2)
    assert whether(clause, "2")
    assert not whether(clause, "1")
    assert not whether(clause, "3")


def test_a_question_follows_from_the_answers_before_it():
    assert asked(small(), "client", {"day": "3", "night": "2"}) == ("day", "night", "why_not")
    assert asked(small(), "client", {"day": "3", "night": "4"}) == ("day", "night")


def test_what_was_answered_to_a_hidden_question_is_not_heard():
    chained = replace(scale("c"), when=Condition(all=(Clause("b", frozenset("1")),)))
    middle = replace(scale("b"), when=Condition(all=(Clause("a", frozenset("1")),)))
    instrument = replace(small(), items={"a": scale("a"), "b": middle, "c": chained})
    assert asked(instrument, "client", {"a": "1", "b": "1"}) == ("a", "b", "c")
    assert asked(instrument, "client", {"a": "2", "b": "1"}) == ("a",)


def test_each_perspective_has_its_own_questions():
    assert "place" in asked(scored(), "staff", {})
    assert "mood" not in asked(scored(), "staff", {})
    assert "place" not in asked(scored(), "client", {})


def test_an_empty_answer_is_none():
    assert asked_answers(small(), "client", {"day": "", "night": "3"}) == {"day": None, "night": "3"}


@pytest.mark.parametrize(
    ("answer", "codes", "number"),
    [
        ("2", {"2"}, 2),
        (["1", "3"], {"1", "3"}, None),
        ({"1": 2}, {"1"}, None),
        (2.5, set(), Fraction(5, 2)),
        (None, set(), None),
        ("2026-01-01", {"2026-01-01"}, None),
    ],
)
def test_an_answer_is_codes_or_a_number(answer, codes, number):
    assert codes_of(answer) == codes
    assert number_of(answer) == number
