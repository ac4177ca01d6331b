"""Histograms of days: each row's days in its cell, what is told of the others, and the measures of a histogram."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.index.random_rows import FIRST_DAY, index_of_rows, random_rows

from skillnad.analysis.formulas.quantiles import quantile
from skillnad.analysis.index.cells import Axis
from skillnad.analysis.index.lengths import Lengths, day_counts, ended_within, quantile_of, reached
from skillnad.analysis.index.masks import has_any

SIZES = [5, 70, 130]
UNTIL = FIRST_DAY + 450
LENGTHS = Lengths("start_date", "end_date", UNTIL)
NOTHING = np.zeros(9, np.int32)


@pytest.fixture(scope="module")
def rows():
    return random_rows(SIZES)


@pytest.fixture(scope="module")
def index(rows):
    return index_of_rows(rows, len(SIZES) - 1)


def lasted(row):
    """Days, and whether the row is open; a word for why it has none."""
    first, last = row["start_date"], row["end_date"]
    if first is None:
        return "no first"
    days = (UNTIL if last is None else last) - first
    return (days, last is None) if days >= 0 else "not begun" if last is None else "early"


def histogram(days):
    return np.bincount(days, minlength=9).astype(np.int32)


def test_days_of_every_row_are_in_its_cell(index, rows):
    found = day_counts(index, LENGTHS, [Axis("sex", np.arange(3), 3), Axis("unit", np.arange(3), 3)], index.present)
    right = np.zeros((2, 3, 3, found.ended.shape[-1]), int)
    for row in rows:
        if isinstance(lasted(row), tuple):
            right[int(lasted(row)[1]), row["sex"], row["unit"], lasted(row)[0]] += 1
    assert np.array_equal(found.ended, right[0])
    assert np.array_equal(found.open, right[1])


def test_rows_without_days_are_told_of(index, rows):
    whys = [lasted(row) for row in rows]
    still_open = sum(1 for why in whys if isinstance(why, tuple) and why[1])
    told = day_counts(index, LENGTHS, [], index.present).told.tolist()
    assert told == [whys.count("no first"), whys.count("early"), still_open, whys.count("not begun")]
    assert min(told) > 0


def test_rows_outside_the_mask_are_neither_counted_nor_told_of(index, rows):
    found = day_counts(index, LENGTHS, [], has_any(index, "sex", [1]))
    chosen = [lasted(row) for row in rows if row["sex"] == 1]
    assert found.ended.sum() + found.open.sum() == sum(1 for why in chosen if isinstance(why, tuple))
    assert found.told[0] == chosen.count("no first")


def test_column_of_no_days_has_rows_that_are_all_told_of(rows):
    nobody = index_of_rows([row | {"start_date": None} for row in rows], 2)
    assert day_counts(nobody, LENGTHS, [], nobody.present).told.tolist() == [len(rows), 0, 0, 0]


@examples(100, 2_000)
@given(days=st.lists(st.integers(0, 8), max_size=30), p=st.sampled_from([0.25, 0.5, 0.75, 0.9]))
def test_quantile_of_a_histogram_is_that_of_its_days(days, p):
    found = quantile_of(histogram(days), p)
    assert (None if np.isnan(found) else found) == quantile(sorted(days), p)


@pytest.mark.parametrize(
    ("ended", "still_open", "p", "day", "beside"),
    [
        ([1, 2, 3, 4], [], 0.5, 2.5, 2),  # exactly half after 2: the middle of the stretch to 3
        ([1, 2, 3], [], 0.5, 2, 1),
        ([2, 4], [3, 3], 0.5, 4, 0),
        ([2], [5], 0.5, 3.5, 0),  # exactly half, and nothing more ends: to the last day
        ([0, 0, 0, 8], [], 0.75, 4, 1),
    ],
)
def test_share_is_reached_on_a_day_with_so_many_beside_it(ended, still_open, p, day, beside):
    assert reached(histogram(ended), histogram(still_open), p, 1.5e-8) == (day, beside)


@pytest.mark.parametrize(("ended", "still_open"), [([], []), ([1], [2, 3, 4])])
def test_share_that_is_never_reached_has_no_day(ended, still_open):
    assert np.isnan(reached(histogram(ended), histogram(still_open), 0.5, 1.5e-8)).all()


@pytest.mark.parametrize(
    ("ended", "still_open", "limit", "share"),
    [([1, 3], [], 0, 0), ([1, 3], [], 1, 0.5), ([1, 3], [], 8, 1), ([1, 3], [2], 2, 1 / 3), ([1, 3], [2], 3, 1)],
)
def test_share_that_has_ended_within_a_limit(ended, still_open, limit, share):
    assert ended_within(histogram(ended), histogram(still_open), limit) == pytest.approx(share, abs=1e-12)


@pytest.mark.parametrize(("ended", "still_open", "limit"), [([], [], 1), ([1], [3], 4)])
def test_limit_that_nobody_has_been_followed_to_has_no_share(ended, still_open, limit):
    assert np.isnan(ended_within(histogram(ended), histogram(still_open), limit))


def test_nothing_is_no_measure():
    assert np.isnan(quantile_of(NOTHING, 0.5))
