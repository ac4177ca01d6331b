"""Numbers as Swedish text ("1 234", "12 %", "3,5")."""

from skillnad.analysis.figures import SPACE, cell_figure, days, percent, whole
from skillnad.analysis.serialise import GAP
from skillnad.reports.views import Cell

__all__ = ["GAP", "SPACE", "cell_text", "days", "percent", "whole"]


def cell_text(cell: Cell) -> str:
    if cell.blank:
        return ""
    if cell.value is None:
        return GAP
    text = cell_figure(cell, cell.value)
    return text if cell.share is None else f"{text}{SPACE}({percent(cell.share)})"
