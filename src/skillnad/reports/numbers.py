"""Numbers as Swedish text ("1 234", "12 %", "3,5")."""

import re

from skillnad.analysis.figures import SPACE, cell_figure, days, percent, whole
from skillnad.analysis.serialise import GAP
from skillnad.reports.views import Cell

__all__ = ["GAP", "SPACE", "cell_text", "days", "percent", "unbroken", "whole"]

_UNIT = re.compile(r"(?<=\d) (?=%)|(?<=\b[nN] =) (?=\d)|(?<=\b[nN]) (?== \d)")


def unbroken(text: str) -> str:
    """Running text where no line ends between a number and its "%", or within "n = 12"."""
    return _UNIT.sub(SPACE, text)


def cell_text(cell: Cell) -> str:
    if cell.blank:
        return ""
    if cell.value is None:
        return GAP
    text = cell_figure(cell, cell.value)
    return text if cell.share is None else f"{text}{SPACE}({percent(cell.share)})"
