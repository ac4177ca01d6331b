"""Groups with unlike backgrounds: standardised, or by a logistic model."""

from collections.abc import Mapping
from math import exp

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.formulas.designs import Design, design
from skillnad.analysis.formulas.life_tables import Whole, from_rows
from skillnad.analysis.formulas.logistic import fit
from skillnad.analysis.formulas.margins import adjusted_difference, contrasts, margins
from skillnad.analysis.formulas.pseudo import pseudo_shares
from skillnad.analysis.formulas.sandwich import Residuals, clustered
from skillnad.analysis.formulas.standardisation import (
    Cell,
    Stratum,
    Weights,
    standardised_difference,
    standardised_rate,
    standardised_ratio,
    standardised_share,
)
from skillnad.analysis.formulas.survival import kaplan_meier, share_within
from skillnad.analysis.handbook.model import Figures
from skillnad.analysis.handbook.swedish_figures import found, number, p_value, percent, percents, points, span

Cells = Mapping[Stratum, Cell]
Mask = NDArray[np.bool_]

_WEIGHTS: Weights = {("18-44",): 500.0, ("45-64",): 300.0, ("65+",): 200.0}
_NORTH: Cells = {("18-44",): Cell(24, 120), ("45-64",): Cell(20, 50), ("65+",): Cell(18, 30)}
_SOUTH: Cells = {("18-44",): Cell(8, 40), ("45-64",): Cell(25, 60), ("65+",): Cell(63, 100)}
_EVENTS: Cells = {("18-44",): Cell(30, 5200.0), ("45-64",): Cell(12, 4100.0), ("65+",): Cell(4, 2500.0)}

_ROWS = (  # sex, problem, reached the goal, of
    ("man", "boende", 42, 60),
    ("man", "missbruk", 24, 80),
    ("kvinna", "boende", 88, 120),
    ("kvinna", "missbruk", 10, 30),
)


LIMIT = 30
_LASTING = (  # sex, problem, rows, the days of the longest
    ("man", "boende", 60, 50),
    ("man", "missbruk", 90, 90),
    ("kvinna", "boende", 100, 50),
    ("kvinna", "missbruk", 40, 90),
)


def shares() -> Figures:
    north, south = found(standardised_share(_NORTH, _WEIGHTS)), found(standardised_share(_SOUTH, _WEIGHTS))
    lines = {
        f"{place}{column}": f"{cell.part} av {number(cell.whole, 0)}"
        for place, cells in (("n", _NORTH), ("s", _SOUTH))
        for column, cell in enumerate(cells.values(), 1)
    }
    return {
        **lines,
        "weights": _listed([percent(each / sum(_WEIGHTS.values()), 0) for each in _WEIGHTS.values()]),
        "north_plain": percent(north.plain),
        "south_plain": percent(south.plain),
        "north": percent(north.value),
        "south": percent(south.value),
        "north_interval": percents(north.interval),
        "south_interval": percents(south.interval),
    }


def _listed(told: list[str]) -> str:
    return f"{', '.join(told[:-1])} och {told[-1]}"


def differences() -> Figures:
    north, south = found(standardised_share(_NORTH, _WEIGHTS)), found(standardised_share(_SOUTH, _WEIGHTS))
    apart, times = standardised_difference(south, north), standardised_ratio(south, north)
    return {
        "plain": points(south.plain - north.plain),
        "value": points(apart.value),
        "interval": span(apart.interval, 1, 100, "procentenheter"),
        "p": p_value(apart.p),
        "ratio": number(times.value, 2),
        "ratio_interval": span(times.interval, 2),
    }


def rates() -> Figures:
    of = found(standardised_rate(_EVENTS, _WEIGHTS))
    return {
        "cells": _listed([f"{number(each.part, 0)} på {number(each.whole, 0)}" for each in _EVENTS.values()]),
        "events": number(sum(cell.part for cell in _EVENTS.values()), 0),
        "years": number(sum(cell.whole for cell in _EVENTS.values()), 0),
        "plain": number(1000 * of.plain, 2),
        "rate": number(1000 * of.value, 2),
        "interval": span(of.interval, 2, 1000),
    }


