"""Shares with known denominators: what nobody knows and what is not recorded stand outside, and are shown beside it.

A count may be None (a gap of disclosure protection); what follows from a gap is a gap.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from skillnad.analysis.questions import Percent
from skillnad.analysis.results import ANY_VALUE, NO, TOTAL, YES, Axis, Key, LevelKind

Counts = Mapping[Key, int | None]
Terms = tuple[tuple[Key, int], ...]
"""Counts with signs: what a part or a whole is the sum of."""


@dataclass(frozen=True)
class Fraction:
    """What a share is made of, whatever the counts are."""

    part: Terms
    whole: Terms


OVER = {Percent.ROWS: (1,), Percent.COLUMNS: (0,), Percent.ALL: (0, 1)}
"""The axes that a share is taken along."""


def share(part: int | None, whole: int | None) -> float | None:
    """`part` of `whole` as 0–1; None of nothing, and of a gap."""
    return None if part is None or not whole else part / whole


def known(axes: tuple[Axis, ...], key: Key, over: tuple[int, ...]) -> Terms:
    """How many at `key` are known on the axes numbered `over`, where `key` has TOTAL.

    The total less what is missing and unknown there: on a multi-select axis the values overlap, but those two overlap
    with nothing (a row that holds a value beside "don't know" counts by its value). Of people all levels overlap, and
    those who have a value are counted by themselves.
    """
    if not over:
        return ((key, 1),)
    first, *rest = over
    if any(level.kind is LevelKind.ANY for level in axes[first].levels):
        return known(axes, _at(key, first, ANY_VALUE), tuple(rest))
    outside = [_at(key, first, level.code) for level in axes[first].levels if level.kind is not LevelKind.VALUE]
    whole = known(axes, key, tuple(rest))
    return (*whole, *((at, -sign) for one in outside for at, sign in known(axes, one, tuple(rest))))


def total(counts: Counts, terms: Terms) -> int | None:
    """A gap if any part of it is one."""
    whole = 0
    for key, sign in terms:
        part = counts[key]
        if part is None:
            return None
        whole += sign * part
    return whole


def cross_shares(counts: Counts, axes: tuple[Axis, ...], percent: Percent) -> dict[Key, float | None]:
    """The shares of a table of two axes and those it is repeated over, by key; None outside the denominator.

    ROWS: of the row's known columns, so each row adds up to 1 (more where columns are multi-select). COLUMNS: of the
    column's known rows. ALL: of all that are known on both.
    """
    made = cross_fractions(axes, percent)
    return {key: _value(counts, made.get(key)) for key in _keys(axes)}


def cross_fractions(axes: tuple[Axis, ...], percent: Percent) -> dict[Key, Fraction]:
    """What the shares of a table's first two axes are made of, in each cell of the others; levels that stand outside
    the denominator have none."""
    over, wholes, made = OVER[percent], dict[Key, Terms](), dict[Key, Fraction]()
    outside = [{level.code for level in axis.levels if level.kind is not LevelKind.VALUE} for axis in axes]
    for key in _keys(axes):
        if any(key[number] in outside[number] for number in over):
            continue
        line = _totals(key, over)
        whole = wholes.setdefault(line, wholes.get(line) or known(axes, line, over))
        still_total = tuple(number for number in over if key[number] == TOTAL)
        made[key] = Fraction(known(axes, key, still_total), whole)
    return made


def outcome_shares(counts: Counts, axes: tuple[Axis, ...]) -> dict[Key, float | None]:
    """The shares of a Share's table, by the keys of its `by`: yes / (yes + no)."""
    return {key: outcome_share(counts, key) for key in _keys(axes[1:])}


def outcome_share(counts: Counts, key: Key) -> float | None:
    """One of them: `key` is a key of the Share's `by`."""
    return _value(counts, outcome_fraction(key))


def outcome_fraction(key: Key) -> Fraction:
    yes, no = (YES, *key), (NO, *key)
    return Fraction(((yes, 1),), ((yes, 1), (no, 1)))


def outcome_fractions(axes: tuple[Axis, ...]) -> dict[Key, Fraction]:
    """What the shares of a Share's table are made of, by the keys of its `by`."""
    return {key: outcome_fraction(key) for key in _keys(axes[1:])}


def steady_percent(part: int, low: int, high: int) -> float | None:
    """The share in whole per cent, as 0–1, where it is the same for every whole from `low` to `high`; else None.

    What is neither none nor all is never rounded to it.
    """
    if low < 1:
        return None
    least, most = _percent(part, high), _percent(part, low)
    return least / 100 if least == most and (not part or 0 < least < 100) else None


def _percent(part: int, whole: int) -> int:
    """Half a per cent is rounded up."""
    return (200 * part + whole) // (2 * whole)


def _value(counts: Counts, made: Fraction | None) -> float | None:
    return None if made is None else share(total(counts, made.part), total(counts, made.whole))


def _totals(key: Key, over: tuple[int, ...]) -> Key:
    return tuple(TOTAL if number in over else code for number, code in enumerate(key))


def _at(key: Key, number: int, code: str) -> Key:
    return (*key[:number], code, *key[number + 1 :])


def _keys(axes: tuple[Axis, ...]) -> Iterator[Key]:
    return product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes))
