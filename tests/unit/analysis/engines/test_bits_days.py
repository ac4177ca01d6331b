"""Durations over bits: the reference engine's, whatever is counted at a time."""

import pytest
from spark.parts import interventions

from skillnad.analysis.door import ask
from skillnad.analysis.engines import bits_days
from skillnad.analysis.engines.bits import BitsEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import ONGOING, Duration, Selection, Where
from skillnad.codebook.periods import Period

IN_2025 = Period.parse("2025")
QUESTIONS = [
    Duration("start_date", "end_date"),
    Duration("start_date", "end_date", by=("unit", "origin")),
    Duration("start_date", "end_date", by=("problem", "month:start_date"), within=(30, 90)),
    Duration("start_date", "end_date", Selection(period=IN_2025, event="end_date"), by=("unit",)),
    Duration("start_date", "end_date", Selection(period=IN_2025, event="start_date"), by=("legal_sex",)),
    Duration("end_date", "start_date", Selection(where=(Where("origin", ("1", "")),)), by=("legal_sex",)),
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    return interventions(tmp_path_factory.mktemp("lasted"), 250)


def agree(snapshot, question):
    right, found = InMemoryEngine().count(snapshot, question), BitsEngine().count(snapshot, question)
    assert (found.axes, found.counts, found.left_out) == (right.axes, right.counts, right.left_out)
    assert found.values.keys() == right.values.keys()
    for name, held in right.values.items():
        assert found.values[name] == {key: v if v is None else pytest.approx(v, abs=1e-12) for key, v in held.items()}


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_durations_are_those_of_the_reference(snapshot, question):
    agree(snapshot, question)


@pytest.mark.parametrize("most", [1, 2000, 10_000])
@pytest.mark.parametrize("question", QUESTIONS[1:4], ids=str)
def test_many_cells_are_counted_some_at_a_time(snapshot, question, most, monkeypatch):
    monkeypatch.setattr(bits_days, "MOST_DAYS", most)
    agree(snapshot, question)


def test_door_asks_another_how_long_what_was_ongoing_lasted(snapshot):
    shown = ask(snapshot, Duration("start_date", "end_date", Selection(period=IN_2025, event=ONGOING)))
    assert shown.value("km_median") is not None


def test_door_asks_bits_how_long(snapshot, monkeypatch):
    monkeypatch.setattr("skillnad.analysis.engines.duckdb.DuckDBEngine.count", lambda *_: pytest.fail("asked"))
    assert ask(snapshot, QUESTIONS[1]).cells
