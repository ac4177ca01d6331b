"""How sure a figure is: shares, medians, means."""

from functools import cache

import numpy as np
from scipy.special import bdtr, betainc

from skillnad.analysis.comparisons.repeats import Told
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.clusters import Clusters, design_effect, intraclass_correlation, weakened
from skillnad.analysis.formulas.intervals import Interval, Why, wilson
from skillnad.analysis.formulas.means import mean_interval, moments
from skillnad.analysis.formulas.medians import quantile_interval
from skillnad.analysis.formulas.proportions import Counted, clopper_pearson, share_interval
from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import certain, number, percent, percents, span

_SIZE = 100
_DAYS = (3, 8, 12, 20, 22, 31, 38, 45, 52, 60, 71, 88, 120, 180, 410)
_POINTS = (52, 61, 48, 70, 55, 66, 59, 73, 44, 62, 57, 68)


def what_it_is() -> Figures:
    """How often Wilson's interval holds the truth, counted out: at two true shares, and on average over all."""
    return {
        "size": str(_SIZE),
        "true": percent(0.3, 0),
        "held": percent(_coverage(0.3)),
        "other": percent(0.4, 0),
        "other_held": percent(_coverage(0.4)),
        "part": percent(_average_coverage()),
        "seen": percents(wilson(30, _SIZE), 0),
    }


def _coverage(true: float) -> float:
    """The chance of a count whose interval holds the true share."""
    counts = [count for count, interval in enumerate(_intervals()) if interval.holds(true)]
    return float(bdtr(counts[-1], _SIZE, true)) - float(bdtr(counts[0] - 1, _SIZE, true) if counts[0] else 0.0)


def _average_coverage() -> float:
    """Over all true shares alike, the ends too: what is between each interval's ends of its count's beta."""
    held = (
        float(betainc(count + 1, _SIZE - count + 1, end.high)) - float(betainc(count + 1, _SIZE - count + 1, end.low))
        for count, end in enumerate(_intervals())
    )
    return sum(held) / (_SIZE + 1)


@cache
def _intervals() -> tuple[Interval, ...]:
    return tuple(certain(wilson(count, _SIZE)) for count in range(_SIZE + 1))


def wilsons() -> Figures:
    sizes = ((3, 10), (30, 100), (300, 1000))
    made = {f"interval{place}": percents(wilson(*counted)) for place, counted in enumerate(sizes, 1)}
    return {**made, "none": percents(wilson(0, 10)), "share": percent(0.3, 0)}


def exact() -> Figures:
    return {"exact": percents(clopper_pearson(3, 10)), "wilson": percents(wilson(3, 10))}


def of_quantile() -> Figures:
    return {
        "n": str(len(_DAYS)),
        "median": number(quantile(_DAYS, 0.5), 0),
        "interval": span(quantile_interval(_DAYS), 1, 1, "dagar"),
        "exact": span(quantile_interval(_DAYS, exact=True), 0, 1, "dagar"),
        "p90": span(quantile_interval(_DAYS, 0.9)),
    }


def of_mean() -> Figures:
    of = moments(_POINTS)
    if of is None:
        raise ValueError("no values")
    return {
        "n": str(of.n),
        "mean": number(of.mean),
        "sd": number(of.variance**0.5),
        "interval": span(mean_interval(of)),
    }


def several_rows_each() -> Figures:
    """What two rows a person do to an interval of a share, and to a test at 5 %."""
    people, each, alike = 200, 2, 150
    part = np.repeat([2, 0, 1], [alike // 2, alike // 2, people - alike])
    clusters = Clusters(part, part, np.full(people, each))
    found = intraclass_correlation([clusters]) or 0.0
    rho = Told.by([clusters], DEFAULT).correlation
    counted = Counted(int(part.sum()), people * each)
    effect = design_effect(clusters.pairs, counted.whole, rho)
    return {
        "rows": str(counted.whole),
        "people": str(people),
        "each": "två",
        "alike": str(alike),
        "found": number(found, 2),
        "rho": number(rho, 2),
        "effect": number(effect, 2),
        "worth": str(round(counted.whole / effect)),
        "share": percent(counted.part / counted.whole, 0),
        "told": percents(wilson(*counted)),
        "real": percents(share_interval(counted, effect=effect)),
        "false": percent(weakened(0.05, effect), 0),
    }


def none_and_why() -> Figures:
    return {f"why{place}": reason.sv for place, reason in enumerate(Why, 1)}


EXAMPLES = {
    "interval": what_it_is,
    "wilson": wilsons,
    "clopper-pearson": exact,
    "quantile-interval": of_quantile,
    "mean-interval": of_mean,
    "same-person": several_rows_each,
    "no-interval": none_and_why,
}
