"""A key file that is given keys and loses them: what it says of them, and that it is always whole."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from skillnad.lib.errors import UserError
from skillnad.lib.key_file import (
    KeyTold,
    begin_rotation,
    copy_key_file,
    end_rotation,
    prepare_key,
    remove_key,
    told_of,
)
from skillnad.lib.sealing import create_key_file, load_key_file

NUMBER, ROW = "20010203-TK01", 7
MADE = datetime(2026, 1, 2, 9, tzinfo=UTC)
LATER = MADE + timedelta(days=30)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    create_key_file(tmp_path / "keys.json", MADE)
    return tmp_path / "keys.json"


def test_file_tells_since_when_its_key_seals(path: Path) -> None:
    (key,) = told_of(path).keys
    assert key == KeyTold(load_key_file(path).current, MADE, None, current=True, prepared=False)
    assert not told_of(path).rotating


def test_file_without_days_tells_none(tmp_path: Path) -> None:
    create_key_file(tmp_path / "keys.json")
    assert [key.since for key in told_of(tmp_path / "keys.json").keys] == [None]


def test_file_of_before_there_were_days_is_read(path: Path) -> None:
    content = json.loads(path.read_text())
    del content["since"]
    path.write_text(json.dumps(content))
    name = begin_rotation(path, LATER)
    assert [(key.since, key.until) for key in told_of(path).keys] == [(None, LATER), (LATER, None)]
    assert told_of(path).current.name == name


def test_new_key_seals_and_the_old_still_opens(path: Path) -> None:
    before = load_key_file(path)
    old = before.seal(NUMBER, ROW)
    name = begin_rotation(path, LATER)
    after = load_key_file(path)
    assert after.current == name != before.current
    assert after.unseal(old, ROW) == after.unseal(after.seal(NUMBER, ROW), ROW) == NUMBER
    assert (after.index, after.audit) == (before.index, before.audit)


def test_file_stays_its_owners_alone(path: Path) -> None:
    begin_rotation(path, LATER)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["keys.json"]


def test_older_key_tells_until_when_it_sealed(path: Path) -> None:
    begin_rotation(path, LATER)
    (older,) = told_of(path).older
    assert (older.since, older.until, older.current) == (MADE, LATER, False)


def test_rotation_that_was_not_ended_goes_on_with_its_key(path: Path) -> None:
    name = begin_rotation(path, LATER)
    assert told_of(path).rotating
    assert begin_rotation(path, LATER + timedelta(days=1)) == name
    assert told_of(path).current.since == LATER


def test_rotation_after_one_that_was_ended_has_a_key_of_its_own(path: Path) -> None:
    first = begin_rotation(path, LATER)
    end_rotation(path)
    assert not told_of(path).rotating
    assert begin_rotation(path, LATER + timedelta(days=1)) != first
    assert len(told_of(path).older) == 2


def test_prepared_key_seals_nothing_until_the_rotation(path: Path) -> None:
    before = load_key_file(path).current
    name = prepare_key(path)
    assert load_key_file(path).current == before
    assert [(key.name, key.prepared, key.since) for key in told_of(path).keys][1:] == [(name, True, None)]
    assert told_of(path).older == ()
    assert begin_rotation(path, LATER) == name
    assert not any(key.prepared for key in told_of(path).keys)


def test_second_preparation_gives_the_same_key(path: Path) -> None:
    assert prepare_key(path) == prepare_key(path)


def test_key_prepared_during_a_rotation_waits_for_the_next(path: Path) -> None:
    first = begin_rotation(path, LATER)
    second = prepare_key(path)
    assert begin_rotation(path, LATER) == first
    end_rotation(path)
    assert begin_rotation(path, LATER) == second
    assert [key.name for key in told_of(path).keys][1:] == [first, second]


def test_removed_key_opens_nothing(path: Path) -> None:
    before = load_key_file(path)
    begin_rotation(path, LATER)
    remove_key(path, before.current)
    assert [key.name for key in told_of(path).keys] == [load_key_file(path).current]
    with pytest.raises(UserError, match="CONF-013"):
        load_key_file(path).unseal(before.seal(NUMBER, ROW), ROW)


def test_key_that_seals_is_not_removed(path: Path) -> None:
    before = path.read_text()
    with pytest.raises(UserError, match="CONF-012"):
        remove_key(path, load_key_file(path).current)
    assert path.read_text() == before


def test_link_to_the_file_stays_a_link(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "keys.json"
    link.parent.mkdir()
    link.symlink_to(path)
    name = begin_rotation(link, LATER)
    assert link.is_symlink()
    assert load_key_file(path).current == name


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can own a file for another")
def test_file_stays_the_services_where_root_rotates(path: Path) -> None:
    os.chown(path, 65534, 65534)
    begin_rotation(path, LATER)
    assert (path.stat().st_uid, path.stat().st_gid) == (65534, 65534)


def test_file_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left")

    before = path.read_text()
    monkeypatch.setattr("skillnad.lib.key_file._write", full)
    with pytest.raises(UserError, match=r"KEY-008 keys\.json"):
        begin_rotation(path, LATER)
    assert path.read_text() == before


@pytest.mark.parametrize("text", ["", "[]", '{"format": 1}'])
def test_damaged_file_is_left_as_it_is(path: Path, text: str) -> None:
    path.write_text(text)
    with pytest.raises(UserError, match="CONF-012"):
        begin_rotation(path, LATER)
    assert path.read_text() == text


def test_missing_file_is_told(tmp_path: Path) -> None:
    for change in (prepare_key, end_rotation, told_of):
        with pytest.raises(UserError, match="CONF-011"):
            change(tmp_path / "keys.json")
    assert list(tmp_path.iterdir()) == []


def test_copy_is_whole_and_its_owners_alone(path: Path, tmp_path: Path) -> None:
    to = tmp_path / "arkiv" / "copy.json"
    copy_key_file(path, to)
    assert to.read_text() == path.read_text()
    assert to.stat().st_mode & 0o777 == 0o600


def test_copy_is_never_written_over_another(path: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.json").write_text("another")
    with pytest.raises(UserError, match=r"KEY-009 copy\.json"):
        copy_key_file(path, tmp_path / "copy.json")
    assert (tmp_path / "copy.json").read_text() == "another"
