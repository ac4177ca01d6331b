"""Columns by their names inside a sentence."""

from skillnad.analysis.banded import banded_of
from skillnad.analysis.calendars import known_of
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.merged import merged_of
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.snapshot_schema import FIRST_FOLLOW_UP
from skillnad.lib.text import lowered

OTHERS = {
    "age_group": "åldersgrupp",
    "age_group_at_start": "åldersgrupp när insatsen började",
    "committee": "nämnd",
    "unit": "enhet",
    "provider": "utförare",
    "review_in_time": "omprövning i tid",
    "closed_date": "ärendets sista dag",
    "first_intake_date": "första aktualisering",
    FIRST_FOLLOW_UP: "första uppföljning",
    "review_date": "omprövningens datum",
    "due_date": "omprövningens sista dag",
    "held_date": "gjord omprövning",
    "cost_from": "kostnadens första dag",
    "cost_to": "kostnadens sista dag",
    "amount": "kostnader",
}
"""Columns that the codebook does not name."""


def column_words(column: str) -> str:
    """The codebook's name, or its id where it has none (a municipality's own variable)."""
    if known_of(column):
        return f"uppgift om {_name(stored_behind(column)[0])}"
    if bands := banded_of(column):
        first, *last = map(column_words, bands.columns)
        return f"dagar från {first} till {last[0]}" if last else f"{first} i intervall"
    if made := merged_of(column):
        return lowered(made.label[0]) if made.label else f"{_name(stored_behind(column)[0])} i grupper"
    return _name(column).removeprefix("datum för ").removesuffix(" om insats (eller ej)")


def _name(column: str) -> str:
    codebook = load_codebook()
    return lowered(codebook[column].sv if column in codebook else OTHERS.get(column, column))
