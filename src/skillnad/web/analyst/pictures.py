"""The picture of an explorer's table: the same drawings as in the report."""

from skillnad.analysis.questions import CrossTable, Percent
from skillnad.analysis.results import ProtectedTable
from skillnad.reports.charts import bars, grouped_bars, heat, months
from skillnad.reports.outline import Draw, Drawing
from skillnad.reports.pictures import picture
from skillnad.reports.reading import values

FEW_GROUPS = 4


def drawing_of(table: ProtectedTable) -> Drawing | None:
    """None where there is nothing to draw: an empty table, or nothing but gaps."""
    return _draw(table)((table,))


def svg_of(table: ProtectedTable) -> str:
    """The picture itself; a page asks for it by an address of its own, since drawing takes longer than counting."""
    drawing = drawing_of(table)
    return picture(drawing, "diagram") if drawing else ""


def _draw(table: ProtectedTable) -> Draw:
    """What the reader asked to see: counts, or the shares that the table itself has."""
    if len(table.axes) == 1:
        return months("Antal") if table.axes[0].id.startswith("month:") else bars(counts=True)
    counts, of_columns = "share" not in table.cells, _percent(table) is Percent.COLUMNS
    if len(values(table.axes[1])) <= FEW_GROUPS:
        return grouped_bars(what="Andel av varje kolumn" if of_columns else "Andel av varje rad", counts=counts)
    return heat(along=0 if of_columns else 1, counts=counts)


def _percent(table: ProtectedTable) -> Percent:
    return table.question.percent if isinstance(table.question, CrossTable) else Percent.NONE
