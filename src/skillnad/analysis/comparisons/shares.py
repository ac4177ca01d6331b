"""Groups' shares compared, made of the counts that are shown: who sees the counts can work out the rest, but for how
many times as uncertain they are because one person can have several rows (see `repeats` for what that tells).

A group with nobody in it has neither a share nor a comparison; where a group, or what it
is compared with, is hidden, so is all that is said of the two.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from skillnad.analysis.comparisons.made import (
    PART,
    REPEATED,
    SEEN,
    SHARE,
    VERDICT,
    WHOLE,
    Counts,
    Figures,
    Made,
    P,
    with_ends,
)
from skillnad.analysis.comparisons.opponents import named_groups, opposed
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.comparisons.repeats import NONE, Repeats, repeats_of
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.differences import ALONE, Effects, share_difference, share_ratio
from skillnad.analysis.formulas.intervals import Comparison as Compared
from skillnad.analysis.formulas.proportions import Counted, share_interval
from skillnad.analysis.formulas.verdicts import RELEVANT, Judged, Verdict, judged, smallest_seen
from skillnad.analysis.results import NO, TOTAL, YES, Axis, Key, Measure, MeasureKind
from skillnad.codebook.snapshot_schema import Population

DIFFERENCE = Measure("difference", "Skillnad", MeasureKind.POINTS)
RATIO = Measure("ratio", "Kvot", MeasureKind.RATIO)
COMPARED = (*with_ends(DIFFERENCE), *with_ends(RATIO), P, SEEN, VERDICT)
"""What is said of a group beside its share."""

Groups = dict[str, Counted | None]


def compared_shares(question: Comparison, axes: tuple[Axis, ...], counts: Counts, repeats: Repeats = NONE) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. None is what is hidden.

    Raises UserError (ASK-056) where the table has no group `against`.
    """
    figures, told = share_pairs(question, axes, counts, repeats)
    put_pairs(figures, told, judged(*told_pairs(told), relevant=relevant_share(question)))
    return figures.made((axes[1],))


def relevant_share(question: Comparison) -> float:
    """The smallest difference of shares that is worth seeing."""
    return RELEVANT if question.relevant is None else question.relevant


@dataclass(frozen=True)
class Opposed:
    """A group's share and what it is compared with, and how many times as uncertain each is."""

    one: Counted
    other: Counted
    effects: Effects = ALONE

    @property
    def difference(self) -> Compared:
        return share_difference(self.one, self.other, effects=self.effects)

    @property
    def ratio(self) -> Compared:
        return share_ratio(self.one, self.other, effects=self.effects)

    @property
    def seen(self) -> float | None:
        return smallest_seen(self.one, self.other, self.effects)


def share_pairs(
    question: Comparison, axes: tuple[Axis, ...], counts: Counts, repeats: Repeats
) -> tuple[Figures, dict[str, Opposed]]:
    """The groups' own figures, and the pairs that are to be judged."""
    group = axes[1]
    groups = shown_groups(group, counts)
    figures = share_figures(groups, repeats)
    for measure in COMPARED:
        figures.column(measure)
    told = {}
    for code, against in opposed(question, group).items():
        one, other = groups[code], groups[against] if against else all_but(groups, code)
        if one is None or other is None:
            hide(figures, COMPARED, (code,))
        elif one.whole:
            told[code] = Opposed(one, other, repeats.of_two(code, against))
    return figures, told


def told_pairs(told: Mapping[str, Opposed]) -> tuple[list[Compared], list[float | None]]:
    """What is judged: the differences, and the smallest that could have been seen."""
    return [pair.difference for pair in told.values()], [pair.seen for pair in told.values()]


def put_pairs(figures: Figures, told: Mapping[str, Opposed], judged: Iterable[Judged]) -> None:
    for (code, pair), each in zip(told.items(), judged, strict=True):
        _put(figures, (code,), pair, each)


def repeats_in(question: Comparative, rows: Callable[[], Rows], group: Axis, counts: Counts, policy: Policy) -> Repeats:
    """How rows of the plain question go together in its groups. Of clients themselves each is one row."""
    if question.selection.population is Population.CLIENTS:
        return NONE
    return repeats_of(rows().by_client((group.id,)), named_groups(group), shown_codes(group, counts), policy)


def shown_codes(group: Axis, counts: Counts) -> list[str]:
    """The groups of which a reader sees how many hold it, of how many."""
    return [code for code, counted in shown_groups(group, counts).items() if counted is not None]


def shown_groups(group: Axis, counts: Counts) -> Groups:
    """How many of each group, and of all, hold it, of how many; None where a reader is not shown both."""
    return {code: counted_in(counts, code) for code in (*(level.code for level in group.levels), TOTAL)}


def counted_in(counts: Counts, code: str) -> Counted | None:
    yes, no = counts[YES, code], counts[NO, code]
    return None if yes is None or no is None else Counted(int(yes), int(yes + no))


def share_figures(groups: Groups, repeats: Repeats = NONE, *, ends: bool = True) -> Figures:
    """Part, whole and share of each group, and the share's interval where `ends` are wanted."""
    figures = Figures()
    named = with_ends(SHARE) if ends else (SHARE,)
    for measure in (PART, WHOLE, *named):
        figures.column(measure)
    for code, counted in groups.items():
        if counted is None:
            hide(figures, (PART, WHOLE, *named), (code,))
            continue
        figures.put(PART, (code,), counted.part)
        figures.put(WHOLE, (code,), counted.whole)
        if counted.share is not None and ends:
            figures.put_ends(SHARE, (code,), counted.share, share_interval(counted, effect=repeats.of(code)))
        elif counted.share is not None:
            figures.put(SHARE, (code,), counted.share)
    put_repeated(figures, groups, repeats)
    return figures


def put_repeated(figures: Figures, groups: Groups, repeats: Repeats) -> None:
    """Of the groups that are shown, where any of them has two rows of one person."""
    told = {code: repeats.of(code) for code, counted in groups.items() if counted is not None}
    if any(effect > 1 for effect in told.values()):
        for code, effect in told.items():
            figures.put(REPEATED, (code,), effect)


def hide(figures: Figures, measures: tuple[Measure, ...], key: Key) -> None:
    for measure in measures:
        figures.put(measure, key, None)


def all_but(groups: Groups, code: str) -> Counted | None:
    """Everyone who is in another group, or, where levels overlap, everyone who is not in it: a comparison is of no rows
    of which nobody knows the group (`known`)."""
    whole, own = groups[TOTAL], groups[code]
    return None if whole is None or own is None else Counted(whole.part - own.part, whole.whole - own.whole)


def _put(figures: Figures, key: Key, pair: Opposed, judged: Judged) -> None:
    """p as it is; the verdict corrected for the comparisons of this table."""
    figures.put_compared(DIFFERENCE, key, judged.comparison)
    figures.put_compared(RATIO, key, pair.ratio)
    if judged.comparison.p is not None:
        figures.put(P, key, judged.comparison.p)
    if judged.smallest_seen is not None:
        figures.put(SEEN, key, judged.smallest_seen)
    figures.put(VERDICT, key, list(Verdict).index(judged.verdict))
