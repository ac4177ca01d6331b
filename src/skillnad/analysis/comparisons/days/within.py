"""Shares of groups that have ended within a limit, set beside each other, with the open counted right.

A share is compared where the reader is shown every share that tells of it (`protected_durations`): the two groups', or
the group's, that of all, and that of those whose group nobody knows. It is told to three decimals, as a share that
rests on open rows is; where none is open the counts behind it are shown.
"""

from dataclasses import dataclass, replace

from skillnad.analysis.comparisons.days.groups import Cells, Groups, Opposed, Pairs, life_table
from skillnad.analysis.comparisons.days.told import OF_SHARES, Judged, Said, rounded, rounded_ends, told
from skillnad.analysis.comparisons.made import SEEN, VERDICT, Figures, P, with_ends
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.rows import Lasting
from skillnad.analysis.comparisons.shares import DIFFERENCE, hide
from skillnad.analysis.formulas.differences import Effects
from skillnad.analysis.formulas.estimable import Estimate, NotEstimable
from skillnad.analysis.formulas.followed import difference_within, smallest_within
from skillnad.analysis.formulas.intervals import Comparison, Interval, score_interval
from skillnad.analysis.formulas.survival import followed_rows, kaplan_meier, share_within
from skillnad.analysis.measures import within
from skillnad.analysis.results import Measure, MeasureKind


@dataclass(frozen=True)
class Within:
    """What the measures of one limit are called."""

    share: Measure
    difference: Measure
    p: Measure
    seen: Measure
    verdict: Measure

    @classmethod
    def of(cls, limit: int) -> "Within":
        share = Measure(within(limit), f"Inom {limit} dagar", MeasureKind.SHARE)
        return cls(share, *(_named(each, limit) for each in (DIFFERENCE, P, SEEN, VERDICT)))


def put_within(
    figures: Figures,
    groups: Groups,
    pairs: Pairs,
    cells: Cells,
    limit: int,
    repeats: Repeats = NONE,
    named: Within | None = None,
) -> list[Judged]:
    """Puts each group's share within the limit and the differences; gives what is to be judged."""
    named = named or Within.of(limit)
    shares, share, difference = cells[within(limit)], named.share, named.difference
    said = Said(named.p, named.seen, named.verdict)
    of_pair = (*with_ends(difference), said.p, said.seen, said.verdict)
    for measure in (*with_ends(share), *of_pair):
        figures.column(measure)
    for code, rows in groups.rows.items():
        if (code,) in shares:
            _put_share(
                figures, share, code, shares[code,], None if rows is None else _share(rows, limit, repeats.of(code))
            )
    judged = []
    for code, pair in pairs.items():
        if pair is None or any(shares.get((each,), 0) is None for each in pair.told_by):
            hide(figures, of_pair, (code,))
            continue
        found = _compared(pair, limit, repeats.of_two(code, pair.against))
        if found is not None:
            figures.put_compared(difference, (code,), found[0])
            judged.append(Judged(code, *found, said=said))
    return judged


def _put_share(
    figures: Figures, share: Measure, code: str, told: float | None, found: tuple[Estimate, float] | None
) -> None:
    if found is None or told is None:
        hide(figures, with_ends(share), (code,))
    else:
        figures.put_ends(share, (code,), told, rounded_ends(found[0].interval, OF_SHARES))


def _compared(pair: Opposed, limit: int, effects: Effects) -> tuple[Comparison, float | None] | None:
    """The difference and the smallest that could have been seen; None where a share cannot be told."""
    one, other = (_share(rows, limit, effect) for rows, effect in zip((pair.own, pair.other), effects, strict=True))
    if one is None or other is None:
        return None
    (first, of_first), (second, of_second) = one, other
    seen = smallest_within(first, second, (of_first, of_second))
    compared = told(difference_within(first, second, (of_first, of_second)), OF_SHARES)
    return compared, None if seen is None else rounded(seen, OF_SHARES)


def _named(measure: Measure, limit: int) -> Measure:
    return Measure(f"{within(limit)}_{measure.id}", f"{measure.label}, inom {limit} dagar", measure.kind)


def _share(rows: Lasting, limit: int, effect: float) -> tuple[Estimate, float] | None:
    """The share and how many followed rows, each of another person, it is as sure as; None where it cannot be told."""
    curve = kaplan_meier(life_table(rows))
    share = curve if isinstance(curve, NotEstimable) else share_within(curve, limit)
    if isinstance(curve, NotEstimable) or isinstance(share, NotEstimable):
        return None
    followed = followed_rows(curve, limit) / effect
    if effect == 1 or not isinstance(share.interval, Interval):
        return share, followed
    ends = score_interval(share.value, followed, 0.95)
    return replace(share, interval=Interval(*(min(1.0, max(0.0, end)) for end in ends))), followed
