"""Suppression by Gaussian elimination, against the package's golden figures and against what it promises."""

import numpy as np
import pytest
from disclosure_tables import as_system as plain

from benchmarks.disclosure_tables import KNOWN, SHARED, as_system, known, rows_of
from benchmarks.gauss import eliminated, in_turn, inner_sums

shared = pytest.mark.skipif(not SHARED.exists(), reason="the shared tables are not here")
GOLDEN = {
    "z1": ("z1", 5),
    "z2": ("z2", 5),
    "z3": ("z3", 5),
    "d2s_n5": ("d2s", 6),
    "d2s_n15": ("d2s", 16),
    "example1": ("example1", 5),
}
"""The golden files: of which table, and from which count on nothing is small."""
ROWS = [
    {"town": "a", "county": "x", "kind": "k", "n": "3"},
    {"town": "b", "county": "x", "kind": "k", "n": "4"},
    {"town": "c", "county": "y", "kind": "k", "n": "0"},
    {"town": "c", "county": "y", "kind": "l", "n": "6"},
]
GROUPINGS = {"town": (("county",),), "kind": ()}


def hidden_of(told, gaps):
    return {told.cells[place].name: told.values[place] for place in np.flatnonzero(gaps)}


def small(told, threshold=5):
    return (told.values > 0) & (told.values < threshold)


def exact(told, hidden):
    """Places that the rest of the table gives away exactly, by rank alone."""
    vectors = inner_sums(told).toarray()
    shown = vectors[~hidden]
    rank = np.linalg.matrix_rank(shown)
    return {int(place) for place in np.flatnonzero(hidden) if follows(shown, vectors[place], rank)}


def follows(shown, vector, rank):
    return np.linalg.matrix_rank(np.vstack([shown, vector])) == rank


def random_table(seed, shape=(5, 4)):
    random = np.random.default_rng(seed)
    return plain(random.poisson(8 * random.random(shape) ** 2))


# --- the golden figures ---


@shared
@pytest.mark.parametrize(("name", "gaps"), [("f2", 5), ("h2_s", 38), ("f3", 42), ("h3_s", 236)])
def test_made_tables_get_as_many_gaps_as_from_the_package(name, gaps):
    told = known(name)
    assert eliminated(told, small(told)).count == gaps


def leaves_of(rows, dimension, columns):
    """What each code of a dimension stands for, under its own name and as a node of a system is named."""
    found = {}
    for row in rows:
        for code in ("Total", row[dimension], *(name for c in columns for name in (row[c], f"{c}:{row[c]}"))):
            found.setdefault(code, set()).add(row[dimension])
    return {code: frozenset(leaves) for code, leaves in found.items()}


@shared
@pytest.mark.parametrize("file", GOLDEN)
def test_published_tables_get_the_same_gaps_as_from_the_package(file):
    name, threshold = GOLDEN[file]
    source, _, groupings = KNOWN[name]
    rows, told = rows_of(source), known(name)
    sides = [leaves_of(rows, side, [c for chain in chains for c in chain]) for side, chains in groupings.items()]
    primary = small(told, threshold)
    ours = {
        tuple(side[part] for side, part in zip(sides, cell.name, strict=True)): bool(gap)
        for cell, gap in zip(told.cells, primary | eliminated(told, primary).gaps, strict=True)
    }
    golden = rows_of(f"golden/golden_{file}.csv")
    theirs = {
        tuple(side[row[d]] for side, d in zip(sides, groupings, strict=True)): row["suppressed"] == "TRUE"
        for row in golden
    }
    assert len(golden) >= len(theirs)
    assert ours == theirs


# --- what it promises ---


@pytest.mark.parametrize("seed", range(8))
def test_no_primary_cell_follows_from_what_is_published(seed):
    told = random_table(seed)
    primary = small(told)
    gaps = eliminated(told, primary).gaps
    assert not exact(told, gaps | primary) & set(np.flatnonzero(primary).tolist())


@pytest.mark.parametrize("seed", range(8))
def test_each_gap_alone_would_give_a_primary_cell_away(seed):
    told = random_table(seed)
    primary = small(told)
    gaps = eliminated(told, primary, ones=False).gaps
    assert gaps.any()
    for gap in np.flatnonzero(gaps):
        hidden = gaps | primary
        hidden[gap] = False
        assert exact(told, hidden)


def test_zero_is_never_hidden():
    told = plain(np.array([[0, 2], [0, 9]]))
    assert all(told.values[eliminated(told, small(told)).gaps] > 0)


def test_alone_in_its_line_a_primary_cell_takes_the_smallest_with_it():
    told = plain(np.array([3, 7, 9]))
    assert list(hidden_of(told, eliminated(told, small(told)).gaps).values()) == [7.0]


def test_sum_of_ones_is_not_told():
    told = plain(np.array([1, 1, 9]))
    assert list(hidden_of(told, eliminated(told, small(told)).gaps).values()) == [9.0]


def test_sum_of_ones_is_told_where_nobody_knows_that_a_gap_is_one():
    told = plain(np.array([1, 1, 9]))
    assert not eliminated(told, small(told), ones=False).count


def test_sum_of_a_one_and_a_two_is_told():
    told = plain(np.array([1, 2, 9]))
    assert not eliminated(told, small(told)).count


def test_nothing_primary_hides_nothing():
    told = plain(np.array([[6, 7], [8, 9]]))
    assert not eliminated(told, small(told)).count


def test_same_table_gets_the_same_gaps_each_time():
    told = random_table(3, (8, 6))
    first, second = (eliminated(told, small(told)) for _ in range(2))
    assert np.array_equal(first.gaps, second.gaps)
    assert first.seconds > 0


# --- the order, and the sums ---


def test_cells_are_the_sums_of_their_inner_cells():
    told = as_system(ROWS, "n", GROUPINGS)
    sums = inner_sums(told)
    alone = np.flatnonzero(np.diff(sums.indptr) == 1)
    inner = alone[np.argsort(sums.indices[sums.indptr[alone]])]
    assert len(inner) == sums.shape[1] == 6
    assert np.array_equal(sums @ told.values[inner], told.values)


def test_larger_cells_come_first():
    told = random_table(1)
    assert (np.diff(told.values[in_turn(told, inner_sums(told))]) <= 0).all()


def test_of_equal_cells_the_one_in_larger_sums_comes_first():
    told = plain(np.array([[6, 1, 3], [6, 50, 9]]))
    names = [told.cells[place].name for place in in_turn(told, inner_sums(told)) if told.values[place] == 6]
    assert names == [("a01", "b00"), ("a00", "b00")]
