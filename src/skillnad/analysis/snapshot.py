"""A snapshot on disk, opened for questions: its manifest, its Parquet files, and each column as an axis.

Nothing here holds rows. Opening checks that every file is there with as many rows as the manifest says; `verify` also
reads every byte and compares hashes.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from skillnad.analysis.calendars import calendar_of, known_column, known_of
from skillnad.analysis.made_columns import made_column, stored_behind
from skillnad.analysis.results import MISSING_LEVEL, Axis, Level, LevelKind
from skillnad.codebook.manifest import file_name, read_manifest
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import MANIFEST, Column, Manifest, Population, SnapshotColumn, SnapshotTable
from skillnad.lib.errors import UserError

if TYPE_CHECKING:
    from skillnad.analysis.shown_cube import ShownCube

_MISSING_LABEL = {"sv": "Uppgift saknas", "en": "Not recorded"}


@dataclass(frozen=True)
class Snapshot:
    """An opened snapshot. Two with the same id hold the same rows."""

    path: Path
    manifest: Manifest
    _days: dict[tuple[Population, str], tuple[date, date] | None] = field(
        default_factory=dict, repr=False, compare=False
    )

    @property
    def id(self) -> str:
        return self.manifest.id

    def file(self, population: Population) -> Path:
        return self.path / file_name(population)

    def parts(self, population: Population) -> list[Path]:
        """The population's Parquet files: one, or where a folder stands in its place those in it, in order."""
        return parts_of(self.file(population))

    def table(self, population: Population) -> SnapshotTable:
        return self.manifest.tables[population]

    def column(self, population: Population, name: str) -> SnapshotColumn:
        """The stored column behind a name; for `month:start_date` that is `start_date`. `known:start_date` is coded,
        and so is what a question makes."""
        if made := made_column(name, self.table(population).columns):
            return made
        stored = self.table(population).columns[stored_behind(name)[0]]
        return known_column(stored) if known_of(name) else stored

    def axis(self, population: Population, column: str, *, within: Period | None = None, language: str = "sv") -> Axis:
        """A coded column's levels, or a calendar's units, in order and with the missing last.

        A calendar runs from the first to the last day that the snapshot holds, or through `within`.
        """
        stored = self.column(population, column)
        through = calendar_of(column)
        if through is None:
            levels = _coded_levels(stored, language)
        else:
            days = (within.start, within.last_day) if within else self.days(population, through.column)
            levels = through.calendar.levels(*days, language) if days else ()
        return Axis(
            id=column,
            label=stored.en if language == "en" else stored.sv,
            levels=(*levels, Level(MISSING_LEVEL, _MISSING_LABEL[language], LevelKind.MISSING)),
            multiple=stored.kind is Column.CODES,
            sensitive=stored.sensitive,
        )

    def cube(self, population: Population = Population.INTERVENTIONS) -> "ShownCube":
        """Every table of a population at once, each of them protected when it is looked at."""
        from skillnad.analysis.shown_cube import ShownCube

        return ShownCube(self, population)

    def days(self, population: Population, column: str) -> tuple[date, date] | None:
        """The first and the last day in a date column; None where it holds none."""
        key = (population, column)
        if key not in self._days:
            self._days[key] = _first_and_last(self.file(population), column)
        return self._days[key]


def open_snapshot(path: Path | str, *, verify: bool = False) -> Snapshot:
    """The snapshot in the folder `path`.

    Raises UserError: SNAP-001 no snapshot there, SNAP-002 other format, SNAP-003 damaged manifest, SNAP-004 file
    missing or unreadable, SNAP-005 other number of rows, SNAP-006 (with `verify`) other bytes, SNAP-007 column missing.
    """
    folder = Path(path)
    manifest = read_manifest(_manifest_text(folder), where=str(folder / MANIFEST))
    for population, table in manifest.tables.items():
        _check_file(folder / file_name(population), table, verify=verify)
    return Snapshot(folder, manifest)


def _coded_levels(column: SnapshotColumn, language: str) -> tuple[Level, ...]:
    return tuple(
        Level(
            level.code,
            level.en if language == "en" else level.sv,
            LevelKind.UNKNOWN if level.code in column.unknown else LevelKind.VALUE,
        )
        for level in column.levels
    )


def _first_and_last(file: Path, column: str) -> tuple[date, date] | None:
    ends = pc.min_max(pq.read_table(file, columns=[column]).column(column))
    first, last = ends["min"].as_py(), ends["max"].as_py()
    return None if first is None else (first, last)


def _manifest_text(folder: Path) -> str:
    try:
        return (folder / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise UserError.of(
            "SNAP-001",
            where=str(folder),
            sv=f"Här finns ingen ögonblicksbild: {MANIFEST} saknas eller går inte att läsa. Ange mappen som "
            "`skillnad snapshot` skrev ut.",
            en=f"There is no snapshot here: {MANIFEST} is absent or cannot be read. Give the folder that "
            "`skillnad snapshot` printed.",
        ) from None


def _check_file(file: Path, table: SnapshotTable, *, verify: bool) -> None:
    try:
        parts = [pq.read_metadata(part) for part in parts_of(file)]
    except (OSError, pa.ArrowException):
        raise unreadable(file) from None
    if sum(part.num_rows for part in parts) != table.rows:
        raise _broken(
            "SNAP-005",
            file,
            "Filen har ett annat antal rader än manifestet",
            "The file's row count is not the manifest's",
        )
    if any(set(table.columns) - set(part.schema.to_arrow_schema().names) for part in parts):
        raise _broken(
            "SNAP-007", file, "Filen saknar en kolumn som manifestet har", "The file lacks a column of the manifest"
        )
    if verify and _sha256(file) != table.sha256:
        raise _broken(
            "SNAP-006",
            file,
            "Filen är ändrad sedan ögonblicksbilden gjordes",
            "The file has changed since the snapshot was made",
        )


def parts_of(file: Path) -> list[Path]:
    """A table's Parquet files: itself, or those in the folder that it is, in the order of their names."""
    return sorted(file.glob("*.parquet")) if file.is_dir() else [file]


def _sha256(file: Path) -> str:
    """Of the bytes of every part, one after the other."""
    digest = hashlib.sha256()
    for part in parts_of(file):
        with part.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def unreadable(file: Path) -> UserError:
    """SNAP-004, for whoever finds that a snapshot's file cannot be read."""
    return _broken("SNAP-004", file, "Filen saknas eller går inte att läsa", "The file is absent or unreadable")


def _broken(code: str, file: Path, sv: str, en: str) -> UserError:
    return UserError.of(
        code,
        where=str(file),
        sv=f"{sv}. Gör en ny ögonblicksbild med `skillnad snapshot`.",
        en=f"{en}. Make a new snapshot with `skillnad snapshot`.",
    )
