"""Groups' shares compared where the rows are a sample: what they say of all that the sample was drawn from. Made of
nothing but the counts that are shown, as `shares` is, and of how many there are in all, which whoever asks has told.

Rows with a known outcome are those who answered. The others of the sample are taken as if they had not been drawn. Of
rows drawn in one lot a group is a part of the sample; where each group was drawn by itself the groups are strata, and
all together, and all the others, are weighed by how many each group has. Each row is taken to be another person's:
where several are of one the figures are less sure than is said, which whoever reads them is told.

Rows that were not chosen at random tell how they differ and nothing more: no interval, no p and no verdict, since
nobody knows how far they are from the rest. Where everyone is in the sample and has answered there is none of it
either: nothing is unsure, and a difference is as large as it is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from skillnad.analysis.comparisons.drawn_checks import check_drawn
from skillnad.analysis.comparisons.made import PART, SEEN, SHARE, VERDICT, WHOLE, Counts, Figures, Made, P, with_ends
from skillnad.analysis.comparisons.opponents import all_opposed, no_such_group, opposed
from skillnad.analysis.comparisons.questions import Comparison, Drawn
from skillnad.analysis.comparisons.shares import DIFFERENCE, Groups, hide, shown_groups
from skillnad.analysis.comparisons.unknown_groups import the_others
from skillnad.analysis.formulas.intervals import Interval, NoInterval, Why
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sample_differences import sample_difference, smallest_sample_difference
from skillnad.analysis.formulas.samples import Chosen, Sample, Sampled, Stratum, sample_share, yes_or_no
from skillnad.analysis.formulas.verdicts import RELEVANT, Judged, Verdict, judged
from skillnad.analysis.results import TOTAL, Axis, Key, Measure, MeasureKind

EFFECTIVE = Measure("effective", "Så många svar är det värt", MeasureKind.COUNT)
"""Answers drawn alike from endlessly many that would make the share as sure."""
UNSURE = (*with_ends(DIFFERENCE), P, SEEN, VERDICT)

Pair = tuple[Sampled, Sampled]
Pairs = dict[str, Pair | None]
"""Each group that is compared, and what with; None where either is hidden."""


@dataclass(frozen=True)
class OneLot:
    """Everyone had the same chance: the groups are parts of one sample. `population` is None where it is hidden."""

    chosen: Chosen
    population: int | None
    groups: Groups

    def of(self, counted: Counted | None) -> Sampled | None:
        answered = self.groups[TOTAL]
        if counted is None or answered is None or self.population is None:
            return None
        n = answered.whole
        return sample_share(Sample((Stratum(self.population, n, n, yes_or_no(*counted)),), self.chosen))


@dataclass(frozen=True)
class EachDrawn:
    """Every group was drawn by itself, of so many."""

    chosen: Chosen
    populations: Mapping[str, int]
    groups: Groups

    def of(self, *codes: str) -> Sampled | None:
        strata = []
        for code in codes:
            counted = self.groups[code]
            if counted is None:
                return None
            strata.append(Stratum(self.populations[code], counted.whole, counted.whole, yes_or_no(*counted)))
        return sample_share(Sample(tuple(strata), self.chosen))


def sampled_shares(question: Comparison, drawn: Drawn, axes: tuple[Axis, ...], counts: Counts) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. None is what is hidden.

    Raises UserError: ASK-049 or ASK-064 where the sample cannot be of so many, ASK-056 where the table has no group
    `against`.
    """
    group = axes[1]
    groups = shown_groups(group, counts)
    populations = check_drawn(drawn, group, counts, groups)
    if populations:
        of_groups, pairs = _of_each(question, group, EachDrawn(drawn.chosen, populations, groups))
    else:
        of_groups, pairs = _of_one(
            question, group, OneLot(drawn.chosen, _population(drawn, counts, groups), groups), counts
        )
    figures = _figures(groups, of_groups)
    _compare(figures, pairs, question.relevant)
    return figures.made((group,))


def _population(drawn: Drawn, counts: Counts, groups: Groups) -> int | None:
    """Of how many the one lot is: as told, or, of everyone, as many as the rows. Rows that were not drawn at random
    stand for themselves alone."""
    if drawn.of_all is not None:
        return drawn.of_all
    rows = counts[TOTAL, TOTAL]
    if drawn.chosen is Chosen.EVERYONE:
        return None if rows is None else int(rows)
    answered = groups[TOTAL]
    return None if answered is None else answered.whole


