"""How far the log had come, outside the database: written by itself, sealed by the key, and held against the log."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import people
import pytest

from skillnad.audit import checkpoints
from skillnad.audit.actions import record
from skillnad.audit.checkpoints import Checkpoint, is_due, keep_up, kept_checkpoints, read_checkpoint, write_checkpoint
from skillnad.audit.queries import checkpoint, verify
from skillnad.lib.errors import UserError

POINT = Checkpoint(17, "ab" * 32, "2026-03-02T09:30:00.000000+00:00")


def later(row: int, **time: int) -> Checkpoint:
    return Checkpoint(row, "cd" * 32, (people.NOW + timedelta(**time)).isoformat())


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.SKILLNAD_CHECKPOINTS, settings.SKILLNAD_CHECKPOINT_EVENTS = tmp_path / "points", 100
    return tmp_path / "points"


def test_checkpoint_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = write_checkpoint(POINT, tmp_path)
    assert read_checkpoint(path) == POINT
    assert path.name == "logg-000000000017.json"


def test_checkpoint_is_for_its_owner_alone_and_leaves_nothing_beside(folder: Path) -> None:
    path = write_checkpoint(POINT, folder)
    assert (path.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(folder.iterdir()) == [path]


@pytest.mark.parametrize(("name", "value"), [("row", 18), ("mac", "00" * 32), ("at", ""), ("format", 2), ("seal", "x")])
def test_checkpoint_that_was_changed_is_refused(tmp_path: Path, name: str, value: Any) -> None:
    path = write_checkpoint(POINT, tmp_path)
    path.write_text(json.dumps({**json.loads(path.read_text()), name: value}))
    with pytest.raises(UserError, match=r"AUD-007 logg-000000000017\.json: .*den ändrats"):
        read_checkpoint(path)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"row": "x"}', "nonsense"])
def test_file_that_is_no_checkpoint_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(UserError, match="AUD-007"):
        read_checkpoint(tmp_path / "x.json")


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="AUD-007"):
        read_checkpoint(tmp_path / "x.json")


@pytest.mark.parametrize(
    ("end", "due"),
    [
        (later(18, hours=1), False),
        (later(116, hours=1), False),
        (later(117, hours=1), True),
        (later(18, hours=23), False),
        (later(18, hours=24), True),
    ],
)
def test_checkpoint_is_due_after_a_day_or_so_many_events(end: Checkpoint, due: bool) -> None:
    assert is_due(end, POINT, 100) == due


def test_first_checkpoint_is_due_at_once() -> None:
    assert is_due(POINT, None, 100)


def test_checkpoints_keep_up_with_the_log(folder: Path) -> None:
    for end in (POINT, later(20, hours=2), later(117, hours=3), later(118, hours=28)):
        keep_up(end)
    assert [read_checkpoint(path).row for path in kept_checkpoints(folder)] == [17, 117, 118]


def test_checkpoint_of_another_process_counts(folder: Path) -> None:
    keep_up(POINT)
    write_checkpoint(later(110, hours=1), folder)
    keep_up(later(117, hours=2))
    assert [read_checkpoint(path).row for path in kept_checkpoints(folder)] == [17, 110]


def test_newest_that_was_changed_is_followed_by_a_new_one(folder: Path) -> None:
    keep_up(POINT)
    checkpoints._newest.clear()
    kept_checkpoints(folder)[0].write_text("{}")
    keep_up(later(18, hours=1))
    assert len(kept_checkpoints(folder)) == 2


def test_other_files_of_the_folder_are_let_be(folder: Path) -> None:
    write_checkpoint(POINT, folder)
    (folder / "readme.txt").write_text("")
    assert len(kept_checkpoints(folder)) == 1
    assert kept_checkpoints(folder / "none") == []


@pytest.mark.database
@pytest.mark.django_db(transaction=True)
def test_event_writes_a_checkpoint_once_it_is_committed(folder: Path) -> None:
    record(by=people.BY, at=people.NOW, action="x")
    kept = [read_checkpoint(path) for path in kept_checkpoints(folder)]
    assert kept == [checkpoint()]
    assert verify(since=kept) == 1


@pytest.mark.django_db(transaction=True)
def test_folder_that_cannot_be_written_stops_no_work(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    record(by=people.BY, at=people.NOW, action="x")
    assert verify() == 1
