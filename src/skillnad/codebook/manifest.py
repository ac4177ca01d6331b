"""A snapshot's manifest as JSON, and the hash that is its name.

The id is SHA-256 over the manifest's canonical JSON without the id itself: keys sorted, no spaces, UTF-8. The time of
making is no part of it; the writer puts it in `made.json` beside the manifest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, replace
from datetime import date
from typing import Any

from skillnad.codebook.snapshot_schema import (
    FORMAT,
    Column,
    Manifest,
    Population,
    SnapshotColumn,
    SnapshotLevel,
    SnapshotTable,
)
from skillnad.codebook.trees import NO_HISTORY, Succession, TreeHistory, UnitSpell
from skillnad.lib.errors import UserError

MADE = "made.json"
"""The file beside the manifest that says when, and by which version, the snapshot was made."""


def file_name(population: Population) -> str:
    """The Parquet file of a population, in the snapshot's folder."""
    return f"{population.value}.parquet"


def manifest_id(manifest: Manifest) -> str:
    """SHA-256 (hex) of everything in the manifest but its id: the same register gives the same id."""
    data = manifest_as_data(manifest)
    del data["id"]
    canonical = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def named(manifest: Manifest) -> Manifest:
    """The manifest with the id that its content gives."""
    return replace(manifest, id=manifest_id(manifest))


def write_manifest(manifest: Manifest) -> str:
    """The text of `manifest.json`: the same manifest gives the same bytes."""
    return json.dumps(manifest_as_data(manifest), indent=1, ensure_ascii=False) + "\n"


def read_manifest(text: str, *, where: str = "manifest.json") -> Manifest:
    """The manifest that `text` holds. Raises UserError SNAP-002 (other format) or SNAP-003 (damaged, changed)."""
    try:
        data = json.loads(text)
        _check_format(data["format"], where)
        manifest = _manifest(data)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(where) from None
    if manifest.id != manifest_id(manifest):
        raise _damaged(where)
    return manifest


def manifest_as_data(manifest: Manifest) -> dict[str, Any]:
    """The manifest as plain data. Columns are a list, so that their order is part of the id."""
    return {
        "format": manifest.format,
        "id": manifest.id,
        "as_of": manifest.as_of.isoformat(),
        "codebook_version": manifest.codebook_version,
        "codebook_digest": manifest.codebook_digest,
        "municipality": manifest.municipality,
        "not_used": list(manifest.not_used),
        **({"instruments": [list(each) for each in manifest.instruments]} if manifest.instruments else {}),
        **({"tree": _tree_as_data(manifest.tree)} if manifest.tree != NO_HISTORY else {}),
        "tables": {population.value: _table_as_data(table) for population, table in manifest.tables.items()},
    }


def _tree_as_data(tree: TreeHistory) -> dict[str, Any]:
    spells = [[*astuple(spell)[:4], *map(_day, (spell.first_day, spell.last_day))] for spell in tree.spells]
    followed = [[each.predecessor, each.successor, each.day.isoformat()] for each in tree.successions]
    return {"units": spells, "successions": followed}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _tree(data: Mapping[str, Any]) -> TreeHistory:
    spells = (UnitSpell(*spell[:4], *map(_read_day, spell[4:])) for spell in data.get("units", ()))
    successions = (Succession(one, other, date.fromisoformat(day)) for one, other, day in data.get("successions", ()))
    return TreeHistory(tuple(spells), tuple(successions))


def _read_day(day: str) -> date | None:
    return date.fromisoformat(day) if day else None


_OF_INSTRUMENTS = ("not_asked", "reference", "scored", "pair")
"""What only an instrument's column has: absent of all others, whose manifests are what they were."""


def _table_as_data(table: SnapshotTable) -> dict[str, Any]:
    return {
        "rows": table.rows,
        "sha256": table.sha256,
        "columns": [_column_as_data(column) for column in table.columns.values()],
    }


def _column_as_data(column: SnapshotColumn) -> dict[str, Any]:
    return {
        "id": column.id,
        "kind": column.kind.value,
        "sv": column.sv,
        "en": column.en,
        "sensitive": column.sensitive,
        "unknown": sorted(column.unknown),
        "levels": [_level_as_data(level) for level in column.levels],
        **({"order": list(column.order)} if column.order else {}),
        **{name: getattr(column, name) for name in _OF_INSTRUMENTS if getattr(column, name)},
        **({"good": list(column.good)} if column.good else {}),
    }


def _level_as_data(level: SnapshotLevel) -> list[str]:
    """Code and labels; and where it was not always there, its first and last day, empty where there is none."""
    days = [day.isoformat() if day else "" for day in (level.first_day, level.last_day)]
    return [level.code, level.sv, level.en, *(days if any(days) else ())]


def _level(code: str, sv: str, en: str, first_day: str = "", last_day: str = "") -> SnapshotLevel:
    return SnapshotLevel(code, sv, en, *(date.fromisoformat(day) if day else None for day in (first_day, last_day)))


def _manifest(data: Mapping[str, Any]) -> Manifest:
    return Manifest(
        id=data["id"],
        as_of=date.fromisoformat(data["as_of"]),
        codebook_version=data["codebook_version"],
        codebook_digest=data["codebook_digest"],
        municipality=data["municipality"],
        tables={Population(name): _table(Population(name), table) for name, table in data["tables"].items()},
        not_used=tuple(data["not_used"]),
        format=data["format"],
        instruments=tuple((name, version, digest) for name, version, digest in data.get("instruments", ())),
        tree=_tree(data.get("tree", {})),
    )


def _table(population: Population, data: Mapping[str, Any]) -> SnapshotTable:
    columns = [_column(column) for column in data["columns"]]
    return SnapshotTable(population, data["rows"], data["sha256"], {column.id: column for column in columns})


def _column(data: Mapping[str, Any]) -> SnapshotColumn:
    return SnapshotColumn(
        id=data["id"],
        kind=Column(data["kind"]),
        sv=data["sv"],
        en=data["en"],
        levels=tuple(_level(*level) for level in data["levels"]),
        sensitive=data["sensitive"],
        unknown=frozenset(data["unknown"]),
        order=tuple(data.get("order", ())),
        good=tuple(data.get("good", ())),
        **{name: data.get(name, "") for name in _OF_INSTRUMENTS},
    )


def _check_format(found: object, where: str) -> None:
    if found != FORMAT:
        raise UserError.of(
            "SNAP-002",
            where=where,
            sv=f"Ögonblicksbilden har ett annat format än {FORMAT}, som den här versionen läser. "
            "Gör en ny med `skillnad snapshot`.",
            en=f"The snapshot has another format than {FORMAT}, which this version reads. "
            "Make a new one with `skillnad snapshot`.",
        )


def _damaged(where: str) -> UserError:
    return UserError.of(
        "SNAP-003",
        where=where,
        sv="Innehållet är skadat eller ändrat: det stämmer inte med sitt id. Gör en ny ögonblicksbild med "
        "`skillnad snapshot`.",
        en="The content is damaged or changed: it does not match its id. Make a new snapshot with `skillnad snapshot`.",
    )
