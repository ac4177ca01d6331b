"""Shares with known denominators: what nobody knows and what is not recorded stand outside, and are shown beside it.

A count may be None (a gap of disclosure protection); what follows from a gap is a gap.
"""

from collections.abc import Iterator, Mapping
from itertools import product

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import NO, TOTAL, YES, Axis, Key, LevelKind

Counts = Mapping[Key, int | None]


def share(part: int | None, whole: int | None) -> float | None:
    """`part` of `whole` as 0–1; None of nothing, and of a gap."""
    return None if part is None or not whole else part / whole


def known(counts: Counts, axes: tuple[Axis, ...], key: Key, over: tuple[int, ...]) -> int | None:
    """How many at `key` are known on the axes numbered `over`, where `key` has TOTAL.

    The total less what is missing and unknown there: on a multi-select axis the values overlap, but those two overlap
    with nothing (a row that holds a value beside "don't know" counts by its value).
    """
    if not over:
        return counts[key]
    first, *rest = over
    whole = known(counts, axes, key, tuple(rest))
    outside = [
        known(counts, axes, _at(key, first, level.code), tuple(rest))
        for level in axes[first].levels
        if level.kind is not LevelKind.VALUE
    ]
    parts = [whole, *outside]
    return None if None in parts else (whole or 0) - sum(part or 0 for part in outside)


def cross_shares(counts: Counts, axes: tuple[Axis, ...], percent: Percent) -> dict[Key, float | None]:
    """The shares of a table of two axes, by key; None at levels that stand outside the denominator.

    ROWS: of the row's known columns, so each row adds up to 1 (more where columns are multi-select). COLUMNS: of the
    column's known rows. ALL: of all that are known on both.
    """
    over = {Percent.ROWS: (1,), Percent.COLUMNS: (0,), Percent.ALL: (0, 1)}[percent]
    return {key: _cross_share(counts, axes, key, over) for key in _keys(axes)}


def outcome_shares(counts: Counts, axes: tuple[Axis, ...]) -> dict[Key, float | None]:
    """The shares of a Share's table, by the keys of its `by`: yes / (yes + no)."""
    return {key: outcome_share(counts, key) for key in _keys(axes[1:])}


def outcome_share(counts: Counts, key: Key) -> float | None:
    """One of them: `key` is a key of the Share's `by`."""
    yes, no = counts[YES, *key], counts[NO, *key]
    return None if yes is None or no is None else share(yes, yes + no)


def _cross_share(counts: Counts, axes: tuple[Axis, ...], key: Key, over: tuple[int, ...]) -> float | None:
    if any(_outside(axes[number], key[number]) for number in over):
        return None
    denominator = known(counts, axes, _totals(key, over), over)
    still_total = tuple(number for number in over if key[number] == TOTAL)
    return share(known(counts, axes, key, still_total), denominator)


def _outside(axis: Axis, code: str) -> bool:
    return any(level.code == code and level.kind is not LevelKind.VALUE for level in axis.levels)


def _totals(key: Key, over: tuple[int, ...]) -> Key:
    return tuple(TOTAL if number in over else code for number, code in enumerate(key))


def _at(key: Key, number: int, code: str) -> Key:
    return (*key[:number], code, *key[number + 1 :])


def _keys(axes: tuple[Axis, ...]) -> Iterator[Key]:
    return product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes))
