"""The logistic model of a share, by iterated weighted least squares.

    log(p / (1 - p)) = X b;  b solves X' (y - n p) = 0;  var b = (X' W X)^-1 with W = n p (1 - p)

Source: P. McCullagh and J. A. Nelder, Generalized Linear Models (2nd ed. 1989), 2.5 and 4.4. Equal to R's
`glm(family = binomial)`. No finite coefficient fits where the background tells the outcome apart: A. Albert and J. A.
Anderson, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71 (1984), 1-10.
Where a fitted share is all but 0 or 1, that is looked for by a linear programme: K. Konis, Linear Programming
Algorithms for Detecting Separated Data in Binary Logistic Regression Models (Oxford 2007).
"""

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linprog
from scipy.special import expit, logit, xlogy

from skillnad.analysis.formulas.designs import Design, Real, Term
from skillnad.analysis.formulas.estimable import NotEstimable

ROUNDS = 50
START = (1e-6, 1 - 1e-6)
"""Between which a share is looked for first, where an outcome is beyond 0 or 1."""
CLOSE = 1e-8
"""The model has converged when no row's log odds change by more: what is left then is about the square of that."""
WORST = 1e13
"""A condition number from which nothing is solved with any digits left."""
NOTHING = 1e-9
"""The share of a column that is rounding."""
NEAR = 1e-4
"""How near 0 or 1 a fitted share is before it is asked whether the outcomes lie apart."""
APART = 1e-5
"""How far apart outcomes lie, at least, to be told apart: above what a linear programme leaves as rounding."""

ONE_OUTCOME = NotEstimable(
    "one_outcome",
    "Alla har samma utfall, så det finns inget för bakgrunden att förklara.",
    "All have the same outcome, so there is nothing for the background to explain.",
)
NOT_CONVERGED = NotEstimable(
    "not_converged",
    "Modellen hittar ingen lösning. Ta bort en bakgrundsvariabel, eller slå ihop grupper som har få.",
    "The model finds no solution. Leave out a background variable, or put groups with few together.",
)


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients (log odds) with their covariance; the deviance; each row's fitted share and number of trials."""

    design: Design
    coefficients: Real
    covariance: Real
    deviance: float
    degrees: int
    shares: Real
    trials: Real

    @property
    def errors(self) -> Real:
        return np.sqrt(np.diag(self.covariance))


def fit(design: Design, part: ArrayLike, whole: ArrayLike | None = None, *, pseudo: bool = False) -> Fit | NotEstimable:
    """The model of `part` of `whole` in each row of `design`; without `whole` a row is one case, `part` 0 or 1.

    Weighted cases: `whole` is the weight, `part` the weight times the outcome; the errors are then those of a model,
    not of a sample's design. ValueError of parts that are not of their wholes, but for `pseudo` outcomes (see
    `formulas.pseudo`), which can be somewhat less than 0 or more than 1: they have no likelihood, and so no deviance,
    and X' (y - n p) = 0 is what they are estimated by (quasi-likelihood: McCullagh and Nelder, 9.2).
    """
    yes = np.asarray(part, dtype=float)
    trials = np.ones_like(yes) if whole is None else np.asarray(whole, dtype=float)
    beyond = not pseudo and bool((yes < 0).any() or (yes > trials).any())
    if yes.shape != (len(design.matrix),) or yes.shape != trials.shape or beyond:
        raise ValueError("each row has a part of a whole")
    if not 0 < yes.sum() < trials.sum():
        return ONE_OUTCOME
    twins = collinear((design.matrix / _scale(design))[trials > 0])
    if twins:
        return _same_thing([design.columns[number] for number in twins])
    found = _iterated(design, yes, trials)
    if pseudo:  # what no model fits does not converge: log odds that grow for ever take steps of about one
        return found
    if isinstance(found, NotEstimable) or _extreme(found):
        telling = _separating(design, yes, trials)
        return _told_apart([design.columns[number] for number in telling]) if telling else found
    return found


def _extreme(found: Fit) -> bool:
    """Whether a share is so near 0 or 1 that the outcomes may lie apart there: its coefficients then grow for ever."""
    shares = found.shares[found.trials > 0]
    return bool(shares.min() < NEAR or shares.max() > 1 - NEAR)


