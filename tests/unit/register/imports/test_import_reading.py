"""Files as they come: encodings, separators, workbooks, and what is refused."""

import hashlib
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from skillnad.lib.errors import UserError
from skillnad.register.imports.encodings import _CHUNK, detect, to_utf8
from skillnad.register.imports.mapping import FileSpec
from skillnad.register.imports.reading import ROW, Table, check_columns, read_table, sheet_names

SWEDISH = "Personnr;Kön;Ärende;Åtgärd\n1;Kvinna;Öppen;Stöd\n" * 50


def table(tmp_path: Path, content: bytes, name: str = "uttag.csv", **spec: Any) -> Table:
    (tmp_path / name).write_bytes(content)
    return read_table(tmp_path / name, FileSpec(name, {}, (), **spec), limit=10_000_000)


def code_of(tmp_path: Path, content: bytes, **how: Any) -> str:
    with pytest.raises(UserError) as raised:
        table(tmp_path, content, **how)
    return raised.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "cp850", "mac_roman"])
def test_encoding_is_seen_from_swedish_letters(encoding: str) -> None:
    assert detect(SWEDISH.encode(encoding)) == encoding


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "cp850"])
def test_text_is_the_same_from_every_encoding(encoding: str) -> None:
    assert to_utf8(SWEDISH.encode(encoding), None, "f.csv")[0].decode() == SWEDISH


@pytest.mark.parametrize("before", range(4))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_letter_across_two_pieces_is_one_letter(encoding: str, before: int) -> None:
    text = "x" * (_CHUNK - before) + "åäö €" + "y" * _CHUNK
    raw = text.encode(encoding)
    assert to_utf8(raw, None, "f.csv") == (text.encode(), encoding)


def test_bytes_that_are_no_utf8_are_seen_wherever_they_stand() -> None:
    raw = b"x" * (3 * _CHUNK) + "åäö".encode("cp1252")
    assert detect(raw) == "cp1252"


def test_digest_is_of_the_file_as_it_is(tmp_path: Path) -> None:
    content = SWEDISH.encode("cp1252")
    read = table(tmp_path, content)
    assert (read.sha256, read.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_named_encoding_that_does_not_fit_is_refused() -> None:
    with pytest.raises(UserError, match='encoding = "cp1252"'):
        to_utf8(SWEDISH.encode("cp1252"), "utf-8", "f.csv")


def test_utf8_read_as_cp1252_is_refused_before_it_is_stored_wrong() -> None:
    with pytest.raises(UserError, match="utf-8"):
        to_utf8(SWEDISH.encode(), "cp1252", "f.csv")


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_seen_in_the_header(tmp_path: Path, separator: str) -> None:
    read = table(tmp_path, separator.join(("A", '"B;,b"', "C")).encode() + separator.join(("\n1", "2", "3")).encode())
    assert (read.separator, read.headings) == (separator, ["A", "B;,b", "C"])


def test_rows_have_the_numbers_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    read = table(tmp_path, b"rubrik\n\nA;B\n1;2\n;\n3;4\n", skip_rows=2)
    assert read.frame[ROW].to_list() == [4, 6]


def test_quoted_newlines_are_within_a_cell(tmp_path: Path) -> None:
    read = table(tmp_path, b'A;B\n1;"x\ny"\n2;z\n')
    assert read.frame["B"].to_list() == ["x\ny", "z"]


def test_short_rows_lack_their_last_cells(tmp_path: Path) -> None:
    assert table(tmp_path, b"A;B\n1\n2;3\n").frame["B"].to_list() == [None, "3"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "IMP-002"),
        (b"\xef\xbb\xbf\r\n", "IMP-002"),
        (b"A;B\n", "IMP-002"),
        (b"A;B\n1;\0\n", "IMP-004"),
        (b"A;B;A\n1;2;3\n", "IMP-010"),
        (b"A;B\n1;2;3\n", "IMP-011"),
        (b'A;B\n1;"2\n3;4\n', "IMP-011"),
        (b"PK\x03\x04trasig", "IMP-006"),
    ],
)
def test_unreadable_content_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    assert code_of(tmp_path, content) == code


def test_long_row_is_told_by_its_number_and_not_its_cells(tmp_path: Path) -> None:
    with pytest.raises(UserError) as raised:
        table(tmp_path, b"A;B\n1;2\n3;hemligt;5\n")
    assert "rad 3" in str(raised.value)
    assert "hemligt" not in str(raised.value)


def test_large_file_is_refused(tmp_path: Path) -> None:
    assert code_of(tmp_path, b"A;B\n" + b"1;2\n" * 3_000_000) == "IMP-005"


def test_missing_column_is_told_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Menas ”Startdatum”"):
        check_columns(table(tmp_path, b"Startdatum;B\n1;2\n"), ["Startdatm"])


def workbook(tmp_path: Path, fill: Any) -> bytes:
    book = xlsxwriter.Workbook(tmp_path / "made.xlsx")
    sheet = book.add_worksheet("Blad1")
    sheet.write_row(0, 0, ["Id", "Datum"])
    fill(book, sheet)
    book.add_worksheet("Tomt")
    book.close()
    return (tmp_path / "made.xlsx").read_bytes()


def test_workbook_is_read_as_text(tmp_path: Path) -> None:
    content = workbook(tmp_path, lambda _, sheet: sheet.write_row(1, 0, [17, "14/3 2025"]))
    read = table(tmp_path, content, "bok.xlsx")
    assert read.frame.rows() == [(2, "17", "14/3 2025")]


@pytest.mark.parametrize(
    "fill",
    [
        lambda _, sheet: sheet.write_formula(1, 0, "=1+1"),
        lambda _, sheet: sheet.merge_range(1, 0, 2, 0, "x"),
        lambda _, sheet: sheet.merge_range(0, 0, 0, 1, "x"),
    ],
)
def test_workbook_with_formulas_or_merged_cells_is_refused(tmp_path: Path, fill: Any) -> None:
    assert code_of(tmp_path, workbook(tmp_path, fill), name="bok.xlsx") == "IMP-008"


def test_merged_title_above_the_header_is_no_fault(tmp_path: Path) -> None:
    def fill(_: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 1, "Uttag 2025")
        sheet.write_row(1, 0, ["Id", "Datum"])
        sheet.write_row(2, 0, ["1", "2025-01-01"])

    assert table(tmp_path, workbook(tmp_path, fill), "bok.xlsx", skip_rows=1).frame.height == 1


def test_sheet_that_is_not_there_is_told_with_the_nearest(tmp_path: Path) -> None:
    content = workbook(tmp_path, lambda _, sheet: sheet.write(1, 0, "x"))
    assert code_of(tmp_path, content, name="bok.xlsx", sheet="Blad2") == "IMP-007"


def test_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    assert code_of(tmp_path, (tmp_path / "x.zip").read_bytes(), name="bok.xlsx") == "IMP-006"


def test_only_sheets_with_rows_are_named(tmp_path: Path) -> None:
    (tmp_path / "bok.xlsx").write_bytes(workbook(tmp_path, lambda _, sheet: sheet.write(1, 0, "x")))
    assert sheet_names(tmp_path / "bok.xlsx") == ["Blad1"]
    assert sheet_names(tmp_path / "a.csv") == [None]


def test_heading_twice_is_told_by_place_since_it_may_be_somebodys(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="IMP-010") as refused:
        table(tmp_path, b"A;19121212-T001;19121212-T001\n1;2;3\n")
    assert "19121212" not in str(refused.value)
    assert "2 och 3" in str(refused.value)
