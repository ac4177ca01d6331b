"""The whole way from patterns to adjusted figures: equal to R's glm with margins, and to standardisation in R."""

from collections.abc import Mapping
from typing import Any

import pytest
from r_figures import assert_same, r_figures
from unit.analysis.comparisons.adjusted.registers import groups, to_adjust

from skillnad.analysis.comparisons.adjusted.figures import Patterns, told
from skillnad.analysis.comparisons.adjusted.model import (
    GROUP,
    Model,
    adjusted_by_model,
    levels_of,
    model_of,
    others_of,
    sizes_of,
)
from skillnad.analysis.comparisons.adjusted.standard import (
    _standardised,
    adjusted_by_standard,
    weights_of,
)
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.intervals import Comparison, Interval
from skillnad.analysis.formulas.logistic import Fit
from skillnad.analysis.formulas.margins import differences_from_others, margins
from skillnad.analysis.formulas.proportions import Counted

R = r_figures("adjusted")
UNITS = "ABC"
THOUSANDTH = 1.001e-3


def patterns(told_by_r: Mapping[str, list[Any]]) -> Patterns:
    *columns, part, whole = told_by_r.values()
    return {
        tuple(key): Counted(int(some), int(rows))
        for key, some, rows in zip(zip(*columns, strict=True), part, whole, strict=True)
    }


OF_PROBLEMS = patterns(R["patterns"])
OF_STRATA = patterns(R["strata"])


def model() -> Fit:
    levels = levels_of(groups(OF_PROBLEMS), OF_PROBLEMS, DEFAULT)
    found = model_of(to_adjust(OF_PROBLEMS), levels)
    assert isinstance(found, Model)
    return found.own


def test_adjusted_shares_are_rs():
    found = {margin.level: margin for margin in margins(model(), GROUP)}
    assert_same([found[unit].share for unit in UNITS], R["model"]["share"])
    assert_same([found[unit].interval.low for unit in UNITS], R["model"]["low"])
    assert_same([found[unit].interval.high for unit in UNITS], R["model"]["high"])


@pytest.mark.parametrize("unit", UNITS)
def test_differences_from_the_others_are_rs(unit):
    levels = dict(zip(UNITS, UNITS, strict=True))
    others = others_of(levels, [other for other in UNITS if other != unit], sizes_of(OF_PROBLEMS, levels))
    found = differences_from_others(model(), GROUP, {unit: others})[unit]
    assert isinstance(found.interval, Interval)
    assert_same([found.value, *found.interval, found.p], R["model"]["against"][unit])


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_told_of_a_model_is_rs_in_thousandths(unit):
    found = adjusted_by_model(to_adjust(OF_PROBLEMS))
    assert found.shares[unit].value == round(R["model"]["share"][UNITS.index(unit)], 3)
    value, low, high, p = R["model"]["against"][unit]
    compared = found.compared[unit]
    assert compared.value == round(value, 3)
    assert low - THOUSANDTH < compared.interval.low <= low < high <= compared.interval.high < high + THOUSANDTH
    assert compared.p == pytest.approx(p, rel=5e-3)


@pytest.mark.parametrize("unit", UNITS)
def test_standardised_shares_are_rs(unit):
    cells = {pattern[1:]: one for pattern, one in OF_STRATA.items() if pattern[0] == unit}
    found = _standardised(cells, weights_of(OF_STRATA, ()))
    assert_same([found.value, *found.interval], R["standard"][unit])


def test_what_is_told_of_standardised_shares_is_that():
    found = adjusted_by_standard(to_adjust(OF_STRATA), ())
    for unit, share in found.shares.items():
        cells = {pattern[1:]: one for pattern, one in OF_STRATA.items() if pattern[0] == unit}
        assert share == told(_standardised(cells, weights_of(OF_STRATA, ())))
    assert set(found.shares) == set(UNITS)


def test_standardised_differences_are_of_the_told_figures():
    found = adjusted_by_standard(to_adjust(OF_STRATA, opposed={"A": ("B",)}), ())
    one, other, compared = found.shares["A"], found.shares["B"], found.compared["A"]
    assert isinstance(compared, Comparison)
    down = ((one.value - one.interval.low) ** 2 + (other.interval.high - other.value) ** 2) ** 0.5
    assert compared.value == pytest.approx(one.value - other.value)
    assert compared.interval.low == pytest.approx(compared.value - down)
