"""What has changed between two occasions of the same instrument and perspective, exactly.

A change is counted in the direction of the better: from 4 to 2 on a scale where 1 is best is two steps better. Whether
both occasions have the same person behind them, and where `same_rater` the same rater, is for the caller to see to.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Direction
from skillnad.instruments.conditions import asked_answers
from skillnad.instruments.counted import BandSet, ChangeRule
from skillnad.instruments.exact import Number, exact
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import band_of, band_sets_of, points_of, score


class Changed(StrEnum):
    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    CLINICALLY_IMPROVED = "clinically_improved"  # reliably, and out of the clinical band
    IMPROVED = "improved"  # reliably
    NO_RELIABLE_CHANGE = "no_reliable_change"
    DETERIORATED = "deteriorated"  # reliably


STEPS = (Changed.BETTER, Changed.SAME, Changed.WORSE)
RELIABLE = (Changed.CLINICALLY_IMPROVED, Changed.IMPROVED, Changed.NO_RELIABLE_CHANGE, Changed.DETERIORATED)


@dataclass(frozen=True)
class ChangeResult:
    """A change with what gave it: the rule, and the cut-offs that it was held against. `steps` are towards the better;
    without two values there is neither. No verdict either where the cut-off is another age's than anyone has told."""

    change: str
    verdict: Changed | None
    steps: Fraction | None
    rule: str
    version: str
    source: str
    verified: bool


def verdicts_of(rule: ChangeRule) -> tuple[Changed, ...]:
    """What a rule can say, the best first."""
    return RELIABLE if rule.kind == "reliable" else STEPS


def change(
    instrument: Instrument,
    rule: ChangeRule,
    before: Number | None,
    after: Number | None,
    *,
    perspective: str,
    age: int | None = None,
) -> ChangeResult:
    """What `rule` says of two values of its item or score; `age` is at the first occasion, and chooses the cut-off."""
    told = f"{instrument.id} {instrument.version}"
    sure = rule.verified and instrument.verified
    if before is None or after is None:
        return ChangeResult(rule.id, None, None, change_in_words(rule), told, rule.source, sure)
    first, later = exact(before), exact(after)
    steps = (later - first) * _direction(instrument, rule).sign
    if rule.kind != "reliable":
        return ChangeResult(rule.id, _stepped(rule, steps), steps, change_in_words(rule), told, rule.source, sure)
    bands = _cut_off(instrument, rule, perspective, age)
    # of unknown age whether a cut-off was crossed is not known, and "improved" would say that it was not
    unknown = age is None and bands is None and _has_cut_offs(instrument, rule, perspective)
    verdict = None if unknown else _reliable(rule, steps, bands, first, later)
    words = f"{change_in_words(rule)}, {bands.id}" if bands else change_in_words(rule)
    return ChangeResult(rule.id, verdict, steps, words, told, rule.source, sure)


def changed(instrument: Instrument, rule: ChangeRule, first: AnswerSheet, later: AnswerSheet) -> ChangeResult:
    """What `rule` says of two sheets. Raises ValueError where they are two perspectives': those are never pooled."""
    if first.perspective != later.perspective:
        raise ValueError("a change is between two sheets of the same perspective")
    before, after = (_value(instrument, rule, sheet) for sheet in (first, later))
    return change(instrument, rule, before, after, perspective=first.perspective, age=first.age)


def change_in_words(rule: ChangeRule) -> str:
    """What was done, for the result to carry: "step≥1" or "reliable≥5"."""
    least = rule.reliable if rule.kind == "reliable" else rule.threshold
    return f"{rule.kind}≥{least:g}" if least else rule.kind


def _value(instrument: Instrument, rule: ChangeRule, sheet: AnswerSheet) -> Fraction | None:
    if rule.score:
        result = score(instrument, sheet, on=(rule.score,)).get(rule.score)
        return result.value if result else None
    answers = asked_answers(instrument, sheet.perspective, sheet.answers)
    return points_of(instrument.items[rule.item], answers.get(rule.item))


def _direction(instrument: Instrument, rule: ChangeRule) -> Direction:
    direction = instrument.scores[rule.score].direction if rule.score else instrument.items[rule.item].direction
    if direction is Direction.NONE:
        raise ValueError(f"{rule.id} is of something that has no better and worse")
    return direction


def _stepped(rule: ChangeRule, steps: Fraction) -> Changed:
    if not steps or abs(steps) < exact(rule.threshold):
        return Changed.SAME
    return Changed.BETTER if steps > 0 else Changed.WORSE


def _reliable(rule: ChangeRule, steps: Fraction, bands: BandSet | None, first: Fraction, later: Fraction) -> Changed:
    least = exact(rule.reliable)
    if steps <= -least:
        return Changed.DETERIORATED
    if steps < least:
        return Changed.NO_RELIABLE_CHANGE
    return Changed.CLINICALLY_IMPROVED if _crossed(rule, bands, first, later) else Changed.IMPROVED


def _crossed(rule: ChangeRule, bands: BandSet | None, first: Fraction, later: Fraction) -> bool:
    """Whether the first value was clinical and the later is not, by the cut-off that the first occasion had."""
    before, after = (band_of(bands, value) if bands else None for value in (first, later))
    return before is not None and after is not None and before.code in rule.clinical and after.code not in rule.clinical


def _has_cut_offs(instrument: Instrument, rule: ChangeRule, perspective: str) -> bool:
    """At any age."""
    named = [each for each in instrument.band_sets if each.id in rule.band_sets and each.score == rule.score]
    return any(not each.perspectives or perspective in each.perspectives for each in named)


def _cut_off(instrument: Instrument, rule: ChangeRule, perspective: str, age: int | None) -> BandSet | None:
    sets = band_sets_of(instrument, rule.score, perspective, age)
    return next((each for each in sets if each.id in rule.band_sets), None)
