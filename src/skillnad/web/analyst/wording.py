"""What a report is called on the pages."""

from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.publication.standard_reports import edition_and_places
from skillnad.reports.editions import EDITIONS, USUAL
from skillnad.reports.places import places_of


def report_words(edition: str, period: Period, manifest: Manifest) -> str:
    """ "2025", "oktober 2025, till nämnden", or "2025, Ungdomsenheten"."""
    which, told = edition_and_places(edition)
    places = places_of(manifest, told)
    to = [] if which is EDITIONS[USUAL] else ["till nämnden"]
    return ", ".join([period_words(period), *to, *([places.words] if places else [])])
