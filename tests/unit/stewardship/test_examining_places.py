"""What is wrong with folders, disks and keys, one fault at a time."""

import shutil
from collections import namedtuple
from collections.abc import Iterable
from pathlib import Path

import pytest

from skillnad.lib.errors import Problem
from skillnad.lib.sealing import create_key_file
from skillnad.stewardship.examining import places

MOUNTS = """\
overlay / overlay rw 0 0
server:/x /srv nfs4 rw 0 0
/dev/sda1 /srv/local ext4 rw 0 0
//server/y /mnt/med\\040mellanslag cifs rw 0 0
"""


def codes(problems: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in problems]


def test_key_file_that_is_well_is_not_told(tmp_path: Path) -> None:
    create_key_file(tmp_path / "keys.json")
    assert codes(places.key_file(tmp_path / "keys.json")) == []


def test_key_file_that_is_missing_or_open_is_told(tmp_path: Path) -> None:
    assert codes(places.key_file(tmp_path / "keys.json")) == ["CONF-011"]
    create_key_file(tmp_path / "keys.json")
    (tmp_path / "keys.json").chmod(0o644)
    assert codes(places.key_file(tmp_path / "keys.json")) == ["CONF-011"]


def test_home_that_is_private_is_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, free=1 << 40)
    tmp_path.chmod(0o750)
    assert codes(places.home_folder(tmp_path)) == []


def test_home_that_others_can_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk(monkeypatch, free=1 << 40)
    tmp_path.chmod(0o755)
    assert codes(places.home_folder(tmp_path)) == ["OPS-030"]


def test_home_that_is_missing_is_told(tmp_path: Path) -> None:
    assert codes(places.home_folder(tmp_path / "none")) == ["OPS-031"]


def disk(monkeypatch: pytest.MonkeyPatch, *, free: int, total: int = 1 << 41) -> None:
    usage = namedtuple("usage", "total used free")(total, total - free, free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)


@pytest.mark.parametrize(
    ("free", "total", "told"), [(1 << 30, 1 << 40, ["OPS-026"]), (1 << 30, 4 << 30, []), (3 << 30, 1 << 41, [])]
)
def test_disk_that_is_filling_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, total: int, told: list[str]
) -> None:
    disk(monkeypatch, free=free, total=total)
    tmp_path.chmod(0o700)
    assert codes(places.home_folder(tmp_path)) == told


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/x.sqlite3", "overlay"),
        ("/srv/x.sqlite3", "nfs4"),
        ("/srv/local/x.sqlite3", "ext4"),
        ("/srv/locally/x.sqlite3", "nfs4"),
        ("/mnt/med mellanslag/x.sqlite3", "cifs"),
    ],
)
def test_disk_of_a_file_is_the_innermost_mount(path: str, kind: str) -> None:
    assert places.kind_of_disk(Path(path), MOUNTS) == kind


def test_sqlite_on_a_network_disk_is_told_and_on_a_local_one_not() -> None:
    assert codes(places.sqlite_disk(Path("/srv/x.sqlite3"), MOUNTS)) == ["OPS-023"]
    assert codes(places.sqlite_disk(Path("/srv/local/x.sqlite3"), MOUNTS)) == []


def test_production_needs_https_and_static_files(tmp_path: Path) -> None:
    assert codes(places.production(https=False, static=tmp_path)) == ["OPS-029", "OPS-028"]
    (tmp_path / "staticfiles.json").touch()
    assert codes(places.production(https=True, static=tmp_path)) == []