def _iterated(design: Design, yes: Real, trials: Real) -> Fit | NotEstimable:
    scale = _scale(design)
    x, shares = design.matrix / scale, np.clip((yes + 0.5) / (trials + 1), *START)
    score = logit(shares)
    for _ in range(ROUNDS):
        weight = trials * shares * (1 - shares)
        information = x.T @ (weight[:, None] * x)
        if not np.linalg.cond(information) < WORST:
            return NOT_CONVERGED
        coefficients = np.linalg.solve(information, x.T @ (weight * score + yes - trials * shares))
        before, score = score, x @ coefficients
        shares = expit(score)
        if np.abs(score - before)[trials > 0].max() < CLOSE:
            return _fitted(design, coefficients / scale, trials, shares, _deviance(yes, trials, shares))
    return NOT_CONVERGED


def _scale(design: Design) -> Real:
    """What makes each column at most 1: amounts of money and shares are solved for alike."""
    largest = np.abs(design.matrix).max(axis=0)
    return np.where(largest > 0, largest, 1.0)


def _fitted(design: Design, coefficients: Real, trials: Real, shares: Real, deviance: float) -> Fit:
    scale = _scale(design)
    x, weight = design.matrix / scale, trials * shares * (1 - shares)
    covariance = np.linalg.inv(x.T @ (weight[:, None] * x)) / np.outer(scale, scale)
    degrees = int((trials > 0).sum()) - len(coefficients)
    return Fit(design, coefficients, covariance, deviance, degrees, shares, trials)


def _deviance(yes: Real, trials: Real, shares: Real) -> float:
    """Twice how much likelier the counts are by their own shares than by these."""
    if (yes < 0).any() or (yes > trials).any():
        return nan
    with np.errstate(divide="ignore", invalid="ignore"):
        own = np.where(trials > 0, yes / trials, 0.5)
    no = trials - yes
    apart = xlogy(yes, own) + xlogy(no, 1 - own) - xlogy(yes, shares) - xlogy(no, 1 - shares)
    return 2 * float(apart.sum())


def collinear(rows: Real) -> list[int]:
    """The columns that follow from those before them: nothing is left of them beside those (Gram-Schmidt, twice)."""
    triangle: Real = np.asarray(
        np.linalg.qr(rows, mode="r")
    )  # short, and its columns stand to each other as the rows' do
    basis, found = np.empty((0, len(triangle))), []
    for number, column in enumerate(triangle.T):
        left = column - (basis @ column) @ basis
        left = left - (basis @ left) @ basis
        if np.linalg.norm(left) <= NOTHING * np.linalg.norm(column):
            found.append(number)
        else:
            basis = np.vstack([basis, left / np.linalg.norm(left)])
    return found


def _separating(design: Design, yes: Real, trials: Real) -> list[int]:
    """The columns of a direction along which the outcomes lie apart, if there is one.

    Largest sum of the distances on the right side, none on the wrong side, coefficients between -1 and 1; kinds of rows
    that have both outcomes lie on the border (the triangle of their QR decomposition has the same border).
    """
    used = trials > 0
    rows, kind = np.unique((design.matrix / _scale(design))[used], axis=0, return_inverse=True)
    have, of = (np.bincount(kind.ravel(), column[used]) for column in (yes, trials))
    sides = np.vstack([rows[have == of], -rows[have == 0]])
    border = np.linalg.qr(rows[(have > 0) & (have < of)], mode="r")
    found = linprog(
        -sides.sum(axis=0),
        A_ub=-sides,
        b_ub=np.zeros(len(sides)),
        A_eq=border,
        b_eq=np.zeros(len(border)),
        bounds=(-1, 1),
    )
    if found.fun is None or -found.fun < APART:
        return []
    return [number for number, slope in enumerate(found.x) if abs(slope) > APART]


def _same_thing(columns: list[Term]) -> NotEstimable:
    names = _named(columns)
    return NotEstimable(
        "collinear",
        f"Bakgrundsvariablerna säger samma sak: {names} följer av de andra. Ta bort en av dem.",
        f"The background variables say the same thing: {names} follows from the others. Leave one of them out.",
    )


def _told_apart(columns: list[Term]) -> NotEstimable:
    names = _named(columns)
    return NotEstimable(
        "separated",
        f"Bakgrunden pekar ut en grupp där alla, eller ingen, har utfallet (sök i: {names}). Hur stor skillnaden är "
        "går då inte att säga. Slå ihop gruppen med en annan, eller ta bort variabeln.",
        f"The background points to a group where all, or none, have the outcome (look in: {names}). How great the "
        "difference is cannot be told then. Put the group together with another, or leave the variable out.",
    )


def _named(columns: list[Term]) -> str:
    return ", ".join(dict.fromkeys(column.variable for column in columns if column.variable))
