"""A snapshot is made with the index of each table, the same bytes each time."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from skillnad.analysis.index import opening
from skillnad.analysis.index.file import index_name
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.snapshots.storing import store
from skillnad.snapshots.tables import make_tables
from tests.unit.snapshots.registers import made_register, standard


def stored(home: Path) -> Snapshot:
    made = store(
        make_tables(made_register(), standard()),
        codebook=standard(),
        municipality="Exempelby",
        as_of=date(2025, 12, 31),
        at=datetime(2026, 1, 5, tzinfo=UTC),
        home=home,
    )
    return open_snapshot(home / made.id)


def test_each_table_has_its_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = stored(tmp_path)
    monkeypatch.setattr(opening, "build", lambda *_: pytest.fail("built at the question"))
    for population in set(Population) - {Population.ANSWERS}:
        assert index_of(snapshot, population).layout.rows == snapshot.table(population).rows


def test_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    first, again = stored(tmp_path / "a"), stored(tmp_path / "b")
    for population in set(Population) - {Population.ANSWERS}:
        name = index_name(population)
        assert (first.path / name).read_bytes() == (again.path / name).read_bytes()


def test_index_built_later_is_the_one_that_was_removed(tmp_path: Path) -> None:
    snapshot = stored(tmp_path)
    file = snapshot.path / index_name(Population.INTERVENTIONS)
    right = file.read_bytes()
    file.unlink()
    index_of(snapshot, Population.INTERVENTIONS)
    assert file.read_bytes() == right
