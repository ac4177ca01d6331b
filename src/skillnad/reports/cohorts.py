"""How long it takes for those who began in a period, followed to the snapshot's day: who is still waiting is counted
with the time that has passed, by Kaplan and Meier, and the median of those who are done stands beside.
"""

from skillnad.analysis.measures import OPEN, followed
from skillnad.analysis.results import MeasureKind, ProtectedTable
from skillnad.reports.layouts import EVERYONE
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Say, Show, Tables
from skillnad.reports.reading import Number, added, cell, count, meaningless, named
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View
from skillnad.reports.wording import TOO_FEW, days_told, nothing

ALL_COUNTED = "De som inte är klara än är inräknade med den tid som har gått (Kaplan–Meier)."
MEDIAN, LATE = followed("median"), followed("p90")
HEADINGS = (
    Heading("Började"),
    Heading("Inte klara än"),
    Heading("Hälften inom"),
    Heading("Nio av tio inom"),
    Heading("Hälften, bara de klara"),
)
NOT_YET = (
    "De två första tiderna är med pågående. Den sista är bara för de klara, och blir för kort. Tom ruta: för många "
    "är inte klara än, så tiden går inte att säga."
)


def cohort_told(what: str, span: str) -> Say:
    """ "För hälften av ärendena som … är tiden … högst 42 dagar (n = 1 120, varav 187 inte är klara än)."."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        middle = cell(table, MEDIAN)
        if middle is None:
            return (_not_yet(table, what, span) if meaningless(table, MEDIAN) else TOO_FEW,)
        first = f"För hälften av {what} är tiden {span} högst {days_told(middle)} dagar{_of(table)}."
        return (first, ALL_COUNTED, *_done_alone(table, middle))

    return say


def _not_yet(table: ProtectedTable, what: str, span: str) -> str:
    return f"Mindre än hälften av {what} är klara än{_of(table)}, så det går inte att säga hur lång tid det tar {span}."


def _of(table: ProtectedTable) -> str:
    began, open_rows = _began(table), cell(table, OPEN)
    if began is None or open_rows is None:
        return ""
    return f" (n = {whole(began)}, varav {whole(open_rows)} inte är klara än)"


def _done_alone(table: ProtectedTable, middle: int | float) -> tuple[str, ...]:
    alone = cell(table, "median")
    if alone is None or alone >= middle:
        return ()
    return (
        f"Räknas bara de som är klara blir det {days_told(alone)} dagar, men det är för kort: de som tar lång tid är "
        "inte klara än.",
    )


def _began(table: ProtectedTable, *key: str) -> Number:
    return added((count(table, *key), cell(table, OPEN, *key)))


def cohort_shown() -> Show:
    """A row for everyone, and one a group."""

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        rows = [_row(table, EVERYONE, (), Role.TOTAL)]
        rows += [_row(table, level.label, (level.code,), Role.VALUE) for level in named(table)]
        return View(caption, table.axes[0].label, HEADINGS, (Group(tuple(rows)),), NOT_YET)

    return show


def _row(table: ProtectedTable, label: str, key: tuple[str, ...], role: Role) -> Row:
    numbers = (Cell(_began(table, *key)), Cell(cell(table, OPEN, *key)))
    times = (_days(table, measure, key) for measure in (MEDIAN, LATE, "median"))
    return Row(label, (*numbers, *times), role)


def _days(table: ProtectedTable, measure: str, key: tuple[str, ...]) -> Cell:
    return BLANK if meaningless(table, measure, *key) else Cell(cell(table, measure, *key), MeasureKind.DAYS)


def decided_within(days: int, what: str, limit: str) -> Say:
    """ "84 % av ärendena som … är klara inom fyra månader (n = 185, varav 12 inte är klara än)."."""

    def say(tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        part = cell(table, f"within_{days}")
        if part is None:
            return (_too_soon(table, what, limit) if meaningless(table, f"within_{days}") else TOO_FEW,)
        return (f"{percent(part)} av {what} är klara inom {limit}{_of(table)}.", ALL_COUNTED)

    return say


def _too_soon(table: ProtectedTable, what: str, limit: str) -> str:
    if _began(table) == 0:
        return nothing(table)
    return f"Ingen av {what} är följd så länge som {limit}{_of(table)}, så andelen går inte att säga."


def within_shown(days: int) -> Show:
    """One row: how many began, how many are open, and the share that is done within so many days."""

    def show(tables: Tables, caption: str) -> View:
        (table,) = tables
        name = f"within_{days}"
        part = BLANK if meaningless(table, name) else Cell(cell(table, name), MeasureKind.SHARE)
        row = Row(EVERYONE, (Cell(_began(table)), Cell(cell(table, OPEN)), part), Role.TOTAL)
        headings = (*HEADINGS[:2], Heading(f"Klara inom {days} dagar"))
        return View(caption, "Ärenden", headings, (Group((row,)),))

    return show
