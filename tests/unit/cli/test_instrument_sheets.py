import json

import pyreadstat
import pytest
from instrument_folders import trygghet

from skillnad.cli.kernel.instrument_sheets import ENDINGS, read_sheets, written_as
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError


@pytest.fixture
def own(tmp_path):
    return load_instrument(trygghet(tmp_path))


@pytest.fixture
def read(tmp_path, own):
    def read(content, name="svar.csv", perspective=""):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return read_sheets(path, own, perspective)

    return read


def test_sheets_that_may_stand_are_read_with_their_keys(read):
    found = read("key;day;night\na;1;2\nb;7;2\nc;9;4\n")
    assert found.keys == ["a", "c"]
    assert [sheet.answers for sheet in found.sheets] == [{"day": "1", "night": "2"}, {"day": "9", "night": "4"}]
    assert [(each.row, each.problem.code) for each in found.refusals] == [(3, "INSTR-051")]
    assert found.rows == 3


def test_rows_that_are_no_sheets_are_refused_too(read):
    found = read("key;day;night;age\na;1;2;9\na;1;2;9\nc;1\nd;1;2;x\n")
    assert [(each.row, each.problem.code) for each in found.refusals] == [
        (3, "INSTR-060"),
        (4, "INSTR-050"),
        (5, "INSTR-051"),
    ]
    assert len(found.sheets) == 1


def test_file_for_spss_has_labels_and_declared_missing(read, own, tmp_path):
    out = tmp_path / "svar.sav"
    out.write_bytes(written_as(".sav", own, read("key;day;night\na;1;9\n")).content)
    frame, meta = pyreadstat.read_sav(out, user_missing=True)
    assert frame["night"].tolist() == [9]
    assert meta.column_names_to_labels["day"] == "Trygg på dagen"
    assert meta.variable_value_labels["day"][1] == "Aldrig"
    assert meta.missing_ranges["night"] == [{"lo": 9.0, "hi": 9.0}]


@pytest.mark.parametrize("ending", [".csv", ".ndjson"])
def test_what_is_written_is_read_back(read, own, ending):
    before = read("day;night\n1;2\n9;4\n")
    again = read(written_as(ending, own, before).content.decode("utf-8-sig"), f"igen{ending}")
    assert [sheet.answers for sheet in again.sheets] == [sheet.answers for sheet in before.sheets]
    assert again.refusals == ()


def test_response_has_neither_key_nor_name(read, own):
    (line,) = written_as(".ndjson", own, read("key;day;night\nhemlig;1;2\n")).content.decode().splitlines()
    assert "hemlig" not in line
    assert json.loads(line)["resourceType"] == "QuestionnaireResponse"


def test_response_says_that_the_keys_do_not_go_along(read, own):
    kept = read("key;day;night\na;1;2\nb;1;2\n")
    keyless = read("day;night\n1;2\n")
    assert "key" in {loss.where for loss in written_as(".ndjson", own, kept).losses}
    assert "key" not in {loss.where for loss in written_as(".csv", own, kept).losses}
    assert "key" not in {loss.where for loss in written_as(".ndjson", own, keyless).losses}


@pytest.mark.parametrize("ending", [".csv", ".sav", ".parquet", ".ndjson"])
def test_columns_that_do_not_go_along_are_said(read, own, ending):
    found = read("date;day;night;telefonnummer\n2026-02-28;1;2;x\n")
    assert [loss.where for loss in written_as(ending, own, found).losses][:2] == ["date", "telefonnummer"]


def test_line_that_is_no_response_is_refused_and_the_others_read(read, own):
    good = written_as(".ndjson", own, read("day;night\n1;2\n")).content.decode()
    found = read(f'{good}{{"resourceType": "Patient"}}\n{good}', "igen.ndjson")
    assert len(found.sheets) == 2
    assert [(each.row, each.problem.code) for each in found.refusals] == [(2, "INSTR-033")]


def test_free_text_is_left_behind(read, own):
    assert b"Mer ljus" not in written_as(".csv", own, read("day;night;why_not\n1;2;Mer ljus\n")).content


def test_ending_that_no_format_has_is_refused(read, own):
    with pytest.raises(UserError, match=r"\.sav, \.parquet, \.csv eller \.ndjson") as caught:
        written_as(".xls", own, read("day;night\n1;2\n"))
    assert caught.value.code == "INSTR-050"
    assert ".xls" not in ENDINGS


def test_responses_that_are_not_there_are_refused(tmp_path, own):
    with pytest.raises(UserError, match="finns inte, eller går inte att läsa"):
        read_sheets(tmp_path / "saknas.json", own)
