"""Days between two dates, or a number, in bands: `days:start_date..end_date:7,30,90`, `number:follow_ups:1,3`.

The limits are where a new band begins. A band's code is the limit that it begins at, and that of the first is UNDER.
Who lacks a date or the number is missing, and so is who has the second date before the first.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from skillnad.codebook.snapshot_schema import Column, SnapshotColumn, SnapshotLevel
from skillnad.lib.errors import Problem
from skillnad.lib.text import lowered

DAYS, NUMBER = "days", "number"
UNDER = "under"
"""The first band, of what is less than every limit."""
MOST_LIMITS = 11
MOST = 1_000_000_000
_LIMITS = re.compile(r"\d{1,10}(,\d{1,10})*")
_OF_DAYS = (
    ("Under {} dagar", "{} dagar", "{}–{} dagar", "{} dagar eller fler"),
    ("Under {} days", "{} days", "{}–{} days", "{} days or more"),
)
_OF_NUMBERS = (
    ("Under {}", "", "{} till under {}", "{} eller mer"),
    ("Under {}", "", "{} to under {}", "{} or more"),
)


@dataclass(frozen=True)
class Banded:
    """`columns` are the two dates, or the one number."""

    kind: str
    columns: tuple[str, ...]
    limits: tuple[int, ...]

    @property
    def codes(self) -> list[str]:
        return [UNDER, *map(str, self.limits)]

    def code(self, held: Mapping[str, Any]) -> str:
        """The band of a row; "" where it has none."""
        first, last = held[self.columns[0]], held[self.columns[-1]]
        if first is None or last is None:
            return ""
        amount = (last - first).days if self.kind == DAYS else first
        return "" if self.kind == DAYS and amount < 0 else self.codes[bisect_right(self.limits, amount)]


def banded_of(name: str) -> Banded | None:
    """What the name has in bands; None for every other name. Limits that cannot be read are none."""
    kind, _, rest = name.partition(":")
    columns, colon, told = rest.partition(":")
    if kind not in (DAYS, NUMBER) or not colon:
        return None
    named = tuple(columns.split("..", 1)) if kind == DAYS else (columns,)
    limits = tuple(map(int, told.split(","))) if _LIMITS.fullmatch(told) else ()
    return Banded(kind, named, limits)


def any_banded(names: Iterable[str]) -> bool:
    return any(banded_of(name) for name in names)


def banded_column(name: str, made: Banded, columns: Mapping[str, SnapshotColumn]) -> SnapshotColumn:
    """The column that a question sees. Raises KeyError of a column that is not there."""
    stored = [columns[column] for column in made.columns]
    labels = zip(made.codes, _labels(made, 0), _labels(made, 1), strict=True)
    sv, en = f"{stored[0].sv} i intervall", f"{stored[0].en} in bands"
    if made.kind == DAYS:
        sv = f"Dagar från {_inside(stored[0].sv)} till {_inside(stored[1].sv)}"
        en = f"Days from {_inside(stored[0].en)} to {_inside(stored[1].en)}"
    levels = tuple(SnapshotLevel(*told) for told in labels)
    return SnapshotColumn(name, Column.CODE, sv, en, levels, sensitive=any(each.sensitive for each in stored))


def _labels(made: Banded, language: int) -> list[str]:
    """One for each band."""
    if not made.limits:
        return [UNDER]
    under, one, between, over = (_OF_DAYS if made.kind == DAYS else _OF_NUMBERS)[language]
    less = 1 if made.kind == DAYS else 0
    bands = [(first, end - less) for first, end in pairwise(made.limits)]
    inside = [(one if first == last else between).format(first, last) for first, last in bands]
    return [under.format(made.limits[0]), *inside, over.format(made.limits[-1])]


def _inside(label: str) -> str:
    """A date's name inside a sentence, without saying that it is one."""
    return lowered(label).removeprefix("datum för ").removeprefix("date of ")


def in_order(made: Banded) -> bool:
    """Are there limits, each more than the one before?"""
    least = 1 if made.kind == DAYS else 0
    told = (least - 1, *made.limits, MOST + 1)
    return 0 < len(made.limits) <= MOST_LIMITS and all(one < next_ for one, next_ in pairwise(told))


def no_bands(made: Banded) -> Problem:
    example = f"{NUMBER}:{made.columns[0]}:7,30" if made.kind == NUMBER else f"{DAYS}:start_date..end_date:7,30"
    return Problem(
        "ASK-083",
        sv=f"Gränserna ska vara hela tal i stigande ordning, högst {MOST_LIMITS}, och dagar räknas från ett datum till "
        f"ett annat. Skriv till exempel {example}.",
        en=f"The limits are whole numbers in rising order, at most {MOST_LIMITS}, and days are from one date to "
        f"another. Write {example}, for instance.",
    )


OWN_LENGTH = Problem(
    "ASK-084",
    sv="Tiden delas in efter hur lång den blev. Det som pågår har ingen längd än och faller bort, så resten ser "
    "kortare ut än den är. Ange gränser (within) i stället.",
    en="The time is divided by how long it became. What is still going on has no length yet and falls out, so that the "
    "rest looks shorter than it is. Give limits (within) instead.",
)
