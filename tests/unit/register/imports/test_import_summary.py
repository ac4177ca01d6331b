"""What a run says of itself: rows apart from records, in the reader's words."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from skillnad.register.imports.fields import Record
from skillnad.register.imports.summary import FileRead, ImportSummary, RecordCount, VariableCount, record_name

PLAIN = ImportSummary("ifo", "IFO", False, (), 1, 0, 1, 0, 0)
FILES = (FileRead("a.csv", "", 1, 1, "utf-8", ";", ("Skostorlek", "Lön")), FileRead("b.csv", "", 1, 1, "utf-8", ";"))
FULL = ImportSummary(
    "ifo",
    "IFO",
    False,
    FILES,
    read=1234,
    skipped=4,
    accepted=1220,
    warned=2,
    rejected=10,
    new=1000,
    changed=20,
    unchanged=200,
    records={"client": RecordCount(900, 1, 2), "follow_up": RecordCount(3, 4, 1500)},
    rules={"IMP-121": 10, "IMP-201": 2},
)


def told(summary: ImportSummary, language: str = "sv") -> list[str]:
    """The lines with single blanks: `lästa 1 234`."""
    return [" ".join(line.split()) for line in summary.lines(language)]


def test_rows_are_told_each_by_its_count() -> None:
    assert told(FULL)[1:10] == [
        "Rader i filerna",
        "lästa 1 234",
        "bortvalda 4",
        "godtagna 1 220",
        "med nya poster 1 000",
        "med ändrade poster 20",
        "utan ändringar 200",
        "med varning 2",
        "avvisade 10",
    ]


def test_records_are_told_apart_from_rows_in_swedish() -> None:
    lines = told(FULL)
    at = lines.index("Poster i registret nya ändrade oförändrade")
    assert lines[at + 1 : at + 3] == ["klienter 900 1 2", "uppföljningar 3 4 1 500"]
    assert "En rad kan ge flera poster" in lines[at + 3]


def test_english_summary_has_english_words_and_signs() -> None:
    lines = told(FULL, "en")
    assert lines[2] == "read 1,234"
    assert "Records of the register new changed unchanged" in lines
    assert "follow-ups 3 4 1,500" in lines


def test_numbers_stand_under_each_other() -> None:
    ends = {len(line) for line in FULL.lines()[2:10]}
    assert len(ends) == 1


def test_rule_says_whether_it_rejects() -> None:
    lines = told(FULL)
    assert "avvisar IMP-121 (10): Insatsen slutar innan den börjar." in lines
    assert "varnar IMP-201 (2): Beslutet är fattat före aktualiseringen." in lines


def test_columns_that_are_not_read_are_told_by_file() -> None:
    lines = told(FULL)
    assert lines[lines.index("Kolumner som mappningen inte läser") + 1 :] == ["a.csv: Skostorlek, Lön"]


def test_nothing_is_told_of_what_is_not_there() -> None:
    assert told(PLAIN) == [
        "IFO",
        "Rader i filerna",
        *("lästa 1", "godtagna 1", "med nya poster 0", "med ändrade poster 0", "utan ändringar 0"),
        *("med varning 0", "avvisade 0"),
    ]


@pytest.mark.parametrize(("language", "words"), [("sv", "ingenting är lagrat"), ("en", "nothing is stored")])
def test_rehearsal_says_so_first(language: str, words: str) -> None:
    assert words in replace(PLAIN, dry_run=True).lines(language)[1]
    assert not any(words in line for line in PLAIN.lines(language))


@pytest.mark.parametrize("record", list(Record))
def test_every_record_has_a_name_in_both_languages(record: Record) -> None:
    assert record_name(record) != record_name(record, "en")


@pytest.mark.parametrize(("rejected", "status"), [(0, 0), (1, 1)])
def test_status_says_whether_a_row_was_rejected(rejected: int, status: int) -> None:
    assert replace(PLAIN, rejected=rejected).exit_status == status


def test_what_was_delivered_is_a_file_of_its_own(tmp_path: Path) -> None:
    counted = replace(PLAIN, variables={"origin": VariableCount(3, 2, 1)})
    path = counted.write_delivered(tmp_path / "ut")
    told = {"source": "ifo", "variables": {"origin": {"rows": 3, "filled": 2, "distinct": 1, "unmapped": 0}}}
    assert json.loads(path.read_text(encoding="utf-8")) == told