def model() -> Figures:
    made = found(fit(_design(), [row[2] for row in _ROWS], [row[3] for row in _ROWS]))
    at = {(term.variable, term.level): place for place, term in enumerate(made.design.columns)}
    slope = float(made.coefficients[at[("sex", "kvinna")]])
    other = float(made.coefficients[at[("problem", "missbruk")]])
    return {
        "all": number(sum(row[3] for row in _ROWS), 0),
        "rows": _listed([f"{met} av {number(of, 0)} ({sex}, {problem})" for sex, problem, met, of in _ROWS]),
        "slope": number(slope, 2),
        "error": number(float(made.errors[at[("sex", "kvinna")]]), 2),
        "odds": number(exp(slope), 2),
        "problem": number(exp(other), 2),
    }


def marginal() -> Figures:
    made = found(fit(_design(), [row[2] for row in _ROWS], [row[3] for row in _ROWS]))
    man, woman = margins(made, "sex")
    apart = adjusted_difference(made, "sex", "kvinna", "man")
    return {
        "plain_man": percent(_plain("man")),
        "plain_woman": percent(_plain("kvinna")),
        "plain": points(_plain("kvinna") - _plain("man")),
        "man": percent(man.share),
        "woman": percent(woman.share),
        "man_interval": percents(man.interval),
        "woman_interval": percents(woman.interval),
        "value": points(apart.value),
        "interval": span(apart.interval, 1, 100, "procentenheter"),
        "p": p_value(apart.p),
    }


def times() -> Figures:
    """Each row is another person's; of what takes long some is still open."""
    days, ended, sexes, problems = _lasting()
    at = np.array([sex == "kvinna" for sex in sexes])
    outcome, plain = np.zeros(len(days)), []
    for own in (~at, at):
        table = from_rows(days[own].tolist(), ended[own].tolist())
        y, place = pseudo_shares(table, LIMIT), np.searchsorted(table.days, days[own])
        outcome[own] = np.where(ended[own], y.ended[place], y.open[place])
        plain.append(found(share_within(found(kaplan_meier(table)), LIMIT)).value)
    factors = {"sex": sexes, "problem": problems}
    order = {"sex": ("man", "kvinna"), "problem": ("boende", "missbruk")}
    made = found(fit(design(factors, order=order), outcome, pseudo=True))
    n = len(days)
    robust = clustered(made, Residuals(np.arange(n), np.arange(n), outcome, np.ones(n, np.int64)))
    man, woman = margins(robust, "sex")
    apart = contrasts(robust, "sex", {"kvinna": {"man": 1.0}})["kvinna"].compared()
    return {
        "limit": number(LIMIT, 0),
        "n": number(n, 0),
        "open": number(int((~ended).sum()), 0),
        "before": number(int((~ended & (days < LIMIT)).sum()), 0),
        "plain_man": percent(plain[0]),
        "plain_woman": percent(plain[1]),
        "man": percent(man.share),
        "woman": percent(woman.share),
        "plain": points(plain[1] - plain[0]),
        "value": points(apart.value),
        "interval": span(apart.interval, 1, 100, "procentenheter"),
        "p": p_value(apart.p),
        "most": number(float(outcome.max()), 3),
        "least": number(float(outcome.min()), 3),
    }


def _lasting() -> tuple[Whole, Mask, list[str], list[str]]:
    """The days of each row, whether it has ended, and its background: a fifth of those over 15 days were last seen at
    half their time."""
    days, ended, sexes, problems = [], [], [], []
    for sex, problem, rows, longest in _LASTING:
        for place in range(rows):
            length = 1 + round(longest * (place + 0.5) / rows)
            over = length <= 15 or place % 5 > 0
            days.append(length if over else length // 2)
            ended.append(over)
            sexes.append(sex)
            problems.append(problem)
    return np.array(days), np.array(ended), sexes, problems


def _design() -> Design:
    factors = {"sex": [row[0] for row in _ROWS], "problem": [row[1] for row in _ROWS]}
    return design(factors, order={"sex": ("man", "kvinna"), "problem": ("boende", "missbruk")})


def _plain(sex: str) -> float:
    own = [row for row in _ROWS if row[0] == sex]
    return sum(row[2] for row in own) / sum(row[3] for row in own)


EXAMPLES = {
    "standardised-share": shares,
    "standardised-difference": differences,
    "standardised-rate": rates,
    "logistic": model,
    "margins": marginal,
    "adjusted-times": times,
}
