"""Groups in order and in a funnel, made of the counts that are shown, and of how rows of one person go together.

A group that is hidden takes no part, and its places and limits are hidden too. One with nobody in it has none, and rows
whose group nobody knows are no group.
"""

from skillnad.analysis.comparisons.made import Counts, Figures, Made
from skillnad.analysis.comparisons.opponents import named_groups
from skillnad.analysis.comparisons.questions import Funnel, Ranking
from skillnad.analysis.comparisons.repeats import NONE, Repeats
from skillnad.analysis.comparisons.shares import Groups, hide, share_figures, shown_groups
from skillnad.analysis.formulas import funnel as funnels
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.ranking import rank_shares
from skillnad.analysis.results import TOTAL, Axis, Measure, MeasureKind

BEST = Measure("best", "Bästa möjliga plats", MeasureKind.PLACE)
WORST = Measure("worst", "Sämsta möjliga plats", MeasureKind.PLACE)
PLACES = (BEST, WORST)

INNER_LOW = Measure("inner_low", "Inre gräns, lägst", MeasureKind.SHARE)
INNER_HIGH = Measure("inner_high", "Inre gräns, högst", MeasureKind.SHARE)
OUTER_LOW = Measure("outer_low", "Yttre gräns, lägst", MeasureKind.SHARE)
OUTER_HIGH = Measure("outer_high", "Yttre gräns, högst", MeasureKind.SHARE)
PLACING = Measure("placing", "Läge", MeasureKind.PLACING)
LIMITS = (INNER_LOW, INNER_HIGH, OUTER_LOW, OUTER_HIGH, PLACING)

TARGET = Measure("target", "Mittlinje", MeasureKind.SHARE)
SPREAD = Measure("spread", "Spridning mot slumpens", MeasureKind.RATIO)
WIDENED = Measure("widened", "Gränserna vidgade, gånger", MeasureKind.RATIO)
OF_ALL = (TARGET, SPREAD, WIDENED)


def ranked(question: Ranking, axes: tuple[Axis, ...], counts: Counts, repeats: Repeats = NONE) -> Made:
    """`axes` and `counts` are of the plain question: outcome by group. Places are among those that take part: 1 is the
    highest share, or the lowest where the question says so. There are none where fewer than two take part."""
    group = axes[1]
    groups = shown_groups(group, counts)
    figures = share_figures(groups, repeats)
    _open(figures, PLACES, group, groups)
    ranking = rank_shares(taking_part(group, groups), highest_first=question.highest_first, effects=repeats.groups)
    if not isinstance(ranking, NotEstimable):
        for each in ranking.units:
            figures.put(BEST, (each.unit,), each.best)
            figures.put(WORST, (each.unit,), each.worst)
    return figures.made((group,))


def in_a_funnel(question: Funnel, axes: tuple[Axis, ...], counts: Counts, repeats: Repeats = NONE) -> Made:
    """Each group's own limits and where it is about them (the number of a `Place`). At TOTAL stand the middle of the
    funnel (the common share of those that take part, or the question's target), how much the groups vary against what
    chance gives (1), and how many times as wide as chance's the limits are for that."""
    group = axes[1]
    groups = shown_groups(group, counts)
    figures = share_figures(groups, repeats, ends=False)
    _open(figures, LIMITS, group, groups)
    for measure in OF_ALL:
        figures.column(measure)
    made = funnels.funnel(taking_part(group, groups), target=question.target, effects=repeats.groups)
    if not isinstance(made, NotEstimable):
        for point in made.points:
            for measure, value in zip(LIMITS, _limits(point), strict=True):
                figures.put(measure, (point.unit,), value)
        for measure, value in zip(OF_ALL, (made.target, made.spread, made.phi**0.5), strict=True):
            figures.put(measure, (TOTAL,), value)
    return figures.made((group,))


def taking_part(group: Axis, groups: Groups) -> dict[str, Counted]:
    """The named groups that are shown and have somebody in them."""
    shown = {code: groups[code] for code in named_groups(group)}
    return {code: counted for code, counted in shown.items() if counted is not None and counted.whole}


def _open(figures: Figures, measures: tuple[Measure, ...], group: Axis, groups: Groups) -> None:
    """The columns, with a gap at each named group that is hidden."""
    for measure in measures:
        figures.column(measure)
    for code in named_groups(group):
        if groups[code] is None:
            hide(figures, measures, (code,))


def _limits(point: funnels.Point) -> tuple[float, ...]:
    return (*point.inner, *point.outer, list(funnels.Place).index(point.place))
