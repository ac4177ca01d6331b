"""What the goals of disclosure protection are measured with: tables as systems, and tau-Argus beside ours."""

import numpy as np
import pytest
from disclosure_tables import as_system as plain

from benchmarks.disclosure_goals import large_table
from benchmarks.disclosure_tables import KNOWN, SHARED, as_system, known
from benchmarks.tauargus import installed, suppressed
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT
from skillnad.analysis.disclosure.protect import protect_within

ROWS = [
    {"town": "a", "county": "x", "kind": "k", "n": "3"},
    {"town": "b", "county": "x", "kind": "k", "n": "4"},
    {"town": "c", "county": "y", "kind": "k", "n": "5"},
    {"town": "c", "county": "y", "kind": "l", "n": "6"},
]
GROUPINGS = {"town": (("county",),), "kind": ()}


def test_table_has_margins_of_every_grouping():
    told = as_system(ROWS, "n", GROUPINGS)
    values = {cell.name: cell.value for cell in told.cells}
    assert values["county:x", "Total"] == 7
    assert values["Total", "Total"] == 18


def test_group_of_one_is_the_one_itself():
    told = as_system(ROWS, "n", GROUPINGS)
    assert ("county:y", "k") not in told.position
    assert len(told.cells) == 5 * 3


def test_relations_hold_of_the_table():
    told = as_system(ROWS, "n", GROUPINGS)
    assert np.abs(told.matrix @ told.values).max() == 0


@pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")
@pytest.mark.parametrize(("name", "cells", "small"), [("f2", 273, 80), ("h2_s", 464, 121), ("f3", 378, 115)])
def test_known_table_has_the_cells_that_its_description_says(name, cells, small):
    told = known(name)
    assert len(told.cells) == cells
    assert sum(DEFAULT.small(cell.value) for cell in told.cells) == small


def test_known_tables_have_files():
    assert all(file.endswith(".csv") for file, _, _ in KNOWN.values())


def test_large_table_is_the_same_each_time_and_so_large():
    told = large_table()
    assert len(told.cells) == 92 * 49 * 3
    assert np.array_equal(told.values, large_table().values)


@pytest.mark.skipif(not installed(), reason="pytauargus is not installed")
@pytest.mark.parametrize("seed", range(2))
def test_tau_argus_finds_no_cheaper_pattern_for_the_same_needs(seed):
    told = plain(np.random.default_rng(seed).poisson(6, (6, 5)))
    theirs = suppressed(told, count_needs(told, DEFAULT), 20)
    ours = protect_within(told, DEFAULT, seconds=10)
    assert theirs is not None
    assert ours.bound <= theirs.cost(told) + 0.02 * len(theirs.gaps)
    assert not ours.proven or ours.cost >= theirs.cost(told) - 0.02 * len(theirs.gaps)
