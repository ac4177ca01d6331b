"""Rows of answers that cannot be stored: listed with row, column and code, the others stored, no cell repeated."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import people
import pytest
from answer_files import Import, row, written
from made_instruments import scored, small, with_slots

from skillnad.collection.actions import import_answers
from skillnad.collection.models import Submission
from skillnad.collection.summary import AnswerImport, refusal_table
from skillnad.instruments.loading import load_instrument
from skillnad.lib.errors import UserError
from skillnad.register.models import ImportRun

pytestmark = pytest.mark.django_db

SECRET = "Annika Ek 0701234567"


def refused(summary: AnswerImport) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in summary.refusals]


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"day": "5"}, "day", "INSTR-051"),
        ({"day": ""}, "day", "INSTR-054"),
        ({"day": "3", "why_not": "Larm."}, "why_not", "INSTR-053"),
        ({"key": ""}, "key", "INSTR-060"),
        ({"date": ""}, "date", "INSTR-051"),
        ({"date": "1 februari"}, "date", "INSTR-051"),
        ({"date": "20260201"}, "date", "INSTR-051"),
        ({"date": "2026-02-30"}, "date", "INSTR-051"),
        ({"date": "2026-03-03"}, "date", "INSTR-051"),
        ({"date": "1926-02-01"}, "date", "INSTR-051"),
        ({"age": "ung"}, "age", "INSTR-051"),
        ({"occasion": "jul"}, "occasion", "INSTR-059"),
        ({"perspective": "staff"}, "perspective", "INSTR-059"),
        ({"variant": "lyrisk"}, "variant", "INSTR-059"),
        ({"language": "fi"}, "language", "INSTR-059"),
        ({"follow_up": "annan"}, "follow_up", "INSTR-061"),
        ({"identity": "20010203-T999"}, "identity", "INSTR-061"),
        ({"unit": "XX"}, "unit", "INSTR-061"),
        ({"provider": "XX"}, "provider", "INSTR-061"),
        ({"follow_up": ""}, "identity", "INSTR-062"),
        ({"mode": "anonymous"}, "mode", "INSTR-063"),
        ({"mode": "confidential"}, "mode", "INSTR-063"),
        ({"day": "1", "why_not": "x" * 10_001}, "why_not", "INSTR-051"),
    ],
)
def test_row_is_refused_with_its_column_and_code(
    change: dict[str, str], column: str, code: str, followed_up: Any, imported: Import
) -> None:
    summary = imported(row("1"), {**row("2"), **change})
    assert refused(summary) == [(3, column, code)]
    assert (summary.new, summary.refused, summary.exit_status) == (1, 1, 1)
    assert Submission.everyone.count() == 1


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"mood": "5,55"}, "mood", "INSTR-051"),
        ({"mood": "1e999999999"}, "mood", "INSTR-051"),
        ({"mood": "nan"}, "mood", "INSTR-051"),
        ({"help": "a none"}, "help", "INSTR-056"),
        ({"help": "d"}, "help", "INSTR-051"),
        ({"order": "a b a"}, "order", "INSTR-051"),
        ({"order": "a b"}, "order", "INSTR-052"),
        ({"met": "1 februari"}, "met", "INSTR-051"),
        ({"place": "b"}, "place", "INSTR-055"),
        ({"words": "3", "good_words": "2", "bad_words": "2"}, "within", "INSTR-058"),
        ({"helped": "1"}, "helped", "INSTR-053"),
    ],
)
def test_answer_of_each_kind_is_refused(
    change: dict[str, str], column: str, code: str, followed_up: Any, imported: Import
) -> None:
    cells = {"key": "1", "date": "2026-02-01", "case": "case-1", "perspective": "client", "p1": "0"}
    assert refused(imported({**cells, **change}, instrument=scored())) == [(2, column, code)]


def test_slot_choice_that_is_not_there_is_refused(followed_up: Any, imported: Import) -> None:
    cells = {"key": "1", "date": "2026-02-01", "case": "case-1", "changed": "3", "slot.since": "igår"}
    assert refused(imported(cells, instrument=with_slots())) == [(2, "slot.since", "INSTR-059")]


def test_words_to_an_option_that_is_not_chosen_are_refused(followed_up: Any, imported: Import) -> None:
    cells = {"perspective": "staff", "contact_date": "2026-02-01", "met": "4", "reason": "1", "met__8__words": SECRET}
    summary = imported({"key": "1", "date": "2026-02-01", **cells}, instrument=load_instrument("open_contact"))
    assert refused(summary) == [(2, "met.8.words", "INSTR-053")]
    assert SECRET not in refusal_table(summary.refusals)


def test_everything_that_is_wrong_with_a_row_is_told(followed_up: Any, imported: Import) -> None:
    summary = imported(row("1", day="8", night="9", unit="XX", date="x"))
    assert {one[1:] for one in refused(summary)} == {
        ("date", "INSTR-051"),
        ("unit", "INSTR-061"),
        ("day", "INSTR-051"),
    }
    assert summary.codes() == {"INSTR-051": 1, "INSTR-061": 1}


def test_key_on_two_rows_refuses_both(followed_up: Any, imported: Import) -> None:
    summary = imported(row("1"), row("2"), row("1", day="4"))
    assert refused(summary) == [(2, "key", "INSTR-060"), (4, "key", "INSTR-060")]


def test_columns_that_name_different_people_are_refused(followed_up: Any, imported: Import) -> None:
    people.case(people.client(2), "case-2")
    assert refused(imported(row(case="case-2"))) == [(2, "case", "INSTR-061")]


def test_key_in_several_sources_needs_the_source(followed_up: Any, imported: Import) -> None:
    there = people.case(people.client(2), "case-2")
    people.intervention(there, "intervention-1", source="annat")
    cells = row(follow_up="", intervention="intervention-1")
    assert refused(imported(cells)) == [(2, "intervention", "INSTR-061")]
    assert imported(cells, register="annat").new == 1
    assert Submission.everyone.get().intervention.case == there


def test_where_no_row_can_be_stored_nothing_is_changed(followed_up: Any, imported: Import) -> None:
    summary = imported(row("1", day="5"))
    assert (summary.exit_status, summary.run) == (2, None)
    assert not ImportRun.objects.exists()


def test_row_with_other_cells_than_columns_is_refused(followed_up: Any, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text("key;date;follow_up;day\n1;2026-02-01;follow-up-1\n\n;;;\n2;2026-02-01;follow-up-1;3\n")
    summary = import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    assert refused(summary) == [(2, "", "INSTR-050")]
    assert (summary.read, summary.new) == (2, 1)


@pytest.mark.parametrize(
    "column", ["key", "date", "identity", "follow_up", "unit", "age", "occasion", "perspective", "variant", "language"]
)
def test_no_reason_repeats_what_a_cell_about_the_row_holds(column: str, followed_up: Any, imported: Import) -> None:
    summary = imported({**row("1"), column: SECRET}, row(SECRET if column == "key" else "2"))
    assert SECRET not in refusal_table(summary.refusals) + refusal_table(summary.refusals, "en")


@pytest.mark.parametrize("text", [SECRET, "Annika", "20010203", "0701234567", "20010203-T123"])
@pytest.mark.parametrize("item", ["p1", "mood", "money", "days", "help", "order", "place", "met", "minutes"])
def test_no_reason_repeats_what_an_answer_holds(item: str, text: str, followed_up: Any, imported: Import) -> None:
    cells = {"key": "1", "date": "2026-02-01", "case": "case-1", "perspective": "staff", "place": "a"}
    summary = imported({**cells, item: text}, instrument=scored())
    told = refusal_table(summary.refusals) + refusal_table(summary.refusals, "en")
    assert not any(part in told for part in text.split())


def test_refusals_are_a_table_of_row_column_code_and_reason(followed_up: Any, imported: Import) -> None:
    header, line = refusal_table(imported(row("1", unit="XX")).refusals).splitlines()
    assert header == "rad;kolumn;kod;skäl"
    assert line.startswith("2;unit;INSTR-061;")
    assert refusal_table(()) == "rad;kolumn;kod;skäl\n"


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("date;day", "key saknas"),
        ("key;day", "date saknas"),
        ("key;date;unit", "Ingen kolumn är en fråga"),
        ("key;date;day;day", "finns flera gånger"),
        ("key;date;day;nigth", "Menade du ”night”"),
    ],
)
def test_file_with_other_columns_is_refused_whole(header: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text(f"{header}\n{';'.join('1' for _ in header.split(';'))}\n")
    with pytest.raises(UserError, match=told) as found:
        import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    assert {problem.code for problem in found.value.problems} == {"INSTR-050"}


def test_column_of_nothing_is_told_once(followed_up: Any, imported: Import) -> None:
    assert imported(row(kommunens_egen="x"), row("2")).unread == ("kommunens_egen",)


def test_question_called_as_a_column_of_the_row_is_refused(tmp_path: Path) -> None:
    instrument = small()
    items = {**instrument.items, "age": replace(instrument.items["night"], id="age")}
    path = written(tmp_path / "svar.csv", row())
    with pytest.raises(UserError, match="age i trygghet heter som en kolumn"):
        import_answers(path=path, instrument=replace(instrument, items=items), by=people.BY, at=people.NOW)


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "IMP-002"), (b"PK\x03\x04\0\0", "IMP-004"), (b"\x89PNG\r\n\x1a\n\0\0", "IMP-004")]
)
def test_file_of_another_kind_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_bytes(content)
    with pytest.raises(UserError) as found:
        import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)
    assert found.value.code == code


def test_cell_that_never_ends_is_told(tmp_path: Path) -> None:
    path = tmp_path / "svar.csv"
    path.write_text('key;date;day\n1;2026-02-01;"' + "x" * 140_000)
    with pytest.raises(UserError, match="citattecken"):
        import_answers(path=path, instrument=small(), by=people.BY, at=people.NOW)


@pytest.mark.parametrize("source", ["Webb", "å", "a" * 20, "a/b", "1a"])
def test_source_that_is_no_name_is_refused(source: str, tmp_path: Path) -> None:
    with pytest.raises(UserError) as found:
        import_answers(path=tmp_path, instrument=small(), by=people.BY, at=people.NOW, source=source)
    assert found.value.code == "INSTR-064"
