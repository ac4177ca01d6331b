"""The models that R has fitted too (fixtures/r/logistic.R), fitted here."""

import numpy as np
from r_figures import r_figures

from skillnad.analysis.formulas.designs import Design, design
from skillnad.analysis.formulas.estimable import NotEstimable
from skillnad.analysis.formulas.logistic import Fit, fit

PEOPLE = r_figures("logistic")["people"]
ADMISSIONS = r_figures("logistic")["admissions"]


def models() -> dict[str, Fit | NotEstimable]:
    background = {"unit": PEOPLE["unit"], "sex": PEOPLE["sex"]}
    yes, weight = np.array(PEOPLE["yes"]), np.array(PEOPLE["weight"])
    admitted = {name: ADMISSIONS[name] for name in ("Gender", "Dept")}
    return {
        "cases": fit(design(background, {name: PEOPLE[name] for name in ("age", "cost")}), yes),
        "weighted": fit(design(background, {"age": PEOPLE["age"]}), yes * weight, weight),
        "grouped": fit(design(admitted, order={"Gender": ["Male", "Female"]}), ADMISSIONS["part"], ADMISSIONS["whole"]),
    }


def fitted(made: Design, part, whole=None) -> Fit:
    found = fit(made, part, whole)
    assert isinstance(found, Fit)
    return found
