"""Which engine the door asks, and that the reader cannot tell."""

import pytest
from snapshots_made import make_snapshot

from skillnad.analysis import door
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.questions import Count, CrossTable, Duration, Flow, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

TABLE = CrossTable("unit", "legal_sex")


@pytest.fixture
def snapshot(tmp_path):
    rows = [{"unit": unit, "legal_sex": sex} for unit, sex, times in ROWS for _ in range(times)]
    return make_snapshot(tmp_path, interventions=rows)


ROWS = [("A", "1", 12), ("A", "2", 9), ("B", "1", 3), ("B", "2", 15), ("C", "1", 8), ("C", "2", 7)]


@pytest.mark.parametrize("engine", ["", "duckdb", "in_memory"])
def test_every_engine_gives_the_protected_table_of_bits(snapshot, engine):
    assert door.ask(snapshot, TABLE, engine=engine).cells == door.ask(snapshot, TABLE, engine="bits").cells


@pytest.mark.parametrize(
    ("question", "engine"),
    [
        (Count(), "bits"),
        (TABLE, "bits"),
        (Count(Selection(people=True)), "duckdb"),
        (Duration("start_date", "end_date"), "bits"),
        (Flow(Period.year(2025)), "duckdb"),
    ],
)
def test_counts_and_days_of_rows_are_counted_on_bits_and_the_rest_on_duckdb(question, engine):
    assert door._quickest(question) == engine


def test_door_opens_the_index_beside_the_snapshot(snapshot):
    assert not (snapshot.path / "interventions.bits").exists()
    door.ask(snapshot, TABLE)
    assert index_of(snapshot, Population.INTERVENTIONS).layout.rows == 54


def test_many_questions_go_each_to_its_engine(snapshot):
    asked = [TABLE, Count(Selection(people=True), ("unit",))]
    found = [table.cells for table in door.ask_many(snapshot, asked)]
    assert found == [door.ask(snapshot, question, engine="in_memory").cells for question in asked]
