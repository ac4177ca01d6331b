"""How sure a model is where rows go together: R's svyglm, and what repeated rows do."""

import numpy as np
import pytest
from r_figures import assert_same, r_figures

from skillnad.analysis.formulas.designs import design
from skillnad.analysis.formulas.logistic import Fit, fit
from skillnad.analysis.formulas.margins import contrasts, margins
from skillnad.analysis.formulas.sandwich import Residuals, clustered

GROUPS = ["A"] * 6 + ["B"] * 6
OUTCOMES = np.array([1, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0], dtype=float)


def of_rows(groups, outcome, client) -> tuple[Fit, Fit]:
    found = fit(design({"group": groups}), outcome, pseudo=True)
    assert isinstance(found, Fit)
    n = len(outcome)
    return found, clustered(
        found, Residuals(np.arange(n), np.asarray(client), np.asarray(outcome), np.ones(n, np.int64))
    )


@pytest.fixture
def of_r() -> Fit:
    rows = r_figures("pseudo")["rows"]
    found = fit(design({name: rows[name] for name in ("unit", "age_group", "home")}), rows["y"], pseudo=True)
    assert isinstance(found, Fit)
    y, n = np.array(rows["y"]), len(rows["y"])
    return clustered(found, Residuals(np.arange(n), np.array(rows["client"]), y, np.ones(n, np.int64)))


def test_errors_are_those_of_rs_svyglm(of_r):
    assert_same(of_r.errors, r_figures("pseudo")["errors"])


def test_margins_are_those_of_rs_svyglm(of_r):
    right = r_figures("pseudo")
    found = margins(of_r, "unit")
    assert_same([each.share for each in found], right["share"])
    assert_same([each.interval.low for each in found], right["low"])
    assert_same([each.interval.high for each in found], right["high"])


def test_differences_are_those_of_rs_svyglm(of_r):
    right, units = r_figures("pseudo"), ("A", "B", "C")
    size = {unit: right["rows"]["unit"].count(unit) for unit in units}
    against = {unit: {other: size[other] for other in units if other != unit} for unit in units}
    for unit, found in contrasts(of_r, "unit", against).items():
        told = found.compared()
        assert_same([told.value, told.interval.low, told.interval.high, told.p], right["against"][unit])


def test_rows_told_twice_of_one_client_are_no_surer():
    _, once = of_rows(GROUPS, OUTCOMES, range(12))
    _, twice = of_rows(GROUPS * 2, np.tile(OUTCOMES, 2), [*range(12)] * 2)
    np.testing.assert_allclose(twice.covariance, once.covariance)


def test_clients_that_nobody_knows_are_each_another_one():
    _, known = of_rows(GROUPS, OUTCOMES, range(12))
    _, unknown = of_rows(GROUPS, OUTCOMES, [-1] * 12)
    np.testing.assert_allclose(unknown.covariance, known.covariance)


def test_rows_of_one_outcome_can_be_told_together():
    model = fit(design({"group": ["A", "B"]}), [4, 2], [6, 6])
    assert isinstance(model, Fit)
    kind, outcome, rows = np.array([0, 0, 1, 1]), np.array([1.0, 0, 1, 0]), np.array([4, 2, 2, 4])
    together = clustered(model, Residuals(kind, np.full(4, -1), outcome, rows))
    _, each = of_rows(GROUPS, OUTCOMES, range(12))
    np.testing.assert_allclose(together.covariance, each.covariance)


def test_outcomes_without_repeats_are_about_as_sure_as_the_model_says():
    rng = np.random.default_rng(5)
    groups = rng.choice(["A", "B"], 4000).tolist()
    model, robust = of_rows(groups, (rng.random(4000) < 0.3).astype(float), range(4000))
    np.testing.assert_allclose(robust.errors, model.errors, rtol=0.05)


def test_one_client_alone_is_refused():
    with pytest.raises(ValueError, match="one client"):
        of_rows(GROUPS, OUTCOMES, [3] * 12)
