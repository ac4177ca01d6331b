"""Which reports there are: each an outline with a title of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest
from skillnad.reports.contents.committee import committee_outline
from skillnad.reports.contents.standard import standard_outline
from skillnad.reports.outline import Outline


@dataclass(frozen=True)
class Edition:
    """`outline` is what the snapshot can answer of it."""

    title: str
    outline: Callable[[Manifest, Period], Outline]


STANDARD = Edition("Systematisk uppföljning av socialtjänsten", standard_outline)
COMMITTEE = Edition("Till nämnden: läget, tiderna och resultaten", committee_outline)

USUAL = "standard"
EDITIONS: Mapping[str, Edition] = {USUAL: STANDARD, "namnd": COMMITTEE}
"""By the name that commands and addresses know."""
