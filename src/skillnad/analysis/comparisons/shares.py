"""Groups' shares compared, made of nothing but the counts that are shown: who sees the counts can work out the rest."""

from collections.abc import Mapping

from skillnad.analysis.comparisons.made import PART, SEEN, SHARE, VERDICT, WHOLE, Figures, Made, P
from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.formulas.differences import share_difference, share_ratio
from skillnad.analysis.formulas.intervals import wilson
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.verdicts import Verdict, judged_shares
from skillnad.analysis.results import NO, TOTAL, YES, Axis, Key, LevelKind, Measure, MeasureKind

DIFFERENCE = Measure("difference", "Skillnad", MeasureKind.POINTS)
RATIO = Measure("ratio", "Kvot", MeasureKind.RATIO)

Counts = Mapping[Key, int | float | None]
Groups = dict[str, Counted | None]


def compared_shares(question: Comparison, axes: tuple[Axis, ...], counts: Counts) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. None is what is hidden."""
    group = axes[1]
    groups = shown_groups(group, counts)
    figures = share_figures(groups)
    pairs = {code: pair for code, pair in opposed(question, group, groups, counts).items() if all(pair)}
    told = {code: (one, other) for code, (one, other) in pairs.items() if one is not None and other is not None}
    for code, (one, other) in told.items():
        figures.put_compared(DIFFERENCE, (code,), share_difference(one, other))
        figures.put_compared(RATIO, (code,), share_ratio(one, other))
    _judge(figures, told)
    return figures.made((group,))


def shown_groups(group: Axis, counts: Counts) -> Groups:
    """How many of each group, and of all, hold it, of how many; None where a reader is not shown both."""
    return {code: counted_in(counts, code) for code in (*(level.code for level in group.levels), TOTAL)}


def counted_in(counts: Counts, code: str) -> Counted | None:
    yes, no = counts[YES, code], counts[NO, code]
    return None if yes is None or no is None else Counted(int(yes), int(yes + no))


def share_figures(groups: Groups) -> Figures:
    """Part, whole and share with its interval, of each group."""
    figures = Figures()
    for code, counted in groups.items():
        figures.put(PART, (code,), counted and counted.part)
        figures.put(WHOLE, (code,), counted and counted.whole)
        if counted is None:
            figures.put(SHARE, (code,), None)
        elif counted.whole:
            figures.put_ends(SHARE, (code,), counted.part / counted.whole, wilson(*counted))
    return figures


def opposed(
    question: Comparison, group: Axis, groups: Groups, counts: Counts
) -> dict[str, tuple[Counted | None, Counted | None]]:
    """Each group that is compared, and what it is compared with.

    Rows whose group nobody knows are compared with nothing. Of two groups the first is compared with the second: the
    other way around would be the same comparison once more.
    """
    named = [level.code for level in group.levels if level.kind is LevelKind.VALUE]
    if question.against != REST:
        return {code: (groups[code], groups[question.against]) for code in named if code != question.against}
    if len(named) == 2 and not group.multiple:
        return {named[0]: (groups[named[0]], groups[named[1]])}
    return {code: (groups[code], _others(group, groups, code)) for code in named}


def _others(group: Axis, groups: Groups, code: str) -> Counted | None:
    """Everyone who is not in the group, but for those whose group is not known, where they are shown."""
    whole, own = groups[TOTAL], groups[code]
    if whole is None or own is None:
        return None
    outside = [groups[level.code] for level in group.levels if level.kind is not LevelKind.VALUE]
    known = [counted for counted in outside if counted is not None]
    return Counted(
        whole.part - own.part - sum(counted.part for counted in known),
        whole.whole - own.whole - sum(counted.whole for counted in known),
    )


def _judge(figures: Figures, told: Mapping[str, tuple[Counted, Counted]]) -> None:
    """p as it is; the verdict corrected for the comparisons of this table."""
    for measure in (P, SEEN, VERDICT):
        figures.column(measure)
    for code, judged in zip(told, judged_shares(list(told.values())), strict=True):
        if judged.comparison.p is not None:
            figures.put(P, (code,), judged.comparison.p)
        if judged.smallest_seen is not None:
            figures.put(SEEN, (code,), judged.smallest_seen)
        figures.put(VERDICT, (code,), list(Verdict).index(judged.verdict))
