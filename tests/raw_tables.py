"""Raw tables from literal cells, for the tests of what protects them."""

from collections.abc import Mapping
from itertools import product

from skillnad.analysis.questions import Count, Question
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis, Key, Level, LevelKind, RawTable


def axis(name: str, *codes: str, multiple: bool = False, unknown: str = "") -> Axis:
    """An axis with these codes and the missing level last."""
    levels = tuple(
        Level(code, f"Nivå {code}", LevelKind.UNKNOWN if code == unknown else LevelKind.VALUE) for code in codes
    )
    return Axis(name, name, (*levels, Level(MISSING_LEVEL, "Uppgift saknas", LevelKind.MISSING)), multiple)


def counted(axes: tuple[Axis, ...], rows: Mapping[tuple[str, ...], int], question: Question | None = None) -> RawTable:
    """A table of rows: each kind of row has a code on each axis, or several with `;`, and is there so many times."""
    counts: dict[Key, int] = dict.fromkeys(product(*([*(level.code for level in a.levels), TOTAL] for a in axes)), 0)
    for kind, times in rows.items():
        for key in product(*((*codes.split(";"), TOTAL) for codes in kind)):
            counts[key] += times
    return RawTable(question or Count(by=tuple(a.id for a in axes)), axes, counts, {})
