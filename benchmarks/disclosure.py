"""How long a table takes to protect, by shape, in processor time, so that a busy machine measures as an idle one; and
what its gaps cost beside the bound and other programmes.

The tables are random with fixed seeds, skewed as in life; the figures mean nothing.
"""

from collections.abc import Iterator
from itertools import product
from statistics import median
from time import process_time

import numpy as np

from benchmarks import Goal
from benchmarks.disclosure_goals import goals
from benchmarks.disclosure_large import large_goals
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.protection import protect_table
from skillnad.analysis.questions import Count, CrossTable, Percent
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis, Level, LevelKind, RawTable

NAME = "disclosure"
MISSING_PART = 0.04
TABLES = (
    # name, levels of each axis, is the first multi-select, rows, milliseconds
    ("9 × 8", (9, 8), False, 2_000, 15),
    ("9 × 8, most cells small", (9, 8), False, 300, 50),
    ("14 × 35", (14, 35), False, 8_000, 100),
    ("14 × 60, several values", (14, 60), True, 5_000, 400),
    ("35 × 60, most cells small", (35, 60), False, 8_000, 400),
    ("35 × 60, several values, most small", (35, 60), True, 8_000, 400),
    ("68 × 68, most cells small", (68, 68), False, 20_000, 2_000),
    ("14 × 14 × 14, most cells small", (14, 14, 14), False, 20_000, 2_000),
)


def run(times: int = 3) -> Iterator[Goal]:
    protect_table(random_table((9, 8), False, 2_000, seed=0), DEFAULT)  # loads the solver
    for name, shape, multiple, rows, limit in TABLES:
        tables = [random_table(shape, multiple, rows, seed=seed) for seed in range(times)]
        taken = [_milliseconds(table) for table in tables]
        note = f"{len(tables[0].counts)} cells, max {max(taken):.0f} ms"
        yield Goal(f"protection: {name}", median(taken), limit, "ms", note=note)
    yield from goals()
    yield from large_goals()


def _milliseconds(table: RawTable) -> float:
    began = process_time()
    protect_table(table, DEFAULT)
    return (process_time() - began) * 1000


def random_table(shape: tuple[int, ...], multiple: bool, rows: int, *, seed: int) -> RawTable:
    """Each row has a level on each axis, or up to three on the first where it is multi-select; some lack it."""
    random = np.random.default_rng(seed)
    axes = tuple(_axis(f"axis{place}", size, multiple and not place) for place, size in enumerate(shape))
    told = np.zeros([size + 2 for size in shape], dtype=int)
    levels = [_levels(size, rows, random) for size in shape]
    values = [_several(shape[0], one, random) if multiple else {int(one)} for one in levels[0]]
    for row, own in enumerate(values):
        places = [
            (*own, shape[0] + 1),
            *((int(other[row]), size + 1) for other, size in zip(levels[1:], shape[1:], strict=True)),
        ]
        for cell in product(*places):
            told[cell] += 1
    codes = [[*(level.code for level in axis.levels), TOTAL] for axis in axes]
    counts = dict(zip(product(*codes), told.ravel().tolist(), strict=True))
    return RawTable(_question(axes), axes, counts, {})


def _question(axes: tuple[Axis, ...]) -> Count | CrossTable:
    if len(axes) == 2:
        return CrossTable(axes[0].id, axes[1].id, percent=Percent.ROWS)
    return Count(by=tuple(axis.id for axis in axes))


def _axis(name: str, size: int, multiple: bool) -> Axis:
    levels = [Level(str(number), str(number)) for number in range(size)]
    return Axis(name, name, (*levels, Level(MISSING_LEVEL, "Uppgift saknas", LevelKind.MISSING)), multiple)


def _levels(size: int, rows: int, random: np.random.Generator) -> np.ndarray:
    skewed = np.floor(size * random.random(rows) ** 2).astype(int)
    return np.where(random.random(rows) < MISSING_PART, size, skewed)


def _several(size: int, first: int, random: np.random.Generator) -> set[int]:
    if first == size:
        return {first}
    return {int(first), *np.floor(size * random.random(random.integers(0, 3)) ** 2).astype(int).tolist()}
