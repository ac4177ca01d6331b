"""Simulated registers in which a client has one to four rows that go together: intervals hold the truth as often as
they say, and chance is seldom shown. Taken as different people's, as many rows would do neither.

How alike a client's rows are is drawn anew for each register, evenly from 0 to 0.5; the truth too, from 5 to 95 %.
"""

from math import sqrt

import numpy as np
import pytest
from numpy.random import Generator, default_rng
from proof_sizes import PROOF, SEED, size
from raw_tables import axis
from unit.analysis.comparisons.shown_tables import OF, OUTCOME

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.comparisons.repeats import NONE, Repeats, repeats_of
from skillnad.analysis.comparisons.rows import ByClient
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, YES

REGISTERS = size(300, 10_000)
DRAW = 3.5 * sqrt(0.05 * 0.95 / REGISTERS)
LUCK = 0.0 if PROOF else DRAW
SIZES = (10, 30, 100, 1_000, 10_000)
MOST = 4


def sizes(rng: Generator, rows: int) -> np.ndarray:
    """Clients' numbers of rows, one to four, until there are so many."""
    drawn = rng.integers(1, MOST + 1, rows)
    reached = np.cumsum(drawn)
    last = int(np.searchsorted(reached, rows))
    drawn[last] -= reached[last] - rows
    return drawn[: last + 1]


def outcomes(rng: Generator, of_client: np.ndarray, share: float, alike: float) -> np.ndarray:
    """Each client's own share is drawn (beta), so that two rows of a client are so much `alike`."""
    if alike < 1e-6:
        return rng.binomial(of_client, share)
    scale = (1 - alike) / alike
    return rng.binomial(of_client, rng.beta(share * scale, (1 - share) * scale, len(of_client)))


def register(rng: Generator, wholes: list[int], shares: list[float], alike: float) -> ByClient:
    groups = [sizes(rng, whole) for whole in wholes]
    parts = [outcomes(rng, own, share, alike) for own, share in zip(groups, shares, strict=True)]
    group = np.repeat(np.arange(len(wholes)), [len(own) for own in groups])
    named = tuple((str(number),) for number in range(len(wholes)))
    return ByClient(named, np.arange(len(group)), group, np.concatenate(parts), np.concatenate(groups))


def moved(rng: Generator, rows: ByClient) -> ByClient:
    """With one row in ten of the clients who have several in another group: nobody's rows are of one group alone."""
    units = len(rows.patterns)
    some = (rows.whole > 1) & (rng.random(len(rows.whole)) < 0.1)
    held = some & (rng.random(len(some)) < rows.part / rows.whole)
    away = (rows.pattern[some] + rng.integers(1, units, int(some.sum()))) % units
    client, pattern = np.append(rows.client, rows.client[some]), np.append(rows.pattern, away)
    part = np.append(rows.part - held, held[some].astype(np.int64))
    return ByClient(rows.patterns, client, pattern, part, np.append(rows.whole - some, np.ones(int(some.sum()), int)))


def table(rows: ByClient, *, together: bool = True) -> Made:
    codes = [pattern[0] for pattern in rows.patterns]
    part, whole = (np.bincount(rows.pattern, each, len(codes)).astype(int) for each in (rows.part, rows.whole))
    counts = {(way, MISSING_LEVEL): 0 for way in (YES, NO)}
    for yes, all_rows, code in [*zip(part, whole, codes, strict=True), (part.sum(), whole.sum(), TOTAL)]:
        counts |= {(YES, code): int(yes), (NO, code): int(all_rows - yes)}
    repeats: Repeats = repeats_of(rows, codes, [*codes, TOTAL], DEFAULT) if together else NONE
    return compared_shares(Comparison(OF), (OUTCOME, axis("unit", *codes)), counts, repeats)


def holds(made: Made, name: str, truth: float) -> bool:
    ends = (made.cells[f"{name}_{end}"]["0",] for end in ("low", "high"))
    low, high = ends
    return low <= truth <= high


def held(n: int, *, together: bool = True) -> tuple[float, float]:
    """How often a share's interval, and a difference's, held the truth."""
    rng, found = default_rng([SEED, n]), []
    for _ in range(REGISTERS):
        one, other = rng.uniform(0.05, 0.95, 2)
        rows = register(rng, [n, max(10, n // 2)], [one, other], rng.uniform(0, 0.5))
        made = table(rows, together=together)
        found.append((holds(made, "share", one), holds(made, "difference", one - other)))
    share, difference = np.mean(found, axis=0)
    return float(share), float(difference)


@pytest.mark.parametrize("n", SIZES)
def test_intervals_of_clients_rows_hold_the_truth_as_often_as_they_say(n: int, record_property) -> None:
    share, difference = held(n)
    record_property("simulated registers", REGISTERS)
    record_property("per cent held the share", round(100 * share, 2))
    record_property("per cent held the difference", round(100 * difference, 2))
    assert 0.93 - LUCK <= share <= 0.97 + LUCK
    assert 0.93 - LUCK <= difference <= 0.97 + LUCK


def test_rows_taken_as_different_peoples_would_hold_it_too_seldom() -> None:
    assert max(held(300, together=False)) < 0.93


def shown_by_chance(units: int, alike: float, *, together: bool = True) -> float:
    """Pages of units against all the others, without any difference. Rows of a client can be in two units."""
    rng, shown = default_rng([SEED, units]), 0
    for _ in range(REGISTERS):
        wholes = (10 ** rng.uniform(1, 2.7, units)).astype(int).tolist()
        rows = register(rng, wholes, [float(rng.uniform(0.1, 0.9))] * units, alike)
        shown += 0 in table(moved(rng, rows), together=together).cells["verdict"].values()
    return shown / REGISTERS


@pytest.mark.parametrize("alike", [0.0, 0.1, 0.3, 0.5])
def test_pages_of_clients_rows_without_any_difference_seldom_show_one(alike: float, record_property) -> None:
    found = shown_by_chance(12, alike)
    record_property("simulated pages", REGISTERS)
    record_property("per cent showed a difference", round(100 * found, 2))
    assert found <= 0.05 + DRAW


def test_pages_of_rows_taken_as_different_peoples_would_show_one_too_often() -> None:
    assert shown_by_chance(12, 0.3, together=False) > 0.05 + DRAW
