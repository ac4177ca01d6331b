"""What the units have been through, as it is told when the snapshot is made: rows that no other row replaces."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl

from skillnad.codebook.trees import NO_HISTORY, Succession, TreeHistory, UnitSpell
from skillnad.snapshots.database import Database, select
from skillnad.snapshots.encoding import as_dates

_DAYS = ("valid_from", "valid_to")
_PLACES = ("unit_id", "committee_id", "administration_id")
_TOLD = ("1", "true")  # a boolean as text: SQLite's and PostgreSQL's

Codes = Mapping[int, str]


def read_tree(database: Database, units: pl.DataFrame, committees: pl.DataFrame) -> TreeHistory:
    """The history of all units, where any was ever reorganised: renamed, moved, or followed by another. `units` and
    `committees` are theirs as they are today, with ids and codes."""
    administrations = _codes(select(database, "organisation_administration", ["code"], ["id"]))
    places = (_codes(units), _codes(committees), administrations)
    successions = tuple(_successions(database, places[0]))
    told = _standing(as_dates(select(database, "organisation_unitrecord", ["name", "withdrawn", *_DAYS], _IDS), _DAYS))
    today = units.rename({"id": "unit_id"}).join(told, on="unit_id", how="anti")
    columns = [*_PLACES, "name", *_DAYS]
    spells = [_spell(row, places) for row in pl.concat([told.select(columns), today.select(columns)]).iter_rows()]
    if not successions and max(Counter(spell.code for spell in spells).values(), default=0) < 2:
        return NO_HISTORY
    return TreeHistory(tuple(sorted(spells, key=lambda spell: (spell.code, spell.first_day or date.min))), successions)


_IDS = ("id", "replaces_id", *_PLACES)


def _successions(database: Database, units: Codes) -> Iterator[Succession]:
    ids = ("id", "replaces_id", "predecessor_id", "successor_id")
    rows = _standing(
        as_dates(select(database, "organisation_successionrecord", ["withdrawn", "from_date"], ids), ["from_date"])
    )
    told = rows.select("predecessor_id", "successor_id", "from_date").iter_rows()
    found = (Succession(units[before], units[after], day) for before, after, day in told)
    yield from sorted(found, key=lambda each: (each.day, each.predecessor, each.successor))


def _standing(rows: pl.DataFrame) -> pl.DataFrame:
    """What no other row replaces, and was not taken back."""
    return rows.filter(~pl.col("id").is_in(rows["replaces_id"].implode()), ~pl.col("withdrawn").is_in(_TOLD))


def _codes(places: pl.DataFrame) -> Codes:
    return dict(places.select("id", "code").iter_rows())


def _spell(row: tuple[Any, ...], places: tuple[Codes, Codes, Codes]) -> UnitSpell:
    units, committees, administrations = places
    unit, committee, administration, name, first, last = row
    return UnitSpell(units[unit], name, committees[committee], administrations.get(administration, ""), first, last)
