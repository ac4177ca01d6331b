import pytest

from skillnad.analysis.disclosure.release import Layout
from skillnad.analysis.disclosure.table_set.csv_form import csv_of, sheet_of
from skillnad.lib.errors import UserError


def lines(text):
    return [values for _, values in sheet_of("t.csv", text.encode(), "n").lines]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separator_is_found(separator):
    sheet = sheet_of("t.csv", f"a{separator}n\nx{separator}3\n".encode(), "n")
    assert sheet.layout == Layout(("a", "n"), "n", separator)
    assert [values for _, values in sheet.lines] == [["x", "3"]]


def test_separator_is_the_one_that_makes_the_count_a_column():
    assert sheet_of("t.csv", b"a, b, c;n\nx;3\n", "n").layout.header == ("a, b, c", "n")


def test_quotes_and_spaces_are_undone():
    assert lines('"a", "n"\n" x, y ", 3\n') == [["x, y", "3"]]


def test_empty_lines_are_passed_over():
    assert lines("\na,n\n\nx,3\n,\n") == [["x", "3"]]


def test_lines_are_numbered_as_in_the_file():
    assert [number for number, _ in sheet_of("t.csv", b"a,n\n\nx,3\n", "n").lines] == [3]


def test_byte_order_mark_is_kept():
    layout = sheet_of("t.csv", "\ufeffa,n\nx,3\n".encode(), "n").layout
    assert layout.header == ("a", "n")
    assert csv_of(layout, [(("x",), 3)]).startswith(b"\xef\xbb\xbfa,n")


def test_table_is_written_with_its_count_where_it_stood():
    layout = Layout(("a", "n", "b"), "n", ";")
    assert csv_of(layout, [(("x", "y"), 3), (("x", "Total"), None)]) == b"a;n;b\nx;3;y\nx;;Total\n"


def test_value_with_a_separator_is_quoted_when_written():
    assert csv_of(Layout(("a", "n"), "n"), [(("x, y",), 3)]) == b'a,n\n"x, y",3\n'


@pytest.mark.parametrize(
    ("content", "code", "where"),
    [
        (b"a,n\n\xe5,3\n", "DISC-040", "t.csv"),
        (b'a,n\n"x,3\n', "DISC-040", "t.csv, rad"),
        (b"", "DISC-041", "t.csv"),
        (b"\n\n", "DISC-041", "t.csv"),
        (b"a,n\n", "DISC-041", "t.csv"),
        (b"a,b\nx,3\n", "DISC-042", "t.csv, rad 1"),
        (b"a,a,n\nx,y,3\n", "DISC-042", "t.csv, rad 1"),
        (b"a,,n\nx,y,3\n", "DISC-042", "t.csv, rad 1"),
        (b"a,n\nx,3\nx,3,4\n", "DISC-043", "t.csv, rad 3"),
    ],
)
def test_what_is_no_table_is_refused_with_its_place(content, code, where):
    with pytest.raises(UserError) as refused:
        sheet_of("t.csv", content, "n")
    assert refused.value.code == code
    assert refused.value.problems[0].where.startswith(where)


def test_missing_column_is_answered_with_those_there_are():
    with pytest.raises(UserError, match="här finns kommun, antal"):
        sheet_of("t.csv", b"kommun,antal\nA,3\n", "n")


def test_values_are_in_no_repr():
    assert "4711" not in repr(sheet_of("t.csv", b"a,n\nx,4711\n", "n"))
