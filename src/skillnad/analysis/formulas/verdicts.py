"""What is said of a comparison: a difference is shown, none is, or they are too few to tell. Never an effect: such
follow-up cannot show what caused a difference.

A difference is *shown* where its p, adjusted for how many comparisons were made, is at most alpha and its interval
leaves no difference out. *No difference shown* needs that one of the relevant size would have been seen (the smallest
that could have been is no larger), and that the interval holds nothing larger than it: absence of evidence alone is no
evidence (D. G. Altman and J. M. Bland, BMJ 311 (1995), 485). All else is *too few to tell*.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from skillnad.analysis.formulas.differences import ALONE, Effects, share_difference
from skillnad.analysis.formulas.intervals import Comparison, Interval, MaybeInterval
from skillnad.analysis.formulas.multiplicity import adjusted
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted

RELEVANT = 0.05
"""The share difference that is worth seeing where nobody has said another: 5 percentage points."""


class Verdict(Enum):
    DIFFERENCE_SHOWN = ("skillnad visad", "difference shown")
    NO_DIFFERENCE_SHOWN = ("ingen skillnad visad", "no difference shown")
    TOO_FEW_TO_TELL = ("för få för att avgöra", "too few to tell")

    @property
    def sv(self) -> str:
        return self.value[0]

    @property
    def en(self) -> str:
        return self.value[1]

    def text(self, language: str = "sv") -> str:
        return self.en if language == "en" else self.sv


@dataclass(frozen=True)
class Judged:
    """A comparison among others. `p` is adjusted for them; `smallest_seen` is the smallest difference that could have
    been seen by it alone, None where none could; the interval is as it was, not widened."""

    comparison: Comparison
    p: float | None
    smallest_seen: float | None
    verdict: Verdict


def verdict_of(
    interval: MaybeInterval,
    p: float | None,
    smallest_seen: float | None,
    *,
    relevant: float = RELEVANT,
    alpha: float = 0.05,
) -> Verdict:
    """Of a difference (0 is none): its interval, its adjusted p, the smallest that could have been seen, and the
    smallest that is relevant, all in one unit."""
    if not isinstance(interval, Interval) or p is None:
        return Verdict.TOO_FEW_TO_TELL
    if p <= alpha and not interval.holds(0.0):
        return Verdict.DIFFERENCE_SHOWN
    would_be_seen = smallest_seen is not None and smallest_seen <= relevant
    return Verdict.NO_DIFFERENCE_SHOWN if would_be_seen and interval.within(relevant) else Verdict.TOO_FEW_TO_TELL


def judged(
    comparisons: Sequence[Comparison],
    smallest_seen: Sequence[float | None],
    *,
    relevant: float = RELEVANT,
    alpha: float = 0.05,
) -> tuple[Judged, ...]:
    """All comparisons of a page, in their order, corrected together; those without a p take no part in it."""
    made = iter(adjusted([each.p for each in comparisons if each.p is not None]))
    p_values = [None if each.p is None else next(made) for each in comparisons]
    return tuple(
        Judged(each, p, seen, verdict_of(each.interval, p, seen, relevant=relevant, alpha=alpha))
        for each, p, seen in zip(comparisons, p_values, smallest_seen, strict=True)
    )


def judged_shares(
    pairs: Sequence[tuple[Counted, Counted]],
    *,
    effects: Sequence[Effects] = (),
    relevant: float = RELEVANT,
    alpha: float = 0.05,
) -> tuple[Judged, ...]:
    """The same of pairs of shares, each with the `effects` of rows that go together, where there are any."""
    of = effects or [ALONE] * len(pairs)
    compared = [
        share_difference(*pair, confidence=1 - alpha, effects=each) for pair, each in zip(pairs, of, strict=True)
    ]
    seen = [smallest_seen(*pair, each, alpha=alpha) for pair, each in zip(pairs, of, strict=True)]
    return judged(compared, seen, relevant=relevant, alpha=alpha)


def smallest_seen(first: Counted, second: Counted, effects: Effects = ALONE, *, alpha: float = 0.05) -> float | None:
    """The smallest difference of two shares that could have been seen, from the share of the two groups together."""
    if not first.whole or not second.whole:
        return None
    base = (first.part + second.part) / (first.whole + second.whole)
    wholes = first.whole / effects[0], second.whole / effects[1]
    return smallest_share_difference(*wholes, base, alpha=alpha).either_way
