"""Sheets as columns: what was answered, what was asked, what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from made_instruments import scale, scored, small

from skillnad.instruments.asked import Ages, Clause, Condition, Item, ItemKind, Means, Option
from skillnad.instruments.columns import (
    NO_AGE,
    NOT_ANSWERED,
    NUMBER,
    UNREADABLE,
    Column,
    asked_columns,
    chosen,
    column_of,
    hold,
    in_ages,
    refused,
    said,
    valued,
)

ITEMS = scored().items


def of(name, *answers):
    return column_of(ITEMS[name], answers)


def met(clause, column):
    held = hold(scored(), Condition(all=(clause,)), {clause.item: column}, len(column.codes))
    return held.tolist()


def test_options_are_their_places():
    assert of("p1", "0", "2", None, "", "7").codes.tolist() == [0, 2, NOT_ANSWERED, NOT_ANSWERED, UNREADABLE]


def test_numbers_are_whole_steps_beside_their_codes():
    column = of("mood", 5.6, 0, 10.1, 5.55, None)
    assert column.codes.tolist() == [NUMBER, NUMBER, UNREADABLE, UNREADABLE, NOT_ANSWERED]
    assert column.steps.tolist()[:2] == [56, 0]


def test_a_number_can_be_an_option_instead():
    assert of("days", 3, "X", "N").codes.tolist() == [NUMBER, 0, 1]


def test_several_options_are_bits():
    column = of("help", ["a"], ["a", "c"], [], ["none"], ["a", "none"])
    assert column.codes.tolist() == [NUMBER] * 4 + [UNREADABLE]
    assert column.steps.tolist()[:4] == [1, 5, 0, 8]


def test_words_and_days_are_only_known_to_be_there():
    assert of("said", "Ett ord.", None).codes.tolist() == [NUMBER, NOT_ANSWERED]
    assert of("met", "2026-02-28", "i går").codes.tolist() == [NUMBER, UNREADABLE]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Clause("p1", in_=frozenset({"0", "1"})), [True, True, False, False]),
        (Clause("p1", not_in=frozenset({"0"})), [False, True, True, True]),
        (Clause("p1", at_least=1), [False, True, True, False]),
        (Clause("p1", at_most=1), [True, True, False, False]),
        (Clause("p1", in_=frozenset({"0", "1"}), at_least=1), [False, True, False, False]),
    ],
)
def test_conditions_on_options(clause, expected):
    assert met(clause, of("p1", "0", "1", "2", None)) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Clause("days", at_least=3), [False, True, True, False, False]),
        (Clause("days", at_most=3.5), [True, True, False, False, False]),
        (Clause("days", at_least=2.5, at_most=3), [False, True, False, False, False]),
        (Clause("days", in_=frozenset({"X"})), [False, False, False, True, False]),
        (Clause("days", not_in=frozenset({"X"})), [True, True, True, False, True]),
    ],
)
def test_conditions_on_numbers(clause, expected):
    assert met(clause, of("days", 2, 3, 4, "X", None)) == expected


def test_conditions_on_several_options():
    column = of("help", ["a"], ["b", "c"], [], None)
    assert met(Clause("help", in_=frozenset({"a", "b"})), column) == [True, True, False, False]
    assert met(Clause("help", not_in=frozenset({"a"})), column) == [False, True, True, True]
    assert chosen(ITEMS["help"], column, frozenset("c")).tolist() == [False, True, False, False]


def test_all_and_any_are_put_together():
    columns = {"p1": of("p1", "1", "1", "2"), "p2": of("p2", "0", "1", "0"), "p3": of("p3", "0", "0", "0")}
    clauses = [Clause(name, in_=frozenset({code})) for name, code in (("p1", "1"), ("p2", "0"), ("p3", "1"))]
    assert hold(scored(), Condition(clauses[:1], clauses[1:]), columns, 3).tolist() == [True, False, False]
    assert hold(scored(), Condition(), columns, 3) is True


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (Clause("place", not_in=frozenset("a")), True),
        (Clause("place", in_=frozenset("a")), False),
        (Clause("place", at_least=1), False),
        (Clause("place", at_most=1), False),
    ],
)
def test_what_the_perspective_is_not_asked_was_not_answered(clause, expected):
    assert hold(scored(), Condition(all=(clause,)), {}, 2).tolist() == [expected] * 2


def test_an_answer_to_what_is_not_asked_counts_as_none():
    shown = asked_columns(scored(), "client", {"p1": of("p1", "1", "0"), "helped": of("helped", "2", "2")})
    assert shown.rows == 2
    assert shown.asked["helped"].tolist() == [True, False]
    assert shown.columns["helped"].codes.tolist() == [2, NOT_ANSWERED]
    assert "place" not in shown.columns


def test_a_column_that_is_not_there_was_not_answered():
    assert asked_columns(small(), "client", {"day": of("safe", "1")}).columns["night"].codes.tolist() == [NOT_ANSWERED]


def rows_refused(perspective="client", ages=None, **answers):
    columns = {name: column_of(ITEMS[name], given) for name, given in answers.items()}
    return refused(scored(), perspective, columns, ages).tolist()


def test_refused_are_what_cannot_be_answered_and_what_is_not_asked():
    assert rows_refused(p1=["1", "7", None]) == [False, True, False]
    assert rows_refused(p1=["1", "0"], helped=["1", "1"]) == [False, True]
    assert rows_refused(place=["a", None]) == [True, False]


def test_refused_are_steps_outside_the_limits():
    codes = np.full(3, NUMBER, np.int8)
    columns = {"mood": Column(codes, np.array([100, 101, -1]))}
    assert refused(scored(), "client", columns).tolist() == [False, True, True]


def test_refused_is_what_excludes_others_and_does_not_stand_alone():
    columns = {"help": Column(np.full(3, NUMBER, np.int8), np.array([8, 9, 7]))}
    assert refused(scored(), "client", columns).tolist() == [False, True, False]


def test_refused_are_sheets_without_what_is_required():
    assert rows_refused("staff", p1=["1", "1"], place=["a", None]) == [False, True]
    assert rows_refused("staff", p1=["1"]) == [True]


def test_none_chosen_is_no_answer_where_one_is_required():
    several = Item("q", ItemKind.MULTIPLE, "Q", "Q", options=(Option("a", "A", "A"),), required=True)
    instrument = replace(small(), items={"q": several})
    columns = {"q": column_of(several, [["a"], [], None])}
    assert refused(instrument, "client", columns).tolist() == [False, True, True]


def test_what_is_required_is_so_only_where_it_is_asked():
    later = replace(scale("b"), required=True, when=Condition(all=(Clause("a", frozenset("1")),)))
    instrument = replace(small(), items={"a": scale("a"), "b": later})
    assert refused(instrument, "client", {"a": of("safe", "1", "2")}).tolist() == [True, False]


def test_refused_are_parts_that_are_more_than_the_whole():
    assert rows_refused(words=[5, 5, 5, None], good_words=[3, 3, 6, 3], bad_words=[3, 2, None, 3]) == [
        True,
        False,
        False,
        False,
    ]


def test_parts_with_decimals_are_compared_in_the_same_steps():
    items = {**ITEMS, "good_words": replace(ITEMS["good_words"], decimals=1)}
    instrument = replace(scored(), items=items)
    given = {"words": [5, 5], "good_words": [4.5, 4.6], "bad_words": [0.0, 1]}
    columns = {name: column_of(items[name], answers) for name, answers in given.items()}
    assert refused(instrument, "client", columns).tolist() == [False, True]


def test_refused_are_ages_outside_the_perspective():
    ages = np.array([12, 13, NO_AGE])
    assert rows_refused(p1=["1"] * 3, ages=ages) == [True, False, False]
    assert rows_refused("staff", p1=["1"] * 3, place=["a"] * 3, ages=ages) == [False] * 3


def test_values_are_told_from_what_is_none():
    assert valued(ITEMS["days"], of("days", 3, "X", None)).tolist() == [True, False, False]
    assert valued(ITEMS["safe"], of("safe", "1", "9", "8", None)).tolist() == [True, False, False, False]
    assert said(ITEMS["days"], of("days", "X", "N", 3), Means.MISSING).tolist() == [True, False, False]


def test_several_options_are_a_value_unless_all_say_the_same_of_not_being_one():
    options = (Option("a", "A", "A"), Option("x", "X", "X", Means.DONT_KNOW), Option("m", "M", "M", Means.MISSING))
    item = Item("q", ItemKind.MULTIPLE, "Q", "Q", options=options)
    column = column_of(item, [["a", "x"], ["x"], ["x", "m"], [], None])
    assert valued(item, column).tolist() == [True, False, True, True, False]


def test_every_option_is_a_value_where_none_says_otherwise():
    assert valued(ITEMS["p1"], of("p1", "0", "2", None, "8")).tolist() == [True, True, False, False]
    assert valued(ITEMS["mood"], of("mood", 0, 5.5, None, 11)).tolist() == [True, True, False, False]


def test_ages_are_within_both_ends():
    ages = np.array([12, 13, 17, 18, NO_AGE])
    assert in_ages(Ages(13, 17), ages).tolist() == [False, True, True, False, False]
    assert in_ages(Ages(18), ages).tolist() == [False, False, False, True, False]


def test_numbers_with_decimals_meet_conditions_in_their_own_steps():
    column = of("mood", 2.4, 2.5, 2.6)
    assert met(Clause("mood", at_least=2.5), column) == [False, True, True]
    assert met(Clause("mood", at_most=2.5), column) == [True, True, False]
