"""The file itself: what it holds is what was written, and what is not refuses to open."""

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyrage import decrypt, encrypt, x25519

from skillnad.lib.errors import UserError
from skillnad.lib.sealing import Keys, create_key_file, load_key_file
from skillnad.stewardship.backup import archive, manifest
from skillnad.stewardship.backup.manifest import Manifest, Stored

LARGE = bytes(range(256)) * 1000
CONTENT = {"database.sqlite3": LARGE, "snapshots/ab/cases.parquet": b"rader", "ledger-1.jsonl": b""}
IDENTITY = x25519.Identity.generate()


def keys_in(folder: Path) -> Keys:
    create_key_file(folder / "keys.json")
    return load_key_file(folder / "keys.json")


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return keys_in(tmp_path)


def told(files: Mapping[str, Stored]) -> Manifest:
    return Manifest("2026-03-02T09:30:00+00:00", "1", "sqlite", {"a": 1}, ("audit.0001_initial",), "", files)


def files_in(folder: Path) -> dict[str, tuple[Path, Stored]]:
    found = {}
    for number, (name, content) in enumerate(CONTENT.items()):
        path = folder / f"source-{number}"
        path.write_bytes(content)
        found[name] = path, archive.stored(path)
    return found


@pytest.fixture
def backup(tmp_path: Path, keys: Keys) -> Path:
    files = files_in(tmp_path)
    said = manifest.sealed(told({name: stored for name, (_, stored) in files.items()}), keys)
    archive.write(tmp_path / "b.age", said, files, IDENTITY.to_public())
    return tmp_path / "b.age"


def opened(backup: Path, keys: Keys, identity: Any = IDENTITY) -> dict[str, bytes]:
    work = backup.parent / "opened"
    read = archive.read(backup, identity, keys, lambda said: {name: work / name for name in said.files})
    return {name: (work / name).read_bytes() for name in read.files}


def refused(backup: Path, keys: Keys, identity: Any = IDENTITY) -> str:
    with pytest.raises(UserError) as error:
        opened(backup, keys, identity)
    return error.value.code


def test_what_was_written_is_read(backup: Path, keys: Keys) -> None:
    assert opened(backup, keys) == CONTENT


