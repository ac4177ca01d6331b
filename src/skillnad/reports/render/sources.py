"""Where a table's numbers come from, in words for everyone; the ids for whoever takes the same numbers out again."""

from skillnad.analysis.results import Provenance
from skillnad.codebook.days_in_words import day
from skillnad.reports.notes import fine_print
from skillnad.reports.report import PublishedSource, ReportAnswer

WHERE_FROM = "Varifrån talen kommer"


def source_words(told: Provenance | PublishedSource) -> str:
    """A sentence without ids."""
    if isinstance(told, PublishedSource):
        return f"Källa: {told.words}. Öppen statistik, inte kommunens egna uppgifter i Skillnad."
    as_of = day(told.as_of)
    return f"Källa: kommunens egna uppgifter till och med {as_of}, utan namn och personnummer. Små tal är dolda."


def source_ids(answer: ReportAnswer) -> str:
    """What finds the very same answer again: snapshot, population, protection and ledger."""
    return f"För den som tar fram talen igen: {_lower(fine_print(answer))}."


def _lower(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"
