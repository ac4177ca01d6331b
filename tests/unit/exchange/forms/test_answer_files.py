"""Sheets of answers as columns and as CSV, read back as a scoring of answers reads them."""

import csv
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from made_forms import whole
from worked_sheets import instrument_names, sheets_of

from skillnad.exchange.forms.answer_files import Holds, answer_table, as_csv
from skillnad.instruments.answer_cells import answer_of, answer_of_options, option_columns
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import ItemKind
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.lib.plain_json import plain

SECRET = "19121212"


def sheet(perspective="client", **answers):
    place = {"place": "a"} if perspective == "staff" else {}
    return AnswerSheet("samlat", "2026.1", perspective, {**place, **answers})


def table(*sheets, **more):
    return answer_table(whole(), sheets, **more)


def column(name, *sheets):
    (found,) = [each for each in table(*sheets).columns if each.name == name]
    return found


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def read_back(instrument, row):
    """The answers of a CSV row, by the rules of `instruments.answer_cells`."""
    found = {}
    for item in instrument.items.values():
        cells = {code: row[name] for name, code in option_columns(item).items() if name in row}
        answer = answer_of_options(item, cells) if cells else answer_of(item, row.get(item.id, ""))
        if answer is not None:
            found[item.id] = float(answer) if isinstance(answer, Decimal) else plain(answer)
    return found


@pytest.mark.parametrize("name", instrument_names())
def test_every_worked_case_comes_back_from_csv(name):
    for instrument, given in sheets_of(name):
        (row,) = rows_of(as_csv(answer_table(instrument, [given])))
        kept = {
            item: plain(answer)
            for item, answer in given.answers.items()
            if answer != "" and instrument.items[item].kind is not ItemKind.TEXT
        }
        read = read_back(instrument, row)
        assert {item: answer for item, answer in read.items() if item in kept} == kept
        extra = {item for item in read if item not in kept}
        assert all(instrument.items[item].not_asked == "none" for item in extra)


def test_a_cell_has_the_answer_of_its_kind():
    given = sheet(
        p1="2", mood=7.5, days="X", words=Decimal(4), met="2026-02-28", help=["a"], order={"a": 2, "b": 1, "c": 3}
    )
    cells = {each.name: each.cells[0] for each in table(given).columns}
    assert (cells["p1"], cells["mood"], cells["days"], cells["words"]) == ("2", 7.5, "X", 4)
    assert cells["met"] == date(2026, 2, 28)
    assert [cells[f"help.{code}"] for code in ("a", "b", "c", "none")] == [1, 0, 0, 0]
    assert [cells[f"order.{code}"] for code in ("a", "b", "c")] == [2, 1, 3]


def test_nothing_chosen_is_not_nothing_answered():
    found = column("help.a", sheet(help=[]), sheet())
    assert found.cells == (0, None)


def test_what_was_not_asked_is_told_apart_from_what_was_not_answered():
    asked, other = sheet(p1="2", help=["a"], helped="1"), sheet(p1="0")
    found = column("helped", asked, other, sheet(p1="2", help=["a"]))
    assert found.cells == ("1", None, None)
    assert found.unasked == {1}


def test_another_perspectives_question_was_not_asked():
    assert column("mood", sheet(), sheet("staff")).unasked == {1}


def test_a_multiple_choice_that_counts_as_nothing_is_zeros_where_it_is_not_asked():
    """Question 3 to the municipalities: who said no to question 1 reported none of it."""
    instrument = load_instrument("municipal_survey_2011")
    given = AnswerSheet(instrument.id, instrument.version, "municipality", {"q1": "2"})
    made = {each.name: each for each in answer_table(instrument, [given]).columns}
    assert (made["q3.1"].cells, made["q3.1"].unasked) == ((0,), frozenset())
    county = next(name for name, item in instrument.items.items() if item.perspectives == ("county",))
    assert {each.unasked for name, each in made.items() if name.startswith(f"{county}.")} == {frozenset({0})}


def test_measures_are_by_kind():
    told = {each.name: each.measure for each in table(sheet()).columns}
    names = ("p1", "place", "mood", "met", "help.a", "order.a")
    assert [told[name] for name in names] == ["ordinal", "nominal", "scale", "scale", "nominal", "ordinal"]


def test_the_sheets_own_columns_are_those_that_are_told():
    given = replace(sheet(), age=15, language="sv", slots={})
    names = [each.name for each in table(given).columns]
    assert names[:3] == ["perspective", "language", "age"]
    assert "variant" not in names


def test_keys_stand_first():
    made = table(sheet(), sheet(), keys=["k1", "k2"])
    assert (made.columns[0].name, made.columns[0].cells) == ("key", ("k1", "k2"))


def test_a_key_for_each_sheet_or_none():
    with pytest.raises(ValueError, match="key for each"):
        table(sheet(), sheet(), keys=["k1"])


def test_free_text_stays_out_unless_asked_for():
    made = table(sheet(said=SECRET))
    assert "said" not in {each.name for each in made.columns}
    assert [(loss.sv, loss.where) for loss in made.losses] == [("svar i fri text", "said")]
    assert SECRET not in str(made)


def test_free_text_comes_along_where_it_is_asked_for():
    made = table(sheet(said="Hej"), with_texts=True)
    assert made.losses == ()
    assert rows_of(as_csv(made))[0]["said"] == "Hej"


def test_words_that_look_like_a_formula_are_not_one():
    (row,) = rows_of(as_csv(table(sheet(said="=1+1"), with_texts=True)))
    assert row["said"] == "'=1+1"


def test_csv_opens_in_a_swedish_spreadsheet():
    content = as_csv(table(sheet(mood=7.5, p1="2")))
    assert content.startswith("\ufeff".encode())
    assert rows_of(content)[0]["mood"] == "7,5"


def test_an_answer_that_may_not_stand_is_refused_with_its_row_and_column():
    with pytest.raises(UserError) as caught:
        table(sheet(p1="2"), sheet(p1="7", said=SECRET), sheet(words=99))
    told = [(problem.code, problem.where) for problem in caught.value.problems]
    assert told == [("INSTR-051", "rad 2, kolumn p1"), ("INSTR-051", "rad 3, kolumn words")]
    assert SECRET not in str(caught.value)


def test_another_versions_sheet_is_refused():
    with pytest.raises(UserError, match="INSTR-041 rad 1"):
        table(replace(sheet(), version="2025.1"))


def test_no_sheets_are_columns_without_rows():
    made = table()
    assert made.rows == 0
    assert rows_of(as_csv(made)) == []


def test_every_kind_of_content_is_there():
    given = replace(sheet(), age=15)
    assert {each.holds for each in table(given, with_texts=True).columns} == set(Holds)
