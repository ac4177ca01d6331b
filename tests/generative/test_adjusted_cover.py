"""Simulated registers with a known background: adjusted intervals hold the truth as often as they say, and where groups
differ by background alone, a difference is seldom shown.

Three units have unlike ages and origins. The truth of an adjusted share is that of the register's own rows, given their
background: what it is an estimate of. Intervals are told outwards, so they may hold it somewhat too often.
"""

from itertools import product

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from proof_sizes import SEED, size
from scipy.special import expit
from unit.analysis.comparisons.adjusted.registers import FewRows, plain_table

from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Share, Where

REGISTERS = size(80, 2_000)
DRAW = 3.5 * np.sqrt(0.05 * 0.95 / REGISTERS)
UNITS, AGES, ORIGINS = "ABC", "xyz", "12"
STRATA = list(product(AGES, ORIGINS))
NAMES = [(unit, *stratum) for unit in UNITS for stratum in STRATA]
MIX = np.array([[6, 2, 3, 2, 1, 1], [2, 2, 3, 3, 2, 3], [1, 2, 2, 3, 4, 4]]) / np.array([[15], [15], [16]])
"""Each unit's parts of the strata."""
SIZES = {600: (300, 180, 120), 2_400: (1_200, 720, 480), 6_000: (3_000, 1_800, 1_200)}
CASES = [(Adjusted.MODEL, 600), (Adjusted.MODEL, 6_000), (Adjusted.STANDARD, 2_400), (Adjusted.STANDARD, 6_000)]
"""Strata of 600 have so few that few registers show all three units standardised."""


def sizes(n: int) -> np.ndarray:
    """How many rows each unit has in each stratum."""
    return np.rint(np.array(SIZES[n])[:, None] * MIX).astype(int)


def chances(rng: Generator, apart: float) -> np.ndarray:
    """The share in each unit and stratum, by a logistic model of them side by side."""
    unit = apart * np.array([0.0, 1.0, -0.5])
    age, origin = rng.normal(0, 0.7, 3), rng.normal(0, 0.5, 2)
    return expit(-0.3 + unit[:, None] + np.repeat(age, 2)[None, :] + np.tile(origin, 3)[None, :])


def table(rng: Generator, n: int, share: np.ndarray, way: Adjusted) -> Made:
    whole = sizes(n)
    part = rng.binomial(whole, share)
    of = {name: Counted(int(x), int(m)) for name, x, m in zip(NAMES, part.ravel(), whole.ravel(), strict=True)}
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("age", "origin"), way=way)
    return adjusted_shares(question, *plain_table(of), lambda: FewRows(of), DEFAULT)


def truths(n: int, share: np.ndarray) -> dict[str, tuple[float, float]]:
    """Each unit's share with everybody's background, and its difference from the mean of the others by size."""
    rows = sizes(n).sum(axis=0)
    shares, weight = share @ (rows / rows.sum()), sizes(n).sum(axis=1)
    found = {}
    for number, unit in enumerate(UNITS):
        others = np.delete(weight, number)
        found[unit] = (shares[number], shares[number] - np.delete(shares, number) @ others / others.sum())
    return found


def held(made: Made, measure: str, unit: str, truth: float) -> bool | None:
    low, high = (made.cells[f"{measure}_{end}"].get((unit,)) for end in ("low", "high"))
    return None if low is None or high is None else bool(low <= truth <= high)


@pytest.mark.parametrize(("way", "n"), CASES)
def test_adjusted_intervals_hold_the_truth(way: Adjusted, n: int, record_property) -> None:
    rng = default_rng((SEED, n, len(way)))
    told: dict[str, list[bool]] = {"adjusted": [], "adjusted_difference": []}
    for _ in range(REGISTERS):
        share = chances(rng, 0.4)
        made, truth = table(rng, n, share, way), truths(n, share)
        if any(made.cells["adjusted"].get((unit,)) is None for unit in UNITS):
            continue  # the others are then not all the others
        for unit in UNITS:
            for measure, right in zip(told, truth[unit], strict=True):
                one = held(made, measure, unit, right)
                told[measure] += [] if one is None else [one]
    for measure, found in told.items():
        record_property(f"{measure} held", float(np.mean(found)))
        assert len(found) > REGISTERS / 2
        assert 0.93 - DRAW <= np.mean(found) <= (0.99 if way is Adjusted.STANDARD else 0.97 + DRAW)


@pytest.mark.parametrize(("way", "n"), CASES)
def test_background_alone_seldom_shows_a_difference(way: Adjusted, n: int, record_property) -> None:
    rng, shown = default_rng((SEED, n, 7, len(way))), list(Verdict).index(Verdict.DIFFERENCE_SHOWN)
    adjusted, plain = [], []
    for _ in range(REGISTERS):
        made = table(rng, n, chances(rng, 0.0), way)
        adjusted.append(shown in made.cells["adjusted_verdict"].values())
        plain.append(shown in made.cells["verdict"].values())
    record_property("tables that show one", float(np.mean(adjusted)))
    assert np.mean(adjusted) <= 0.05 + DRAW < np.mean(plain)
