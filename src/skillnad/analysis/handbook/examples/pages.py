"""Figures of the chapters that are text: what chance, selection and silence do to a comparison."""

from collections.abc import Mapping
from statistics import NormalDist

from skillnad.analysis.formulas.differences import share_difference
from skillnad.analysis.formulas.intervals import wilson
from skillnad.analysis.formulas.power import smallest_share_difference
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import nonresponse_bounds
from skillnad.analysis.formulas.standardisation import Cell, Stratum, Weights, standardised_share
from skillnad.analysis.formulas.verdicts import judged_shares
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import found, number, p_said, percent, percents, points, span

_MEAN, _SPREAD, _ALIKE, _WORST = 50.0, 15.0, 0.6, 0.1
_MILD_HEAVY: Weights = {("lätta",): 1.0, ("svåra",): 1.0}
_OWN: Mapping[Stratum, Cell] = {("lätta",): Cell(72, 80), ("svåra",): Cell(12, 20)}
_OTHER: Mapping[Stratum, Cell] = {("lätta",): Cell(19, 20), ("svåra",): Cell(52, 80)}
_SHOWN = (Counted(66, 120), Counted(40, 130))
_FEW = (Counted(14, 40), Counted(10, 38))


def what_can_be_said() -> Figures:
    return {**_regression(), **_selection(), **_silence(), **_few()}


def _regression() -> Figures:
    """The mean of the worst tenth of a normal quantity, and theirs the next time where nobody has changed."""
    standard = NormalDist()
    away = standard.pdf(standard.inv_cdf(_WORST)) / _WORST
    return {
        "mean": number(_MEAN, 0),
        "spread": number(_SPREAD, 0),
        "alike": number(_ALIKE, 1),
        "first": number(_MEAN - away * _SPREAD),
        "second": number(_MEAN - _ALIKE * away * _SPREAD),
    }


def _selection() -> Figures:
    own, other = (found(standardised_share(cells, _MILD_HEAVY)) for cells in (_OWN, _OTHER))
    cells = {
        f"{name}_{kind}": percent(cell.value, 0)
        for name, group in (("own", _OWN), ("other", _OTHER))
        for (kind, *_), cell in group.items()
    }
    return {
        **cells,
        "own": percent(own.plain, 0),
        "other": percent(other.plain, 0),
        "own_even": percent(own.value, 0),
        "other_even": percent(other.value, 0),
    }


def _silence() -> Figures:
    bounds = nonresponse_bounds(Counted(45, 60), 200)
    return {"answered": percent(45 / 60, 0), "bounds": "finns inte" if bounds is None else percents(bounds)}


def _few() -> Figures:
    return {
        "ten": percents(wilson(3, 10), 0),
        "hundred": percents(wilson(30, 100), 0),
        "seen": points(smallest_share_difference(20, 20, 0.5).up, 0),
    }


def how_to_write() -> Figures:
    shown, few = judged_shares((_SHOWN, _FEW))
    return {
        "one": percent(_SHOWN[0].share, 0),
        "other": percent(_SHOWN[1].share, 0),
        "n1": str(_SHOWN[0].whole),
        "n2": str(_SHOWN[1].whole),
        "apart": points(shown.comparison.value, 0),
        "interval": span(shown.comparison.interval, 0, 100, "procentenheter"),
        "p": p_said(shown.p),
        "verdict": shown.verdict.sv.capitalize(),
        "few_one": percent(_FEW[0].share, 0),
        "few_other": percent(_FEW[1].share, 0),
        "few_n1": str(_FEW[0].whole),
        "few_n2": str(_FEW[1].whole),
        "few_apart": points(share_difference(*_FEW).value, 0),
        "few_interval": span(few.comparison.interval, 0, 100, "procentenheter"),
        "few_seen": points(few.smallest_seen, 0),
        "few_verdict": few.verdict.sv.capitalize(),
    }


def pictures() -> Figures:
    return {"ten": percents(wilson(3, 10), 0), "hundred": percents(wilson(30, 100), 0)}


EXAMPLES = {
    "vad-uppfoljning-kan-saga": what_can_be_said,
    "att-skriva": how_to_write,
    "att-lasa-bilder": pictures,
}
