"""What a page of many comparisons may say: each judged with all the others of the page.

All the p of the page, plain and adjusted together, are one family and are corrected at once (Benjamini and Hochberg).
A plain difference and its adjusted one mostly go together, so that one family costs little; two families of their own
would let nearly twice as many pages show a difference where there is none. Where a difference is shown its interval is
widened for having been picked out (`multiplicity.selected_confidence`), and it is shown only where that interval still
leaves no difference out.

Made of protected tables alone: no more is read than what a reader is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, isinf
from types import MappingProxyType

from skillnad.analysis.comparisons.days.told import DECIMALS, OF_P, WIDE, relevant_days
from skillnad.analysis.comparisons.opponents import against_whom, compared_levels
from skillnad.analysis.comparisons.questions import REST, Asked, Comparison
from skillnad.analysis.formulas.intervals import Interval, normal_quantile
from skillnad.analysis.formulas.multiplicity import adjusted, selected_confidence
from skillnad.analysis.formulas.power import smallest_normal_difference
from skillnad.analysis.formulas.verdicts import RELEVANT, Verdict, verdict_of
from skillnad.analysis.questions import Duration
from skillnad.analysis.results import TOTAL, Level, MeasureKind, ProtectedTable

PLAIN, ADJUSTED = "", "adjusted_"
"""What the measures of a comparison begin with: `difference`, `adjusted_difference`."""
MEDIANS = ("km_median", "median")
"""What the medians of a table of times are called, where the open count and where they do not."""

HALF_OF_P = 0.5 * 10**-OF_P
"""What rounding may have taken from a p of times."""


@dataclass(frozen=True)
class Told:
    """One difference: the group's less what it is compared with, in `kind`. `p` is corrected for the page; the interval
    of a difference that is shown is widened for having been picked out. None is hidden, or cannot be had."""

    kind: MeasureKind
    value: float | None
    interval: Interval | None
    p: float | None
    seen: float | None
    verdict: Verdict
    relevant: float

    @property
    def is_shown(self) -> bool:
        return self.verdict is Verdict.DIFFERENCE_SHOWN

    @property
    def unsized(self) -> bool:
        """Times that differ, or not, though so few have ended that nobody knows by how much: p is all that there is."""
        return self.value is None and self.p is not None

    @property
    def at_least(self) -> float:
        """How large the difference is at the least, in parts of a relevant one: large and sure counts most."""
        if self.interval is None or self.interval.holds(0.0):
            return 0.0
        return min(abs(self.interval.low), abs(self.interval.high)) / self.relevant


@dataclass(frozen=True)
class Judgement:
    """A group of one table, as it is and adjusted for background (None where the table has not been)."""

    table: ProtectedTable
    group: Level
    plain: Told
    adjusted: Told | None

    @property
    def is_shown(self) -> bool:
        return self.plain.is_shown or (self.adjusted is not None and self.adjusted.is_shown)

    @property
    def verdict(self) -> Verdict:
        """Of the two together: what either shows is shown; that none is, all that can be told must say."""
        adjusted = self.adjusted
        told = [self.plain.verdict, *([adjusted.verdict] if adjusted and adjusted.value is not None else [])]
        if Verdict.DIFFERENCE_SHOWN in told:
            return Verdict.DIFFERENCE_SHOWN
        alone = set(told) == {Verdict.NO_DIFFERENCE_SHOWN}
        return Verdict.NO_DIFFERENCE_SHOWN if alone else Verdict.TOO_FEW_TO_TELL


@dataclass(frozen=True)
class Page:
    """Every judgement of the page, in the tables' order; `made` is how many p were corrected together."""

    judgements: tuple[Judgement, ...]
    made: int
    confidence: float  # of the intervals of what is shown


@dataclass(frozen=True)
class _Found:
    """A difference as its table has it."""

    kind: MeasureKind
    value: float | None
    interval: Interval | None
    p: float | None
    seen: float | None


def judged_page(
    tables: Sequence[ProtectedTable],
    *,
    relevant: Mapping[MeasureKind, float] = MappingProxyType({}),
    alpha: float = 0.05,
) -> Page:
    """Tables of `Comparison` questions, each made once. `relevant` is the smallest difference worth seeing where it is
    not the usual one: five percentage points; of times a week, or a tenth of the median of all where that is more.
    """
    rows = [(table, level, _both(table, level.code)) for table in tables for level in compared(table)]
    p_values = [found.p for _, _, both in rows for found in both if found.p is not None]
    corrected = adjusted(p_values)
    shown = sum(p <= alpha for p in corrected)
    confidence = selected_confidence(shown, len(p_values), confidence=1 - alpha)
    judge = _Judge(iter(corrected), relevant, alpha, confidence)
    made = []
    for table, level, both in rows:
        told = [judge.told(found, usual_relevant(table, found.kind)) for found in both]
        made.append(Judgement(table, level, told[0], told[1] if len(told) > 1 else None))
    return Page(tuple(made), len(p_values), confidence)


