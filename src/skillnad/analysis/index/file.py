"""An index on disk: a header in JSON that says what the planes are, and the planes as they are in memory.

| bytes | hold |
|---|---|
| 8 | MAGIC, with the format's number |
| 8 | the header's length, little-endian |
| 32 | SHA-256 of the header |
| header | the layout, and the planes' hash |
| to the next 4,096 | zeros |
| rest | planes, 64-bit words, little-endian |

The planes' hash is SHA-256 of the SHA-256 of each 16 MiB of them, so that two threads can make it. The same rows give
the same bytes. A file is read whole and compared with its hash when it is opened (about a second for fifty million
rows), since a bit that has turned is a number that is wrong; after that it is memory-mapped, and the pages that the
check read are still there.
"""

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import numpy as np

from skillnad.analysis.index.building import Built
from skillnad.analysis.index.layout import Held, Index, Layout, Words
from skillnad.codebook.snapshot_schema import Column, Manifest, Population, SnapshotTable
from skillnad.lib.errors import UserError

FORMAT = 2
MAGIC = b"SKNBITS" + bytes([FORMAT])
PAGE = 4096
PIECE = 1 << 24
AT_A_TIME = 2
Counted = TypeVar("Counted")
_FIXED = len(MAGIC) + 8 + 32


def index_name(population: Population) -> str:
    """The index's file, beside the population's Parquet."""
    return f"{population.value}.bits"


def write_index(path: Path, built: Built) -> Index:
    """Writes the file beside and moves it into place: a reader finds all of it or nothing. Gives the index as it is
    there. Raises OSError."""
    index, _ = write_and_count(path, built, lambda _: None)
    return index


def write_and_count(path: Path, built: Built, count: Callable[[Index], Counted]) -> tuple[Index, Counted]:
    """As `write_index`, and what `count` makes of the index while it is written: when this returns both are done. Where
    it raises OSError what was counted is not to be relied on either."""
    layout, planes = built.layout, built.planes
    unfinished = path.with_name(f".{path.name}-{os.getpid()}")
    try:
        with unfinished.open("wb") as stream, ThreadPoolExecutor(AT_A_TIME + 1) as pool:
            bytes_of = np.ascontiguousarray(planes, "<u8").reshape(-1).view(np.uint8)
            hashes = pool.map(_hash_of, _pieces(bytes_of))
            lasting = pool.submit(_write, stream, layout, bytes_of, hashes)
            counted = count(Index(layout, planes))
            begin = lasting.result()
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return Index(layout, _mapped(path, begin, layout)), counted


def _write(stream: BinaryIO, layout: Layout, planes: Any, hashes: Iterable[bytes]) -> int:
    """The head comes last, since it holds the hash. Gives where the planes begin."""
    begin = len(_head(layout, "0" * 64))
    stream.seek(begin)
    stream.write(planes.data)
    stream.seek(0)
    stream.write(_head(layout, _hash_of(hashes).hex()))
    stream.flush()
    os.fsync(stream.fileno())
    return begin


def open_index(path: Path, manifest: Manifest, table: SnapshotTable) -> Index | None:
    """The index in `path`, whole and of this table; None where there is none, or one of another format.

    Raises UserError: SNAP-008 damaged, SNAP-009 of another snapshot or another codebook.
    """
    try:
        with path.open("rb") as stream:
            fixed = stream.read(_FIXED)
            if len(fixed) == _FIXED and fixed.startswith(MAGIC[:-1]) and not fixed.startswith(MAGIC):
                return None  # another version's: it is built again
            header = stream.read(int.from_bytes(fixed[8:16], "little") if len(fixed) == _FIXED else 0)
            layout, payload = _layout(path, fixed, header)
            _check_of(path, layout, manifest, table)
            if _hash_from(stream, _aligned(_FIXED + len(header))) != payload:
                raise _damaged(path)
    except FileNotFoundError:
        return None
    except OSError:
        raise _damaged(path) from None
    return Index(layout, _mapped(path, _aligned(_FIXED + len(header)), layout))


