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
from skillnad.reports.wording import TOO_FEW, days_told, nothing, with_n

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


def decided_within(days: int, what: str, began: str, ended: str, limit: str) -> Say:
    """ "84 % av ärendena som kom är klara inom fyra månader (n = 185, varav 12 inte är klara än). Av ärendena som
    beslutades var 81 % klara inom fyra månader (n = 172).".

    The first table is of those who `began`, the second of those who `ended`.
    """

    def say(tables: Tables) -> tuple[str, ...]:
        first, *rest = tables
        told = _share_within(first, days, f"{what} som {began}", limit)
        return (*told, *(sentence for table in rest for sentence in _share_of_ended(table, days, what, ended, limit)))

    return say


def _share_within(table: ProtectedTable, days: int, what: str, limit: str) -> tuple[str, ...]:
    name = f"within_{days}"
    part = cell(table, name)
    if part is not None:
        return (f"{percent(part)} av {what} är klara inom {limit}{_of(table)}.", ALL_COUNTED)
    if not meaningless(table, name):
        return (TOO_FEW,)
    return (_too_soon(table, what, limit),)


def _share_of_ended(table: ProtectedTable, days: int, what: str, ended: str, limit: str) -> tuple[str, ...]:
    part = cell(table, f"within_{days}")
    if part is None:
        return ()
    return (f"Av {what} som {ended} var {percent(part)} klara inom {limit}{with_n(count(table))}.",)


def _too_soon(table: ProtectedTable, what: str, limit: str) -> str:
    if _began(table) == 0:
        return nothing(table)
    return f"Ingen av {what} är följd så länge som {limit}{_of(table)}, så andelen går inte att säga."


def within_shown(days: int, labels: tuple[str, str]) -> Show:
    """A row for those who began and one for those who ended: how many, how many are open, and the share that is done
    within so many days."""

    def show(tables: Tables, caption: str) -> View:
        rows = [_within_row(table, days, label) for table, label in zip(tables, labels, strict=False)]
        headings = (Heading("Antal"), HEADINGS[1], Heading(f"Klara inom {days} dagar"))
        return View(caption, "Ärenden", headings, (Group(tuple(rows)),))

    return show


def _within_row(table: ProtectedTable, days: int, label: str) -> Row:
    name, followed_on = f"within_{days}", OPEN in table.cells
    part = BLANK if meaningless(table, name) else Cell(cell(table, name), MeasureKind.SHARE)
    if not followed_on:
        return Row(label, (Cell(count(table)), BLANK, part))
    return Row(label, (Cell(_began(table)), Cell(cell(table, OPEN)), part))
