"""Two judgements of the same rows, and how many have answered: made of nothing but the counts that are shown.

What the figures need is sums over cells. One that holds a hidden cell is there all the same where shown numbers give it
(two gaps in a row whose sum is shown); where they do not, or where it is small, everything made of it is hidden.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product

from skillnad.analysis.comparisons.made import SEEN, VERDICT, Counts, Figures, Made, P, with_ends
from skillnad.analysis.comparisons.questions import Paired, ResponseRate
from skillnad.analysis.comparisons.repeated_pairs import ALONE, PairedRepeats, repeats_of_pairs
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import hide
from skillnad.analysis.comparisons.sums_shown import sum_shown
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.differences import Paired as Pairs
from skillnad.analysis.formulas.differences import paired_difference
from skillnad.analysis.formulas.intervals import Comparison, Interval, normal_quantile
from skillnad.analysis.formulas.power import smallest_normal_difference
from skillnad.analysis.formulas.proportions import Counted, share_interval
from skillnad.analysis.formulas.samples import nonresponse_bounds
from skillnad.analysis.formulas.verdicts import Verdict, judged
from skillnad.analysis.results import (
    MISSING_LEVEL,
    NO,
    TOTAL,
    YES,
    Axis,
    Key,
    LevelKind,
    Measure,
    MeasureKind,
)
from skillnad.codebook.snapshot_schema import Population

BOTH = Measure("both", "Båda", MeasureKind.COUNT)
ONLY_FIRST = Measure("only_first", "Bara den första", MeasureKind.COUNT)
ONLY_SECOND = Measure("only_second", "Bara den andra", MeasureKind.COUNT)
NEITHER = Measure("neither", "Ingen av dem", MeasureKind.COUNT)
NOT_KNOWN = Measure("not_known", "Inte kända i båda", MeasureKind.COUNT)
FIRST = Measure("first", "Andel, den första", MeasureKind.SHARE)
SECOND = Measure("second", "Andel, den andra", MeasureKind.SHARE)
AGREEMENT = Measure("agreement", "Andel lika i båda", MeasureKind.SHARE)
DIFFERENCE = Measure("difference", "Skillnad, den första minus den andra", MeasureKind.POINTS)
FOUR = (BOTH, ONLY_FIRST, ONLY_SECOND, NEITHER)
SHARES = (FIRST, SECOND, AGREEMENT)
OF_PAIRS = (*with_ends(DIFFERENCE), P, SEEN, VERDICT)

ASKED = Measure("asked", "Tillfrågade", MeasureKind.COUNT)
ANSWERED = Measure("answered", "Svarat", MeasureKind.COUNT)
RATE = Measure("rate", "Svarsfrekvens", MeasureKind.SHARE)
PART = Measure("part", "Svarat så", MeasureKind.COUNT)
SHARE = Measure("share", "Andel av dem som svarat", MeasureKind.SHARE)
BOUND_LOW = Measure("bound_low", "Andel av alla tillfrågade, som lägst", MeasureKind.SHARE)
BOUND_HIGH = Measure("bound_high", "Andel av alla tillfrågade, som högst", MeasureKind.SHARE)
BOUNDS = (BOUND_LOW, BOUND_HIGH)


def paired(
    question: Paired, axes: tuple[Axis, ...], counts: Counts, policy: Policy, rows: Callable[[], Rows] | None = None
) -> Made:
    """`axes` and `counts` are of the plain question: the first judgement, the second, and `by`. The verdicts are
    corrected for how many comparisons the table has. Without `rows` every row is another person's."""
    figures = Figures()
    for measure in (*FOUR, NOT_KNOWN, *(each for share in SHARES for each in with_ends(share)), *OF_PAIRS):
        figures.column(measure)
    judgements = {}
    for key in _keys(axes[2:]):
        cells = {pair: counts[*pair, *key] for pair in _keys(axes[:2])}
        judgements[key] = _Judgements(question, axes[:2], cells, policy)
    repeats = _repeats(question, judgements, rows, policy)
    pairs = {}
    for key, told in judgements.items():
        _put_counts(figures, key, told, repeats)
        four = told.four()
        if four is None:
            hide(figures, OF_PAIRS, key)
        elif sum(four):
            pairs[key] = paired_difference(four, effect=repeats.difference.get(key, 1.0))
    _judge(figures, pairs)
    return figures.made(axes[2:])


def _repeats(
    question: Paired, judgements: Mapping[Key, "_Judgements"], rows: Callable[[], Rows] | None, policy: Policy
) -> PairedRepeats:
    if rows is None or question.selection.population is Population.CLIENTS:
        return ALONE
    found = rows().by_client((question.second.column, *question.by))
    told = next(iter(judgements.values()))
    shown = [key for key, each in judgements.items() if each.four() is not None]
    return repeats_of_pairs(found, (told.holds, told.lacks), list(judgements), shown, policy)


