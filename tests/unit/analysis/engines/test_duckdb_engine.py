"""What is the fast engine's own: several populations and snapshots in memory, several threads, wide value sets."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import snapshots_made
from snapshots_made import make_snapshot, numbered

from skillnad.analysis.engines.duckdb import DuckDBEngine
from skillnad.analysis.engines.in_memory import InMemoryEngine
from skillnad.analysis.questions import Count, CrossTable, Selection, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

ROWS = """
    unit | problem
    A    | 1;14
    B    | 14
         |
"""
BY_PROBLEM = Count(by=("problem",))


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(keep=2)
    yield engine
    engine.close()


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return make_snapshot(tmp_path / "made", interventions=ROWS, cases="problem\n 2\n 2;3\n 2;3")


def test_populations_keep_their_own_sets(engine: DuckDBEngine, snapshot: Snapshot) -> None:
    cases = engine.count(snapshot, Count(Selection(Population.CASES), by=("problem",)))
    interventions = engine.count(snapshot, BY_PROBLEM)
    assert (cases.counts["2",], cases.counts["3",], cases.counts["14",]) == (3, 2, 0)
    assert (interventions.counts["2",], interventions.counts["14",]) == (0, 2)


def test_snapshots_are_kept_apart(engine: DuckDBEngine, snapshot: Snapshot, tmp_path: Path) -> None:
    for number in range(4):
        other = make_snapshot(tmp_path / f"other {number}'s", interventions="problem" + "\n 1" * number)
        assert engine.count(other, BY_PROBLEM).counts["*",] == number
        assert engine.count(snapshot, BY_PROBLEM).counts["*",] == 3


def test_closed_engine_reads_again(engine: DuckDBEngine, snapshot: Snapshot) -> None:
    before = engine.count(snapshot, BY_PROBLEM)
    engine.close()
    assert engine.count(snapshot, BY_PROBLEM) == before


def test_rows_are_read_once(engine: DuckDBEngine, snapshot: Snapshot) -> None:
    before = engine.count(snapshot, BY_PROBLEM)
    snapshot.file(Population.INTERVENTIONS).unlink()
    assert engine.count(snapshot, BY_PROBLEM) == before


def test_snapshot_longest_unused_is_let_go(engine: DuckDBEngine, snapshot: Snapshot, tmp_path: Path) -> None:
    engine.count(snapshot, BY_PROBLEM)
    for number in range(2):
        engine.count(make_snapshot(tmp_path / str(number), interventions=f"problem\n {number + 1}"), BY_PROBLEM)
    snapshot.file(Population.INTERVENTIONS).unlink()
    with pytest.raises(UserError, match="SNAP-004"):
        engine.count(snapshot, BY_PROBLEM)


def test_threads_get_the_same_answer(engine: DuckDBEngine, snapshot: Snapshot) -> None:
    right = engine.count(snapshot, CrossTable("problem", "unit"))
    with ThreadPoolExecutor(4) as pool:
        answers = pool.map(lambda _: engine.count(snapshot, CrossTable("problem", "unit")), range(20))
        assert all(answer == right for answer in answers)


@pytest.mark.parametrize("levels", [62, 63, 200])
def test_sets_of_many_levels_are_whole(
    engine: DuckDBEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, levels: int
) -> None:
    monkeypatch.setitem(snapshots_made.COLUMNS, "problem", numbered("problem", levels, several=True))
    snapshot = make_snapshot(tmp_path, interventions=f"problem\n 1;{levels}\n {levels}\n {levels - 1}")
    found = engine.count(snapshot, BY_PROBLEM)
    assert found == InMemoryEngine().count(snapshot, BY_PROBLEM)
    assert found.counts[str(levels),] == 2


def test_column_without_levels_is_all_missing(
    engine: DuckDBEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(snapshots_made.COLUMNS, "provider", numbered("provider", 0))
    snapshot = make_snapshot(tmp_path, interventions=[{"provider": ""}])
    assert engine.count(snapshot, Count(by=("provider",))).counts == {("",): 1, ("*",): 1}


def test_level_that_no_row_has_selects_nothing(engine: DuckDBEngine, snapshot: Snapshot) -> None:
    question = Count(Selection(where=(Where("problem", ("35",)),)))
    assert engine.count(snapshot, question).counts == {(): 0}


@pytest.mark.parametrize("engine_class", [DuckDBEngine, InMemoryEngine])
def test_question_is_checked_before_it_is_counted(engine_class: type, snapshot: Snapshot) -> None:
    with pytest.raises(UserError, match="ASK-001"):
        engine_class().count(snapshot, Count(by=("shoe_size",)))
