"""Units that change names, move, close, split and merge. What was said stays said: rows are added, never changed.

`day` is the first day of what is new; of `close_unit` it is the unit's last. Each raises UserError ORG-001 … ORG-012,
and then nothing has been changed.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from skillnad.audit.actions import record
from skillnad.audit.writing import writing
from skillnad.codebook.trees import TreeHistory, UnitSpell
from skillnad.organisation.history import changes
from skillnad.organisation.history.queries import recorded_history
from skillnad.organisation.history.storing import store


@writing()
def rename_unit(*, unit: str, name: str, day: date, by: str, at: datetime) -> None:
    known = recorded_history()
    _keep(known, changes.renamed(known, unit, name, day), by=by, at=at)
    _log("rename_unit", [unit], {"from": day.isoformat()}, by=by, at=at)


@writing()
def move_unit(*, unit: str, committee: str, administration: str = "", day: date, by: str, at: datetime) -> None:
    known = recorded_history()
    _keep(known, changes.moved(known, unit, committee, administration, day), by=by, at=at)
    place = {"committee": committee, "administration": administration}
    _log("move_unit", [unit], {"from": day.isoformat(), **place}, by=by, at=at)


@writing()
def close_unit(*, unit: str, day: date, by: str, at: datetime) -> None:
    known = recorded_history()
    _keep(known, changes.closed(known, unit, day), by=by, at=at)
    _log("close_unit", [unit], {"to": day.isoformat()}, by=by, at=at)


@writing()
def split_unit(*, unit: str, into: Sequence[UnitSpell], day: date, by: str, at: datetime) -> None:
    """Of `into` each code counts, and the name and the place where it is a new one."""
    known = recorded_history()
    _keep(known, changes.split(known, unit, into, day), by=by, at=at)
    _log("split_unit", [unit], {"from": day.isoformat(), "into": [spell.code for spell in into]}, by=by, at=at)


@writing()
def merge_units(*, units: Sequence[str], into: UnitSpell, day: date, by: str, at: datetime) -> None:
    known = recorded_history()
    _keep(known, changes.merged(known, units, into, day), by=by, at=at)
    _log("merge_units", list(units), {"from": day.isoformat(), "into": into.code}, by=by, at=at)


@writing()
def import_history(*, told: TreeHistory, by: str, at: datetime) -> int:
    """What a file says of its units takes the place of what was known of them; others stay. Returns how many rows were
    added: none where all of it was known."""
    known = recorded_history()
    added = _keep(known, changes.with_units(known, changes.placed(told, known)), by=by, at=at)
    units = sorted({spell.code for spell in told.spells})
    _log("import_history", units, {"rows": added}, by=by, at=at)
    return added


def _keep(known: TreeHistory, new: TreeHistory, *, by: str, at: datetime) -> int:
    changes.check(new, localdate(at), known)
    return store(new, by=by, at=at)


def _log(what: str, units: list[str], details: Mapping[str, Any], *, by: str, at: datetime) -> None:
    record(by=by, at=at, action=f"organisation.{what}", subject_kind="unit", subjects=units, details=details)
