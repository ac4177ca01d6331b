"""What the goals of disclosure protection are measured with: tables as systems, and tau-Argus beside ours."""

import sys

import numpy as np
import pytest
from disclosure_tables import as_system as plain

from benchmarks.disclosure_goals import audited, beside_gauss, verified
from benchmarks.disclosure_large import cube_table, large_table, naive_gaps
from benchmarks.disclosure_tables import KNOWN, SHARED, as_system, known, published
from benchmarks.tauargus import ended, installed, suppressed
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.needs import count_needs
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_within

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


def test_programme_that_does_not_end_is_stopped():
    assert ended([sys.executable, "-c", "import time; time.sleep(600)"], 0.2) is None


def test_programme_that_ends_tells_what_it_said():
    done = ended([sys.executable, "-c", "print(7)"], 60)
    assert done is not None
    assert (done.returncode, done.stdout) == (0, "7\n")


@pytest.mark.skipif(not installed(), reason="pytauargus is not installed")
@pytest.mark.parametrize("seed", range(2))
def test_tau_argus_finds_no_cheaper_pattern_for_the_same_needs(seed):
    told = plain(np.random.default_rng(seed).poisson(6, (6, 5)))
    theirs = suppressed(told, count_needs(told, DEFAULT), 20)
    ours = protect_within(told, DEFAULT, seconds=10)
    assert theirs is not None
    assert ours.bound <= theirs.cost(told) + 0.02 * len(theirs.gaps)
    assert not ours.proven or ours.cost >= theirs.cost(told) - 0.02 * len(theirs.gaps)


def test_published_rows_say_which_group_a_place_lies_in():
    told = as_system(ROWS, "n", GROUPINGS)
    (table,) = published(told, ROWS, GROUPINGS, {("a", "k")}).tables
    rows = dict(table.rows)
    assert table.columns == ("town", "county", "kind")
    assert rows["a", "x", "k"] is None
    assert rows["Total", "x", "k"] == 7
    assert rows["Total", "Total", "Total"] == 18
    assert table.counts == {("a", "x", "k"): 3, ("b", "x", "k"): 4, ("c", "y", "k"): 5, ("c", "y", "l"): 6} | {
        (town, county, "l"): 0 for town, county in ("ax", "bx")
    }


def test_published_says_what_a_move_does_to_its_inner_rows():
    told = as_system(ROWS, "n", GROUPINGS)
    (table,) = published(told, ROWS, GROUPINGS, ()).tables
    move = {("a", "k"): 1.0, ("county:x", "k"): 1.0, ("Total", "Total"): 1.0, ("c", "l"): -1.0}
    assert table.inner(move) == {("table", ("a", "x", "k")): 1.0, ("table", ("c", "y", "l")): -1.0}


def test_published_has_the_groupings_of_its_columns():
    told = as_system(ROWS, "n", GROUPINGS)
    assert published(told, ROWS, GROUPINGS, ()).groupings == (("town", "county"),)


def test_verified_counts_what_is_unmet():
    told = as_system(ROWS, "n", GROUPINGS)
    safe = protect_within(told, DEFAULT, seconds=5)
    shown = Pattern(safe.hidden - {("a", "k")}, safe.primary)
    assert verified("made", told, ROWS, GROUPINGS, DEFAULT, safe).reached
    goal = verified("made", told, ROWS, GROUPINGS, DEFAULT, shown)
    assert goal.measured >= 1
    assert not goal.reached


def test_withheld_for_cells_that_nothing_makes_safe_is_as_promised():
    told = as_system(ROWS, "n", GROUPINGS)
    goal = verified("made", told, ROWS, GROUPINGS, DEFAULT, Pattern(frozenset(), 1, withheld=True, unmet=(("a", "k"),)))
    assert goal.reached
    assert goal.note == "withheld: 1 cells are open whatever is hidden"


def test_withheld_without_a_cell_to_name_falls_short():
    told = as_system(ROWS, "n", GROUPINGS)
    assert not verified("made", told, ROWS, GROUPINGS, DEFAULT, Pattern(frozenset(), 1, withheld=True)).reached


def test_safe_release_is_audited_with_its_moves_and_without_them():
    told = as_system(ROWS, "n", GROUPINGS)
    with_moves, without = audited("made", told, DEFAULT, protect_within(told, DEFAULT, seconds=5), 60)
    assert (with_moves.name, without.name) == (
        "audit of a safe release: made",
        "audit of a safe release, no moves told: made",
    )
    assert with_moves.note == without.note == "15 cells, 0 objections"


def test_audit_of_what_is_not_safe_says_so():
    told = as_system(ROWS, "n", GROUPINGS)
    goals = audited("made", told, DEFAULT, Pattern(frozenset({("a", "k")}), 1), 60)
    assert not any(goal.note.endswith(" 0 objections") for goal in goals)


def test_gaps_are_set_beside_those_of_elimination():
    told = plain(np.random.default_rng(0).poisson(6, (6, 5)))
    policy = Policy(attacker=Attacker.NOT_NEGATIVE)
    pattern = protect_within(told, policy, seconds=5)
    goal = beside_gauss("made", told, policy, pattern, 1.1)
    assert goal.note.startswith(f"{pattern.secondary} to ")
    assert goal.measured * int(goal.note.split()[2].rstrip(",")) == pytest.approx(pattern.secondary)


def test_naive_rule_hides_the_next_smallest_of_a_line_with_one_gap():
    told = plain(np.array([[3, 7, 9], [8, 12, 10]]))
    values = told.values[naive_gaps(told)]
    assert sorted(values) == [3, 7, 8, 12]


def test_naive_rule_hides_no_zero():
    told = plain(np.array([[3, 0, 9], [8, 12, 10]]))
    assert all(told.values[naive_gaps(told)] > 0)


def test_cube_has_the_cells_of_its_sides_and_their_sums():
    told = cube_table(4)
    assert len(told.cells) == 5**3
    assert np.abs(told.matrix @ told.values).max() == 0
