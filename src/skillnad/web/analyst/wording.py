"""What a report is called on the pages."""

from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.reports.editions import USUAL


def report_words(edition: str, period: Period) -> str:
    """ "2025", or "oktober 2025, till nämnden"."""
    words = period_words(period)
    return words if edition == USUAL else f"{words}, till nämnden"
