"""A population in several files is the same population, on every engine and to whoever opens it."""

from pathlib import Path

import pytest
from spark.parts import cut_up, interventions, rows_in

from skillnad.analysis.door import ask
from skillnad.analysis.questions import Count, CrossTable, Selection
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

QUESTION = CrossTable("legal_sex", "problem", Selection())


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return interventions(tmp_path, 120)


def test_one_file_is_the_only_part(snapshot: Snapshot) -> None:
    assert snapshot.parts(Population.INTERVENTIONS) == [snapshot.file(Population.INTERVENTIONS)]


def test_parts_come_in_the_order_of_their_names(snapshot: Snapshot) -> None:
    parts = cut_up(snapshot, parts=11).parts(Population.INTERVENTIONS)
    assert [part.name for part in parts] == [f"part-{number:05}.parquet" for number in range(11)]
    assert rows_in(snapshot) == 120


@pytest.mark.parametrize("engine", ["in_memory", "duckdb", "bits"])
def test_engines_count_parts_as_one(snapshot: Snapshot, tmp_path: Path, engine: str) -> None:
    whole = ask(snapshot, QUESTION, engine="in_memory").cells
    other = cut_up(interventions(tmp_path / "cut", 120), parts=3)
    assert ask(other, QUESTION, engine=engine).cells == whole


def test_missing_part_is_refused_on_opening(snapshot: Snapshot) -> None:
    cut_up(snapshot, parts=3).parts(Population.INTERVENTIONS)[1].unlink()
    with pytest.raises(UserError) as refused:
        open_snapshot(snapshot.path)
    assert refused.value.code == "SNAP-005"


def test_changed_part_is_found_when_verified(snapshot: Snapshot) -> None:
    cut_up(snapshot, parts=2)
    open_snapshot(snapshot.path, verify=False)
    with pytest.raises(UserError) as refused:
        open_snapshot(snapshot.path, verify=True)
    assert refused.value.code == "SNAP-006"


def test_days_are_those_of_all_parts(snapshot: Snapshot, tmp_path: Path) -> None:
    other = cut_up(interventions(tmp_path / "cut", 120), parts=4)
    days = other.days(Population.INTERVENTIONS, "start_date")
    assert days == snapshot.days(Population.INTERVENTIONS, "start_date") is not None
    assert ask(other, Count(by=("year:start_date",)), engine="duckdb").axes[0].levels
