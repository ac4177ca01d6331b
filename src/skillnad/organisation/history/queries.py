"""The tree's history as it stands, and as it was told."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

from skillnad.codebook.trees import Succession, TreeHistory, UnitSpell
from skillnad.organisation.history.changes import ordered
from skillnad.organisation.history.records import SuccessionRecord, UnitRecord
from skillnad.organisation.models import Unit

_PLACES = ("committee", "administration")


def standing_spells() -> "QuerySet[UnitRecord, UnitRecord]":
    """What no other row replaces or takes back."""
    rows = UnitRecord.objects.filter(replaced_by__isnull=True, withdrawn=False)
    return rows.select_related("unit", *_PLACES).order_by("unit__code", "valid_from", "pk")


def standing_successions() -> "QuerySet[SuccessionRecord, SuccessionRecord]":
    rows = SuccessionRecord.objects.filter(replaced_by__isnull=True, withdrawn=False)
    return rows.select_related("predecessor", "successor").order_by("from_date", "pk")


def recorded_history() -> TreeHistory:
    """What stands. A unit that nobody has told anything of is as it is today, and always was."""
    told = [spell_of(row) for row in standing_spells()]
    known = {spell.code for spell in told}
    others = [unit_today(unit) for unit in Unit.objects.select_related(*_PLACES) if unit.code not in known]
    return ordered(TreeHistory((*told, *others), tuple(succession_of(row) for row in standing_successions())))


def all_records() -> Iterator[Model]:
    """Everything that was ever said, in the order that it was said; what is replaced has `replaced_by`."""
    spells = UnitRecord.objects.select_related("unit", "replaces", *_PLACES)
    successions = SuccessionRecord.objects.select_related("predecessor", "successor", "replaces")
    yield from sorted([*spells, *successions], key=lambda row: (row.made_at, row.pk))


def spell_of(row: UnitRecord) -> UnitSpell:
    place = row.administration.code if row.administration else ""
    return UnitSpell(row.unit.code, row.name, row.committee.code, place, row.valid_from, row.valid_to)


def succession_of(row: SuccessionRecord) -> Succession:
    return Succession(row.predecessor.code, row.successor.code, row.from_date)


def unit_today(unit: Unit) -> UnitSpell:
    place = unit.administration.code if unit.administration else ""
    return UnitSpell(unit.code, unit.name, unit.committee.code, place, unit.valid_from, unit.valid_to)
