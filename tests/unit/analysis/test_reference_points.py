"""Answers that count from different points are never put together without the table saying so."""

from dataclasses import replace
from pathlib import Path

import pytest
from made_answers import answered_snapshot, sheet

from skillnad.analysis.comparisons.questions import Asked, Comparison, Paired, ResponseRate
from skillnad.analysis.door import ask, restore
from skillnad.analysis.headline import headline
from skillnad.analysis.questions import Change, Count, CrossTable, Selection, Share, Where
from skillnad.analysis.reference_points import POOLED, pooled
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.exchange.results.cells import provenance_of
from skillnad.reports.render.tables import FORMATS, render

SINCE, SITUATION, CONTENT = "skr6__since", "skr6__b1a", "skr6__b3"
ANSWERS = Selection(Population.ANSWERS)
IMPROVED = Where(SITUATION, ("1", "2"))
FROM_THE_START = replace(ANSWERS, where=(Where(SINCE, ("start",)),))
MARKED = "räknat från olika utgångspunkter"


def answers(*points: str) -> list[dict[str, object]]:
    """40 persons, who count from the points by turns."""
    return [
        dict(sheet("skr6", {"b1a": str(1 + n % 3), "b3": "1"}, client=n, slots={"since": points[n % len(points)]}))
        for n in range(1, 41)
    ]


def snapshot_of(home: Path, *points: str) -> Snapshot:
    people = [{"client": n, "legal_sex": 1 + n % 2} for n in range(1, 41)]
    return answered_snapshot(home, answers(*points), clients=people, cases=[], interventions=[])


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return snapshot_of(tmp_path_factory.mktemp("s"), "start", "previous")


POOLING: list[Asked] = [
    Count(ANSWERS, (SITUATION,)),
    Count(replace(ANSWERS, where=(IMPROVED,)), ("legal_sex",)),
    Count(replace(ANSWERS, where=(Where(SINCE, ("start", "previous")),)), (SITUATION,)),
    Share(IMPROVED, ANSWERS, ("legal_sex",)),
    CrossTable(SITUATION, "legal_sex", ANSWERS),
    Change(SITUATION, ANSWERS),
    Comparison(Share(IMPROVED, ANSWERS, ("legal_sex",)), "1"),
    Paired(Where(CONTENT, ("1",)), IMPROVED, ANSWERS),
    ResponseRate(SITUATION, (), ANSWERS),
]
APART: list[Asked] = [
    Count(ANSWERS, (SITUATION, SINCE)),
    Share(IMPROVED, FROM_THE_START),
    CrossTable(SITUATION, SINCE, ANSWERS),
    CrossTable(SITUATION, "legal_sex", ANSWERS, by=(SINCE,)),
    Count(ANSWERS, (CONTENT,)),
    Count(Selection(Population.CLIENTS), ("legal_sex",)),
]


@pytest.mark.parametrize("question", POOLING, ids=lambda asked: type(asked).__name__)
def test_answers_from_different_points_are_marked(snapshot: Snapshot, question: Asked) -> None:
    (mark,) = pooled(question, snapshot.manifest)
    assert (mark.reason, mark.rows, mark.column) == (POOLED, 0, SINCE)


@pytest.mark.parametrize("question", APART, ids=lambda asked: type(asked).__name__)
def test_answers_from_one_point_at_a_time_are_not(snapshot: Snapshot, question: Asked) -> None:
    assert pooled(question, snapshot.manifest) == ()


def test_answers_that_all_count_from_the_same_are_not(tmp_path: Path) -> None:
    assert pooled(POOLING[0], snapshot_of(tmp_path, "start").manifest) == ()


def test_answer_without_a_point_is_another_point(tmp_path: Path) -> None:
    assert pooled(POOLING[0], snapshot_of(tmp_path, "start", "").manifest) != ()


@pytest.mark.parametrize("form", FORMATS)
def test_every_form_of_a_table_tells_it(snapshot: Snapshot, form: str) -> None:
    """A CSV file has no headline and no notes, and tells it in its first heading."""
    told = render(ask(snapshot, POOLING[0]), form)
    assert (POOLED if form == "json" else MARKED) in told
    assert MARKED not in render(ask(snapshot, APART[0]), form)


def test_headline_of_such_a_table_tells_it(snapshot: Snapshot) -> None:
    assert [MARKED in headline(ask(snapshot, question)) for question in (POOLING[3], APART[0])] == [True, False]


def test_stored_table_still_tells_it(snapshot: Snapshot) -> None:
    assert MARKED in headline(restore(ask(snapshot, POOLING[0]).as_data()))


def test_exported_table_tells_it(snapshot: Snapshot) -> None:
    told = provenance_of(ask(snapshot, POOLING[0]))
    assert f"{POOLED} {SINCE}" in told["left_out"]
    assert MARKED in told["title"]


def test_note_says_how_to_part_them(snapshot: Snapshot) -> None:
    told = render(ask(snapshot, POOLING[3]), "markdown")
    assert f"Dela upp efter ”Utgångspunkt” ({SINCE}) för att skilja dem åt." in told
