"""Coarser questions beside one that was asked: levels put together, a longer step of time, a limit less, the committee
in place of the unit, a column less, a longer period."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from skillnad.analysis.banded import banded_of
from skillnad.analysis.calendars import calendar_of
from skillnad.analysis.disclosure.suggest.suggestion import Recoding
from skillnad.analysis.merged import ungrouped
from skillnad.analysis.questions import CrossTable, Flow, Question
from skillnad.analysis.results import ProtectedTable
from skillnad.analysis.selection import by_of, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.suggested.merging import Change, put_together
from skillnad.codebook.periods import Period
from skillnad.lib.text import lowered

STEPS = {"month": ("quarter", "kvartal", "quarter"), "quarter": ("year", "år", "year")}
"""The next longer step of time, in Swedish and English."""
LARGER = {"unit": "committee"}
"""The level above."""
Recoded = Recoding[Question]


def coarser(snapshot: Snapshot, question: Question, shown: ProtectedTable) -> Iterator[Recoded]:
    """Some may be such as the snapshot cannot answer. `shown` is the protected answer: which levels are put together
    follows from its gaps."""
    for column in by_of(question):
        for name, sv, en in _others(snapshot, question, column, shown):
            yield Recoding(sv, en, with_column(question, column, name))
        if column in getattr(question, "by", ()) and len(by_of(question)) > 1:
            yield _without(snapshot, question, column)
    if (longer := _longer(question)) is not None:
        yield longer


def with_column(question: Question, column: str, other: str) -> Question:
    """The question with another column in the place of one."""
    asked: Any = question
    changed: dict[str, Any] = {"by": tuple(other if each == column else each for each in asked.by)}
    if isinstance(question, CrossTable):
        changed |= {name: other for name in ("rows", "columns") if getattr(question, name) == column}
    return _changed(asked, **changed)


def _others(snapshot: Snapshot, question: Question, column: str, shown: ProtectedTable) -> Iterator[Change]:
    """What can stand in the column's place."""
    table = snapshot.table(selection_of(question).population)
    yield from _longer_step(column)
    yield from _fewer_limits(column)
    above = table.columns.get(LARGER.get(column, ""))
    if above and len(above.levels) > 1 and above.id not in by_of(question):
        own = table.columns[column]
        yield above.id, f"Visa {lowered(above.sv)} i stället för {lowered(own.sv)}", f"Show {above.id}, not {own.id}"
    if not (isinstance(question, CrossTable) and question.outside and column == question.rows):
        stored = table.columns.get(ungrouped(column))
        yield from put_together(stored, column, shown) if stored else ()


def _longer_step(column: str) -> Iterator[Change]:
    through = calendar_of(column)
    if through and through.calendar.unit in STEPS:
        unit, sv, en = STEPS[through.calendar.unit]
        yield f"{unit}:{through.column}", f"Visa per {sv}", f"Show by {en}"


def _fewer_limits(column: str) -> Iterator[Change]:
    made = banded_of(column)
    for limit in made.limits if made and len(made.limits) > 1 else ():
        fewer = ",".join(str(each) for each in made.limits if each != limit)  # type: ignore[union-attr]
        yield f"{column.rpartition(':')[0]}:{fewer}", f"Ta bort gränsen {limit}", f"Remove the limit {limit}"


def _without(snapshot: Snapshot, question: Question, column: str) -> Recoded:
    asked: Any = question
    own = snapshot.column(selection_of(question).population, column)
    return Recoding(
        f"Ta bort indelningen efter {lowered(own.sv)}",
        f"Remove the column {own.id.partition(':')[0]}",
        _changed(asked, by=tuple(each for each in asked.by if each != column)),
    )


def _longer(question: Question) -> Recoded | None:
    """The same period and the year before it, together."""
    selection = selection_of(question)
    if selection.period is None or isinstance(question, Flow):
        return None
    longer = Period(selection.period.a_year_before().start, selection.period.end)
    to = _changed(question, selection=replace(selection, period=longer))
    return Recoding(f"Låt perioden börja {longer.start}", f"Let the period begin {longer.start}", to)


def _changed(question: Any, **fields: Any) -> Question:
    """Which fields a question has depends on its kind."""
    changed: Question = replace(question, **fields)
    return changed
