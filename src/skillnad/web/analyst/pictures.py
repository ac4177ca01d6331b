"""The picture of an explorer's table: the same drawings as in the report."""

from skillnad.analysis.results import ProtectedTable
from skillnad.reports.charts import bars, grouped_bars, heat, months
from skillnad.reports.outline import Draw
from skillnad.reports.pictures import picture
from skillnad.reports.reading import values
from skillnad.reports.report import Figure

FEW_GROUPS = 4


def figure_of(table: ProtectedTable) -> Figure | None:
    """None where there is nothing to draw: an empty table, or nothing but gaps."""
    drawing = _draw(table)((table,))
    return Figure(picture(drawing, "diagram"), drawing.caption, drawing.told) if drawing else None


def _draw(table: ProtectedTable) -> Draw:
    if len(table.axes) == 1:
        return months("Antal") if table.axes[0].id.startswith("month:") else bars()
    return grouped_bars() if len(values(table.axes[1])) <= FEW_GROUPS else heat()
