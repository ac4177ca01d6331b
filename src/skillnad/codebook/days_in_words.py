"""Days, months and periods as Swedish text ("1 februari 2026", "april 2025", "1 januari–30 juni 2025")."""

from datetime import date, timedelta

from babel.dates import format_date

from skillnad.codebook.periods import Period

_LOCALE = "sv_SE"


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
