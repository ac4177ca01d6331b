"""What each kind of intervention cost, and how it went for those that ended: beside each other, never divided."""

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.figures import interval
from skillnad.analysis.questions import Share
from skillnad.analysis.results import TOTAL, YES, Level, MeasureKind, ProtectedTable
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Tables
from skillnad.reports.reading import cell, known, meaningless, named
from skillnad.reports.views import BLANK, Cell, Group, Heading, Role, Row, View
from skillnad.reports.wording import quoted

HEADINGS = (
    Heading("Kronor", "Kostnad"),
    Heading("Personer", "Kostnad"),
    Heading("Avslutade insatser med uppgift", "Resultat"),
    Heading("Alla mål uppnådda", "Resultat"),
)

SURE = "95 procents intervall"
ENOUGH = 10
"""Of fewer no share is told in words."""


def cost_and_result(tables: Tables) -> tuple[str, ...]:
    """ "Insatserna kostade 12 345 000 kronor. Mest kostade ”Familjehem”: 5 000 000 kronor för 41 personer; …"."""
    costs = _costs(tables)
    total = cell(costs, "sum") if costs else None
    if costs is None or total is None:
        return ()
    said = [f"Insatserna kostade {whole(total)} kronor."]
    shown = [(cell(costs, "sum", level.code) or 0, level) for level in named(costs)]
    amount, dearest = max(shown, key=lambda pair: pair[0], default=(0, None))
    if dearest is None or not amount:
        return tuple(said)
    people = cell(costs, "clients", dearest.code)
    who = f" för {whole(people)} personer" if people else ""
    return (*said, f"Mest kostade {quoted(dearest)}: {whole(amount)} kronor{who}{_went(tables, dearest)}.")


def cost_beside_result(tables: Tables, caption: str) -> View:
    """A row a kind of intervention that cost anything, where costs are known; else that ended."""
    costs, results = _costs(tables), _results(tables)
    axis = costs.axes[0] if costs else tables[0].axes[1]
    levels = named(costs) if costs else named(tables[0], 1)
    rows = [
        Row(level.label, (*_cost(costs, level.code), *_result(results, level.code)))
        for level in levels
        if not _nothing(costs, results, level.code)
    ]
    rows.append(Row("Alla", (*_cost(costs, TOTAL), *_result(results, TOTAL)), Role.TOTAL))
    note = "Slag av insatser som inte har någon kostnad i underlaget står inte med." if costs else ""
    return View(caption, axis.label, HEADINGS, (Group(tuple(rows)),), note)


def _went(tables: Tables, level: Level) -> str:
    """How many per cent reached every goal, where they are enough for a sentence."""
    results = _results(tables)
    reached, number = _reached(results, level.code), known(results, TOTAL, level.code) if results else None
    if reached is None or number is None or number < ENOUGH:
        return ""
    return f"; av de {whole(number)} som avslutades hade {percent(reached)}{_ends(tables, level, number)} nått alla mål"


def _ends(tables: Tables, level: Level, number: int | float) -> str:
    """The share's 95 per cent interval, from the comparison of the kinds, where that is of as many."""
    compared = next((table for table in tables if isinstance(table.question, Comparison)), None)
    if compared is None or cell(compared, "whole", level.code) != number:
        return ""
    low, high = (cell(compared, f"share_{end}", level.code) for end in ("low", "high"))
    return "" if low is None or high is None else f" ({SURE}: {interval(MeasureKind.SHARE, low, high)})"


def _costs(tables: Tables) -> ProtectedTable | None:
    return next((table for table in tables if "sum" in table.cells), None)


def _results(tables: Tables) -> ProtectedTable | None:
    return next((table for table in tables if isinstance(table.question, Share)), None)


def _cost(costs: ProtectedTable | None, code: str) -> tuple[Cell, Cell]:
    if costs is None:
        return BLANK, BLANK
    return Cell(cell(costs, "sum", code), MeasureKind.AMOUNT), Cell(cell(costs, "clients", code))


def _result(results: ProtectedTable | None, code: str) -> tuple[Cell, Cell]:
    if results is None:
        return BLANK, BLANK
    share = BLANK if meaningless(results, "share", YES, code) else Cell(_reached(results, code), MeasureKind.SHARE)
    return Cell(known(results, TOTAL, code)), share


def _reached(results: ProtectedTable | None, code: str) -> int | float | None:
    """A share of a hidden number is hidden here, also where a reader of the whole table could work it out: "0 % of .."
    cannot be read, and would say something of each of a few."""
    if results is None or known(results, TOTAL, code) is None:
        return None
    return cell(results, "share", YES, code)


def _nothing(costs: ProtectedTable | None, results: ProtectedTable | None, code: str) -> bool:
    if costs is not None:
        return cell(costs, "count", code) == 0
    return results is None or known(results, TOTAL, code) == 0
