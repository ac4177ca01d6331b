"""Levels of a column put together, where its protected table has gaps: neighbours of a scale or of ages, else those
with most gaps."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from skillnad.analysis.banded import banded_of
from skillnad.analysis.calendars import date_of
from skillnad.analysis.disclosure.suggest.joining import are_ages, joined, shortened
from skillnad.analysis.merged import MOST_CHARACTERS, OTHERS, merged, merged_of, ungrouped
from skillnad.analysis.results import Axis, Level, LevelKind, ProtectedTable
from skillnad.codebook.snapshot_schema import Column, SnapshotColumn

MOST_LEVELS = 40
MOST_PAIRS = 8
Change = tuple[str, str, str]
"""The name of another column, and what is done in Swedish and English."""


def put_together(stored: SnapshotColumn, column: str, shown: ProtectedTable) -> Iterator[Change]:
    """The column with levels put together, as a question names it."""
    axis = next((axis for axis in shown.axes if axis.id == column), None)
    coded = stored.kind in (Column.CODE, Column.CODES) and not date_of(column) and not banded_of(column)
    levels = _levels(axis) if axis and coded else []
    if not 2 < len(levels) <= MOST_LEVELS:
        return
    made = merged_of(column)
    codes = dict(made.groups) if made else {level.code: (level.code,) for level in levels}
    for together in _sets(shown, axis, levels, stored):  # type: ignore[arg-type]
        name = joined_name(together)
        groups = _groups(levels, together, name)
        if len({group for group, _ in groups}) == len(groups):
            told = {group: tuple(code for each in held for code in codes[each]) for group, held in groups}
            words = [level.label for level in together]
            to = merged(ungrouped(column), told)
            yield to, f"Slå ihop {shortened(words)}", f"Put together {shortened(words, 'en')}"


def _levels(axis: Axis) -> list[Level]:
    return [level for level in axis.levels if level.kind is LevelKind.VALUE and level.code != OTHERS]


def _sets(
    shown: ProtectedTable, axis: Axis, levels: Sequence[Level], stored: SnapshotColumn
) -> Iterator[tuple[Level, ...]]:
    """Those with most gaps first. Never all levels."""
    gaps = {level.code: gaps_at(shown, axis, level.code) for level in levels}
    hit = sorted((level for level in levels if gaps[level.code]), key=lambda level: -gaps[level.code])
    scale = [level for code in stored.order for level in levels if level.code == code]
    if scale or are_ages([level.label for level in levels]):
        pairs = [pair for pair in pairwise(scale or levels) if gaps[pair[0].code] + gaps[pair[1].code]]
        yield from sorted(pairs, key=lambda pair: -gaps[pair[0].code] - gaps[pair[1].code])[:MOST_PAIRS]
        return
    for many in sorted({2, 3, len(hit)}):
        if 2 <= many <= min(len(hit), len(levels) - 1):
            yield tuple(level for level in levels if level in hit[:many])


def gaps_at(shown: ProtectedTable, axis: Axis, code: str) -> int:
    """How many gaps the level has among the counts."""
    place = shown.axes.index(axis)
    return sum(count is None and key[place] == code for key, count in shown.cells["count"].items())


def joined_name(together: Sequence[Level]) -> str:
    """As a question can name it."""
    return _clean(joined([level.label for level in together]))


def _groups(levels: Sequence[Level], together: Sequence[Level], name: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every level in a group, as what is in none would be put together with what else is in none."""
    first, held = together[0].code, [level.code for level in together]
    groups = []
    for level in levels:
        if level.code == first or level.code not in held:
            group = name if level.code == first else _clean(level.label)
            groups.append((group, tuple(held) if level.code == first else (level.code,)))
    return groups


def _clean(label: str) -> str:
    """A label as the name of a group."""
    name = label.replace(";", ",").replace("=", "-").strip()
    return name if len(name) <= MOST_CHARACTERS else f"{name[: MOST_CHARACTERS - 1]}…"
