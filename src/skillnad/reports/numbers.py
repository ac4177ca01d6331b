"""Numbers, dates and periods as Swedish text ("1 234", "12 %", "3,5", "april 2025")."""

from datetime import date, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal

from skillnad.analysis.results import MeasureKind
from skillnad.codebook.periods import Period
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


def day(value: date) -> str:
    return format_date(value, format="d MMMM y", locale=_LOCALE)


def month_name(code: str) -> str:
    """`2025-04` as "april 2025"; other text as it is."""
    try:
        return format_date(date.fromisoformat(f"{code}-01"), format="MMMM y", locale=_LOCALE)
    except ValueError:
        return code


def month_short(code: str) -> str:
    """`2025-04` as "apr"; other text as it is."""
    try:
        return format_date(date.fromisoformat(f"{code}-01"), format="MMM", locale=_LOCALE).strip(".")
    except ValueError:
        return code


def period_words(period: Period) -> str:
    """ "2025", "april 2025", "1 januari–30 juni 2025"."""
    text = str(period)
    if len(text) == 4:
        return text
    if len(text) == 7:
        return month_name(text)
    first, last = period.start, period.end - timedelta(days=1)
    pattern = "d MMMM" if first.year == last.year else "d MMMM y"
    return f"{format_date(first, format=pattern, locale=_LOCALE)}–{day(last)}"
