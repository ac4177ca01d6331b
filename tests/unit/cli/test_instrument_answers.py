import pytest
from made_instruments import scored, small, with_slots

from skillnad.cli.kernel.instrument_answers import known_columns, read_answers
from skillnad.lib.errors import UserError


@pytest.fixture
def read(tmp_path):
    def read(content, instrument=None, encoding="utf-8"):
        path = tmp_path / "svar.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return read_answers(path, instrument or small())

    return read


@pytest.fixture
def refused(read):
    def refused(content, instrument=None):
        with pytest.raises(UserError) as caught:
            read(content, instrument)
        assert {problem.code for problem in caught.value.problems} == {"INSTR-050"}
        return caught.value.text("sv")

    return refused


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiter_is_found_out(read, delimiter):
    answers = read("key;day;night\n1;2;3\n".replace(";", delimiter))
    assert answers.table.to_pylist() == [{"key": "1", "day": "2", "night": "3"}]
    assert answers.delimiter == delimiter


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
def test_encoding_is_found_out(read, encoding):
    assert read("key;day\nå;2\n", encoding=encoding).table["key"].to_pylist() == ["å"]


def test_line_ends_of_other_systems_are_read(read):
    assert read("day\r\n1\r\n2\r\n").table["day"].to_pylist() == ["1", "2"]


def test_names_of_columns_are_read_in_any_case(read):
    assert read("DAY; Night \n1;2\n").table.column_names == ["day", "night"]


def test_cell_of_a_matrix_may_be_named_as_forms_do(read):
    assert read("hours__mon__day\n1\n", scored()).table.column_names == ["hours.mon.day"]


def test_free_text_is_not_read(read):
    answers = read('day;why_not\n1;"Fallet;\nsmörgås"\n2;x\n')
    assert answers.table.column_names == ["day"]
    assert answers.rows == [2, 3]


def test_column_that_no_question_has_is_named_and_not_read(read):
    answers = read("day;night;kommentar\n1;2;x\n")
    assert answers.unread == ("kommentar",)
    assert answers.table.column_names == ["day", "night"]


def test_empty_rows_are_passed_over_and_counted(read):
    answers = read("day;night\n1;2\n\n;\n3;4\n\n")
    assert answers.rows == [2, 5]
    assert answers.broken == []


def test_row_with_another_number_of_cells_is_told_by_its_number(read):
    answers = read("day;night\n1;2;3\n1;2\n4\n3;4\n")
    assert answers.broken == [2, 4]
    assert answers.rows == [3, 5]


def test_slots_have_columns():
    assert known_columns(with_slots())["slot.since"] == "slot.since"


def test_options_of_several_and_of_ranks_have_columns():
    known = known_columns(scored())
    assert known["help.a"] == known["help__a"] == "help.a"
    assert known["order.b"] == "order.b"


def test_misspelt_column_is_refused_with_the_right_name(refused):
    said = refused("day;nigth\n1;2\n")
    assert said.startswith("INSTR-050 svar.csv, rad 1: Kolumnen nigth är ingen fråga i trygghet. Menade du ”night”?")


def test_column_unlike_those_that_lack_one_is_no_slip(read):
    assert read("day;2\n1;2\n").unread == ("2",)


def test_column_that_stands_twice_is_refused(refused):
    assert "Kolumnen day står 2 gånger" in refused("day;night;day\n1;2;3\n")


def test_file_without_header_names_what_it_should_have_and_no_cell(refused):
    said = refused("Anna;2\nBo;3\n")
    assert "Ingen kolumn är en fråga i trygghet" in said
    assert "Anna" not in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "tom"),
        (" \n\n", "tom"),
        ("day;night\n", "inga svar"),
        (b"PK\x03\x04xl/workbook", "Spara svaren som CSV"),
        (b"day;night\n1;\0\n", "inte text"),
    ],
)
def test_file_that_is_no_answers_is_refused(refused, content, words):
    assert words in refused(content)


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UserError, match="finns inte"):
        read_answers(tmp_path / "saknas.csv", small())