def _hash_from(stream: BinaryIO, offset: int) -> str:
    """The planes' hash, of the file's bytes from `offset` on."""

    def of_piece(begin: int) -> bytes:
        return _hash_of([os.pread(stream.fileno(), PIECE, begin)])

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return _hash_of(pool.map(of_piece, range(offset, os.fstat(stream.fileno()).st_size, PIECE))).hex()


def _hash_of(parts: Iterable[Any]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _pieces(planes: Any) -> Iterator[list[Any]]:
    """The planes' bytes, PIECE at a time."""
    for begin in range(0, len(planes), PIECE):
        yield [planes[begin : begin + PIECE]]


def _mapped(path: Path, offset: int, layout: Layout) -> Words:
    shape = (layout.planes, layout.words)
    if not layout.words:
        return np.frombuffer(b"", np.uint64).reshape(shape)
    return np.memmap(path, dtype="<u8", mode="r", offset=offset, shape=shape).view(np.ndarray)


def _head(layout: Layout, payload: str) -> bytes:
    told = json.dumps(_as_data(layout) | {"payload": payload}, sort_keys=True, separators=(",", ":")).encode()
    fixed = MAGIC + len(told).to_bytes(8, "little") + hashlib.sha256(told).digest()
    return (fixed + told).ljust(_aligned(len(fixed) + len(told)), b"\0")


def _aligned(length: int) -> int:
    return -(-length // PAGE) * PAGE


def _layout(path: Path, fixed: bytes, header: bytes) -> tuple[Layout, str]:
    if fixed[: len(MAGIC)] != MAGIC or hashlib.sha256(header).digest() != fixed[16:]:
        raise _damaged(path)
    data = json.loads(header)
    return _from_data(data), data["payload"]


def _as_data(layout: Layout) -> dict[str, Any]:
    columns = [
        [held.id, held.kind.value, held.first, held.planes, held.top, held.base] for held in layout.columns.values()
    ]
    return {
        "population": layout.population.value,
        "table_sha256": layout.table_sha256,
        "codebook_version": layout.codebook_version,
        "codebook_digest": layout.codebook_digest,
        "unit_rows": list(layout.unit_rows),
        "columns": columns,
        "planes": layout.planes,
    }


def _from_data(data: Mapping[str, Any]) -> Layout:
    held = [Held(name, Column(kind), *numbers) for name, kind, *numbers in data["columns"]]
    return Layout(
        population=Population(data["population"]),
        table_sha256=data["table_sha256"],
        codebook_version=data["codebook_version"],
        codebook_digest=data["codebook_digest"],
        unit_rows=tuple(data["unit_rows"]),
        columns={column.id: column for column in held},
        planes=data["planes"],
    )


def _check_of(path: Path, layout: Layout, manifest: Manifest, table: SnapshotTable) -> None:
    found = (layout.population, layout.table_sha256, layout.codebook_version, layout.codebook_digest)
    if found != (table.population, table.sha256, manifest.codebook_version, manifest.codebook_digest):
        raise UserError.of(
            "SNAP-009",
            where=str(path),
            sv=f"Indexet hör till en annan ögonblicksbild eller en annan kodbok än version {manifest.codebook_version}"
            ", så det får inte räknas på. Ta bort filen: den byggs om ur ögonblicksbilden vid nästa fråga. Eller gör "
            "en ny ögonblicksbild med `skillnad snapshot`.",
            en=f"The index is of another snapshot, or of another codebook than version {manifest.codebook_version}, "
            "and may not be counted on. Remove the file: it is built again from the snapshot at the next question. Or "
            "make a new snapshot with `skillnad snapshot`.",
        )


def _damaged(path: Path) -> UserError:
    return UserError.of(
        "SNAP-008",
        where=str(path),
        sv="Indexet är skadat: innehållet stämmer inte med sin kontrollsumma. Ta bort filen: den byggs om ur "
        "ögonblicksbilden vid nästa fråga. Händer det igen, kontrollera disken.",
        en="The index is damaged: its content does not match its checksum. Remove the file: it is built again from "
        "the snapshot at the next question. If it happens again, check the disk.",
    )
