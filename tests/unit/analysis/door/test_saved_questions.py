"""A question is saved, read again exactly, and asked of another snapshot."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from generative.made_comparisons import KINDS
from generative.made_questions import questions
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from snapshots_made import make_snapshot

from skillnad.analysis.door import ask
from skillnad.analysis.question_data import question_as_data, question_from_data
from skillnad.analysis.questions import Change, Count, Duration, Selection, Share, Where
from skillnad.analysis.saved_questions import SavedQuestion, as_toml, load, save
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

IN_TIME = SavedQuestion(
    'Utredningar ”i tid”, enligt "lagen"',
    Duration(
        "intake_date",
        "decision_date",
        Selection(Population.CASES, Period.year(2025), where=(Where("unit", ("A", "B")), Where("problem", ("1",)))),
        by=("unit",),
        within=(120,),
    ),
)


@pytest.mark.parametrize("name", ["in_time.toml", "in_time.json", "in_time"])
def test_saved_question_comes_back_exactly(tmp_path: Path, name: str) -> None:
    save(IN_TIME, tmp_path / name)
    assert load(tmp_path / name) == IN_TIME


@pytest.mark.parametrize(
    "question",
    [Share(Where("origin", ("1",)), outside=("3",)), Change("rating", between=(date(2025, 1, 1), date(2025, 2, 1)))],
)
def test_nested_and_dated_parts_come_back(tmp_path: Path, question) -> None:
    save(SavedQuestion("x", question), tmp_path / "x.toml")
    assert load(tmp_path / "x.toml").question == question


@examples(100, 1_000)
@given(question=st.one_of(questions(), *KINDS.values()))
def test_every_question_is_toml_and_comes_back(question) -> None:
    written = as_toml({"question": question_as_data(question)})
    assert question_from_data(tomllib.loads(written)["question"]) == question


def test_file_is_asked_of_another_snapshot(tmp_path: Path) -> None:
    save(SavedQuestion("Per enhet", Count(by=("unit",))), tmp_path / "units.toml")
    asked = load(tmp_path / "units.toml").question
    tables = [ask(make_snapshot(tmp_path / str(n), interventions=[{"unit": "A"}] * n), asked) for n in (7, 12)]
    assert [table.value("count", "A") for table in tables] == [7, 12]


def test_question_that_another_snapshot_cannot_answer_says_what_would_do(tmp_path: Path) -> None:
    save(SavedQuestion("Per enhet", Count(by=("unit",))), tmp_path / "units.toml")
    other = make_snapshot(tmp_path / "other", interventions=[{"legal_sex": "1"}])
    with pytest.raises(UserError, match="ASK-001"):
        ask(other, load(tmp_path / "units.toml").question)


@pytest.mark.parametrize("text", [None, "not toml", "[1, 2]"])
def test_what_is_no_saved_question_is_refused(tmp_path: Path, text: str | None) -> None:
    file = tmp_path / "x.json"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=r"ASK-032 .*x\.json"):
        load(file)


@pytest.mark.parametrize(
    ("code", "key", "change"),
    [
        ("ASK-033", "version", {"version": 2}),
        ("ASK-033", "version", {"version": None}),
        ("ASK-033", "name", {"name": " "}),
        ("ASK-033", "name", {"name": "x" * 201}),
        ("ASK-033", "owner", {"owner": "me"}),
        ("ASK-020", "kind", {"question": {}}),
        ("ASK-020", "selection.whom", {"question": {"kind": "count", "selection": {"whom": "all"}}}),
        ("ASK-020", "question", {"question": 7}),
    ],
)
def test_nonsense_is_refused_with_the_file_and_the_key(tmp_path: Path, code: str, key: str, change: dict) -> None:
    file = tmp_path / "asked.json"
    file.write_text(json.dumps({"version": 1, "name": "x", "question": {"kind": "count"}} | change), encoding="utf-8")
    with pytest.raises(UserError, match=rf"{code} .*asked\.json: .*”{key}”"):
        load(file)


def test_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="ASK-022"):
        save(IN_TIME, tmp_path / "no" / "folder.toml")
