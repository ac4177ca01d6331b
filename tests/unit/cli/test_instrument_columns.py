import numpy as np
import pyarrow as pa
import pytest
from made_instruments import scored, with_slots

from skillnad.cli.kernel.instrument_columns import Sheets
from skillnad.instruments.columns import NO_AGE, NOT_ANSWERED, NUMBER, UNREADABLE


def sheets(instrument=None, **columns):
    return Sheets.of(instrument or scored(), pa.table(columns))


def of_names(instrument, table):
    return Sheets.of(instrument, pa.table(table))


def test_codes_are_places_among_the_options():
    column = sheets(p1=["0", " 2", "", "7", "1.0"]).columns()["p1"]
    assert column.codes.tolist() == [0, 2, NOT_ANSWERED, UNREADABLE, 1]


def test_numbers_are_whole_steps():
    column = sheets(mood=["5,6", "10", "5.55", ""]).columns()["mood"]
    assert column.numbers()[:2].tolist() == [56, 100]
    assert column.codes.tolist() == [NUMBER, NUMBER, UNREADABLE, NOT_ANSWERED]


@pytest.mark.parametrize("cell", ["1e999999999", "nan", "inf", "9" * 400])
def test_number_that_is_none_is_unreadable(cell):
    assert sheets(money=[cell]).columns()["money"].codes.tolist() == [UNREADABLE]


def test_several_in_one_cell_are_bits():
    column = sheets(help=["a;c", "b", ""]).columns()["help"]
    assert column.numbers().tolist() == [0b101, 0b010, 0]
    assert column.codes.tolist() == [NUMBER, NUMBER, NOT_ANSWERED]


def test_a_column_for_each_option_is_the_same_as_one():
    table = {"help.a": ["1", "", "0", "7"], "help.c": ["ja", "", "nej", "1"]}
    column = of_names(scored(), table).columns()["help"]
    assert column.codes.tolist() == [NUMBER, NOT_ANSWERED, NUMBER, UNREADABLE]
    assert column.numbers()[:3].tolist() == [0b101, 0, 0]


def test_a_column_of_all_goes_before_those_of_the_options():
    table = {"help": ["a;c", "", ""], "help.a": ["1", "1", ""], "help.b": ["0", "1", ""]}
    made = of_names(scored(), table)
    column = made.columns()["help"]
    assert column.codes.tolist() == [NUMBER, NUMBER, NOT_ANSWERED]
    assert column.numbers()[:2].tolist() == [0b101, 0b011]
    assert [made.sheet(row, "client").answers.get("help") for row in range(3)] == [["a", "c"], ["a", "b"], None]


def test_birth_date_in_the_place_of_a_number_is_not_passed_on():
    assert "850709" not in repr(sheets(mood=["850709"]).sheet(0, "client"))


def test_ranks_stand_in_a_column_for_each_option():
    table = {"order.a": ["1", "1"], "order.b": ["3", "1"], "order.c": ["2", "2"]}
    made = of_names(scored(), table)
    assert made.columns()["order"].codes.tolist() == [NUMBER, UNREADABLE]
    assert made.sheet(0, "client").answers["order"] == {"a": 1, "b": 3, "c": 2}


def test_ages_are_whole_years_or_none():
    assert sheets(p1=["0"] * 3, age=["12", "", "tolv"]).ages().tolist() == [12, NO_AGE, NO_AGE]
    assert sheets(p1=["0"]).ages() is None


def test_rows_can_be_taken_out():
    some = sheets(p1=["0", "1", "2"]).at(np.array([2, 0]))
    assert some.columns()["p1"].codes.tolist() == [2, 0]
    assert some.rows == 2


def test_row_is_a_sheet_with_what_is_told_of_it():
    table = {"well": ["3"], "variant": ["easy"], "language": ["ar"], "age": ["40"], "slot.since": ["previous"]}
    sheet = of_names(with_slots(), table).sheet(0, "client")
    assert (sheet.variant, sheet.language, sheet.age) == ("easy", "ar", 40)
    assert sheet.slots == {"since": "previous"}
    assert sheet.answers == {"well": "3"}


@pytest.mark.parametrize("name", ["variant", "language", "slot.since"])
def test_name_in_the_place_of_a_word_is_not_passed_on(name):
    sheet = of_names(with_slots(), {"well": ["3"], name: ["Margareta"]}).sheet(0, "client")
    assert "Margareta" not in repr(sheet)


def test_name_in_the_place_of_a_code_is_not_passed_on():
    assert "Eva" not in repr(sheets(p1=["Eva"], money=["Eva"], met=["Eva"]).sheet(0, "client"))


def test_questions_without_column_are_named_but_free_text():
    lacking = sheets(p1=["0"]).lacking("client")
    assert "p2" in lacking
    assert {"p1", "said", "place"}.isdisjoint(lacking)
