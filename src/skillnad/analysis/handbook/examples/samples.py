"""Samples: drawn at random, in parts, or not at random at all; and those who do not answer."""

from skillnad.analysis.formulas.intervals import Interval
from skillnad.analysis.formulas.means import Moments
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.sample_differences import sample_difference, smallest_sample_difference
from skillnad.analysis.formulas.samples import (
    Chosen,
    Sample,
    Stratum,
    nonresponse_bounds,
    sample_mean,
    sample_share,
    sample_total,
    yes_or_no,
)
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import certain, number, percent, percents, points, span

_SIMPLE = Stratum(population=400, drawn=120, answered=80, group=yes_or_no(52, 80))
_NORTH = Stratum(population=900, drawn=90, answered=60, group=Moments(60, 6.2, 4.0))
_SOUTH = Stratum(population=100, drawn=60, answered=40, group=Moments(40, 4.1, 3.2))


def by_lot() -> Figures:
    found = sample_share(Sample((_SIMPLE,)))
    of_many = sample_share(Sample((Stratum(400_000, 120, 80, yes_or_no(52, 80)),)))
    how_many = sample_total(Sample((_SIMPLE,)))
    sure = certain(found.interval)
    people = Interval(_SIMPLE.population * sure.low, _SIMPLE.population * sure.high)
    return {
        "population": str(_SIMPLE.population),
        "drawn": str(_SIMPLE.drawn),
        "answered": str(_SIMPLE.answered),
        "share": percent(found.value),
        "interval": percents(found.interval),
        "wide": percents(of_many.interval),
        "total": number(how_many.value, 0),
        "total_interval": span(people, 0),
    }


def stratified() -> Figures:
    found, strata = sample_mean(Sample((_NORTH, _SOUTH))), (_NORTH, _SOUTH)
    answers = sum(each.answered for each in strata)
    plain = sum(each.answered * each.group.mean for each in strata if each.group) / answers
    return {
        "north": str(_NORTH.population),
        "south": str(_SOUTH.population),
        "north_answers": str(_NORTH.answered),
        "south_answers": str(_SOUTH.answered),
        "north_weight": number(_NORTH.population / _NORTH.answered),
        "south_weight": number(_SOUTH.population / _SOUTH.answered),
        "plain": number(plain, 2),
        "mean": number(found.value, 2),
        "interval": span(found.interval, 2),
    }


def difference() -> Figures:
    population, drawn = 400, 120
    counted = Counted(44, 60), Counted(29, 60)
    women, men = (sample_share(Sample((Stratum(population, drawn, drawn, yes_or_no(*each)),))) for each in counted)
    found = sample_difference(women, men)
    return {
        "population": str(population),
        "drawn": str(drawn),
        "one": str(counted[0].part),
        "women": str(counted[0].whole),
        "other": str(counted[1].part),
        "men": str(counted[1].whole),
        "difference": points(found.value),
        "interval": span(found.interval, 1, 100),
        "effective": number(women.effective, 0),
        "smallest": points(smallest_sample_difference(women, men)),
    }


def not_random() -> Figures:
    met = Stratum(population=400, drawn=80, answered=80, group=yes_or_no(52, 80))
    found = sample_share(Sample((met,), Chosen.FIRST_MET))
    return {"answered": str(met.answered), "share": percent(found.value), "reason": span(found.interval)}


def silent() -> Figures:
    answered, asked = Counted(45, 60), 200
    bounds = nonresponse_bounds(answered, asked)
    return {
        "asked": str(asked),
        "answered": str(answered.whole),
        "rate": percent(answered.whole / asked, 0),
        "share": percent(answered.share, 0),
        "bounds": "finns inte" if bounds is None else percents(bounds),
    }


EXAMPLES = {
    "sample": by_lot,
    "stratified": stratified,
    "sample-difference": difference,
    "not-random": not_random,
    "nonresponse": silent,
}
