"""Who was never put a question has not left it unanswered: response rates are of those who were asked."""

from datetime import date
from pathlib import Path

import pytest
from made_answers import Row, answered_snapshot, sheet

from skillnad.analysis.comparisons.known import counted
from skillnad.analysis.comparisons.questions import ResponseRate
from skillnad.analysis.door import ask
from skillnad.analysis.questions import Change, Count, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, UNKNOWN_OUTCOME, YES
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population

IMPORTANCE, SITUATION = "skr6__b2", "skr6__b1a"
ANSWERS = Selection(Population.ANSWERS)
FORMS = [
    *([{"b1a": "1", "b2": "1"}] * 20),  # better, and it mattered
    *([{"b1a": "2", "b2": "4"}] * 10),
    *([{"b1a": "1", "b2": "5"}] * 5),  # better, does not know
    *([{"b1a": "1"}] * 10),  # better, left it out
    *([{"b1a": "3"}] * 40),  # no better: never asked
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    home: Path = tmp_path_factory.mktemp("s")
    sheets = [sheet("skr6", form, client=n, slots={"since": "start"}) for n, form in enumerate(FORMS, start=1)]
    clients = [{"client": n} for n in range(1, len(FORMS) + 1)]
    return answered_snapshot(home, sheets, clients=clients, cases=[], interventions=[])


@pytest.mark.parametrize("engine", ["in_memory", "duckdb", "bits"])
def test_rate_is_of_those_who_were_asked(snapshot: Snapshot, engine: str) -> None:
    table = ask(snapshot, ResponseRate(IMPORTANCE, (), ANSWERS), engine=engine)
    assert (table.value("asked"), table.value("answered")) == (45, 35)
    assert table.value("rate") == pytest.approx(35 / 45)


def test_rate_of_a_question_to_all_is_of_all(snapshot: Snapshot) -> None:
    table = ask(snapshot, ResponseRate(SITUATION, (), ANSWERS))
    assert (table.value("asked"), table.value("answered")) == (85, 85)


def test_bounds_are_of_those_who_were_asked(snapshot: Snapshot) -> None:
    """20 said so: of 45 at least 20, and at most 30 with the ten who were silent."""
    table = ask(snapshot, ResponseRate(IMPORTANCE, ("1",), ANSWERS))
    assert table.value("part") == 20
    assert table.value("asked") == 45


def test_share_has_neither_the_unknowing_nor_the_unasked_in_its_denominator(snapshot: Snapshot) -> None:
    counts = ask(snapshot, Share(Where(IMPORTANCE, ("1", "2")), ANSWERS)).cells["count"]
    assert (counts[YES,], counts[NO,]) == (20, 10)
    assert (counts[UNKNOWN_OUTCOME,], counts[MISSING_LEVEL,], counts[TOTAL,]) == (45, 10, 85)


def occasions(client: int, first: str, last: str) -> list[Row]:
    """Two occasions of the six questions, between two of another instrument."""
    january, february, march, april = (date(2022, month, 1) for month in (1, 2, 3, 4))
    before, after = sheet("ors", {}, client=client, day=january), sheet("ors", {}, client=client, day=april)
    one = sheet("skr6", {"b3": first}, client=client, day=february)
    return [before, one, sheet("skr6", {"b3": last}, client=client, day=march), after]


@pytest.mark.parametrize("engine", ["in_memory", "duckdb"])
def test_change_is_between_occasions_of_the_same_instrument(tmp_path: Path, engine: str) -> None:
    sheets = [row for n in range(1, 13) for row in occasions(n, "4", "1")]
    clients = [{"client": n} for n in range(1, 13)]
    made = answered_snapshot(tmp_path, sheets, clients=clients, cases=[], interventions=[])
    table = ask(made, Change("skr6__b3", ANSWERS), engine=engine)
    assert {code: many for (code,), many in table.cells["count"].items() if many} == {"better": 12, TOTAL: 12}


def test_question_without_such_a_level_is_counted_as_it_was_asked(snapshot: Snapshot) -> None:
    asked = ResponseRate("answer_language", (), ANSWERS)
    assert counted(asked, snapshot.manifest) == asked.of == Count(ANSWERS, ("answer_language",))


def test_population_that_is_not_there_is_left_to_the_checks(snapshot: Snapshot) -> None:
    asked = ResponseRate("x", (), Selection(Population.ANSWERS))
    assert counted(asked, snapshot.manifest) == asked.of
