"""Files that are no forms: damaged, locked, far too large, or of another kind."""

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_xlsforms import bad_file, changed, form, question, refused, rows_of, saved, workbook, zipped

from skillnad.exchange.forms.xlsform_in import instrument_from_xlsform
from skillnad.lib.errors import UserError


@given(st.lists(st.tuples(st.integers(0, 1_000_000), st.integers(0, 255)), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_damaged_file_is_read_or_refused_in_words(damage: list[tuple[int, int]]):
    raw = bytearray(form([question("a"), question("b", "text")]))
    for place, byte in damage:
        raw[place % len(raw)] = byte
    with TemporaryDirectory() as folder, suppress(UserError):
        assert instrument_from_xlsform(saved(bytes(raw), Path(folder)))[0].instrument.items


def test_workbook_of_another_kind_says_which_sheets_it_has(tmp_path: Path):
    error = bad_file(workbook({"Budget 2026": [["Konto", "Kronor"]], "Utfall": [["x"]]}), tmp_path)
    assert error.code == "INSTR-030"
    assert "Budget 2026 och Utfall. Välj filen som formulärverktyget exporterar" in error.text()
    assert "Budget 2026 and Utfall." in error.text("en")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"type;name;label\n",
        b"PK\x03\x04 broken",
        b"\x89PNG\r\n\x1a\n",
        zipped(**{"word/document.xml": b"<w/>", "[Content_Types].xml": b"<Types/>"}),
        zipped(**{"xl/workbook.xml": b"<not closed", "[Content_Types].xml": b"<Types/>"}),
        zipped(**{"xl/workbook.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}),
    ],
)
def test_file_that_is_no_workbook_is_refused(raw: bytes, tmp_path: Path):
    error = bad_file(raw, tmp_path)
    assert error.code == "INSTR-030"
    assert "spara om" in error.text()


def test_locked_workbook_says_to_unlock_it(tmp_path: Path):
    error = bad_file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, tmp_path)
    assert error.code == "INSTR-030"
    assert "lösenord" in error.text()


def test_workbook_that_unpacks_to_a_bomb_is_refused(tmp_path: Path):
    raw = zipped(**{"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})
    assert len(raw) < 100_000
    error = bad_file(raw, tmp_path)
    assert error.code == "INSTR-030"
    assert "för stor" in error.text()


def test_large_file_is_refused_unopened(tmp_path: Path):
    assert "för stor" in bad_file(b"PK" + b"\0" * 5_000_001, tmp_path).text()


@pytest.mark.parametrize("cell", ["A1048576", "XFD3", "A20001"])
def test_cell_far_from_the_others_is_refused_by_its_place(cell: str, tmp_path: Path):
    raw = changed(workbook({"survey": rows_of([question("a", "text")])}), "survey", cell, "långt bort")
    error = bad_file(raw, tmp_path)
    assert (error.code, error.problems[0].where) == ("INSTR-030", f"form.xlsx, blad survey, cell {cell}")


def test_no_message_shows_what_a_cell_says(tmp_path: Path):
    secret = "Anna Andersson bor på Storgatan"
    error = refused([question("a", "geopoint", label=secret), question("b", label=f"{secret} ${{a}}")], tmp_path)
    assert "Anna" not in error.text() + error.text("en")
