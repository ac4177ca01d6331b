"""Tables to files: deterministic, whole or not at all."""

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from skillnad.analysis.snapshot import open_snapshot
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.snapshots.storing import LOCK, UNFINISHED, store
from skillnad.snapshots.tables import make_tables
from tests.unit.snapshots.registers import made_register, standard

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)


def stored(home: Path, *, at: datetime = AT, as_of: date = date(2025, 12, 31), fail_at: str = "") -> Manifest:
    def progress(part: str) -> None:
        if part == fail_at:
            raise OSError("no space left")

    tables = make_tables(made_register(), standard())
    return store(
        tables, codebook=standard(), municipality="Exempelby", as_of=as_of, at=at, home=home, progress=progress
    )


def test_store_gives_a_snapshot_that_analysis_opens(tmp_path: Path) -> None:
    made = stored(tmp_path)
    opened = open_snapshot(tmp_path / made.id, verify=True)
    assert opened.manifest == made
    assert opened.table(Population.INTERVENTIONS).rows == 1


def test_store_id_is_of_the_content_and_not_of_the_time(tmp_path: Path) -> None:
    assert stored(tmp_path / "a").id == stored(tmp_path / "b", at=AT.replace(year=2027)).id
    assert stored(tmp_path / "a").id != stored(tmp_path / "a", as_of=date(2025, 12, 30)).id


def test_store_again_leaves_what_is_there(tmp_path: Path) -> None:
    made = stored(tmp_path)
    before = (tmp_path / made.id / "made.json").read_text()
    stored(tmp_path, at=AT.replace(year=2027))
    assert (tmp_path / made.id / "made.json").read_text() == before


@pytest.mark.parametrize("part", ["clients", "costs", "manifest"])
def test_store_that_cannot_finish_leaves_nothing(tmp_path: Path, part: str) -> None:
    with pytest.raises(OSError, match="no space left"):
        stored(tmp_path, fail_at=part)
    assert [path.name for path in tmp_path.iterdir()] == [LOCK]


def test_store_takes_away_what_another_left(tmp_path: Path) -> None:
    (tmp_path / f"{UNFINISHED}1").mkdir()
    (tmp_path / f"{UNFINISHED}1" / "clients.parquet").write_bytes(b"half")
    made = stored(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {LOCK, made.id}


def test_store_columns_have_the_types_of_the_schema(tmp_path: Path) -> None:
    made = stored(tmp_path)
    schema = pq.read_schema(tmp_path / made.id / "interventions.parquet")
    found = {name: str(schema.field(name).type) for name in ("client", "legal_sex", "problem", "start_date", "age")}
    assert list(found.values()) == ["int64", "int16", "list<element: int16>", "date32[day]", "int64"]


def test_store_lets_no_other_user_of_the_machine_in(tmp_path: Path) -> None:
    made = stored(tmp_path)
    assert (tmp_path / made.id).stat().st_mode & 0o777 == 0o700
