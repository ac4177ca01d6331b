"""What an operator is told of a file of answers: counts that add up, each code once a row, and an exit status."""

import json

import pytest

from skillnad.collection.sheets import Refusal
from skillnad.collection.summary import AnswerImport, refusal_table


def refusal(row: int, column: str = "day", code: str = "INSTR-051") -> Refusal:
    return Refusal(row, column, code, "Rätta svaret.", "Mend the answer.")


def summary(*refusals: Refusal, read: int = 5, **told: object) -> AnswerImport:
    counts = {"new": 2, "changed": 1, "unchanged": 0, "words": 4, "dry_run": False, "refusals": refusals}
    return AnswerImport("trygghet", "2026.1", "answers/trygghet", read=read, **{**counts, **told})


def test_row_with_several_reasons_is_one_refused_row() -> None:
    found = summary(refusal(2), refusal(2, "night"), refusal(4, "unit", "INSTR-061"))
    assert (found.refused, found.accepted) == (2, 3)
    assert found.codes() == {"INSTR-051": 1, "INSTR-061": 1}


@pytest.mark.parametrize(
    ("refused", "read", "status"), [((), 5, 0), ((), 0, 0), ((2,), 5, 1), ((2, 3), 2, 2), ((2,), 1, 2)]
)
def test_exit_status_tells_whether_all_some_or_none_were_stored(
    refused: tuple[int, ...], read: int, status: int
) -> None:
    assert summary(*map(refusal, refused), read=read).exit_status == status


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("rader lästa", "avvisade", "svar i fritext", "På prov", "inte är frågor i instrumentet: a och b")),
        ("en", ("rows read", "refused", "free answers", "A rehearsal", "no questions of the instrument: a and b")),
    ],
)
def test_summary_is_told_in_both_languages(language: str, words: tuple[str, ...]) -> None:
    told = "\n".join(summary(refusal(2), dry_run=True, unread=("a", "b")).lines(language))
    assert all(word in told for word in words)


def test_summary_says_nothing_of_what_there_is_not() -> None:
    told = "\n".join(summary().lines())
    assert "På prov" not in told
    assert "inte är frågor" not in told
    assert "INSTR" not in told


def test_summary_as_data_is_json_with_the_counts() -> None:
    told = json.loads(json.dumps(summary(refusal(2), run=7, unread=("x",)).as_dict()))
    assert (told["new"], told["changed"], told["refused"], told["run"]) == (2, 1, 1, 7)
    assert (told["codes"], told["unread"]) == ({"INSTR-051": 1}, ["x"])


def test_refusals_are_in_the_order_of_the_file() -> None:
    lines = refusal_table([refusal(9), refusal(2), refusal(2, "night")], "en").splitlines()
    assert lines == [
        "row;column;code;reason",
        "2;day;INSTR-051;Mend the answer.",
        "2;night;INSTR-051;Mend the answer.",
        "9;day;INSTR-051;Mend the answer.",
    ]
