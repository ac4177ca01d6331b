"""Cells of an answer file: as programs write them, and what cannot be an answer repeated nowhere."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_instruments import scored, with_slots

from skillnad.instruments.answer_cells import (
    UNSHOWN,
    age_of,
    answer_in,
    answer_of,
    answer_of_options,
    by_any_name,
    item_columns,
    option_columns,
    option_of_words,
    shown_code,
    words_about,
    words_columns,
)
from skillnad.instruments.loading import load_instrument

ITEMS = scored().items


@pytest.mark.parametrize(
    ("item", "text", "answer"),
    [
        ("p1", "2", "2"),
        ("p1", "2.0", "2"),
        ("p1", "2,0", "2"),
        ("p1", "7", "7"),
        ("p1", "Annika", UNSHOWN),
        ("mood", "5,6", Decimal("5.6")),
        ("mood", "5.6", Decimal("5.6")),
        ("money", "12 000", Decimal(12000)),
        ("money", "−5", Decimal(-5)),
        ("money", "1e9", UNSHOWN),
        ("money", "mycket", UNSHOWN),
        ("days", "N", "N"),
        ("days", "4", Decimal(4)),
        ("help", "a;c", ["a", "c"]),
        ("help", "a, c", ["a", "c"]),
        ("help", "none", ["none"]),
        ("order", "c > a > b", {"c": 1, "a": 2, "b": 3}),
        ("order", "c a c", UNSHOWN),
        ("met", "2026-02-30", "2026-02-30"),
        ("met", "30/2", UNSHOWN),
        ("said", "Ring 070-123 45 67", "Ring 070-123 45 67"),
    ],
)
def test_cell_is_read_as_its_item_answers(item: str, text: str, answer: object) -> None:
    assert answer_of(ITEMS[item], text) == answer


@pytest.mark.parametrize("item", list(ITEMS))
def test_empty_cell_is_no_answer(item: str) -> None:
    assert answer_of(ITEMS[item], "") is None


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({"a": "1", "b": "0", "c": "", "none": ""}, ["a"]),
        ({"a": "X", "b": "ja", "c": "Nej", "none": "0.0"}, ["a", "b"]),
        ({"a": "0", "b": "0", "c": "0", "none": "0"}, []),
        ({"a": "", "b": ""}, None),
        ({"a": "kanske"}, UNSHOWN),
    ],
)
def test_one_column_for_each_option(cells: dict[str, str], answer: object) -> None:
    assert answer_of_options(ITEMS["help"], cells) == answer


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({"a": "2", "b": "1.0", "c": "3"}, {"a": 2, "b": 1, "c": 3}),
        ({"a": "2", "b": "", "c": ""}, {"a": 2}),
        ({"a": "först"}, UNSHOWN),
        ({}, None),
    ],
)
def test_one_column_for_each_rank(cells: dict[str, str], answer: object) -> None:
    assert answer_of_options(ITEMS["order"], cells) == answer


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ({"help": "a;c"}, ["a", "c"]),
        ({"help.a": "1", "help.c": "0"}, ["a"]),
        ({"help": "a c", "help.a": "1", "help.b": "0", "help.c": "1"}, ["a", "c"]),
        ({"help": "", "help.b": "1"}, ["b"]),
        ({"help": ""}, None),
        ({}, None),
    ],
)
def test_row_answers_in_its_own_cell_or_in_those_of_the_options(cells: dict[str, str], answer: object) -> None:
    assert answer_in(ITEMS["help"], cells) == answer


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("850709", UNSHOWN), ("198507099805", UNSHOWN), ("12,5", Decimal("12.5")), ("99999", Decimal(99999))],
)
def test_long_number_that_cannot_stand_is_not_repeated(cell: str, answer: object) -> None:
    assert answer_in(ITEMS["mood"], {"mood": cell}) == answer


def test_long_number_that_can_stand_is_the_answer() -> None:
    assert answer_in(ITEMS["money"], {"money": "1250000"}) == Decimal(1250000)


def test_every_column_of_answers_says_its_question() -> None:
    columns = item_columns(scored())
    assert columns["help"] == columns["help.a"] == ITEMS["help"]
    assert set(ITEMS) < set(columns)


def test_column_may_be_called_as_forms_write_it() -> None:
    assert by_any_name(["q3.A", "key"]) == {"q3.a": "q3.A", "q3__a": "q3.A", "key": "key"}


def test_columns_about_a_row_have_the_codes_of_the_instrument() -> None:
    words = words_about(with_slots())
    assert {"perspective", "variant", "language", "slot.since"} <= set(words)
    assert {"start", "previous"} <= words["slot.since"]
    assert "sv" in words["language"]


def test_only_several_and_ranks_have_a_column_for_each_option() -> None:
    assert option_columns(ITEMS["order"]) == {"order.a": "a", "order.b": "b", "order.c": "c"}
    assert [name for name, item in ITEMS.items() if option_columns(item)] == ["help", "order"]


@pytest.mark.parametrize(
    ("text", "age"), [("0", 0), ("17", 17), ("", None), ("-1", None), ("17,5", None), ("2001", None)]
)
def test_age_is_whole_years(text: str, age: int | None) -> None:
    assert age_of(text) == age


@given(st.text(min_size=1))
def test_what_is_repeated_has_no_word_in_it(text: str) -> None:
    told = shown_code(text)
    assert told == UNSHOWN or (told == text and sum(sign.isalpha() for sign in told) <= 2 and len(told) <= 7)


def test_words_have_a_column_each_and_are_called_as_the_question() -> None:
    columns = words_columns(load_instrument("open_contact"))
    assert columns["client_say"] == load_instrument("open_contact").items["client_say"].label_sv
    assert columns["met.8.words"].endswith(": Annan, ange")
    assert "met.4.words" not in columns


@pytest.mark.parametrize(("column", "told"), [("said", ("said", "")), ("q3.8.words", ("q3", "8"))])
def test_column_of_words_says_its_item_and_option(column: str, told: tuple[str, str]) -> None:
    assert option_of_words(column) == told
