"""Large tables: a hierarchical one of 14,000 cells protected beside GaussSuppression, and a reader's rank attack on
50,000. Their counts are random with fixed seeds, skewed as in life, and mean nothing."""

from collections.abc import Iterator
from time import process_time

import numpy as np
from scipy.sparse import csr_array

from benchmarks import Goal
from benchmarks.disclosure_goals import audited, beside_gauss, searched, verified
from benchmarks.disclosure_tables import Groupings, Rows, as_system
from skillnad.analysis.disclosure.attack.rank import determined
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import System

SEED = 14_000
SECONDS = 180.0
AGES = (("young", 2), ("old", 3))
GROUPINGS: Groupings = {"place": (("region",),), "service": (("group",),), "age": ()}
CUBE = 36
"""So many levels has each side of a cube that has 50,653 cells with its margins."""


def large_goals() -> Iterator[Goal]:
    rows = large_rows()
    told, policy = as_system(rows, "count", GROUPINGS), Policy(attacker=Attacker.NOT_NEGATIVE)
    pattern = searched(told, policy, seconds=SECONDS)
    title = "large A0"
    yield beside_gauss(title, told, policy, pattern, 1.1)
    yield from audited(title, told, policy, pattern, 10.0)
    yield verified(title, told, rows, GROUPINGS, policy, pattern)
    yield _rank_attack()


def large_rows(seed: int = SEED) -> Rows:
    """7 regions of 12 places, 8 groups of 5 services, two ages; many small counts or none. 13,524 cells."""
    random = np.random.default_rng(seed)
    rows = []
    for place in range(84):
        for service in range(40):
            count = random.poisson(40 * random.random() ** 3)
            where = {"place": f"p{place:03d}", "region": f"r{place // 12}"}
            what = {"service": f"s{service:02d}", "group": f"g{service // 5}"}
            rows += [{**where, **what, "age": age, "count": str(count // part)} for age, part in AGES]
    return rows


def large_table(seed: int = SEED) -> System:
    return as_system(large_rows(seed), "count", GROUPINGS)


def _rank_attack() -> Goal:
    told = cube_table(CUBE)
    gaps = np.flatnonzero(naive_gaps(told))
    began = process_time()
    found = determined(csr_array(told.matrix[:, gaps]))
    note = f"{len(told.cells)} cells, {found.sum()} of {len(gaps)} gaps follow of the next smallest hidden in each line"
    return Goal("rank attack", process_time() - began, 5, "s", note=note)


def cube_table(size: int, seed: int = SEED) -> System:
    random = np.random.default_rng(seed)
    counts = random.poisson(40 * random.random((size, size, size)) ** 3)
    names = [f"{side:02d}" for side in range(size)]
    rows = [
        {"a": names[a], "b": names[b], "c": names[c], "count": str(count)}
        for (a, b, c), count in np.ndenumerate(counts)
    ]
    return as_system(rows, "count", {"a": (), "b": (), "c": ()})


def naive_gaps(told: System) -> np.ndarray:
    """The rule of most home-made code: small counts, and where a line has one gap, its smallest other number too."""
    hidden = np.array([DEFAULT.small(value) for value in told.values])
    matrix = told.matrix
    for start, end in zip(matrix.indptr[:-1], matrix.indptr[1:], strict=True):
        line = matrix.indices[start:end]
        others = line[~hidden[line] & (told.values[line] > 0)]
        if hidden[line].sum() == 1 and len(others):
            hidden[others[np.argmin(told.values[others])]] = True
    return hidden
