"""Folders, disks and keys: what is wrong with them. Nothing here asks the database, and nothing is changed."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from skillnad.lib.errors import Problem, UserError
from skillnad.lib.sealing import load_key_file
from skillnad.stewardship.examining import findings

NETWORK = (
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "glusterfs",
    "lustre",
    "9p",
    "fuse.sshfs",
    "fuse.s3fs",
)
_LEAST, _PART = 2 << 30, 20
"""Bytes that are little, where they are also less than a twentieth of the disk."""


def key_file(path: Path) -> Iterator[Problem]:
    try:
        load_key_file(path)
    except UserError as refused:
        yield from refused.problems


def home_folder(home: Path) -> Iterator[Problem]:
    if not home.is_dir():
        yield findings.no_home(str(home))
        return
    if home.stat().st_mode & 0o007:
        yield findings.open_home(str(home))
    usage = shutil.disk_usage(home)
    if usage.free < _LEAST and usage.free * _PART < usage.total:
        yield findings.disk_filling(str(home), usage.free)


def sqlite_disk(database: Path, mounts: str) -> Iterator[Problem]:
    """`mounts` is the text of /proc/mounts."""
    kind = kind_of_disk(database, mounts)
    if kind in NETWORK:
        yield findings.on_network(kind)


def kind_of_disk(path: Path, mounts: str) -> str:
    """The file system that `path` lies on: of the mounts that it lies under, the innermost and last."""
    found, depth = "", -1
    for line in mounts.splitlines():
        place, kind = (Path(line.split()[1].replace("\\040", " ")), line.split()[2])
        if path.is_relative_to(place) and len(place.parts) >= depth:
            found, depth = kind, len(place.parts)
    return found


def production(*, https: bool, static: Path) -> Iterator[Problem]:
    """What production alone needs."""
    if not https:
        yield findings.not_https()
    if not (static / "staticfiles.json").is_file():
        yield findings.no_static_files(str(static))
