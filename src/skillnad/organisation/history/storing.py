"""The history as rows: what differs from what stands is added, and the units are as they are by their last spell."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby, zip_longest
from operator import attrgetter
from typing import Any

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.organisation.history import problems
from skillnad.organisation.history.queries import (
    spell_of,
    standing_spells,
    standing_successions,
    succession_of,
    unit_today,
)
from skillnad.organisation.history.records import SuccessionRecord, UnitRecord
from skillnad.organisation.models import Administration, Committee, Municipality, Unit

Made = Mapping[str, Any]


def store(history: TreeHistory, *, by: str, at: datetime) -> int:
    """Returns how many rows were added. Raises UserError ORG-002 for a place that is not in the tree."""
    made = {"made_by": by, "made_at": at}
    places = _Places()
    units = {unit.code: unit for unit in Unit.objects.select_related("committee", "administration")}
    for code, spells in groupby(history.spells, key=attrgetter("code")):
        units[code] = _as_last(units.get(code), list(spells), places)
    rows = [*_spell_rows(history, units, places, made)]
    followed = [*_succession_rows(history, units, made)]
    UnitRecord.objects.bulk_create(rows)
    SuccessionRecord.objects.bulk_create(followed)
    return len(rows) + len(followed)


def record_units(units: Iterable[Unit], *, by: str, at: datetime) -> None:
    """The units' first spells: as they are now, where nothing has been told of them; where one spell has been told and
    the unit is otherwise now, that is corrected."""
    made, standing = {"made_by": by, "made_at": at}, {row.unit_id: row for row in standing_spells()}
    rows = []
    for unit in units:
        row = standing.get(unit.pk)
        if row is None or spell_of(row) != unit_today(unit):
            rows.append(UnitRecord(unit=unit, replaces=row, **_told(unit), **made))
    UnitRecord.objects.bulk_create(rows)


def reorganised() -> frozenset[str]:
    """The codes of units whose history says more than how they are: another source does not overwrite them."""
    spells = [row.unit.code for row in standing_spells()]
    several = {code for code, those in groupby(spells) if len(list(those)) > 1}
    followed = {code for row in standing_successions() for code in (row.predecessor.code, row.successor.code)}
    return frozenset(several | followed)


class _Places:
    """Committees and administrations by code."""

    def __init__(self) -> None:
        municipality = Municipality.objects.first()
        if municipality is None:
            raise problems.empty()
        self.municipality = municipality
        self.committees = {each.code: each for each in Committee.objects.all()}
        all_of_them = Administration.objects.select_related("committee")
        self.administrations = {(each.committee.code, each.code): each for each in all_of_them}

    def of(self, spell: UnitSpell) -> dict[str, Any]:
        committee = self.committees.get(spell.committee)
        if committee is None:
            raise problems.no_place(spell.committee, self.committees)
        administration = self.administrations.get((spell.committee, spell.administration))
        if spell.administration and administration is None:
            raise problems.no_place(
                spell.administration, (code for of, code in self.administrations if of == committee.code)
            )
        return {"committee": committee, "administration": administration}


def _as_last(unit: Unit | None, spells: list[UnitSpell], places: _Places) -> Unit:
    """The unit as its last spell has it, there from its first spell's first day; saved where that is new."""
    last = spells[-1]
    days = {"valid_from": spells[0].first_day, "valid_to": last.last_day}
    told = {"name": last.name, **days, **places.of(last)}
    if unit is None:
        return Unit.objects.create(code=last.code, municipality=places.municipality, **told)
    if any(getattr(unit, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(unit, name, value)
        unit.save()
    return unit


def _spell_rows(history: TreeHistory, units: Mapping[str, Unit], places: _Places, made: Made) -> Iterator[UnitRecord]:
    standing = {code: list(rows) for code, rows in groupby(standing_spells(), key=lambda row: row.unit.code)}
    for code, spells in groupby(history.spells, key=attrgetter("code")):
        wanted, rows = list(spells), standing.get(code, [])
        gone = [row for row in rows if spell_of(row) not in wanted]
        new = [spell for spell in wanted if spell not in {spell_of(row) for row in rows}]
        for row, spell in zip_longest(gone, new):
            told = _spell_told(spell, places) if spell else {**_told(row), "withdrawn": True}
            yield UnitRecord(unit=units[code], replaces=row, **told, **made)


def _spell_told(spell: UnitSpell, places: _Places) -> dict[str, Any]:
    return {"name": spell.name, "valid_from": spell.first_day, "valid_to": spell.last_day, **places.of(spell)}


def _told(held: Unit | UnitRecord) -> dict[str, Any]:
    return {name: getattr(held, name) for name in ("name", "valid_from", "valid_to", "committee", "administration")}


def _succession_rows(history: TreeHistory, units: Mapping[str, Unit], made: Made) -> Iterator[SuccessionRecord]:
    standing = {succession_of(row): row for row in standing_successions()}
    for each in history.successions:
        if each not in standing:
            yield SuccessionRecord(**_followed(each, units), **made)
    for each, row in standing.items():
        if each not in history.successions:
            yield SuccessionRecord(**_followed(each, units), replaces=row, withdrawn=True, **made)


def _followed(each: Succession, units: Mapping[str, Unit]) -> dict[str, Any]:
    return {"predecessor": units[each.predecessor], "successor": units[each.successor], "from_date": each.day}
