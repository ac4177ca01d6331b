"""Files of answers, opened: columns by any of their names, rows as a spreadsheet numbers them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_instruments import scored, small, with_slots

from skillnad.collection.files import AnswerFile, known_columns, open_answers

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=20)


def opened(folder: Path, text: str) -> AnswerFile:
    path = folder / "svar.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return open_answers(path, small())


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_separator_is_found_in_the_header(separator: str, tmp_path: Path) -> None:
    text = "key;date;day\n1;2026-02-01;3\n".replace(";", separator)
    (row,) = opened(tmp_path, text).rows()
    assert row.cells == {"key": "1", "date": "2026-02-01", "day": "3"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_are_numbered_as_a_spreadsheet_does(end: str, tmp_path: Path) -> None:
    text = end.join(["key;date;day", "1;2026-02-01;3", "", ";;", '2;2026-02-01;"3"', ""])
    assert [(row.number, row.cells["key"]) for row in opened(tmp_path, text).rows()] == [(2, "1"), (5, "2")]


def test_words_on_several_lines_are_one_row(tmp_path: Path) -> None:
    text = 'key;date;day;why_not\n1;2026-02-01;1;"Larm;\noch ""mörker"""\n2;2026-02-01;1;x\n'
    first, second = opened(tmp_path, text).rows()
    assert first.cells["why_not"] == 'Larm;\noch "mörker"'
    assert second.number == 3


def test_names_of_columns_are_read_in_any_case_and_with_spaces_around(tmp_path: Path) -> None:
    assert opened(tmp_path, "Key ; DATE;Day\n").columns == ("key", "date", "day")


def test_row_of_another_width_has_no_cells(tmp_path: Path) -> None:
    rows = list(opened(tmp_path, "key;date;day\n1;2026-02-01\n1;2026-02-01;3;4\n").rows())
    assert [row.cells for row in rows] == [{}, {}]


def test_column_of_nothing_is_unread(tmp_path: Path) -> None:
    assert opened(tmp_path, "key;date;day;kommentar till oss\n").unread == ("kommentar till oss",)


@given(cells=st.lists(CELLS, min_size=3, max_size=3))
def test_cells_come_back_as_they_were_written(cells: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    quoted = ";".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    text = f'key;date;day\n{quoted}\n"x";"y";"z"\n'
    rows = list(opened(tmp_path_factory.mktemp("csv"), text).rows())
    told = [cell.strip() for cell in cells]
    assert [list(row.cells.values()) for row in rows] == [told, ["x", "y", "z"]][not any(told) :]


def test_every_column_that_an_instrument_can_have_is_known_by_both_its_names() -> None:
    known = known_columns(scored())
    assert known["hours__mon__day"] == known["hours.mon.day"] == "hours.mon.day"
    assert known["help.none"] == known["help__none"] == "help.none"
    assert known_columns(with_slots())["slot.since"] == "slot.since"
    assert set(scored().items) <= set(known.values())