def answered(question: ResponseRate, axes: tuple[Axis, ...], counts: Counts, policy: Policy) -> Made:
    """`axes` and `counts` are of the plain question: the answers, and `by`."""
    figures = Figures()
    shares = (RATE, SHARE) if question.codes else (RATE,)
    for measure in (ASKED, ANSWERED, *with_ends(RATE), *((PART, *with_ends(SHARE), *BOUNDS) if question.codes else ())):
        figures.column(measure)
    for key in _keys(axes[1:]):
        cells = {answer: counts[*answer, *key] for answer in _keys(axes[:1])}
        asked, held = cells[TOTAL,], _sum_of_answers(axes[0], cells, policy)
        figures.put(ASKED, key, asked)
        figures.put(ANSWERED, key, held)
        part = cells[YES,] if question.codes else None
        for share, of, whole in zip(shares, (held, part), (asked, held), strict=False):
            _put_share(figures, share, key, of, whole)
        if question.codes:
            figures.put(PART, key, part)
            _put_bounds(figures, key, part, held, asked)
    return figures.made(axes[1:])


class _Judgements:
    """One table of the first judgement (yes, no, or not known) by the levels of the second."""

    def __init__(self, question: Paired, axes: tuple[Axis, ...], cells: Counts, policy: Policy) -> None:
        self.levels = [[level.code for level in axis.levels] for axis in axes]
        self.cells, self.policy = cells, policy
        known = [level.code for level in axes[1].levels if level.kind is LevelKind.VALUE]
        self.holds = [code for code in known if code in question.second.codes]
        self.lacks = [code for code in known if code not in question.second.codes]
        self._sums: dict[frozenset[Key], int | None] = {}

    def sum(self, first: Collection[str], second: Collection[str]) -> int | None:
        wanted = frozenset(product(first, second))
        if wanted not in self._sums:
            self._sums[wanted] = sum_shown(self.levels, self.cells, wanted, self.policy)
        return self._sums[wanted]

    def four(self) -> Pairs | None:
        told = [self.sum([one], other) for one, other in product((YES, NO), (self.holds, self.lacks))]
        found = [each for each in told if each is not None]
        return Pairs(*found) if len(found) == len(told) else None

    def known(self) -> int | None:
        return self.sum((YES, NO), (*self.holds, *self.lacks))

    def not_known(self) -> int | None:
        known, whole = self.known(), self.cells[TOTAL, TOTAL]
        left = None if known is None or whole is None else int(whole - known)
        return None if left is None or self.policy.small(left) else left

    def shares(self) -> Iterator[tuple[Measure, int | None]]:
        yield FIRST, self.sum([YES], (*self.holds, *self.lacks))
        yield SECOND, self.sum((YES, NO), self.holds)
        four = self.four()
        yield AGREEMENT, None if four is None else four.both + four.neither


def _put_counts(figures: Figures, key: Key, told: _Judgements, repeats: PairedRepeats) -> None:
    for measure, (one, other) in zip(FOUR, product((YES, NO), (told.holds, told.lacks)), strict=True):
        figures.put(measure, key, told.sum([one], other))
    figures.put(NOT_KNOWN, key, told.not_known())
    effects = (repeats.first, repeats.second, repeats.agreement)
    for (measure, part), effect in zip(told.shares(), effects, strict=True):
        _put_share(figures, measure, key, part, told.known(), effect.get(key, 1.0))


def _put_share(
    figures: Figures,
    measure: Measure,
    key: Key,
    part: int | float | None,
    whole: int | float | None,
    effect: float = 1.0,
) -> None:
    if part is None or whole is None:
        hide(figures, with_ends(measure), key)
    elif whole:
        figures.put_ends(measure, key, part / whole, share_interval(Counted(int(part), int(whole)), effect=effect))


def _put_bounds(
    figures: Figures, key: Key, part: int | float | None, held: int | None, asked: int | float | None
) -> None:
    if part is None or held is None or asked is None:
        hide(figures, BOUNDS, key)
        return
    for measure, end in zip(BOUNDS, nonresponse_bounds(Counted(int(part), held), int(asked)) or (), strict=False):
        figures.put(measure, key, end)


def _judge(figures: Figures, pairs: dict[Key, Comparison]) -> None:
    seen = [_smallest(compared) for compared in pairs.values()]
    for key, each in zip(pairs, judged(list(pairs.values()), seen), strict=True):
        figures.put_compared(DIFFERENCE, key, each.comparison)
        for measure, value in ((P, each.comparison.p), (SEEN, each.smallest_seen)):
            if value is not None:
                figures.put(measure, key, value)
        figures.put(VERDICT, key, list(Verdict).index(each.verdict))


def _smallest(compared: Comparison) -> float | None:
    """By the standard error that the interval is as wide as: that of the pairs alone is nought where all agree."""
    if not isinstance(compared.interval, Interval):
        return None
    low, high = compared.interval
    return smallest_normal_difference((high - low) / 2 / normal_quantile(0.95))


def _sum_of_answers(axis: Axis, cells: Counts, policy: Policy) -> int | None:
    """Those who are not missing; a row with several values is one answer."""
    if axis.multiple:
        cells = {(MISSING_LEVEL,): cells[MISSING_LEVEL,], (YES,): None, (TOTAL,): cells[TOTAL,]}
        return sum_shown([[MISSING_LEVEL, YES]], cells, [(YES,)], policy)
    codes = [level.code for level in axis.levels]
    return sum_shown([codes], cells, [(code,) for code in codes if code != MISSING_LEVEL], policy)


def _keys(axes: Iterable[Axis]) -> Iterator[Key]:
    return product(*([*(level.code for level in axis.levels), TOTAL] for axis in axes))
