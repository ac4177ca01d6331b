"""Scores and bands of many sheets at once: equal, row by row, to what `scoring` says of each.

All is whole numbers: a score is `over / under`. Where numbers could outgrow 64 bits they become Python's own, which are
slower and have no end. Rows that `columns.refused` names are counted too, and are the caller's to leave out.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Condition, Item, Means
from skillnad.instruments.columns import (
    NOT_ANSWERED,
    NUMBER,
    SIGNS,
    AskedColumns,
    Column,
    Flags,
    Whole,
    asked_columns,
    chosen,
    hold,
    in_ages,
    said,
    valued,
)
from skillnad.instruments.counted import BandSet, Score
from skillnad.instruments.exact import exact
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import logarithm, points_of, scores_of, span_of

NO_BAND = -1
Numbers = NDArray[Any]  # whole numbers: numpy's, or Python's own
_WIDTHS = {np.dtype(f"i{size}"): 2 ** (8 * size - 2) for size in (2, 4, 8)}
"""How large each kind of number may become, with room for one sum."""


@dataclass(frozen=True)
class ScoreColumn:
    """A score of every row: `over / under` where it is `known`; what stands elsewhere says nothing."""

    over: Numbers
    under: int | Numbers
    known: Flags

    @property
    def values(self) -> NDArray[np.float64]:
        """As numbers, NaN where there is none."""
        under = np.where(self.known, np.asarray(self.under), 1)
        # below 2^53 both are exact as floats; above, Python divides them and rounds once
        over, under = _with_room(self.over, 2**9), _with_room(under, 2**9)
        return np.where(self.known, (over / under).astype(np.float64), np.nan)


def score_columns(
    instrument: Instrument, perspective: str, columns: Mapping[str, Column], on: Collection[str] = ()
) -> dict[str, ScoreColumn]:
    """Every score of the perspective by id; those that are off only where `on` names them."""
    sheet = _Sheets(instrument, asked_columns(instrument, perspective, columns), {})
    for rule in scores_of(instrument, perspective, on):
        sheet.scores[rule.id] = sheet.counted(rule)
    return sheet.scores


def band_columns(
    instrument: Instrument, perspective: str, scores: Mapping[str, ScoreColumn], ages: Whole | None = None
) -> dict[str, NDArray[np.int8]]:
    """The band's place in each set of the perspective, by the set's id; NO_BAND where the set does not hold."""
    return {
        bands.id: _banded(bands, scores[bands.score], ages)
        for bands in instrument.band_sets
        if bands.score in scores and (not bands.perspectives or perspective in bands.perspectives)
    }


def _banded(bands: BandSet, scores: ScoreColumn, ages: Whole | None) -> NDArray[np.int8]:
    places = np.full(len(scores.known), NO_BAND, np.int8)
    for band in bands.bands:
        places += _at_least(scores, exact(band.low))
    inside = scores.known & _at_most(scores, exact(bands.bands[-1].high))
    if bands.ages is not None:
        inside &= False if ages is None else in_ages(bands.ages, ages)
    return np.where(inside, places, np.int8(NO_BAND))


def _at_least(scores: ScoreColumn, limit: Fraction) -> Flags:
    if isinstance(scores.under, int):
        return np.asarray(scores.over >= math.ceil(limit * scores.under))
    return np.asarray(scores.over * limit.denominator >= scores.under * limit.numerator)


def _at_most(scores: ScoreColumn, limit: Fraction) -> Flags:
    if isinstance(scores.under, int):
        return np.asarray(scores.over <= math.floor(limit * scores.under))
    return np.asarray(scores.over * limit.denominator <= scores.under * limit.numerator)


def _with_room(over: Numbers, factor: int) -> Numbers:
    """In the narrowest numbers that hold `factor` times the largest; Python's own where 64 bits do not.

    Narrow numbers are fewer bytes to read: a million sheets are counted several times as fast.
    """
    most = max(1, int(over.max(initial=0)), -int(over.min(initial=0))) * factor
    width = next((width for width, room in _WIDTHS.items() if most < room), object)
    return over.astype(width, copy=False)


@dataclass(frozen=True)
class _Sheets:
    """What was answered to what was asked, and the scores that are counted already."""

    instrument: Instrument
    shown: AskedColumns
    scores: dict[str, ScoreColumn]

    def counted(self, rule: Score) -> ScoreColumn:
        counted = _rounded(rule, _KINDS[rule.kind](rule, self.parts(rule)))
        over, known = counted.over, counted.known
        if rule.only_when:
            known = known & self.holding(rule.only_when)
        if rule.zero_when:
            zero = self.holding(rule.zero_when)
            over, known = np.where(zero, 0, over), known | zero
        for name in rule.needs:
            known = known & self.valued(name)
        return ScoreColumn(np.where(known, over, 0), counted.under, known)

    def holding(self, condition: Condition) -> Flags:
        held = hold(self.instrument, condition, self.shown.columns, self.shown.rows)
        return np.full(self.shown.rows, held) if isinstance(held, bool) else held

    def column(self, name: str) -> Column:
        """Of what the perspective is not asked: no answers."""
        nothing = np.full(self.shown.rows, NOT_ANSWERED, np.int8)
        return self.shown.columns.get(name) or Column(nothing)

    def valued(self, name: str) -> Flags:
        return valued(self.instrument.items[name], self.column(name))

    def parts(self, rule: Score) -> list[ScoreColumn]:
        if rule.scores:
            return [self.scores.get(name) or self.nothing() for name in rule.scores]
        if rule.kind == "count":
            return [self.chosen(rule, name) for name in rule.items]
        return [self.points(rule, name) for name in rule.items or [term.item for term in rule.terms]]

    def nothing(self) -> ScoreColumn:
        """Of a score that is not counted of this perspective."""
        return ScoreColumn(np.zeros(self.shown.rows, np.int64), 1, np.zeros(self.shown.rows, np.bool_))

    def chosen(self, rule: Score, name: str) -> ScoreColumn:
        item, column = self.instrument.items[name], self.column(name)
        known = valued(item, column)
        if rule.missing == "refuse":
            known = known | _neither(item, column)
        return ScoreColumn((known & chosen(item, column, rule.codes)).astype(np.int16), 1, known)

    def points(self, rule: Score, name: str) -> ScoreColumn:
        item = self.instrument.items[name]
        points = _points(item, self.column(name))
        if name not in rule.reverse:
            return points
        both = sum(span_of(item)) * points.under
        return ScoreColumn(np.where(points.known, int(both) - points.over, 0), points.under, points.known)


def _neither(item: Item, column: Column) -> Flags:
    """The rows that say "don't know" or "not applicable", alone or several times."""
    return column.answered & ~valued(item, column) & ~said(item, column, Means.MISSING)


def _points(item: Item, column: Column) -> ScoreColumn:
    """What each answer counts as, in whole steps that all of them share."""
    given = [points_of(item, option.code) for option in item.options]
    numeric = item.kind in NUMBERS
    under = math.lcm(10**item.decimals if numeric else 1, *(each.denominator for each in given if each is not None))
    known = valued(item, column)
    over = _looked_up([0 if each is None else int(each * under) for each in given], column, known)
    if numeric:
        steps = _with_room(column.numbers(), under // 10**item.decimals) * (under // 10**item.decimals)
        over = np.where(column.codes == NUMBER, steps, over)
    return ScoreColumn(over, under, known)


def _looked_up(steps: list[int], column: Column, known: Flags) -> Numbers:
    """The steps of each row's option; 0 where there is none.

    The steps of a scale mostly rise evenly: two products are then ten times as fast as looking them up.
    """
    table = _with_room(np.array([*steps, *[0] * SIGNS], np.int64), 2 * SIGNS)
    rises = set(np.diff(table[: len(steps)]).tolist())
    if len(rises) != 1:
        return table[column.codes]
    codes = column.codes.astype(table.dtype, copy=False)
    return (codes * table.dtype.type(rises.pop()) + table[0]) * known


def _rounded(rule: Score, score: ScoreColumn) -> ScoreColumn:
    if not rule.round and not rule.decimals:
        return score
    scale = 10**rule.decimals
    whole = score.under if isinstance(score.under, int) else 1
    doubled = _with_room(score.over, 2 * scale * whole) * (2 * scale)
    return ScoreColumn((doubled + score.under) // (2 * score.under), scale, score.known)


def _aligned(parts: list[ScoreColumn]) -> tuple[list[Numbers], int | Numbers]:
    """The parts' numerators over one denominator, with room for their sum."""
    wholes = [part.under for part in parts if isinstance(part.under, int)]
    if len(wholes) == len(parts):
        under = math.lcm(*wholes)
        factors = [under // whole for whole in wholes]
        room = [_with_room(part.over, factor * len(parts)) for part, factor in zip(parts, factors, strict=True)]
        return [over * factor for over, factor in zip(room, factors, strict=True)], under
    product = math.prod(np.asarray(part.under).astype(object) for part in parts)
    return [part.over.astype(object) * (product // part.under) for part in parts], product


def _added(rule: Score, parts: list[ScoreColumn]) -> ScoreColumn:
    overs, under = _aligned(parts)
    total = reduce(np.add, overs)
    count = _count([part.known for part in parts])
    least = len(parts) if rule.missing == "refuse" else max(1, rule.minimum)
    known = count >= least
    if rule.kind == "mean" and rule.missing == "zero":
        return ScoreColumn(total, under * len(parts), known)
    if rule.kind != "mean" and rule.missing != "prorate":
        return ScoreColumn(total, under, known)
    among = math.lcm(*range(1, len(parts) + 1))  # total / count, for every count, over one denominator
    times = len(parts) if rule.kind != "mean" else 1
    shares = [0, *(among // each * times for each in range(1, len(parts) + 1))]
    total = _with_room(total, among * times)
    return ScoreColumn(total * np.array(shares, total.dtype)[count], under * among, known)


def _count(flags: list[Flags]) -> Numbers:
    """How many of them hold, row by row. An instrument has at most 500 items."""
    return np.asarray(reduce(np.add, [each.astype(np.int16) for each in flags]))


def _number_of_scores(rule: Score, parts: list[ScoreColumn]) -> ScoreColumn:
    known = _count([part.known for part in parts])
    most = rule.at_most
    within = [part.known if most is None else part.known & _at_most(part, exact(most)) for part in parts]
    return ScoreColumn(_count(within), 1, known >= rule.minimum)


def _difference(_: Score, parts: list[ScoreColumn]) -> ScoreColumn:
    (first, second), under = _aligned(parts)
    return ScoreColumn(first - second, under, parts[0].known & parts[1].known)


def _ratio(rule: Score, parts: list[ScoreColumn]) -> ScoreColumn:
    (first, second), _under = _aligned(parts)
    known = parts[0].known & parts[1].known & (second != 0)
    times, among = rule.factor
    over = _with_room(first, abs(times)) * times * np.sign(second)
    return ScoreColumn(over, np.where(known, _with_room(abs(second), among) * among, 1), known)


def _weighted(rule: Score, parts: list[ScoreColumn]) -> ScoreColumn:
    weighed = [
        _times(_logarithms(part) if term.ln else part, 1 / exact(term.divide))
        for term, part in zip(rule.terms, parts, strict=True)
    ]
    rows = len(parts[0].known)
    constant = exact(rule.constant)
    first = ScoreColumn(np.full(rows, constant.numerator), constant.denominator, np.ones(rows, np.bool_))
    overs, under = _aligned([first, *weighed])
    return ScoreColumn(reduce(np.add, overs), under, np.logical_and.reduce([part.known for part in parts]))


def _times(part: ScoreColumn, factor: Fraction) -> ScoreColumn:
    over = _with_room(part.over, abs(factor.numerator)) * factor.numerator
    return ScoreColumn(over, part.under * factor.denominator, part.known)


def _logarithms(part: ScoreColumn) -> ScoreColumn:
    """Each number that occurs is taken once: an exact logarithm is slow."""
    numbers, places = np.unique(part.over, return_inverse=True)
    nano = 10**9
    steps = [int(logarithm(Fraction(int(number), int(part.under))) * nano) for number in numbers]
    return ScoreColumn(np.array(steps, np.int64)[places], nano, part.known)


_KINDS: Mapping[str, Callable[[Score, list[ScoreColumn]], ScoreColumn]] = {
    "sum": _added,
    "mean": _added,
    "count": _added,
    "count_scores": _number_of_scores,
    "difference": _difference,
    "ratio": _ratio,
    "weighted": _weighted,
}
