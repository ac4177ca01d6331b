"""The committee's chapter of answers: what clients say of themselves, and nothing where they have not been asked."""

from pathlib import Path

import pytest
from made_answers import Row, answered_snapshot, sheet
from made_reports import described_snapshot

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.reports.contents.answers_beside import answers_beside
from skillnad.reports.contents.committee import committee_outline
from skillnad.reports.outline import Outline, questions

YEAR = Period.parse("2025")


def manifest_of(home: Path, *sheets: Row) -> Manifest:
    return answered_snapshot(home, sheets, cases=[], interventions=[]).manifest


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    told = {"b1a": "1", "b1b": "1", "b2": "1", "b3": "1", "b4": "1", "b5": "1"}
    guardian = sheet("skr6", told, "guardian", client=11)
    return manifest_of(tmp_path_factory.mktemp("s"), sheet("skr6", told, client=11), guardian)


def test_there_is_no_chapter_where_nobody_has_answered() -> None:
    assert answers_beside(described_snapshot().manifest) == ()


def test_there_is_no_chapter_of_what_others_judge_alone(tmp_path: Path) -> None:
    judged = dict.fromkeys(("w1", "w2", "w3", "w4"), "1")
    assert answers_beside(manifest_of(tmp_path, sheet("hvb_pilot_2022", judged, "caseworker", client=11))) == ()


def test_chapter_stands_before_the_costs(asked: Manifest) -> None:
    ids = [chapter.id for chapter in committee_outline(asked, YEAR).chapters]
    assert ids[-2:] == ["svaren", "kostnad"]


def test_each_of_the_six_is_set_against_last_year_once(asked: Manifest) -> None:
    found = questions(Outline(answers_beside(asked)), YEAR)
    assert [question.of.of.column for question in found if isinstance(question, Comparison)] == [  # type: ignore[union-attr]
        f"skr6__{name}" for name in ("b1a", "b1b", "b2", "b3", "b4", "b5")
    ]
    assert {question.against for question in found if isinstance(question, Comparison)} == {"2024"}


def test_all_that_is_asked_is_of_answers(asked: Manifest) -> None:
    found = questions(Outline(answers_beside(asked)), YEAR)
    assert {question.selection.population for question in found} == {Population.ANSWERS}  # type: ignore[union-attr]


def test_answers_are_among_what_matters_most(asked: Manifest) -> None:
    ((item,),) = (chapter.items for chapter in answers_beside(asked))
    assert (item.id, item.key_figure) == ("svar-skr6", True)
