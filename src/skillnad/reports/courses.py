"""A course over time in a report: what the latest point is, whether a rule says that something has changed, a row a
month, and the chart."""

from dataclasses import replace

from skillnad.analysis.results import Level, Measure, MeasureKind, ProtectedTable
from skillnad.lib.text import capitalised
from skillnad.reports.numbers import cell_text
from skillnad.reports.outline import Say, Show, Tables
from skillnad.reports.reading import cell, named
from skillnad.reports.signals import hidden_told, signals_told
from skillnad.reports.views import BLANK, Cell, Group, Heading, Row, View
from skillnad.reports.wording import TOO_FEW

CENTRE = "centre"
LATEST = 12
"""A table of a course has at most so many rows; the chart has them all."""
STEADY = "Ingen av diagrammets regler tyder på annat än slumpmässig variation."
TOO_SHORT = "De är för få för att avgöra om något har förändrats."


def course_told(words: str) -> Say:
    """ "Mediantiden från … var 45 under december 2025; medianen av diagrammets punkter är 48. Ingen av …"."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        value = _value(table)
        latest = _latest(table, value)
        if latest is None:
            return (TOO_FEW,)
        centre = _centre(table)
        beside = f"; medianen av diagrammets punkter är {_text(centre, value)}" if centre is not None else ""
        last = f"{words} var {_text(cell(table, value.id, latest.code), value)} under {latest.label}{beside}."
        if centre is None:
            return (last, TOO_SHORT)
        return (last, *(signals_told(table) or (STEADY,)), *hidden_told(table))

    return say


def course_shown(unit: str) -> Show:
    """A row a `unit`, in order of time; the LATEST of them where there are more, and all in the workbook."""

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        value = _value(table)
        rows = [Row(capitalised(level.label), (_cell(table, value, level),)) for level in named(table)]
        full = View(caption, unit, (Heading(value.label),), (Group(tuple(rows)),), course=True)
        if len(rows) <= LATEST:
            return full
        note = f"De {LATEST} senaste visas. Alla står i Excelfilen."
        return replace(full, groups=(Group(tuple(rows[-LATEST:])),), note=note, full=(full,))

    return show


def _value(table: ProtectedTable) -> Measure:
    """What the course is of: the first that is no centre, limit or signal."""
    return table.measures[0]


def _latest(table: ProtectedTable, value: Measure) -> Level | None:
    """The last point that is not hidden; none where all of the latest are: what an old one says is no news."""
    told = [level for level in named(table) if (level.code,) in table.cells[value.id]]
    shown = (level for level in reversed(told[-LATEST:]) if cell(table, value.id, level.code) is not None)
    return next(shown, None)


def _centre(table: ProtectedTable) -> int | float | None:
    found = (cell(table, CENTRE, level.code) for level in named(table))
    return next((centre for centre in found if centre is not None), None)


def _cell(table: ProtectedTable, value: Measure, level: Level) -> Cell:
    if (level.code,) not in table.cells[value.id]:
        return BLANK
    return Cell(cell(table, value.id, level.code), value.kind)


def _text(number: int | float | None, value: Measure) -> str:
    unit = " dagar" if value.kind is MeasureKind.DAYS else ""
    return f"{cell_text(Cell(number, value.kind))}{unit}"
