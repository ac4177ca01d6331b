"""Every pair of columns by unit, held against counting one row at a time."""

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.index.random_rows import SEVERAL, SINGLES, brute, index_of_rows, random_rows

from skillnad.analysis.index.masks import has_any
from skillnad.analysis.index.pairs import PairCounts, count_segments, pair_counts
from skillnad.analysis.index.parts import partitions, segments_of, threads_for

ODD = [5, 0, 1, 63, 64, 65, 200]
UNITS = len(ODD) - 1
COLUMNS = ["sex", "problem", "seven", "language", "eight", "one"]
assert set(COLUMNS) < set(SINGLES | SEVERAL)


@pytest.fixture(scope="module")
def rows():
    return random_rows(ODD, seed=7)


@pytest.fixture(scope="module")
def index(rows):
    return index_of_rows(rows, UNITS)


@pytest.fixture(scope="module")
def counted(index):
    return pair_counts(index, COLUMNS)


@pytest.mark.parametrize(("one", "other"), list(combinations(COLUMNS, 2)))
def test_pair_is_what_brute_force_counts(counted, rows, one, other):
    assert np.array_equal(counted.table(one, other), brute(rows, UNITS, one, other))


@pytest.mark.parametrize("name", COLUMNS)
def test_single_column_is_what_brute_force_counts(counted, rows, name):
    assert np.array_equal(counted.single(name), brute(rows, UNITS, name))


def test_pair_turned_is_the_same_table_turned(counted):
    for one, other in permutations(COLUMNS, 2):
        assert np.array_equal(counted.table(one, other), counted.table(other, one).swapaxes(1, 2))


def test_rows_of_a_mask_alone_are_counted(index, rows):
    live = has_any(index, "seven", [0, 3])
    chosen = [row for row in rows if row["seven"] in (0, 3)]
    found = pair_counts(index, ["sex", "problem"], live)
    assert np.array_equal(found.table("sex", "problem"), brute(chosen, UNITS, "sex", "problem"))
    assert found.rows.tolist() == brute(chosen, UNITS, "sex")[:, -1].tolist()


def test_one_column_alone_has_no_pairs(index, rows):
    found = pair_counts(index, ["many"])
    assert np.array_equal(found.single("many"), brute(rows, UNITS, "many"))
    assert found.cells.shape[1] == 0


@pytest.mark.parametrize("parts", [1, 2, 3, 7, 50])
def test_partitions_add_up_to_the_whole(index, counted, parts):
    held = counted.columns
    several = [
        PairCounts(held, *count_segments(index, held, index.present, share))
        for share in partitions(index.layout, parts)
    ]
    whole = sum(several[1:], start=several[0])
    assert np.array_equal(whole.cells, counted.cells)
    assert np.array_equal(whole.bitmaps, counted.bitmaps)
    assert np.array_equal(whole.rows, counted.rows)


def test_partitions_hold_every_word_once(index):
    shares = partitions(index.layout, 4)
    words = [word for share in shares for _, begin, end in share.tolist() for word in range(begin, end)]
    assert words == list(range(index.layout.words))
    assert {len(share) for share in shares} <= {1, 2, 3, 4}


def test_segments_are_cut_where_units_meet(index):
    begins = index.layout.unit_words
    assert all(
        begin >= begins[unit] and end <= begins[unit + 1] for unit, begin, end in segments_of(index.layout, 1, 6)
    )


def test_counts_of_other_columns_do_not_add_up(index, counted):
    with pytest.raises(ValueError, match="different columns"):
        counted + pair_counts(index, ["sex"])


def test_column_against_itself_is_no_pair(counted):
    with pytest.raises(ValueError, match="itself"):
        counted.table("sex", "sex")


def test_counts_do_not_tell_themselves(counted):
    assert repr(counted) == f"PairCounts({len(COLUMNS)} columns, {UNITS + 1} units)"


@pytest.mark.parametrize(("words", "threads"), [(0, 1), (100, 1), (4095, 1)])
def test_few_words_are_not_worth_a_second_thread(words, threads):
    assert threads_for(words) == threads


def test_many_words_are_shared_out_over_the_cores_there_are(monkeypatch):
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1, 2})
    assert threads_for(10**6) == 3


def test_blocks_and_threads_make_no_difference(monkeypatch):
    rows = random_rows([3, 64 * 300 + 5], seed=3)  # more words than a block, in two threads
    monkeypatch.setattr("skillnad.analysis.index.parts.threads_for", lambda words: 2)
    found = pair_counts(index_of_rows(rows, 1), ["sex", "language"])
    assert np.array_equal(found.table("sex", "language"), brute(rows, 1, "sex", "language"))


@examples(25, 300)
@given(sizes=st.lists(st.integers(0, 140), min_size=1, max_size=5), seed=st.integers(0, 10**6))
def test_any_rows_are_counted_as_by_brute_force(sizes, seed):
    rows = random_rows(sizes, seed)
    found = pair_counts(index_of_rows(rows, len(sizes) - 1), ["seven", "problem"])
    assert np.array_equal(found.table("seven", "problem"), brute(rows, len(sizes) - 1, "seven", "problem"))
