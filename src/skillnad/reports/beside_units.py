"""Units beside each other in a report, in the organisation's own order and never ranked: how many and how long in one
table, and where chance leaves each unit's share."""

from collections.abc import Iterator

from skillnad.analysis.measures import followed
from skillnad.analysis.questions import Count, Duration
from skillnad.analysis.results import TOTAL, Level, MeasureKind, ProtectedTable
from skillnad.reports.comparison_layouts import compared
from skillnad.reports.comparison_wording import told
from skillnad.reports.layouts import EVERYONE
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Say, Tables
from skillnad.reports.reading import cell, count, meaningless, named
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View
from skillnad.reports.wording import TOO_FEW, nothing, with_n

MEDIAN = followed("median")
TIMES = {"decision_date": "Väntade, hälften högst", "start_date": "Till avslut, hälften högst"}
"""The heading of a time, by the date that it starts from."""
OPEN = "Tom ruta: för många är inte klara än, eller inga finns, så tiden går inte att säga."
PLACED = (Heading("Avslutade med uppgift"), Heading("Andel"), Heading("Läge"))


def units_told(tables: Tables) -> tuple[str, ...]:
    """How many began in all, and how many units that can be shown have any."""
    table = tables[0]
    if not isinstance(table.question, Count):
        return ()
    began = [level for level in named(table) if count(table, level.code)]
    total = count(table)
    if not began or total is None:
        return (nothing(table),)
    units = "enhet" if len(began) == 1 else "enheter"
    return (f"{whole(total)} insatser började under perioden, på {len(began)} {units} som kan visas.",)


def units_beside(tables: Tables, caption: str) -> View:
    """A row a unit: how many began, and the median of each time."""
    first = tables[0]
    headings = tuple(Heading(_heading(table)) for table in tables)
    rows = [Row(level.label, _cells(tables, level.code)) for level in named(first) if not _idle(tables, level)]
    rows.append(Row(EVERYONE, _cells(tables), Role.TOTAL))
    return View(caption, first.axes[0].label, headings, (Group(tuple(rows)),), OPEN)


def _heading(table: ProtectedTable) -> str:
    return TIMES[table.question.start] if isinstance(table.question, Duration) else "Började"


def _cells(tables: Tables, *key: str) -> tuple[Cell, ...]:
    return tuple(
        _median(table, key) if isinstance(table.question, Duration) else Cell(count(table, *key)) for table in tables
    )


def _median(table: ProtectedTable, key: tuple[str, ...]) -> Cell:
    if meaningless(table, MEDIAN, *key):
        return BLANK
    return Cell(cell(table, MEDIAN, *key), MeasureKind.DAYS)


def _idle(tables: Tables, level: Level) -> bool:
    """Is the unit known to have had none at all?"""
    return all(count(table, level.code) == 0 for table in tables)


def placed_among_units(phrase: str) -> Say:
    """ "Andel där alla mål …: 34 % för enheterna tillsammans (n = 577). Under den inre gränsen: Ungdomsenheten."."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        return tuple(_placed(table, phrase))

    return say


def _placed(table: ProtectedTable, phrase: str) -> Iterator[str]:
    target = cell(table, "target")
    if target is None:
        yield TOO_FEW
        return
    yield f"{phrase}: {percent(target)} för enheterna tillsammans{with_n(cell(table, 'whole'))}."
    yield from told(table)


def units_placed(tables: Tables, caption: str) -> View:
    """A row a unit: of how many, the share, and where it is about the limits; the limits stand in the workbook."""
    (table,) = tables
    rows = [
        Row(level.label, (*_share(table, level.code), Cell(cell(table, "placing", level.code), MeasureKind.PLACING)))
        for level in named(table)
        if cell(table, "whole", level.code) != 0
    ]
    rows.append(Row(EVERYONE, (*_share(table, TOTAL), BLANK), Role.TOTAL))
    full = compared()(tables, caption).full
    return View(caption, table.axes[0].label, PLACED, (Group(tuple(rows)),), full=full)


def _share(table: ProtectedTable, code: str) -> tuple[Cell, Cell]:
    return Cell(cell(table, "whole", code)), Cell(cell(table, "share", code), MeasureKind.SHARE)
