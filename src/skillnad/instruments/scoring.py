"""Scores of one sheet of answers, exactly: the reference that everything else that counts is held to.

All numbers are exact fractions, so that halves are rounded upwards and cut-offs are met where they stand. "Don't know",
"not applicable", an unanswered question and one that was not asked are never values. The sheet has passed
`answers.check_answers`. `vectors` does the same over columns.
"""

import math
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from skillnad.instruments.answer_kinds import limits_of
from skillnad.instruments.answers import AnswerSheet, Level, level_of
from skillnad.instruments.asked import Item
from skillnad.instruments.conditions import Answer, Answers, asked_answers, codes_of, holds, number_of
from skillnad.instruments.counted import Band, BandSet, Score
from skillnad.instruments.exact import exact, half_up
from skillnad.instruments.model import Instrument, Share

Parts = list[Fraction | None]


class WhyMissing(StrEnum):
    """Why a score has no value."""

    UNKNOWN = "unknown"  # too few of its parts are known
    NEEDED = "needed"  # a question that it hangs on has no value
    CONDITION = "condition"  # it is not counted of a sheet like this
    NOTHING = "nothing"  # it is a share of nothing


@dataclass(frozen=True)
class ScoreResult:
    """A score with what gave it. `rule` reads "sum/prorate≥3/half_up"; `version` is the instrument's, "sdq 2005.1".

    `lacking`: the items or scores that it is made of and that have no value, and of items what they have instead.
    """

    score: str
    value: Fraction | None
    why_missing: WhyMissing | None
    rule: str
    version: str
    source: str
    verified: bool
    lacking: Mapping[str, Level]

    @property
    def number(self) -> float | None:
        return None if self.value is None else float(self.value)


def score(instrument: Instrument, sheet: AnswerSheet, on: Collection[str] = ()) -> dict[str, ScoreResult]:
    """Every score of the sheet's perspective by id, in order; those that are off only where `on` names them."""
    answers = asked_answers(instrument, sheet.perspective, sheet.answers)
    results: dict[str, ScoreResult] = {}
    for rule in scores_of(instrument, sheet.perspective, on):
        values = {name: result.value for name, result in results.items()}
        results[rule.id] = _result(instrument, rule, answers, values)
    return results


def scores_of(instrument: Instrument, perspective: str, on: Collection[str] = ()) -> list[Score]:
    """The scores that are counted of a perspective's sheets."""
    return [
        rule
        for rule in instrument.scores.values()
        if (not rule.perspectives or perspective in rule.perspectives) and (not rule.off or rule.id in on)
    ]


def rule_in_words(rule: Score) -> str:
    """What was done, for the result to carry: kind, what missing parts do, rounding."""
    missing = rule.missing if rule.missing == "refuse" else f"{rule.missing}≥{rule.minimum}"
    places = f"{rule.decimals} decimals" if rule.decimals else ""
    return "/".join(part for part in (rule.kind, missing, rule.round or places) if part)


def _result(
    instrument: Instrument, rule: Score, answers: Mapping[str, Answer | None], values: Mapping[str, Fraction | None]
) -> ScoreResult:
    sheet = _Sheet(instrument, answers, values)
    counted = sheet.counted(rule)
    return ScoreResult(
        rule.id,
        counted if isinstance(counted, Fraction) else None,
        counted if isinstance(counted, WhyMissing) else None,
        rule_in_words(rule),
        f"{instrument.id} {instrument.version}",
        rule.source,
        rule.verified and instrument.verified,
        sheet.lacking(rule),
    )


@dataclass(frozen=True)
class _Sheet:
    """What was answered to what was asked, and the scores that are counted already."""

    instrument: Instrument
    asked: Mapping[str, Answer | None]
    values: Mapping[str, Fraction | None]

    @property
    def answers(self) -> Answers:
        return {name: answer for name, answer in self.asked.items() if answer is not None}

    def level(self, name: str) -> Level:
        item = self.instrument.items[name]
        return level_of(item, self.asked[name]) if name in self.asked else Level.NOT_ASKED

    def lacking(self, rule: Score) -> dict[str, Level]:
        names = dict.fromkeys((*rule.needs, *rule.items, *(term.item for term in rule.terms)))
        levels = {name: self.level(name) for name in names}
        scores = {name: Level.MISSING for name in rule.scores if self.values.get(name) is None}
        return {name: level for name, level in levels.items() if level is not Level.VALUE} | scores

    def counted(self, rule: Score) -> Fraction | WhyMissing:
        if any(self.level(name) is not Level.VALUE for name in rule.needs):
            return WhyMissing.NEEDED
        if rule.zero_when and holds(rule.zero_when, self.answers):
            return Fraction(0)
        if rule.only_when and not holds(rule.only_when, self.answers):
            return WhyMissing.CONDITION
        counted = _KINDS[rule.kind](rule, self.parts(rule))
        return rounded(rule, counted) if isinstance(counted, Fraction) else counted

    def parts(self, rule: Score) -> Parts:
        """What the score is made of; None is unknown."""
        if rule.scores:
            return [self.values.get(name) for name in rule.scores]
        if rule.kind == "count":
            return [self.chosen(rule, name) for name in rule.items]
        return [self.points(rule, name) for name in rule.items or [term.item for term in rule.terms]]

    def points(self, rule: Score, name: str) -> Fraction | None:
        item = self.instrument.items[name]
        value = points_of(item, self.asked.get(name))
        return sum(span_of(item)) - value if value is not None and name in rule.reverse else value

    def chosen(self, rule: Score, name: str) -> Fraction | None:
        """1 where a counted code was answered. "Don't know" is neither 1 nor unknown where every item is needed."""
        level = self.level(name)
        if level is Level.VALUE or (rule.missing == "refuse" and level in (Level.DONT_KNOW, Level.NOT_APPLICABLE)):
            return Fraction(bool(codes_of(self.asked[name]) & rule.codes))
        return None


