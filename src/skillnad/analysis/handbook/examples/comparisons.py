"""Two groups against each other, many comparisons at once, and what may be said."""

from skillnad.analysis.formulas.differences import (
    Method,
    Paired,
    chi_square_p,
    fisher_mid_p,
    method_of,
    paired_difference,
    share_difference,
    share_ratio,
)
from skillnad.analysis.formulas.means import Moments, mean_change, mean_difference, mean_ratio, moments
from skillnad.analysis.formulas.medians import median_difference, median_ratio
from skillnad.analysis.formulas.multiplicity import adjusted, selected_confidence
from skillnad.analysis.formulas.power import (
    smallest_mean_difference,
    smallest_normal_difference,
    smallest_share_difference,
)
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.verdicts import RELEVANT, judged_shares
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import number, p_value, percent, points, span

_WOMEN, _MEN = Counted(66, 120), Counted(52, 130)
_FEW = (Counted(4, 9), Counted(1, 12))
_PAIRED = Paired(both=30, first_only=8, second_only=22, neither=60)
_ONE, _OTHER = Moments(40, 61.2, 144.0), Moments(55, 55.4, 196.0)
_FIRST = (12, 20, 25, 31, 38, 44, 52, 60, 75, 90, 130)
_SECOND = (8, 10, 14, 18, 22, 27, 30, 36, 41, 58, 77)
_METHODS = {Method.CHI_SQUARE: "chi-två", Method.FISHER_MID_P: "Fishers mid-p"}
_CHANGES = (8, 12, -3, 5, 0, 15, 7, -6, 9, 4, 11, 2)
_P_VALUES = (0.003, 0.012, 0.021, 0.04, 0.3, 0.6)
_PAIRS = (
    (Counted(66, 120), Counted(40, 130)),
    (Counted(700, 2000), Counted(690, 2000)),
    (Counted(14, 40), Counted(10, 38)),
)


def _of(counted: Counted) -> str:
    return f"{number(counted.part, 0)} av {number(counted.whole, 0)} ({percent(counted.share)})"


def difference() -> Figures:
    found = share_difference(_WOMEN, _MEN)
    return {
        "women": _of(_WOMEN),
        "men": _of(_MEN),
        "value": points(found.value),
        "interval": span(found.interval, 1, 100, "procentenheter"),
        "p": p_value(found.p),
    }


def ratio() -> Figures:
    found = share_ratio(_WOMEN, _MEN)
    few = share_ratio(*_FEW)
    return {
        "value": number(found.value, 2),
        "interval": span(found.interval, 2),
        "few": number(few.value, 2),
        "few_interval": span(few.interval, 2),
        "one": _of(_FEW[0]),
        "other": _of(_FEW[1]),
    }


def p_values() -> Figures:
    return {
        "p": p_value(chi_square_p(_WOMEN, _MEN)),
        "method": _METHODS[method_of(_WOMEN, _MEN)],
        "one": _of(_FEW[0]),
        "other": _of(_FEW[1]),
        "few_p": p_value(fisher_mid_p(*_FEW)),
        "few_chi": p_value(chi_square_p(*_FEW)),
        "few_method": _METHODS[method_of(*_FEW)],
    }


def paired() -> Figures:
    found = paired_difference(_PAIRED)
    people = sum(_PAIRED)
    return {
        "people": str(people),
        "first": percent((_PAIRED.both + _PAIRED.first_only) / people),
        "second": percent((_PAIRED.both + _PAIRED.second_only) / people),
        "lost": str(_PAIRED.first_only),
        "gained": str(_PAIRED.second_only),
        "value": points(found.value),
        "interval": span(found.interval, 1, 100, "procentenheter"),
        "p": p_value(found.p),
    }


def means() -> Figures:
    apart, times = mean_difference(_ONE, _OTHER), mean_ratio(_ONE, _OTHER)
    return {
        "n1": str(_ONE.n),
        "n2": str(_OTHER.n),
        "mean1": number(_ONE.mean),
        "mean2": number(_OTHER.mean),
        "value": number(apart.value),
        "interval": span(apart.interval),
        "p": p_value(apart.p),
        "ratio": number(times.value, 2),
        "ratio_interval": span(times.interval, 2),
    }


def changes() -> Figures:
    of = moments(_CHANGES)
    if of is None:
        raise ValueError("nobody changed")
    found = mean_change(of)
    return {
        "n": str(of.n),
        "changes": ", ".join(number(each, 0) for each in _CHANGES),
        "value": number(found.value),
        "interval": span(found.interval),
        "p": p_value(found.p),
        "worse": str(sum(each < 0 for each in _CHANGES)),
    }


def medians() -> Figures:
    apart, times = median_difference(_FIRST, _SECOND), median_ratio(_FIRST, _SECOND)
    return {
        "n": str(len(_FIRST)),
        "one": number(_FIRST[len(_FIRST) // 2], 0),
        "other": number(_SECOND[len(_SECOND) // 2], 0),
        "value": number(apart.value, 0),
        "interval": span(apart.interval),
        "p": p_value(apart.p),
        "ratio": number(times.value, 2),
        "ratio_interval": span(times.interval, 2),
    }


def many() -> Figures:
    corrected = adjusted(_P_VALUES)
    return {
        "chance": percent(1 - 0.95**20, 0),
        "p": "; ".join(map(p_value, _P_VALUES)),
        "corrected": "; ".join(map(p_value, corrected)),
        "below": str(sum(p <= 0.05 for p in _P_VALUES)),
        "shown": str(sum(p <= 0.05 for p in corrected)),
        "of": str(len(_P_VALUES)),
        "confidence": percent(selected_confidence(sum(p <= 0.05 for p in corrected), len(_P_VALUES))),
    }


def smallest() -> Figures:
    few, many_more = smallest_share_difference(40, 60, 0.3), smallest_share_difference(400, 600, 0.3)
    return {
        "base": percent(0.3, 0),
        "few": points(few.up),
        "many": points(many_more.up),
        "means": number(smallest_mean_difference(_ONE, _ONE)),
        "n1": str(_ONE.n),
        "sd": number(_ONE.variance**0.5, 0),
        "normal": number(smallest_normal_difference(8.0)),
    }


def verdicts() -> Figures:
    found = judged_shares(_PAIRS)
    one, other = _PAIRS[0]
    base = (one.part + other.part) / (one.whole + other.whole)
    alone = smallest_share_difference(one.whole, other.whole, base, alpha=0.05 / len(_PAIRS)).either_way
    lines: dict[str, str] = {
        "relevant": points(RELEVANT, 0),
        "base": percent(base),
        "alone": "finns inte" if alone is None else number(100 * alone),
    }
    for place, (pair, each) in enumerate(zip(_PAIRS, found, strict=True), 1):
        lines[f"pair{place}"] = f"{_of(pair[0])} mot {_of(pair[1])}"
        lines[f"interval{place}"] = span(each.comparison.interval, 1, 100)
        lines[f"p{place}"] = p_value(each.p)
        lines[f"seen{place}"] = "finns inte" if each.smallest_seen is None else number(100 * each.smallest_seen)
        lines[f"verdict{place}"] = each.verdict.sv
    return lines


EXAMPLES = {
    "difference": difference,
    "ratio": ratio,
    "p-value": p_values,
    "paired": paired,
    "mean-change": changes,
    "mean-difference": means,
    "median-difference": medians,
    "many": many,
    "smallest-seen": smallest,
    "verdict": verdicts,
}
