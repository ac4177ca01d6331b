"""What a Spark worker does with its pieces, and what is said where there is no Spark. Needs none."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from spark.parts import cut_up, interventions

from skillnad.analysis import door
from skillnad.analysis.engines import spark_pieces, spark_session
from skillnad.analysis.engines.spark_columns import sets_touched, touched
from skillnad.analysis.engines.spark_pieces import Piece, _sum, _unpacked, _Work, pieces
from skillnad.analysis.questions import ONGOING, Count, CrossTable, Duration, Selection, Share, Where
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

INTERVENTIONS = Population.INTERVENTIONS


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return cut_up(interventions(tmp_path, 100), parts=4)


def counted(cut: list[Piece], numbers: list[list[int]]) -> dict[str, list[int]]:
    """What workers that get those pieces tell, added: the rows of each, and of each unit."""
    work = _Work(tuple(cut), ("unit",), count_units)
    told = [row for mine in numbers for batch in work(batches(mine)) for row in batch.to_pylist()]
    return {name: counts.tolist() for name, counts in _sum(_unpacked(*row.values()) for row in told).items()}


def batches(numbers: list[int]) -> object:
    return iter([pa.record_batch({"id": [number]}) for number in numbers])


def count_units(rows: pa.Table) -> dict[str, np.ndarray]:
    units = rows.column("unit").to_numpy()
    return {"rows": np.array([len(units)]), "units": np.bincount(units, minlength=4)}


def test_pieces_are_every_row_once(snapshot: Snapshot) -> None:
    assert [(piece.file.name, piece.rows) for piece in pieces(snapshot, INTERVENTIONS)] == [
        (f"part-{part:05}.parquet", 25) for part in range(4)
    ]


@pytest.mark.parametrize(("most", "cut"), [(1, [(0, 1), (1, 2), (2, 3)]), (20, [(0, 2), (2, 3)]), (25, [(0, 3)])])
def test_pieces_are_row_groups_that_go_together(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, most: int, cut: list[tuple[int, int]]
) -> None:
    monkeypatch.setattr(spark_pieces, "ROWS_IN_A_PIECE", most)
    monkeypatch.setattr(spark_pieces, "group_sizes", lambda _: [10, 10, 5])
    assert [(piece.first, piece.end) for piece in pieces(snapshot, INTERVENTIONS)] == cut * 4


@pytest.mark.parametrize("shared_out", [[[0, 1, 2, 3]], [[0], [1], [2], [3]], [[3, 1], [], [0, 2]]])
def test_counts_are_the_same_however_pieces_are_shared_out(snapshot: Snapshot, shared_out: list[list[int]]) -> None:
    found = counted(pieces(snapshot, INTERVENTIONS), shared_out)
    assert found["rows"] == [100]
    assert sum(found["units"]) == 100
    assert found == counted(pieces(snapshot, INTERVENTIONS), [[0, 1, 2, 3]])


def test_missing_part_is_a_missing_file(snapshot: Snapshot) -> None:
    snapshot.parts(INTERVENTIONS)[3].unlink()
    with pytest.raises(UserError) as refused:
        pieces(snapshot, INTERVENTIONS)
    assert (refused.value.code, refused.value.problems[0].where) == ("SNAP-004", str(snapshot.file(INTERVENTIONS)))


def test_part_that_is_no_parquet_is_named(snapshot: Snapshot) -> None:
    broken = snapshot.parts(INTERVENTIONS)[1]
    broken.write_bytes(b"nothing")
    with pytest.raises(UserError) as refused:
        pieces(snapshot, INTERVENTIONS)
    assert (refused.value.code, refused.value.problems[0].where) == ("SNAP-004", str(broken))


@pytest.mark.parametrize("how", ["gone", "other rows"])
def test_worker_tells_which_part_it_could_not_read(snapshot: Snapshot, how: str) -> None:
    cut = pieces(snapshot, INTERVENTIONS)
    if how == "gone":
        cut[2].file.unlink()
    else:
        cut[2] = Piece(cut[2].file, 0, 1, 24)
    with pytest.raises(UserError) as refused:
        counted(cut, [[0, 1], [2, 3]])
    assert (refused.value.code, refused.value.problems[0].where) == ("SNAP-004", str(cut[2].file))


def test_question_touches_what_it_names_and_its_own_days(snapshot: Snapshot) -> None:
    table = snapshot.table(INTERVENTIONS)
    assert touched(table, Count(by=("unit",))) == ["unit", "start_date", "end_date"]
    question = Share(Where("problem", ("4",)), Selection(where=(Where("origin", ("1",)),)), by=("month:start_date",))
    assert touched(table, question) == ["origin", "problem", "start_date", "end_date"]


def test_question_names_its_multi_selects(snapshot: Snapshot) -> None:
    table = snapshot.table(INTERVENTIONS)
    ongoing = Selection(period=Period.parse("2025"), event=ONGOING)
    assert sets_touched(table, CrossTable("problem", "unit", ongoing)) == ["problem"]
    assert sets_touched(table, Duration("start_date", "end_date", by=("origin",))) == []


def test_door_says_how_to_get_spark(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> object:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr(spark_session, "import_module", absent)
    with pytest.raises(UserError) as refused:
        door.ask(snapshot, Count(by=("unit",)), engine="spark")
    assert refused.value.code == "SPARK-001"
    assert "skillnad[spark]" in refused.value.text()


def test_failure_is_told_without_sparks_own_words() -> None:
    told = spark_session.failed(RuntimeError("a cell's value"))
    assert told.code == "SPARK-003"
    assert "a cell's value" not in told.text("sv") + told.text("en")
