"""What is wrong with a form in itself is told by sheet and row."""

import io
from pathlib import Path

import pytest
import xlsxwriter
from made_xlsforms import Survey, bad_file, question, refused


def test_list_that_is_not_there_is_told_with_the_nearest(tmp_path: Path):
    error = refused([question("a", "select_one yesnoo")], tmp_path)
    assert error.code == "INSTR-032"
    assert "Menade du ”yesno”?" in error.text()


@pytest.mark.parametrize(
    "survey",
    [
        [question("a"), question("a")],
        [question("")],
        [{"type": "text", "name": "a"}],
        [{"type": "begin_group", "name": "g", "label": "G"}, question("a")],
        [question("a"), {"type": "end_group"}],
        [{"type": "begin_group", "name": f"g{number}", "label": "G"} for number in range(2_000)],
    ],
)
def test_fault_is_told_by_its_row(survey: Survey, tmp_path: Path):
    error = refused(survey, tmp_path)
    assert error.code == "INSTR-032"
    assert "blad survey, rad" in error.problems[0].where


def test_option_without_code_is_told_by_its_row(tmp_path: Path):
    error = refused([question("a")], tmp_path, choices=[("yesno", "", "Ja")])
    assert (error.code, error.problems[0].where) == ("INSTR-032", "form.xlsx, blad choices, rad 2")


def test_rules_of_instruments_are_told_by_sheet_and_row(tmp_path: Path):
    twice = [("yesno", "1", "Ja"), ("yesno", "1", "Nej")]
    error = refused([question("a")], tmp_path, choices=twice)
    assert (error.code, error.problems[0].where) == ("INSTR-006", "form.xlsx, blad choices, rad 3")
    error = refused([question("a", "integer", constraint=". >= 9 and . <= 3")], tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-011", "form.xlsx, blad survey, rad 2")


def test_code_that_cannot_be_one_is_told_by_its_row(tmp_path: Path):
    error = refused([question("a")], tmp_path, choices=[("yesno", "1", "Ja"), ("yesno", "a b", "Nej")])
    assert (error.code, error.problems[0].where) == ("INSTR-005", "form.xlsx, blad choices, rad 3")


def test_form_without_questions_is_refused(tmp_path: Path):
    assert refused([question("n", "note")], tmp_path).code == "INSTR-003"


def test_form_of_thousands_of_questions_is_refused(tmp_path: Path):
    assert refused([question(f"q{number}", "text") for number in range(4_000)], tmp_path).code == "INSTR-023"


def test_formula_is_told_by_its_row(tmp_path: Path):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("survey")
        sheet.write_row(0, 0, ["type", "name", "label"])
        sheet.write_row(1, 0, ["text", "a"])
        sheet.write_formula(1, 2, "=1+1")
    error = bad_file(stream.getvalue(), tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-032", "form.xlsx, blad survey, rad 2")
