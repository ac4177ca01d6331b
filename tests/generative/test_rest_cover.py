"""Simulated registers where one group has nobody with the outcome: the adjusted difference of each other group from all
the others as one holds the truth as often as it says, and background alone is seldom shown as a difference.

The truth is of a model with the one group and all the others side by side: what it is an estimate of. Nobody of group C
has the outcome; C is among the others, and has more of one background.
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
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.questions import Share, Where

REGISTERS = size(120, 2_000)
DRAW = 3.5 * np.sqrt(0.05 * 0.95 / REGISTERS)
MIX = np.array([[6, 2, 3, 2, 1, 1], [2, 2, 3, 3, 2, 3], [1, 1, 2, 2, 2, 2]])
QUESTION = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("age", "origin"))


SIZES = {600: (200, 260, 140), 6_000: (2_000, 2_600, 1_400)}


def rows_of(n: int) -> np.ndarray:
    """By unit and stratum."""
    return np.rint(np.array(SIZES[n])[:, None] * MIX / MIX.sum(axis=1, keepdims=True)).astype(int)


def chances(rng: Generator, apart: float) -> np.ndarray:
    """By stratum, of A and of all the others as one."""
    age, origin = rng.normal(0, 0.5, 3), rng.normal(0, 0.4, 2)
    score = -1.4 + np.repeat(age, 2) + np.tile(origin, 3)
    return np.clip(expit([score + apart, score]), 0, 0.55)


def register(rng: Generator, n: int, share: np.ndarray) -> Made:
    """B has all the outcomes that the others have."""
    whole = rows_of(n)
    own, others = share
    in_b = np.minimum(1.0, others * (whole[1] + whole[2]) / whole[1])
    part = rng.binomial(whole, [own, in_b, 0 * own])
    named = product("ABC", "xyz", "12")
    cells = {name: Counted(int(x), int(m)) for name, x, m in zip(named, part.ravel(), whole.ravel(), strict=True)}
    return adjusted_shares(QUESTION, *plain_table(cells), lambda: FewRows(cells), DEFAULT)


def truth(n: int, share: np.ndarray) -> float:
    rows = rows_of(n).sum(axis=0)
    return float((share[0] - share[1]) @ rows / rows.sum())


@pytest.mark.parametrize("n", SIZES)
def test_difference_from_all_the_others_is_held(n: int, record_property) -> None:
    rng, held, off = default_rng((SEED, n, 31)), [], []
    for _ in range(REGISTERS):
        share = chances(rng, 0.5)
        cells, right = register(rng, n, share).cells, truth(n, share)
        if cells["adjusted_difference"].get(("A",)) is None:
            continue
        low, value, high = (cells[f"adjusted_difference{end}"]["A",] for end in ("_low", "", "_high"))
        held.append(low <= right <= high)
        off.append((value - right) / (high - low))
    record_property("held", float(np.mean(held)))
    record_property("off, of the interval's width", float(np.mean(off)))
    assert len(held) > REGISTERS / 2
    assert 0.93 - DRAW <= np.mean(held) <= 0.98 + DRAW
    assert abs(np.mean(off)) < 0.05 + 4 * np.std(off) / np.sqrt(len(off))


@pytest.mark.parametrize("n", SIZES)
def test_background_alone_is_seldom_a_difference_from_all_the_others(n: int, record_property) -> None:
    rng, told = default_rng((SEED, n, 37)), []
    for _ in range(REGISTERS):
        found = register(rng, n, chances(rng, 0.0)).cells["adjusted_p"].get(("A",))
        told += [] if found is None else [found <= 0.05]
    record_property("shown by chance", float(np.mean(told)))
    assert len(told) > REGISTERS / 2
    assert np.mean(told) <= 0.05 + DRAW