def test_backup_is_for_its_owner_alone_and_shows_nothing(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600
    assert backup.read_bytes().startswith(b"age-encryption.org/v1")
    assert b"rader" not in backup.read_bytes()
    assert b"snapshots" not in backup.read_bytes()


def test_age_itself_opens_it_as_a_tar(backup: Path) -> None:
    """Whoever has lost Skillnad has not lost the backup."""
    with tarfile.open(fileobj=io.BytesIO(decrypt(backup.read_bytes(), [IDENTITY]))) as tar:
        assert tar.getnames() == ["backup.json", *CONTENT]


@pytest.mark.parametrize("left", [0, 10, 150, 70_000, 200_000, -1])
def test_cut_file_is_refused(backup: Path, keys: Keys, left: int) -> None:
    backup.write_bytes(backup.read_bytes()[:left])
    assert refused(backup, keys) == "OPS-003"


def test_file_that_is_cut_between_two_parts_is_refused(backup: Path, keys: Keys) -> None:
    """age's parts are of 64 KiB: each before the cut opens by itself."""
    whole = backup.read_bytes()
    head = whole.index(b"\n---") + 1
    head = whole.index(b"\n", head) + 1 + 16
    backup.write_bytes(whole[: head + 2 * (65536 + 16)])
    assert refused(backup, keys) == "OPS-003"


@pytest.mark.parametrize("place", [30, 400, 100_000, -5])
def test_changed_byte_is_refused(backup: Path, keys: Keys, place: int) -> None:
    whole = bytearray(backup.read_bytes())
    whole[place] ^= 1
    backup.write_bytes(whole)
    assert refused(backup, keys) == "OPS-003"


def test_file_to_another_recipient_is_refused(backup: Path, keys: Keys) -> None:
    assert refused(backup, keys, x25519.Identity.generate()) == "OPS-003"


def test_backup_of_another_installation_is_refused_before_anything_is_written(backup: Path, tmp_path: Path) -> None:
    assert refused(backup, keys_in(tmp_path / "another")) == "OPS-004"
    assert not (backup.parent / "opened").exists()


def forged(backup: Path, said: bytes, files: dict[str, tuple[Path, Stored]]) -> Path:
    """By somebody who has the public key and no other."""
    path = backup.with_name("forged.age")
    archive.write(path, said, files, IDENTITY.to_public())
    return path


def test_manifest_that_was_changed_is_refused(backup: Path, keys: Keys, tmp_path: Path) -> None:
    files = files_in(tmp_path)
    said = json.loads(manifest.sealed(told({name: stored for name, (_, stored) in files.items()}), keys))
    said["rows"]["a"] = 2
    assert refused(forged(backup, json.dumps(said).encode(), files), keys) == "OPS-005"


def test_file_that_was_exchanged_is_refused(backup: Path, keys: Keys, tmp_path: Path) -> None:
    files = files_in(tmp_path)
    said = manifest.sealed(told({name: stored for name, (_, stored) in files.items()}), keys)
    (tmp_path / "other").write_bytes(b"andra")
    name = "snapshots/ab/cases.parquet"
    exchanged = files | {name: (tmp_path / "other", archive.stored(tmp_path / "other"))}
    assert refused(forged(backup, said, exchanged), keys) == "OPS-005"


@pytest.mark.parametrize("name", ["../utanför", "/utanför", "snapshots/../../utanför"])
def test_file_is_never_written_outside(backup: Path, keys: Keys, tmp_path: Path, name: str) -> None:
    """Even of a manifest that is sealed as it should be."""
    stored = archive.stored(tmp_path / "keys.json")
    said = manifest.sealed(told({name: stored}), keys)
    assert refused(forged(backup, said, {name: (tmp_path / "keys.json", stored)}), keys) == "OPS-005"
    assert not list(tmp_path.rglob("utanför"))


def test_file_that_is_left_out_is_missed(backup: Path, keys: Keys, tmp_path: Path) -> None:
    files = files_in(tmp_path)
    said = manifest.sealed(told({name: stored for name, (_, stored) in files.items()}), keys)
    del files["ledger-1.jsonl"]
    assert refused(forged(backup, said, files), keys) == "OPS-005"


@pytest.mark.parametrize("content", [b"", b"hej", b"\0" * 20_000])
def test_other_file_to_the_same_key_is_no_backup(tmp_path: Path, keys: Keys, content: bytes) -> None:
    (tmp_path / "b.age").write_bytes(encrypt(content, [IDENTITY.to_public()]))
    assert refused(tmp_path / "b.age", keys) == "OPS-003"


def test_later_format_says_so(keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "FORMAT", 2)
    said = manifest.sealed(told({}), keys)
    monkeypatch.undo()
    with pytest.raises(UserError, match="OPS-012"):
        manifest.read(said, keys, "b.age")


def test_manifest_comes_back_as_it_was(keys: Keys) -> None:
    said = told({"a": Stored(1, "00"), "b": Stored(2, "11")})
    assert manifest.read(manifest.sealed(said, keys), keys, "b.age") == said
    assert said.size == 3


def test_manifest_names_no_key(keys: Keys) -> None:
    said = manifest.sealed(told({}), keys).decode()
    assert keys.audit.hex() not in said
    assert manifest.installation_of(keys) in said


@pytest.mark.parametrize("change", ["grown", "gone"])
def test_file_that_changes_meanwhile_stops_the_backup(tmp_path: Path, keys: Keys, change: str) -> None:
    files = files_in(tmp_path)
    said = manifest.sealed(told({name: stored for name, (_, stored) in files.items()}), keys)
    path = files["snapshots/ab/cases.parquet"][0]
    path.write_bytes(b"RADER") if change == "grown" else path.unlink()
    with pytest.raises(UserError, match="OPS-008"):
        archive.write(tmp_path / "b.age", said, files, IDENTITY.to_public())


@pytest.fixture
def full() -> Path:
    """A file that the system takes nothing in."""
    device = Path("/dev/full")
    if not device.exists():
        pytest.skip("no /dev/full")
    return device


@pytest.mark.parametrize("size", [0, 300_000])
def test_disk_that_is_full_is_told_as_the_system_tells_it(full: Path, size: int) -> None:
    with full.open("wb", buffering=0) as out, pytest.raises(OSError, match="No space left"):
        archive._encrypt(io.BytesIO(bytes(size)), archive._Out(out), IDENTITY.to_public())
