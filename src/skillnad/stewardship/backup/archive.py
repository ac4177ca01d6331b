"""The file: a tar whose first member is the manifest, encrypted with age as it is made, and never whole in memory.

age authenticates each part and the end, so that a byte that is changed, or an end that is cut, does not open.
"""

import errno
import hashlib
import io
import os
import tarfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from pyrage import DecryptError, EncryptError, decrypt_io, encrypt_io, x25519

from skillnad.lib.sealing import Keys
from skillnad.stewardship.backup import manifest as manifests
from skillnad.stewardship.backup import problems
from skillnad.stewardship.backup.manifest import Manifest, Stored

_PART = 1 << 20


def write(to: Path, manifest: bytes, files: Mapping[str, tuple[Path, Stored]], recipient: x25519.Recipient) -> None:
    """Write the archive to `to`, which is not there. Raises UserError OPS-008; OSError where it cannot be written."""
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as out:
        with _piped(lambda plain: _pack(plain, manifest, files)) as plain:
            _encrypt(plain, _Out(out), recipient)
        out.flush()
        os.fsync(out.fileno())


def _encrypt(plain: BinaryIO, out: "_Out", recipient: x25519.Recipient) -> None:
    try:
        encrypt_io(plain, out, [recipient])
    except EncryptError:
        raise out.refused or OSError(errno.EIO, "age could not encrypt") from None
    if out.refused:  # the last part is written where age tells of no error
        raise out.refused


def _decrypt(sealed: BinaryIO, plain: BinaryIO, identity: x25519.Identity) -> None:
    """What does not open is told by an OSError without a number where it is not the first part."""
    try:
        decrypt_io(sealed, plain, [identity])
    except OSError as error:
        if error.errno is None:
            raise DecryptError from None
        raise


def _pack(plain: BinaryIO, manifest: bytes, files: Mapping[str, tuple[Path, Stored]]) -> None:
    with tarfile.open(mode="w|", fileobj=plain, bufsize=_PART) as tar:
        tar.addfile(_member(manifests.NAME, len(manifest)), io.BytesIO(manifest))
        for name, (path, stored) in files.items():
            try:
                with path.open("rb") as file:
                    reading = _Hashed(file)
                    tar.addfile(_member(name, stored.size), reading)
            except FileNotFoundError:
                raise problems.changed_meanwhile(name) from None
            if reading.sha256 != stored.sha256:
                raise problems.changed_meanwhile(name)


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


def read(
    file: Path, identity: x25519.Identity, keys: Keys, place: Callable[[Manifest], Mapping[str, Path]]
) -> Manifest:
    """Unpack to what `place` says of each file when it has seen the manifest: nothing is written before.

    Raises UserError OPS-003 (does not open), OPS-004, OPS-005, OPS-012 (see `manifest.read`), and what `place` raises;
    OSError where it cannot be written. What has been written is the caller's to take away.
    """
    try:
        with file.open("rb") as sealed, _piped(lambda plain: _decrypt(sealed, plain, identity)) as plain:
            manifest, found = _unpack(plain, keys, place, file.name)
    except (tarfile.TarError, EOFError, DecryptError):
        raise problems.damaged(file.name) from None
    if found != set(manifest.files):
        raise problems.forged(file.name)
    return manifest


def _unpack(
    plain: BinaryIO, keys: Keys, place: Callable[[Manifest], Mapping[str, Path]], name: str
) -> tuple[Manifest, set[str]]:
    """The manifest, and the names of the files that came."""
    with tarfile.open(mode="r|", fileobj=plain, bufsize=_PART) as tar:
        members = iter(tar)
        first = next(members, None)
        if first is None or first.name != manifests.NAME:
            raise problems.damaged(name)
        manifest = manifests.read(_content(tar, first).read(), keys, name)
        places, found = place(manifest), set[str]()
        for member in members:
            stored = manifest.files.get(member.name)
            if stored is None or not _inside(member.name):
                raise problems.forged(name)
            found.add(member.name)
            if _written(_content(tar, member), places[member.name]) != stored:
                raise problems.forged(name)
    while plain.read(_PART):
        pass  # the end of the tar is not the end of the file, which age has not vouched for before it is read
    return manifest, found


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    content = tar.extractfile(member) if member.isfile() else None
    if content is None:
        raise tarfile.ReadError
    return content


def _inside(name: str) -> bool:
    return not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts


def _written(content: BinaryIO, to: Path) -> Stored:
    to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reading = _Hashed(content)
    with os.fdopen(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while part := reading.read(_PART):
            out.write(part)
        out.flush()
        os.fsync(out.fileno())
    return Stored(reading.size, reading.sha256)


def stored(path: Path) -> Stored:
    """A file's size and checksum. Raises UserError OPS-008 where it is gone."""
    try:
        with path.open("rb") as file:
            reading = _Hashed(file)
            while reading.read(_PART):
                pass
    except FileNotFoundError:
        raise problems.changed_meanwhile(path.name) from None
    return Stored(reading.size, reading.sha256)


class _Hashed(io.RawIOBase):
    """A file that is read through, and what was read of it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        part = self._file.read(size)
        self._digest.update(part)
        self.size += len(part)
        return part

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class _Out(io.RawIOBase):
    """A file that is written to, and why it refused: age tells it in words alone."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file = file
        self.refused: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        try:
            return self._file.write(part)
        except OSError as error:
            self.refused = error
            raise

    def flush(self) -> None:
        self._file.flush()


@contextmanager
def _piped(fill: Callable[[BinaryIO], Any]) -> Iterator[BinaryIO]:
    """What `fill` writes, to be read in the block. What it raises is raised when the block is done."""
    reading, writing = os.pipe()
    raised: list[BaseException] = []

    def filled() -> None:
        try:
            with os.fdopen(writing, "wb") as plain:
                fill(plain)
        except BrokenPipeError:
            pass  # the reader gave up, and says why
        except BaseException as error:
            raised.append(error)

    filling = threading.Thread(target=filled, daemon=True)
    filling.start()
    try:
        with os.fdopen(reading, "rb") as plain:
            yield plain
    finally:
        filling.join()
    if raised:
        raise raised[0]
