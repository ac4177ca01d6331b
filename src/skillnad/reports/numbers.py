"""Numbers as Swedish text ("1 234", "12 %", "3,5")."""

from babel.numbers import format_decimal

from skillnad.analysis.results import MeasureKind
from skillnad.reports.views import Cell

GAP = ".."
"""What stands where a number is hidden, in every table and file."""
SPACE = "\N{NO-BREAK SPACE}"
_LOCALE = "sv_SE"


def whole(value: int | float) -> str:
    return format_decimal(round(value), format="#,##0", locale=_LOCALE)


def days(value: int | float) -> str:
    """Days with at most one decimal."""
    return format_decimal(value, format="#,##0.#", locale=_LOCALE)


def percent(share: int | float) -> str:
    """A share (0–1) as whole per cent; what is neither none nor all is never rounded to 0 or 100."""
    if 0 < share < 0.005:
        return f"<1{SPACE}%"
    if 0.995 <= share < 1:
        return f">99{SPACE}%"
    return f"{whole(share * 100)}{SPACE}%"


def cell_text(cell: Cell) -> str:
    if cell.blank:
        return ""
    if cell.value is None:
        return GAP
    text = {MeasureKind.SHARE: percent, MeasureKind.DAYS: days}.get(cell.kind, whole)(cell.value)
    return text if cell.share is None else f"{text}{SPACE}({percent(cell.share)})"
