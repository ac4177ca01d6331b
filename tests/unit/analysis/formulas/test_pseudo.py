"""Pseudo-observations of a share within a limit: the definition, R's curves, and a model of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.designs import design
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.life_tables import from_rows
from skillnad.analysis.formulas.logistic import NOT_CONVERGED, ONE_OUTCOME, Fit, fit
from skillnad.analysis.formulas.pseudo import pseudo_shares
from skillnad.analysis.formulas.survival import kaplan_meier

ROWS = st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=25)


def ended_by(rows: list[tuple[int, bool]], limit: int) -> float:
    """1 - S(limit), as it is where the curve ends too."""
    if not rows:
        return 0.0
    curve = kaplan_meier(from_rows(*zip(*rows, strict=True)))
    assert not isinstance(curve, NotEstimable)
    place = int(np.searchsorted(curve.table.days, limit, side="right")) - 1
    return 1 - float(curve.share[place]) if place >= 0 else 0.0


def each(days, over, limit: int) -> list[float]:
    table = from_rows(list(days), [bool(ended) for ended in over])
    found, at = pseudo_shares(table, limit), np.searchsorted(table.days, days)
    return [float((found.ended if ended else found.open)[place]) for place, ended in zip(at, over, strict=True)]


@given(rows=ROWS, limit=st.integers(0, 11))
def test_pseudo_value_is_what_the_curve_loses_without_the_row(rows, limit):
    found, n = each(*zip(*rows, strict=True), limit), len(rows)
    for place, value in enumerate(found):
        without = ended_by(rows[:place] + rows[place + 1 :], limit)
        assert value == pytest.approx(n * ended_by(rows, limit) - (n - 1) * without, abs=1e-9)


@given(days=st.lists(st.integers(0, 9), min_size=1, max_size=25), limit=st.integers(0, 11))
def test_rows_that_have_all_ended_are_0_or_1(days, limit):
    assert each(days, [True] * len(days), limit) == [float(day <= limit) for day in days]


def test_row_open_on_the_limit_has_been_followed_all_the_way():
    assert each([2, 5, 5, 9], [True, True, False, False], 5) == [1, 1, 0, 0]


def test_row_last_seen_before_the_limit_is_between():
    ended, unknown, going_on = each([2, 3, 9], [True, False, False], 5)
    assert (ended, unknown, going_on) == (pytest.approx(1), pytest.approx(0), pytest.approx(0))
    first, unknown, later, going_on = each([2, 3, 4, 9], [True, False, True, False], 5)
    assert first == pytest.approx(1)
    assert 0 < unknown < 1 < later
    assert going_on < 0


@pytest.mark.parametrize("limit", ["0", "3", "8", "10", "20", "31"])
def test_pseudo_values_are_those_of_rs_curves(limit):
    right = r_figures("pseudo")["few"]
    assert_same(each(right["days"], right["over"], int(limit)), right["y"][limit])


def test_each_groups_pseudo_values_are_those_of_rs_curves():
    right = r_figures("pseudo")["rows"]
    days, over, y = (np.array(right[name]) for name in ("days", "over", "y"))
    for unit in ("A", "B", "C"):
        own = np.array(right["unit"]) == unit
        assert_same(each(days[own].tolist(), over[own], r_figures("pseudo")["limit"]), y[own])


def test_late_entries_and_negative_limits_are_refused():
    with pytest.raises(ValueError, match="late"):
        pseudo_shares(from_rows([4, 9], [True, True], [None, 3]), 5)
    with pytest.raises(ValueError, match="limit"):
        pseudo_shares(from_rows([4], [True]), -1)


def test_model_of_pseudo_values_has_rs_coefficients():
    right = r_figures("pseudo")
    rows = right["rows"]
    made = design({name: rows[name] for name in ("unit", "age_group", "home")})
    found = fit(made, rows["y"], pseudo=True)
    assert isinstance(found, Fit)
    assert_same(found.coefficients, right["coefficients"])
    assert np.isnan(found.deviance)


def test_model_of_parts_beyond_their_wholes_takes_pseudo_values_alone():
    made = design({"group": ["A", "A", "B", "B"]})
    with pytest.raises(ValueError, match="part of a whole"):
        fit(made, [1.2, 0, 1, -0.1])
    assert isinstance(fit(made, [1.2, 0, 1, -0.1], pseudo=True), Fit)


def test_pseudo_values_that_add_up_to_all_or_none_have_no_model():
    made = design({"group": ["A", "A", "B", "B"]})
    assert fit(made, [1.1, 1, 1, 1], pseudo=True) is ONE_OUTCOME
    assert fit(made, [1.1, 1.1, 1, 0], pseudo=True) == NOT_CONVERGED


@pytest.mark.parametrize("rest", [0.0, 0.3, 3.0])
def test_pseudo_values_of_a_class_that_add_up_to_all_or_more_have_no_model(rest):
    made = design({"group": ["A", "B", "A", "B"], "need": ["x", "x", "y", "y"]})
    assert fit(made, [20, 25, 40, 4000 + rest], [40, 40, 40, 4000], pseudo=True) == NOT_CONVERGED


@pytest.mark.parametrize("without", [1.0, 0.1, -0.1])
def test_share_next_to_all_is_a_share_as_long_as_a_model_fits_it(without):
    """Of the margin of y next to nobody is without, but somebody is."""
    made = design({"group": ["A", "B", "A", "B"], "need": ["x", "x", "y", "y"]})
    part, whole = np.array([20, 25, 3999.5, 4000 - without]), np.array([40, 40, 4000, 4000])
    found = fit(made, part, whole, pseudo=True)
    assert isinstance(found, Fit)
    assert found.shares.max() > 0.9998
    assert found.design.matrix.T @ (part - whole * found.shares) == pytest.approx(np.zeros(3), abs=1e-6)