def compared(table: ProtectedTable) -> tuple[Level, ...]:
    """The groups that a comparison's table sets against others: of two the first, and none that nobody is in."""
    axis, question = table.axes[0], table.question
    other = against_whom(question, axis) if isinstance(question, Comparison) else REST
    return tuple(level for level in compared_levels(axis) if level.code != other and not _is_empty(table, level.code))


def usual_relevant(table: ProtectedTable, kind: MeasureKind) -> float:
    """The smallest difference that is worth seeing: the question's own, or the usual one."""
    own = _own_relevant(table.question, kind)
    if own is not None:
        return own
    if kind is not MeasureKind.DAYS:
        return RELEVANT
    told = (table.cells[median].get((TOTAL,)) for median in MEDIANS if median in table.cells)
    return relevant_days(next(told, None))


def _own_relevant(question: Asked, kind: MeasureKind) -> float | None:
    """Of days where times are compared, else of points: what the question says is told in its own unit."""
    if not isinstance(question, Comparison):
        return None
    return question.relevant if isinstance(question.of, Duration) == (kind is MeasureKind.DAYS) else None


def _is_empty(table: ProtectedTable, code: str) -> bool:
    return any(table.cells.get(measure, {}).get((code,), None) == 0 for measure in ("whole", "count"))


def _both(table: ProtectedTable, code: str) -> tuple[_Found, ...]:
    plain = _found(table, code, PLAIN)
    return (plain, _found(table, code, ADJUSTED)) if f"{ADJUSTED}difference" in table.cells else (plain,)


def _found(table: ProtectedTable, code: str, prefix: str) -> _Found:
    def of(measure: str) -> float | None:
        return table.cells.get(f"{prefix}{measure}", {}).get((code,))

    name = f"{prefix}difference"
    kind = next((m.kind for m in table.measures if m.id == name), MeasureKind.POINTS)
    value, low, high, p = of("difference"), of("difference_low"), of("difference_high"), of("p")
    interval = Interval(low, high) if low is not None and high is not None else None
    seen = of("seen")
    if seen is None and prefix == ADJUSTED and interval is not None:
        seen = smallest_normal_difference((interval.high - interval.low) / (2 * normal_quantile(0.95)))
    told = kind is MeasureKind.DAYS if value is None else interval is not None
    return _Found(kind, value, interval, _at_most(p, kind) if told else None, seen)


def _at_most(p: float | None, kind: MeasureKind) -> float | None:
    """The p of times are told by so many decimals: among many comparisons half a unit more or less decides, and what
    is told as 0 may be half a unit."""
    return min(1.0, p + HALF_OF_P) if p is not None and kind is MeasureKind.DAYS else p


@dataclass(frozen=True)
class _Judge:
    """Takes the corrected p in the order that they were given."""

    corrected: Iterator[float]
    relevant: Mapping[MeasureKind, float]
    alpha: float
    confidence: float

    def told(self, found: _Found, usual: float) -> Told:
        p = None if found.p is None else next(self.corrected)
        relevant = self.relevant.get(found.kind, usual)
        widened = self._widened(found)
        interval = widened if p is not None and p <= self.alpha else found.interval
        verdict = Verdict.TOO_FEW_TO_TELL
        if interval is not None:
            verdict = verdict_of(interval, p, found.seen, relevant=relevant, alpha=self.alpha)
        elif p is not None and p <= self.alpha:
            verdict = Verdict.DIFFERENCE_SHOWN  # of times that differ, though not yet by how much
        return Told(found.kind, found.value, interval, p, found.seen, verdict, relevant)

    def _widened(self, found: _Found) -> Interval | None:
        """Each reach as many times longer as the normal quantile is: exact of normal estimates, near for others."""
        if found.value is None or found.interval is None:
            return found.interval
        times = normal_quantile(self.confidence) / normal_quantile(1 - self.alpha)
        low = found.value - (found.value - found.interval.low) * times
        high = found.value + (found.interval.high - found.value) * times
        if found.kind is MeasureKind.POINTS:
            return Interval(max(-1.0, low), min(1.0, high))
        return _outwards(low, high) if found.kind is MeasureKind.DAYS else Interval(low, high)


def _outwards(low: float, high: float) -> Interval:
    """Days by as many decimals as a table tells them, so that the interval holds no less."""
    parts = 1 if high - low >= WIDE else 10**DECIMALS
    return Interval(*(end if isinf(end) else way(end * parts) / parts for end, way in ((low, floor), (high, ceil))))
