"""Opening a snapshot, and its columns as axes."""

import shutil
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from snapshots_made import make_snapshot

from skillnad.analysis.results import Level, LevelKind
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.manifest import write_manifest
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError

ROWS = """
    legal_sex | origin | problem | start_date | end_date
    1         | 5      | 1;4     | 2024-11-30 |
    2         |        |         | 2025-02-01 |
"""
OF = Population.INTERVENTIONS


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return make_snapshot(tmp_path / "made", interventions=ROWS)


def refused(path: Path, *, verify: bool = False) -> str:
    with pytest.raises(UserError) as error:
        open_snapshot(path, verify=verify)
    return error.value.code


def test_snapshot_is_named_by_its_manifest(snapshot: Snapshot) -> None:
    assert snapshot.id == snapshot.manifest.id
    assert snapshot.table(OF).rows == 2


def test_same_rows_give_same_id(snapshot: Snapshot, tmp_path: Path) -> None:
    assert make_snapshot(tmp_path / "again", interventions=ROWS).id == snapshot.id


def test_other_rows_give_other_id(snapshot: Snapshot, tmp_path: Path) -> None:
    assert make_snapshot(tmp_path / "other", interventions=ROWS.replace("1;4", "1")).id != snapshot.id


def test_whole_snapshot_is_verified(snapshot: Snapshot) -> None:
    assert open_snapshot(snapshot.path, verify=True) == snapshot


def test_empty_folder_is_no_snapshot(tmp_path: Path) -> None:
    assert refused(tmp_path) == "SNAP-001"


def test_folder_that_is_not_there_is_no_snapshot(tmp_path: Path) -> None:
    assert refused(tmp_path / "nowhere") == "SNAP-001"


def test_changed_manifest_is_refused(snapshot: Snapshot) -> None:
    manifest = snapshot.path / "manifest.json"
    manifest.write_text(manifest.read_text().replace("Provköping", "Annanstad"))
    assert refused(snapshot.path) == "SNAP-003"


def test_absent_file_is_refused(snapshot: Snapshot) -> None:
    snapshot.file(OF).unlink()
    assert refused(snapshot.path) == "SNAP-004"


@pytest.mark.parametrize("content", [b"", b"PAR1", b"\x00" * 100])
def test_file_that_is_no_parquet_is_refused(snapshot: Snapshot, content: bytes) -> None:
    snapshot.file(OF).write_bytes(content)
    assert refused(snapshot.path) == "SNAP-004"


@pytest.mark.parametrize("times", [0, 2])
def test_file_with_other_rows_is_refused(snapshot: Snapshot, times: int) -> None:
    table = pq.read_table(snapshot.file(OF))
    pq.write_table(pa.concat_tables([table.slice(0, 0), *[table] * times]), snapshot.file(OF))
    assert refused(snapshot.path) == "SNAP-005"


def test_file_that_lacks_a_column_is_refused(snapshot: Snapshot) -> None:
    table = pq.read_table(snapshot.file(OF))
    pq.write_table(table.drop_columns(["origin"]), snapshot.file(OF))
    assert refused(snapshot.path) == "SNAP-007"


def test_changed_cell_is_found_where_bytes_are_verified(snapshot: Snapshot, tmp_path: Path) -> None:
    other = make_snapshot(tmp_path / "other", interventions=ROWS.replace("1;4", "1"))
    shutil.copy(other.file(OF), snapshot.file(OF))
    open_snapshot(snapshot.path)
    assert refused(snapshot.path, verify=True) == "SNAP-006"


def test_manifest_is_written_as_it_was_read(snapshot: Snapshot) -> None:
    assert (snapshot.path / "manifest.json").read_text(encoding="utf-8") == write_manifest(snapshot.manifest)


def test_axis_has_levels_in_order_and_missing_last(snapshot: Snapshot) -> None:
    assert snapshot.axis(OF, "legal_sex").levels == (
        Level("1", "Kvinna"),
        Level("2", "Man"),
        Level("", "Uppgift saknas", LevelKind.MISSING),
    )


def test_axis_speaks_english_where_asked(snapshot: Snapshot) -> None:
    axis = snapshot.axis(OF, "legal_sex", language="en")
    assert (axis.label, axis.levels[-1].label) == ("legal_sex (en)", "Not recorded")


def test_axis_knows_the_level_that_nobody_knows(snapshot: Snapshot) -> None:
    kinds = {level.code: level.kind for level in snapshot.axis(OF, "origin").levels}
    assert kinds["5"] is LevelKind.UNKNOWN
    assert kinds["4"] is LevelKind.VALUE


def test_axis_of_a_multi_select_overlaps(snapshot: Snapshot) -> None:
    assert snapshot.axis(OF, "problem").multiple
    assert snapshot.axis(OF, "problem").sensitive
    assert not snapshot.axis(OF, "legal_sex").multiple


def test_month_axis_runs_from_first_to_last_day(snapshot: Snapshot) -> None:
    axis = snapshot.axis(OF, "month:start_date")
    assert [level.code for level in axis.levels] == ["2024-11", "2024-12", "2025-01", "2025-02", ""]
    assert axis.levels[2].label == "januari 2025"


def test_month_axis_can_run_through_a_period(snapshot: Snapshot) -> None:
    axis = snapshot.axis(OF, "month:start_date", within=Period.parse("2025H1"))
    assert [level.code for level in axis.levels[:-1]] == [f"2025-0{month}" for month in range(1, 7)]


def test_calendar_of_no_days_has_missing_alone(snapshot: Snapshot) -> None:
    assert [level.code for level in snapshot.axis(OF, "year:end_date").levels] == [""]


def test_days_are_the_first_and_the_last(snapshot: Snapshot) -> None:
    assert snapshot.days(OF, "start_date") == (date(2024, 11, 30), date(2025, 2, 1))
    assert snapshot.days(OF, "end_date") is None
