"""Rows to planes: each bit where it should be, whatever the sizes of the units."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.index.random_rows import (
    DATES,
    SEVERAL,
    SINGLES,
    arrow_of,
    built,
    column,
    index_of_rows,
    manifest_of,
    random_rows,
    table_of,
)

from skillnad.analysis.index.building import build, index_columns
from skillnad.analysis.index.layout import ENDS_EARLY, Index
from skillnad.analysis.index.packing import turn
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotTable

ODD = [0, 1, 63, 64, 65, 0, 130]


def integers(index, name):
    """A column's integers in the index's order, and the row numbers' bits of what is no row left out."""
    bits = np.unpackbits(index.planes_of(name).view(np.uint8), axis=1, bitorder="little")
    values = (bits.astype(np.int64) << np.arange(len(bits))[:, None]).sum(axis=0)
    present = np.unpackbits(index.present.view(np.uint8), bitorder="little").astype(bool)
    return values[present]


@pytest.fixture(scope="module")
def rows():
    return random_rows(ODD)


@pytest.fixture(scope="module")
def index(rows):
    return index_of_rows(rows, len(ODD) - 1)


def in_order(rows):
    return sorted(rows, key=lambda row: row["unit"])


@pytest.mark.parametrize("name", SINGLES)
def test_single_values_are_read_back_in_the_order_of_units(index, rows, name):
    assert integers(index, name).tolist() == [row[name] for row in in_order(rows)]


@pytest.mark.parametrize("name", DATES)
def test_days_are_counted_from_the_first_and_missing_is_zero(index, rows, name):
    base = index.layout.columns[name].base
    assert integers(index, name).tolist() == [row[name] - base if row[name] else 0 for row in in_order(rows)]
    assert base == min(row[name] for row in rows if row[name]) - 1


def test_several_values_have_a_plane_each_and_one_for_none(index, rows):
    found = integers(index, "problem").tolist()
    assert found == [sum(1 << code - 1 for code in row["problem"]) or 1 << 9 for row in in_order(rows)]


def test_known_value_beside_do_not_know_stands_alone(index, rows):
    found = integers(index, "language").tolist()
    kept = [[code for code in row["language"] if code != 3] or row["language"] for row in in_order(rows)]
    assert found == [sum(1 << code - 1 for code in codes) or 1 << 3 for codes in kept]


def test_spans_that_end_before_they_begin_are_marked(index, rows):
    marks = [
        int(row["start_date"] is not None and row["end_date"] is not None and row["end_date"] < row["start_date"])
        for row in in_order(rows)
    ]
    assert integers(index, ENDS_EARLY).tolist() == marks
    assert 0 < sum(marks) < len(marks)


def test_each_unit_begins_at_a_whole_word(index):
    assert index.layout.unit_rows == tuple(ODD)
    assert index.layout.unit_words.tolist() == [0, 0, 1, 2, 3, 5, 5, 8]
    assert index.layout.rows == sum(ODD)


def test_planes_beyond_the_last_row_are_empty(index):
    assert not (index.planes & ~index.present).any()


def test_chunks_of_a_column_give_the_same_bits(rows):
    whole, parts = index_of_rows(rows, 6), index_of_rows(rows, 6, chunks=5)
    assert np.array_equal(whole.planes, parts.planes)
    assert whole.layout == parts.layout


def test_index_answers_for_every_coded_column_and_date(rows):
    assert index_columns(table_of(rows, 6)) == {"unit", *SINGLES, *SEVERAL, *DATES}


def test_level_that_the_manifest_lacks_is_refused(rows):
    with pytest.raises(pa.ArrowInvalid, match="sex"):
        built([*rows, rows[0] | {"sex": 3}], 6)


def test_unit_that_the_manifest_lacks_is_refused(rows):
    with pytest.raises(pa.ArrowInvalid, match="unit"):
        built([*rows, rows[0] | {"unit": 7}], 6)


def test_no_rows_give_an_empty_index():
    index = index_of_rows([], 2)
    assert (index.layout.words, index.layout.bytes_a_row, index.planes.shape[1]) == (0, 0, 0)


def test_table_without_units_is_one_unit(rows):
    table = table_of(rows, 6)
    without = {name: held for name, held in table.columns.items() if name == "sex"}
    one = type(table)(table.population, len(rows), "hash", without)
    sexes = pa.table({"sex": pa.array([row["sex"] for row in rows], pa.int16())})
    made = build(manifest_of(one), one, lambda names: iter([sexes.select(names)]))
    assert made.layout.unit_rows == (len(rows),)


@examples(40, 500)
@given(sizes=st.lists(st.integers(0, 140), min_size=1, max_size=6), seed=st.integers(0, 10**6))
def test_any_sizes_of_units_are_read_back(sizes, seed):
    rows = random_rows(sizes, seed)
    index = index_of_rows(rows, len(sizes) - 1)
    assert integers(index, "many").tolist() == [row["many"] for row in in_order(rows)]


@pytest.mark.parametrize("planes", [0, 1, 7, 8, 9, 16, 17, 31, 32, 33, 63, 64])
def test_words_are_turned_over_whatever_the_number_of_planes(planes):
    """Ten words of each plane: more than are turned at a time, and some left."""
    words = np.random.default_rng(planes).integers(0, 1 << 64, 640, dtype=np.uint64)
    words &= np.uint64((1 << planes) - 1)
    found = np.empty((planes, 10), np.uint64)
    turn(words, found)
    bits = (words[None, :] >> np.arange(planes, dtype=np.uint64)[:, None]) & np.uint64(1)
    assert np.array_equal(np.unpackbits(found.view(np.uint8), axis=1, bitorder="little"), bits)


def test_threads_that_meet_in_a_lane_give_the_same_bits(rows):
    """A row at a time from each part, so that they change places all the time."""
    table, right = table_of(rows, len(ODD) - 1), built(rows, len(ODD) - 1)

    def read(names):
        whole = arrow_of(rows, names)
        return (whole.slice(row, size) for row in range(len(rows)) for size in (0, 1))

    for _ in range(5):
        found = build(manifest_of(table), table, read)
        assert found.layout == right.layout
        assert np.array_equal(found.planes, right.planes)


def test_code_that_the_manifest_lacks_is_refused_whichever_thread_meets_it(rows):
    table = table_of(rows, len(ODD) - 1)
    name = "seven"
    beyond = [rows[0] | {name: len(table.columns[name].levels) + 1}, *rows[1:]]
    with pytest.raises(pa.ArrowInvalid, match=name):
        build(manifest_of(table), table, lambda names: iter([arrow_of(beyond, names)]))


@pytest.mark.parametrize("columns", [21, 22, 50])
def test_columns_of_more_bits_than_a_lane_are_read_back(columns):
    """Of three bits each: a lane has 21 of them, and lends its room to the next."""
    held = [column("unit", Column.CODE, 2), *(column(f"c{place}", Column.CODE, 7) for place in range(columns))]
    rows = np.random.default_rng(columns).integers(0, 8, (150, columns), np.int16)
    units = np.arange(150, dtype=np.int16) % 3
    table = SnapshotTable(Population.CASES, 150, "hash", {each.id: each for each in held})
    whole = pa.table({"unit": units} | {f"c{place}": rows[:, place] for place in range(columns)})
    made = build(manifest_of(table), table, lambda names: iter([whole.select(names)]))
    index, order = Index(made.layout, made.planes), np.argsort(units, kind="stable")
    for place in range(columns):
        assert integers(index, f"c{place}").tolist() == rows[order, place].tolist()