def points_of(item: Item, answer: Answer | None) -> Fraction | None:
    """What an answer counts as: its option's points, or the code or answer itself as a number.

    None of what is no value. Raises ValueError where no number can be made of it (a multiple choice, a worded code).
    """
    if level_of(item, answer) is not Level.VALUE:
        return None
    option = item.option(answer) if isinstance(answer, str) else None
    value = exact(option.points) if option and option.points is not None else number_of(answer)
    if value is None:
        raise ValueError(f"the answers to {item.id} are no numbers")
    return value


def span_of(item: Item) -> tuple[Fraction, Fraction]:
    """The fewest and the most points that an item can give."""
    given = [points_of(item, option.code) for option in item.options]
    points = [value for value in given if value is not None]
    return (min(points), max(points)) if points else limits_of(item)


def rounded(rule: Score, value: Fraction) -> Fraction:
    """To whole numbers or to the score's decimals, halves upwards, where the rule says so: what is shown counts."""
    return half_up(value, rule.decimals) if rule.round or rule.decimals else value


def _added(rule: Score, parts: Parts) -> Fraction | WhyMissing:
    """A sum, a mean or a count. Unknown parts count as the mean of the known (prorate), as 0 (zero) or not at all."""
    known = [part for part in parts if part is not None]
    least = len(parts) if rule.missing == "refuse" else rule.minimum
    if not known or len(known) < least:
        return WhyMissing.UNKNOWN
    total = sum(known, Fraction(0))
    if rule.kind == "mean":
        return total / (len(parts) if rule.missing == "zero" else len(known))
    return total * len(parts) / len(known) if rule.missing == "prorate" else total


def _number_of_scores(rule: Score, parts: Parts) -> Fraction | WhyMissing:
    """How many of the known scores are at most `at_most`; how many are known, where there is no limit."""
    known = [part for part in parts if part is not None]
    if len(known) < rule.minimum:
        return WhyMissing.UNKNOWN
    most = rule.at_most
    return Fraction(len(known) if most is None else sum(part <= exact(most) for part in known))


def _difference(_: Score, parts: Parts) -> Fraction | WhyMissing:
    first, second = parts
    return WhyMissing.UNKNOWN if first is None or second is None else first - second


def _ratio(rule: Score, parts: Parts) -> Fraction | WhyMissing:
    first, second = parts
    if first is None or second is None:
        return WhyMissing.UNKNOWN
    return first / second * Fraction(*rule.factor) if second else WhyMissing.NOTHING


def _weighted(rule: Score, parts: Parts) -> Fraction | WhyMissing:
    total = exact(rule.constant)
    for term, part in zip(rule.terms, parts, strict=True):
        if part is None:
            return WhyMissing.UNKNOWN
        total += (logarithm(part) if term.ln else part) / exact(term.divide)
    return total


def logarithm(value: Fraction) -> Fraction:
    """The natural logarithm to nine decimals; 0 of nothing, as in the Addiction Severity Index."""
    return half_up(Fraction(math.log(value)), 9) if value > 0 else Fraction(0)


_KINDS: Mapping[str, Callable[[Score, Parts], Fraction | WhyMissing]] = {
    "sum": _added,
    "mean": _added,
    "count": _added,
    "count_scores": _number_of_scores,
    "difference": _difference,
    "ratio": _ratio,
    "weighted": _weighted,
}


def band_of(band_set: BandSet, value: Fraction | None) -> Band | None:
    """The band of a value: the last that begins at or below it. None of no value, and outside all bands."""
    if value is None or value > exact(band_set.bands[-1].high):
        return None
    begun = [band for band in band_set.bands if exact(band.low) <= value]
    return begun[-1] if begun else None


def band_sets_of(instrument: Instrument, score_id: str, perspective: str, age: int | None) -> list[BandSet]:
    """The band sets that hold of a score; those for some ages only where the age is known."""
    return [
        bands
        for bands in instrument.band_sets
        if bands.score == score_id
        and (not bands.perspectives or perspective in bands.perspectives)
        and (bands.ages is None or (age is not None and age in bands.ages))
    ]


def bands(instrument: Instrument, sheet: AnswerSheet, results: Mapping[str, ScoreResult]) -> dict[str, Band]:
    """The band of each set that holds of the sheet and whose score has a value, by the set's id."""
    found = {
        each.id: band_of(each, result.value)
        for name, result in results.items()
        for each in band_sets_of(instrument, name, sheet.perspective, sheet.age)
    }
    return {name: band for name, band in found.items() if band is not None}


def share_of(instrument: Instrument, share: Share, sheet: AnswerSheet) -> bool | None:
    """Whether the answer is one of the share's; None where it stands outside the share's denominator."""
    answer = asked_answers(instrument, sheet.perspective, sheet.answers).get(share.item)
    counts = level_of(instrument.items[share.item], answer) is Level.VALUE
    return bool(codes_of(answer) & share.codes) if counts else None
