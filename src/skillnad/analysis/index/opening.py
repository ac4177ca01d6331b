"""The index of a snapshot's population: the one beside its Parquet file, or one built now."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pyarrow as pa

from skillnad.analysis.index.building import Built, build
from skillnad.analysis.index.file import Counted, index_name, open_index, write_and_count, write_index
from skillnad.analysis.index.layout import Index
from skillnad.analysis.index.reading import reader
from skillnad.analysis.snapshot import Snapshot, unreadable
from skillnad.codebook.manifest import file_name
from skillnad.codebook.snapshot_schema import Manifest, Population


def index_of(snapshot: Snapshot, population: Population) -> Index:
    """The population's index, checked. Where a snapshot has none, as one that was made before there were any, it is
    built and put beside the Parquet file; where nothing may be written there, it is kept in memory alone.

    Raises UserError SNAP-004 (no rows to build it from), SNAP-008 (damaged), SNAP-009 (another snapshot's).
    """
    index, _ = counted_on(snapshot, population, lambda _: None)
    return index


def counted_on(snapshot: Snapshot, population: Population, count: Callable[[Index], Counted]) -> tuple[Index, Counted]:
    """As `index_of`, and what `count` makes of it: of one that is built now while its file is made to last."""
    table = snapshot.table(population)
    path = snapshot.path / index_name(population)
    found = open_index(path, snapshot.manifest, table)
    if found is not None:
        return found, count(found)
    built = _build(snapshot.path, snapshot.manifest, population)
    try:
        return write_and_count(path, built, count)
    except OSError:
        kept = Index(built.layout, built.planes)
        return kept, count(kept)


def make_indexes(folder: Path, manifest: Manifest) -> None:
    """Every population's index, beside the Parquet files in `folder`."""
    for population in manifest.tables:
        write_index(folder / index_name(population), _build(folder, manifest, population))


def _build(folder: Path, manifest: Manifest, population: Population) -> Built:
    file, table = folder / file_name(population), manifest.tables[population]
    try:
        return build(manifest, table, reader(table, file))
    except (OSError, pa.ArrowException, pl.exceptions.PolarsError):
        raise unreadable(file) from None
