"""Small snapshots on disk from literal rows.

    snapshot = make_snapshot(tmp_path, interventions='''
        client | unit | legal_sex | problem | start_date | end_date
        1      | A    | 1         | 1;4     | 2025-01-03 |
        2      | B    |           |         | 2025-02-01 | 2025-02-01
    ''')

A cell is a code, several codes with `;` between, a date, a number, or nothing (missing). Keys (`client`, `case`, …) are
the row's number where they are not given. Rows may also be dictionaries. Columns are those of COLUMNS.
"""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.snapshot import Snapshot, open_snapshot
from skillnad.codebook.manifest import MADE, file_name, named, write_manifest
from skillnad.codebook.snapshot_schema import (
    KEYS,
    MANIFEST,
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotLevel,
    SnapshotTable,
)
from skillnad.codebook.trees import NO_HISTORY, TreeHistory

Row = Mapping[str, object]


def coded(
    name: str,
    kind: Column = Column.CODE,
    unknown: str = "",
    sensitive: bool = False,
    order: tuple[str, ...] = (),
    **levels: str,
) -> SnapshotColumn:
    """A coded column; levels as `_1="Kvinna"`; `order` is best first, where the levels are a scale."""
    made = tuple(SnapshotLevel(code.lstrip("_"), label, f"{label} (en)") for code, label in levels.items())
    return SnapshotColumn(name, kind, name, f"{name} (en)", made, sensitive, frozenset(unknown.split()), order)


def plain(kind: Column, *names: str) -> list[SnapshotColumn]:
    return [SnapshotColumn(name, kind, name, f"{name} (en)") for name in names]


def numbered(
    name: str,
    codes: int,
    *,
    several: bool = False,
    unknown: str = "",
    sensitive: bool = False,
    order: tuple[str, ...] = (),
) -> SnapshotColumn:
    """A coded column with the codes 1 … `codes`."""
    levels = tuple(SnapshotLevel(str(code), f"{name} {code}", f"{name} {code} (en)") for code in range(1, codes + 1))
    kind = Column.CODES if several else Column.CODE
    return SnapshotColumn(name, kind, name, f"{name} (en)", levels, sensitive, frozenset(unknown.split()), order)


_ALL = [
    *plain(Column.KEY, "client", "case", "intervention", "follow_up"),
    coded("committee", S="Socialnämnden"),
    coded("unit", A="Norr", B="Söder", C="Väster"),
    coded("provider", P="Egen regi", Q="Bolaget"),
    coded("legal_sex", _1="Kvinna", _2="Man"),
    coded("age_group", _0="0–12 år", _13="13–20 år", _21="21 år och äldre"),
    numbered("intake_reason", 14, several=True),
    numbered("origin", 5, unknown="5"),
    numbered("household_type", 9),
    numbered("previous_contact", 4, unknown="4"),
    numbered("problem", 35, several=True, sensitive=True),
    numbered("intervention_type", 14, several=True),
    numbered("collaboration", 12, several=True),
    numbered("coordinated_plan", 3),
    numbered("parallel_interventions", 3, unknown="3"),
    numbered("goal_attainment", 6),
    numbered("adherence_to_plan", 3, order=("1", "2", "3")),
    numbered("closing_reason", 9),
    coded("language", Column.CODES, "x", _sv="Svenska", _ar="Arabiska", _ti="Tigrinska", _x="Vet ej"),
    coded("rating", unknown="9", order=("3", "2", "1"), _1="Svårt", _2="Lagom", _3="Lätt", _9="Vet ej"),
    *plain(Column.DATE, "first_intake_date", "intake_date", "decision_date", "closed_date", "start_date", "end_date"),
    *plain(Column.DATE, "first_follow_up_date", "follow_up_date", "due_date", "held_date", "cost_from", "cost_to"),
    *plain(Column.NUMBER, "age", "amount"),
]
COLUMNS = {column.id: column for column in _ALL}
"""What a made snapshot can hold: the standard's variables with as many codes as they have, and `language`, a local
multi-select with a "don't know" (x), and `rating`, a local scale on which 3 is best and 9 says that nobody knows."""

_ARROW = {
    Column.KEY: pa.int64(),
    Column.CODE: pa.int16(),
    Column.CODES: pa.list_(pa.int16()),
    Column.DATE: pa.date32(),
    Column.NUMBER: pa.float64(),
}


def make_snapshot(
    folder: Path,
    *,
    as_of: date = date(2025, 12, 31),
    not_used: tuple[str, ...] = (),
    tree: TreeHistory = NO_HISTORY,
    **populations: str | Iterable[Row],
) -> Snapshot:
    """Writes a snapshot to `folder` (made where absent) and opens it. A population's columns are those of its rows."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = {}
    for name, given in populations.items():
        population = Population(name)
        rows = rows_of(given) if isinstance(given, str) else list(given)
        names = names_of(given) if isinstance(given, str) else list(dict.fromkeys(name for row in rows for name in row))
        tables[population] = _write_table(folder, population, names, rows)
    manifest = named(Manifest("", as_of, "1", "0" * 64, "Provköping", tables, not_used, tree=tree))
    (folder / MANIFEST).write_text(write_manifest(manifest), encoding="utf-8")
    (folder / MADE).write_text("{}\n", encoding="utf-8")
    return open_snapshot(folder)


def rows_of(text: str) -> list[Row]:
    """The rows of a table in text: a line of names, then a line a row; a `|` at both ends or at none."""
    _, *lines = _lines(text)
    return [dict(zip(names_of(text), cells, strict=True)) for cells in lines]


def names_of(text: str) -> list[str]:
    return _lines(text)[0]


def _lines(text: str) -> list[list[str]]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    bordered = lines[0].startswith("|")
    return [[cell.strip() for cell in (line[1:-1] if bordered else line).split("|")] for line in lines]


def _write_table(folder: Path, population: Population, names: list[str], rows: list[Row]) -> SnapshotTable:
    keys = KEYS[population]
    columns = {name: COLUMNS[name] for name in dict.fromkeys([*keys, *names])}
    keyed = [dict.fromkeys(keys, number) | dict(row) for number, row in enumerate(rows, start=1)]
    arrays = [
        pa.array([_stored(column, row.get(name)) for row in keyed], _ARROW[column.kind])
        for name, column in columns.items()
    ]
    file = folder / file_name(population)
    pq.write_table(pa.table(arrays, names=list(columns)), file)
    return SnapshotTable(population, len(rows), hashlib.sha256(file.read_bytes()).hexdigest(), columns)


def _stored(column: SnapshotColumn, value: object) -> object:
    places = {level.code: place for place, level in enumerate(column.levels, start=1)}
    text = "" if value is None else str(value)
    match column.kind:
        case Column.CODE:
            return places[text] if text else 0
        case Column.CODES:
            return sorted(places[code] for code in text.split(";") if code)
        case Column.DATE:
            return date.fromisoformat(text) if text else None
        case Column.NUMBER:
            return float(text) if text else None
        case Column.KEY:
            return int(text) if text else None
