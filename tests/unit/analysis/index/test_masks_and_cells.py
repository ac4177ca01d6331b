"""Conditions as one bit a row, and tables of cells, held against counting one row at a time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.index.random_rows import FIRST_DAY, SINGLES, brute, index_of_rows, random_rows

from skillnad.analysis.index.cells import Axis, cell_counts
from skillnad.analysis.index.masks import has_any, in_days, in_range, rows_in

ODD = [2, 0, 64, 65, 150]
UNITS = len(ODD) - 1


@pytest.fixture(scope="module")
def rows():
    return random_rows(ODD, seed=11)


@pytest.fixture(scope="module")
def index(rows):
    return index_of_rows(rows, UNITS)


@pytest.mark.parametrize(
    ("low", "high"), [(0, 1), (0, 301), (1, 301), (7, 8), (5, 200), (256, 300), (300, 999), (-4, 3)]
)
def test_range_holds_the_rows_from_low_to_below_high(index, rows, low, high):
    assert rows_in(in_range(index, "many", low, high)) == sum(low <= row["many"] < high for row in rows)


@pytest.mark.parametrize(("low", "high"), [(3, 3), (8, 2), (301, 400), (-9, 0)])
def test_empty_range_holds_no_row(index, low, high):
    assert rows_in(in_range(index, "many", low, high)) == 0


@pytest.mark.parametrize("codes", [[], [0], [2], [0, 1], [1, 2, 3, 7], [7, 3, 3]])
def test_any_of_the_codes_is_enough(index, rows, codes):
    assert rows_in(has_any(index, "seven", codes)) == sum(row["seven"] in codes for row in rows)


@pytest.mark.parametrize("codes", [[], [0], [9], [0, 1], [1, 2, 3, 9]])
def test_any_of_several_values_is_enough(index, rows, codes):
    held = [row["problem"] or [0] for row in rows]
    assert rows_in(has_any(index, "problem", codes)) == sum(bool({*codes} & {*found}) for found in held)


@pytest.mark.parametrize("units", [[], [0], [1], [2, 4], [0, 1, 2, 3, 4], [9]])
def test_unit_is_known_by_the_place_of_the_row(index, rows, units):
    assert rows_in(has_any(index, "unit", units)) == sum(row["unit"] in units for row in rows)


@pytest.mark.parametrize(("first", "end"), [(0, 900), (100, 101), (-50, 10), (880, 2000), (300, 300), (2000, 3000)])
def test_days_of_a_period_leave_the_missing_out(index, rows, first, end):
    begin, last = FIRST_DAY + first, FIRST_DAY + end
    wanted = sum(row["start_date"] is not None and begin <= row["start_date"] < last for row in rows)
    assert rows_in(in_days(index, "start_date", begin, last)) == wanted


def test_mask_has_no_bit_where_there_is_no_row(index):
    assert not (has_any(index, "sex", [0, 1, 2]) & ~index.present).any()
    assert rows_in(has_any(index, "sex", [0, 1, 2])) == sum(ODD)


def places(name):
    """The missing last, as a table has it."""
    return np.roll(np.arange(SINGLES[name] + 1), 1)


def axis(name):
    return Axis(name, places(name), SINGLES[name] + 1)


def test_cells_of_three_axes_are_what_brute_force_counts(index, rows):
    found = cell_counts(index, [axis("sex"), axis("many"), axis("eight")], index.present)
    assert np.array_equal(found, brute(rows, UNITS, "sex", "many", "eight").sum(axis=0)[:-1, :-1, :-1])


def test_unit_is_an_axis_in_its_own_place(index, rows):
    found = cell_counts(index, [axis("sex"), Axis("unit", np.arange(UNITS + 1), UNITS + 1)], index.present)
    assert np.array_equal(found, brute(rows, UNITS, "sex")[:, :-1].T)


def test_several_integers_may_share_a_place(index, rows):
    halves = np.array([2, 0, 0, 0, 1, 1, 1, 1])
    found = cell_counts(index, [Axis("seven", halves, 3)], index.present)
    assert found.tolist() == [sum(halves[row["seven"]] == place for row in rows) for place in range(3)]


def test_no_axis_counts_the_rows(index):
    assert cell_counts(index, [], index.present).tolist() == sum(ODD)


def test_rows_out_of_the_mask_are_in_no_cell(index, rows):
    live = has_any(index, "problem", [1])
    found = cell_counts(index, [axis("eight")], live)
    assert found.sum() == sum(1 in row["problem"] for row in rows)


@pytest.mark.parametrize("name", ["sex", "start_date"])
def test_column_where_nobody_has_a_value_is_all_missing(name):
    rows = [row | {"sex": 0, "start_date": None} for row in random_rows([0, 70])]
    index = index_of_rows(rows, 1)
    size = index.layout.columns[name].top + 1
    assert cell_counts(index, [Axis(name, np.arange(size), size)], index.present).tolist()[0] == 70
    assert rows_in(has_any(index, name, [0])) == 70


@examples(40, 500)
@given(seed=st.integers(0, 10**6), low=st.integers(-2, 305), high=st.integers(-2, 305))
def test_any_range_of_any_rows(seed, low, high):
    rows = random_rows([1, 70], seed)
    found = rows_in(in_range(index_of_rows(rows, 1), "many", low, high))
    assert found == sum(low <= row["many"] < high for row in rows)
