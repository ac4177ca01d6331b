"""A snapshot on disk: Parquet files, a manifest and each table's index, made beside and moved into place whole.

Only one writer works in a folder at a time. What a killed one left is taken away by the next; a snapshot that has its
name is complete, because the name comes last.
"""

import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from skillnad import __version__
from skillnad.analysis.index.opening import make_indexes
from skillnad.codebook.manifest import MADE, file_name, named, write_manifest
from skillnad.codebook.model import Codebook
from skillnad.codebook.snapshot_schema import MANIFEST, Column, Manifest, Population, SnapshotTable
from skillnad.codebook.trees import NO_HISTORY, TreeHistory
from skillnad.snapshots.columns import not_used
from skillnad.snapshots.tables import Table

UNFINISHED = ".making-"
LOCK = ".lock"
ROWS_IN_A_GROUP = 131_072

_TYPES = {
    Column.KEY: pa.int64(),
    Column.CODE: pa.int16(),
    Column.CODES: pa.list_(pa.int16()),
    Column.DATE: pa.date32(),
}

Progress = Callable[[str], None]


def store(
    tables: Mapping[Population, Table],
    *,
    codebook: Codebook,
    municipality: str,
    as_of: date,
    at: datetime,
    home: Path,
    progress: Progress = lambda _: None,
    instruments: tuple[tuple[str, str, str], ...] = (),
    tree: TreeHistory = NO_HISTORY,
) -> Manifest:
    """Write `tables` under `home` and give the manifest; the snapshot's folder is `home / manifest.id`.

    Where the same snapshot is there already it is left as it is, with its time of making.
    """
    with _alone(home) as unfinished:
        written = {population: _write(population, tables[population], unfinished, progress) for population in tables}
        manifest = named(
            Manifest(
                id="",
                as_of=as_of,
                codebook_version=codebook.version,
                codebook_digest=codebook.digest,
                municipality=municipality,
                tables=written,
                not_used=not_used(codebook),
                instruments=instruments,
                tree=tree,
            )
        )
        _durable(unfinished / MANIFEST, write_manifest(manifest).encode())
        _durable(unfinished / MADE, json.dumps({"made_at": at.isoformat(), "version": __version__}).encode() + b"\n")
        progress("manifest")
        make_indexes(unfinished, manifest)
        progress("index")
        _move(unfinished, home / manifest.id)
    return manifest


@contextmanager
def _alone(home: Path) -> Iterator[Path]:
    """An empty folder to write in, for this process only. Waits for another writer; the lock ends with its process."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in home.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        unfinished = home / f"{UNFINISHED}{os.getpid()}"
        unfinished.mkdir(mode=0o700)  # pseudonyms or not, the rows are of people
        try:
            yield unfinished
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _write(population: Population, table: Table, folder: Path, progress: Progress) -> SnapshotTable:
    arrow = table.rows.to_arrow()
    schema = pa.schema(
        [(name, _TYPES.get(column.kind, arrow.schema.field(name).type)) for name, column in table.columns.items()]
    )
    path = folder / file_name(population)
    # every option stands here, so that another version's defaults do not give other bytes
    pq.write_table(
        arrow.cast(schema),
        path,
        version="2.6",
        data_page_version="1.0",
        compression="zstd",
        compression_level=3,
        use_dictionary=True,
        write_statistics=True,
        row_group_size=ROWS_IN_A_GROUP,
        store_schema=False,
    )
    _sync(path)
    progress(population)
    return SnapshotTable(population, arrow.num_rows, _sha256(path), table.columns)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _move(unfinished: Path, place: Path) -> None:
    """Give the snapshot its name, so that a power cut finds all of it or nothing."""
    if place.exists():
        return
    _sync(unfinished)
    unfinished.rename(place)
    _sync(place.parent)


def _durable(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
