"""TOML files that people write: the kinds of fault, each with the reader's own code and at its line."""

from enum import StrEnum

import pytest

from skillnad.lib.errors import UserError
from skillnad.lib.toml_files import (
    DATE,
    FLAG,
    NUMBER,
    NUMBERS,
    TABLES,
    TEXT,
    TEXTS,
    WHOLE,
    FileCodes,
    Findings,
    checked,
    read_source,
    tables,
)

CODES = FileCodes(unreadable="T-1", unknown_key="T-2", wrong_type="T-3", missing="T-4", unknown_word="T-5", unfit="T-6")
KEYS = {
    "text": TEXT,
    "date": DATE,
    "whole": WHOLE,
    "number": NUMBER,
    "numbers": NUMBERS,
    "flag": FLAG,
    "texts": TEXTS,
    "rows": TABLES,
}


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@pytest.fixture
def read(tmp_path):
    """(table, findings) of a file with this content."""

    def reading(content, **options):
        path = tmp_path / "färger.toml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        findings = Findings(CODES)
        source = read_source(path, findings, **options)
        return (checked(source, (), source.data, KEYS, findings) if source else None), findings

    return reading


def said(findings):
    return [(problem.code, problem.where.rpartition(", ")[2]) for problem in findings.problems]


def test_good_file_keeps_all_its_keys(read):
    table, findings = read('text = "a"\nwhole = 3\nnumber = 2.5\nnumbers = [1, 2.5]\nflag = true\ndate = 2026-01-02\n')
    assert findings.problems == []
    assert (table.get("number"), table.get("flag"), table.get("texts", "none")) == (2.5, True, "none")


@pytest.mark.parametrize(
    "line",
    [
        "text = 1",
        "date = 2026-01-02T10:00:00",
        "whole = true",
        "whole = 1.0",
        "number = true",
        'number = "1"',
        "number = inf",
        "numbers = [1]",
        "numbers = [1, nan]",
        "texts = [1]",
        "rows = 1",
        "flag = 0",
    ],
)
def test_value_of_another_type_is_left_out_and_told(read, line):
    table, findings = read(f"\n{line}\n")
    assert said(findings) == [("T-3", "rad 2")]
    assert table.data == {}


def test_unknown_key_is_told_with_the_nearest(read):
    table, findings = read('text = "a"\nwhola = 1\n')
    assert said(findings) == [("T-2", "rad 2")]
    assert "Menade du ”whole”?" in findings.problems[0].sv
    assert table.data == {"text": "a"}


def test_tables_are_checked_at_their_own_lines(read):
    table, findings = read('[[rows]]\ntext = "a"\n\n[[rows]]\ntext = 1\n')
    rows = tables(table, "rows", KEYS)
    assert [row.get("text") for row in rows] == ["a", None]
    assert said(findings) == [("T-3", "rad 5")]


def test_row_that_is_no_table_is_told(read):
    table, findings = read("rows = [1]\n")
    assert [row.data for row in tables(table, "rows", KEYS)] == [{}]
    assert said(findings) == [("T-3", "rad 1")]


def test_required_text_that_is_blank_is_missing(read):
    table, findings = read('text = " "\n')
    assert table.required("text") == ""
    assert (
        findings.problems[0].text()
        == "T-4 " + findings.problems[0].where + ': ”text” saknas. Lägg till text = "…" här.'
    )


def test_word_is_one_of_those_that_are_known(read):
    table, findings = read('text = "gren"\n')
    assert table.choice("text", Colour, Colour.RED) is Colour.RED
    assert findings.problems[0].sv == "”gren” finns inte som text. Menade du ”green”? Skriv red eller green."
    assert findings.problems[0].code == "T-5"


def test_word_that_is_absent_is_the_default(read):
    table, findings = read("")
    assert table.choice("text", Colour, Colour.GREEN) is Colour.GREEN
    assert findings.problems == []


def test_file_is_called_as_the_reader_wants(read):
    _, findings = read("whola = 1", name="mappen/färger.toml")
    assert findings.problems[0].where == "mappen/färger.toml, rad 1"


@pytest.mark.parametrize(
    ("content", "line"),
    [("a = 1\nb = ", "rad 2"), ("a = 1\n\nb = \xe5".encode("latin-1"), "rad 3"), (b"\x89PNG\r\n\x1a\n", "rad 1")],
)
def test_file_that_is_no_toml_is_told_at_its_line(read, content, line):
    table, findings = read(content)
    assert table is None
    assert said(findings) == [("T-1", line)]


@pytest.mark.parametrize("content", ["a = " + "[" * 100_000, "a = " + "1" * 5000])
def test_file_that_is_made_to_hurt_is_no_crash(read, content):
    assert [code for code, _ in said(read(content)[1])] == ["T-1"]


def test_byte_order_mark_and_windows_line_ends_are_read(read):
    table, findings = read(b'\xef\xbb\xbftext = "a"\r\nwhole = 2\r\n')
    assert (table.get("text"), table.get("whole"), findings.problems) == ("a", 2, [])


def test_findings_stop_only_where_there_are_some(read):
    _, findings = read("whola = 1")
    with pytest.raises(UserError, match="T-2"):
        findings.stop()
    read("whole = 1")[1].stop()
