"""Shares of all rows, also those that lack the value: what a whole table shows where too many denominators are hidden.

A denominator leaves out the rows that lack the value, and is unknown where their number is a gap: most often one of
1–4, which hardly moves any share. A share of all follows from two counts that are shown, and so tells nothing new. A
table has one kind of share, so that its groups can be compared.
"""

from collections.abc import Mapping

from skillnad.analysis.formulas.shares import OVER, Fraction, share, total
from skillnad.analysis.questions import Count, Percent
from skillnad.analysis.results import TOTAL, Key, LevelKind, Measure, MeasureKind, ProtectedTable

SHARE_OF_ALL = Measure("share", "Andel av alla", MeasureKind.SHARE)
MOST_OUTSIDE = 0.05
"""Where more than this share of a shown line lacks the value, shares of all would not mean what their neighbours do."""

Shown = Mapping[Key, int | float | None]


def shares_of_all(counts: Shown, made: Mapping[Key, Fraction], percent: Percent) -> dict[Key, int | float | None]:
    """The shares of all at the keys that have a share; a gap is None."""
    lines = {key: tuple(TOTAL if place in OVER[percent] else code for place, code in enumerate(key)) for key in made}
    shown: Mapping[Key, int | None] = counts  # type: ignore[assignment]
    return {key: share(shown[key], shown[line]) for key, line in lines.items() if shown[line] != 0}


def better_of_all(counts: Shown, made: Mapping[Key, Fraction], shares: Shown, percent: Percent) -> bool:
    """Whether a share is a gap for its denominator alone, and few lack the value wherever it is shown how many do."""
    shown: Mapping[Key, int | None] = counts  # type: ignore[assignment]
    of_all = shares_of_all(counts, made, percent)
    lost = any(found is None and of_all.get(key) is not None for key, found in shares.items())
    return lost and all(_mostly_known(shown, fraction, key, percent) for key, fraction in made.items())


def is_of_all(table: ProtectedTable) -> bool:
    """Whether the table's shares, or those that its counts give, are of all."""
    if SHARE_OF_ALL in table.measures:
        return True
    if not isinstance(table.question, Count) or table.question.shares or len(table.axes) != 1:
        return False
    outside = [table.value("count", level.code) for level in table.axes[0].levels if level.kind is not LevelKind.VALUE]
    return None in outside and table.value("count") is not None


def _mostly_known(counts: Mapping[Key, int | None], fraction: Fraction, key: Key, percent: Percent) -> bool:
    line = tuple(TOTAL if place in OVER[percent] else code for place, code in enumerate(key))
    whole, known = counts[line], total(counts, fraction.whole)
    return not whole or known is None or known >= (1 - MOST_OUTSIDE) * whole
