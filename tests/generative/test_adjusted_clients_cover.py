"""Simulated registers with background in which a client has one to four rows that go together: adjusted intervals hold
the truth as often as they say, and background alone is seldom shown; as different people's, as many rows would not.
"""

from itertools import product

import numpy as np
import pytest
from generative.test_clients_cover import outcomes, sizes
from numpy.random import Generator, default_rng
from proof_sizes import SEED, size
from scipy.special import expit
from unit.analysis.comparisons.adjusted.registers import FewRows, plain_table

from skillnad.analysis.comparisons.adjusted.shares import adjusted_shares
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.comparisons.repeats import counted_patterns
from skillnad.analysis.comparisons.rows import ByClient
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.questions import Share, Where

REGISTERS = size(150, 2_000)
DRAW = 3.5 * np.sqrt(0.05 * 0.95 / REGISTERS)
NAMES = tuple(product("AB", "xyz"))
ROWS = (400, 200, 200, 150, 200, 350)
ALIKE = 0.4


class OfClients(FewRows):
    def __init__(self, rows: ByClient, *, together: bool = True) -> None:
        super().__init__(counted_patterns(rows))
        self.rows, self.together = rows, together

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        return self.rows if self.together else super().by_client(columns)


def register(rng: Generator, share: np.ndarray) -> ByClient:
    of_clients = [sizes(rng, rows) for rows in ROWS]
    held = [outcomes(rng, own, each, ALIKE) for own, each in zip(of_clients, share, strict=True)]
    pattern = np.repeat(np.arange(len(ROWS)), [len(own) for own in of_clients])
    return ByClient(NAMES, np.arange(len(pattern)), pattern, np.concatenate(held), np.concatenate(of_clients))


def made(rows: OfClients, way: Adjusted) -> Made:
    question = Comparison(Share(Where("rating", ("3",)), by=("unit",)), adjusted_for=("age",), way=way)
    return adjusted_shares(question, *plain_table(rows.of), lambda: rows, DEFAULT)


def tried(way: Adjusted, apart: float, *, together: bool = True) -> tuple[float, float]:
    """How often the true difference is held, and how often p is at most 0.05."""
    rng, held, shown = default_rng((SEED, 41)), [], []
    weights = np.add(ROWS[:3], ROWS[3:]) / sum(ROWS)
    for _ in range(REGISTERS):
        age = rng.normal(0, 0.6, 3)
        share = expit(-0.3 + np.concatenate([age + apart, age]))
        cells = made(OfClients(register(rng, share), together=together), way).cells
        low, high = (cells[f"adjusted_difference_{end}"].get(("A",)) for end in ("low", "high"))
        if low is None or high is None:
            continue
        held.append(low <= (share[:3] - share[3:]) @ weights <= high)
        shown.append(cells["adjusted_p"]["A",] <= 0.05)
    assert len(held) > REGISTERS / 2
    return float(np.mean(held)), float(np.mean(shown))


@pytest.mark.parametrize("way", Adjusted)
def test_adjusted_difference_of_clients_rows_is_held(way: Adjusted, record_property) -> None:
    held, _ = tried(way, 0.5)
    record_property("held", held)
    assert 0.93 - DRAW <= held <= 0.99


@pytest.mark.parametrize("way", Adjusted)
def test_background_alone_is_seldom_shown_of_clients_rows(way: Adjusted, record_property) -> None:
    _, shown = tried(way, 0.0)
    record_property("shown by chance", shown)
    assert shown <= 0.05 + DRAW


def test_rows_taken_as_different_peoples_hold_too_seldom() -> None:
    held, _ = tried(Adjusted.MODEL, 0.5, together=False)
    assert held < 0.91