def _of_one(question: Comparison, group: Axis, lot: OneLot, counts: Counts) -> tuple[dict[str, Sampled | None], Pairs]:
    pairs: Pairs = {}
    for code, against in opposed(question, group).items():
        other = lot.groups[against] if against else the_others(group, lot.groups, counts, code)
        pairs[code] = _pair(lot.of(lot.groups[code]), lot.of(other))
    return {code: lot.of(counted) for code, counted in lot.groups.items()}, pairs


def _of_each(question: Comparison, group: Axis, each: EachDrawn) -> tuple[dict[str, Sampled | None], Pairs]:
    """Rows whose group nobody knows are of no stratum."""
    if question.against and question.against not in each.populations:
        raise no_such_group(question.against, list(each.populations))
    found = {code: each.of(code) for code in each.populations} | {TOTAL: each.of(*each.populations)}
    pairs: Pairs = {}
    for code, others in all_opposed(question, group).items():
        inside = [other for other in others if other in each.populations]
        if code in each.populations and inside:
            pairs[code] = _pair(found[code], each.of(*inside))
    return found, pairs


def _pair(one: Sampled | None, other: Sampled | None) -> Pair | None:
    return None if one is None or other is None else (one, other)


def _figures(groups: Groups, found: Mapping[str, Sampled | None]) -> Figures:
    figures = Figures()
    for measure in (PART, WHOLE, SHARE):
        figures.column(measure)
    for code, counted in groups.items():
        if counted is None:
            hide(figures, (PART, WHOLE), (code,))
        else:
            figures.put(PART, (code,), counted.part)
            figures.put(WHOLE, (code,), counted.whole)
    sure = _all_sure(found.values())
    for code, each in found.items():
        if each is None:
            hide(figures, (SHARE,) if sure else (*with_ends(SHARE), EFFECTIVE), (code,))
        elif each.value is not None:
            _put_share(figures, (code,), each, each.value)
    return figures


def _put_share(figures: Figures, key: Key, found: Sampled, value: float) -> None:
    figures.put(SHARE, key, value)
    if isinstance(found.interval, Interval) and not _is_sure(found):
        figures.put_ends(SHARE, key, value, found.interval)
        figures.put(EFFECTIVE, key, round(found.effective or 0))


def _is_sure(found: Sampled) -> bool:
    """Is there nothing to say of how sure it is: not chosen at random, or all of whom it is about?"""
    return found.interval == NoInterval(Why.NOT_RANDOM) or found.effective == inf


def _all_sure(found: Iterable[Sampled | None]) -> bool:
    return all(_is_sure(each) for each in found if each is not None and each.value is not None)


def _compare(figures: Figures, pairs: Pairs, relevant: float | None) -> None:
    """p as it is; verdicts corrected for the comparisons of this table."""
    sure = _all_sure(each for pair in pairs.values() for each in pair or ())
    columns = (DIFFERENCE,) if sure else UNSURE
    for measure in columns:
        figures.column(measure)
    told = {code: pair for code, pair in pairs.items() if pair}
    for code in pairs.keys() - told.keys():
        hide(figures, columns, (code,))
    compared = [sample_difference(*pair) for pair in told.values()]
    seen = [smallest_sample_difference(*pair) for pair in told.values()]
    for code, each in zip(
        told, judged(compared, seen, relevant=RELEVANT if relevant is None else relevant), strict=True
    ):
        _put(figures, (code,), each, told[code])


def _put(figures: Figures, key: Key, each: Judged, pair: Pair) -> None:
    if each.comparison.value is None:
        return
    figures.put(DIFFERENCE, key, each.comparison.value)
    if all(map(_is_sure, pair)):
        return
    figures.put_compared(DIFFERENCE, key, each.comparison)
    if each.comparison.p is not None:
        figures.put(P, key, each.comparison.p)
    if each.smallest_seen is not None:
        figures.put(SEEN, key, each.smallest_seen)
    figures.put(VERDICT, key, list(Verdict).index(each.verdict))
