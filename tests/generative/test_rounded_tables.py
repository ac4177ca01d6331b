"""Random tables with groupings, rounded: what is promised holds, and a reader of another make concludes no more."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.perturbed.releasing import rounded_release
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import TOTAL, Layout, ReleasedTable
from skillnad.analysis.disclosure.table_set.tables import GivenTable, TableSet

SEEDS = range(60)
GROUPINGS = (("muni", "region"), ("muni", "kind"))
Cell = tuple[str, str]
"""Of the two finest columns."""


def policy(base: int) -> Policy:
    return Policy(threshold=base, way=Way.ROUND, base=base)


def made(seed: int) -> tuple[TableSet, dict[Cell, int], dict[str, tuple[str, str]]]:
    """A table of municipalities, each in a region and of a kind, by service: its set, its inner cells, the groups."""
    rng = np.random.default_rng(seed)
    groups = {f"m{n}": (f"r{rng.integers(2)}", f"k{rng.integers(2)}") for n in range(rng.integers(3, 7))}
    services = [f"s{n}" for n in range(rng.integers(2, 5))]
    counts = {cell: int(rng.poisson(rng.choice([0.5, 2, 20]))) for cell in product(groups, services)}
    rows = {(muni, *groups[muni], service): count for (muni, service), count in counts.items()}
    layout = Layout(("muni", "region", "kind", "service", "n"), "n")
    return TableSet((GivenTable("t.csv", layout, rows),), GROUPINGS), counts, groups


def members(row: tuple[str, ...], cells, groups) -> list[Cell]:
    """The inner cells that a row of the release is the sum of."""
    muni, region, kind, service = row
    return [
        (of, what)
        for of, what in cells
        if muni in (TOTAL, of)
        and region in (TOTAL, groups[of][0])
        and kind in (TOTAL, groups[of][1])
        and service in (TOTAL, what)
    ]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_number_is_the_sum_of_its_inner_ones_and_near_its_count(seed):
    told, counts, groups = made(seed)
    base = (3, 5)[seed % 2]
    release = rounded_release(told, policy(base), seed=seed)
    shown = inner(release.tables[0])
    for row, number in release.tables[0].rows:
        cells = members(row, counts, groups)
        assert number == sum(shown[cell] for cell in cells)
        assert abs(number - sum(counts[cell] for cell in cells)) <= release.rules["distance"]
        assert number == 0 or number >= base


def inner(table: ReleasedTable) -> dict[Cell, int]:
    return {(row[0], row[3]): number or 0 for row, number in table.rows if TOTAL not in (row[0], row[3])}


@pytest.mark.parametrize("seed", SEEDS)
def test_small_counts_change_to_nought_or_the_base_and_others_not_at_all(seed):
    told, counts, _ = made(seed)
    base = (3, 5)[seed % 2]
    for cell, number in inner(rounded_release(told, policy(base)).tables[0]).items():
        assert number in ((0, base) if 0 < counts[cell] < base else (counts[cell],))


@pytest.mark.parametrize("seed", list(SEEDS)[:20])
def test_reader_of_another_make_knows_no_small_count_more_closely_than_the_base(seed):
    """Whole numbers, inner cells as unknowns, the stated distance for every sum that is shown."""
    told, counts, groups = made(seed)
    base = (3, 5)[seed % 2]
    release = rounded_release(told, policy(base))
    cells, shown = list(counts), inner(release.tables[0])
    low = [number if number > base else min(number, 1) for number in map(shown.get, cells)]
    high = [number or base - 1 for number in map(shown.get, cells)]
    masks = np.array([[cell in members(row, cells, groups) for cell in cells] for row, _ in release.tables[0].rows])
    sums = np.array([number for _, number in release.tables[0].rows])
    distance = release.rules["distance"]
    agrees = LinearConstraint(masks.astype(float), sums - distance, sums + distance)
    for mask in masks.astype(float):
        if 0 < mask @ np.array(list(counts.values())) < base:
            ends = [
                milp(sign * mask, constraints=agrees, bounds=Bounds(low, high), integrality=np.ones(len(cells))).fun
                for sign in (1, -1)
            ]
            assert -ends[1] - ends[0] >= base - 1
