"""Files as case systems give them away."""

from pathlib import Path

from openpyxl import load_workbook

from skillnad.register.demo.sheets import Sheet, write_text, write_workbook


def sheet() -> Sheet:
    made = Sheet("Ärenden", ("Nr", "Ort"))
    made.add(Nr="1", Ort="Å")
    made.put({"Nr": "2"})
    return made


def test_row_without_a_cell_has_it_empty() -> None:
    assert sheet().lines() == [["Nr", "Ort"], ["1", "Å"], ["2", ""]]


def test_text_has_the_encoding_separator_and_line_ends_asked_for(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", sheet(), encoding="cp850", separator="\t")
    assert path.read_bytes() == "Nr\tOrt\r\n1\tÅ\r\n2\t\r\n".encode("cp850")


def test_text_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = write_text(tmp_path / "a.csv", sheet(), encoding="utf-8-sig", separator=";")
    assert path.read_bytes().startswith(b"\xef\xbb\xbfNr;Ort")


def test_workbook_has_a_page_for_each_sheet_and_text_in_every_cell(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [sheet(), Sheet("Tom", ("A",))])
    book = load_workbook(path)
    assert book.sheetnames == ["Ärenden", "Tom"]
    assert [[cell.value for cell in row] for row in book["Ärenden"]] == [["Nr", "Ort"], ["1", "Å"], ["2", None]]


def test_workbook_of_the_same_rows_has_the_same_bytes(tmp_path: Path) -> None:
    one = write_workbook(tmp_path / "1.xlsx", [sheet()])
    two = write_workbook(tmp_path / "2.xlsx", [sheet()])
    assert one.read_bytes() == two.read_bytes()


def test_workbook_makes_no_formula_of_a_text(tmp_path: Path) -> None:
    made = Sheet("S", ("A",))
    made.add(A="=1+1")
    book = load_workbook(write_workbook(tmp_path / "a.xlsx", [made]))
    assert book["S"]["A2"].data_type == "s"
