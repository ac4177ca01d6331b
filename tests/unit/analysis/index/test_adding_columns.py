"""Columns that share a row's words: each in bits of its own, and none with a level that it does not have."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples
from unit.analysis.index.random_rows import column, manifest_of

from skillnad.analysis.index.building import build
from skillnad.analysis.index.lanes import BITS, lanes_of
from skillnad.analysis.index.layout import Index
from skillnad.analysis.index.packing import add_bits, add_integers
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotTable

INTEGERS = st.lists(st.tuples(st.integers(0, 2**16 - 1), st.integers(0, 2**48 - 1)), max_size=40)


def read_only(numbers, kind):
    made = np.array(numbers, kind)
    made.setflags(write=False)
    return made


def table_with(*columns):
    return SnapshotTable(Population.CASES, 3, "hash", {each.id: each for each in columns})


def built_of(table, **columns):
    whole = pa.table(columns)
    made = build(manifest_of(table), table, lambda names: iter([whole.select(names)]))
    return Index(made.layout, made.planes)


def rows_of(index, name):
    """The bits of the three rows, which have no unit and so stand in order."""
    planes = index.planes_of(name)[:, 0].tolist()
    return [sum((plane >> row & 1) << bit for bit, plane in enumerate(planes)) for row in range(3)]


@examples(60, 2_000)
@given(rows=INTEGERS, shift=st.integers(0, 48))
def test_integers_stand_beside_what_is_there(rows, shift):
    integers, before = zip(*rows, strict=True) if rows else ((), ())
    there = [word & ~(0xFFFF << shift) for word in before]
    words = np.array(there, np.uint64)
    assert add_integers(read_only(integers, np.uint16), np.uint64(shift), words) == max(integers, default=0)
    assert words.tolist() == [word | integer << shift for word, integer in zip(there, integers, strict=True)]


def settled(bits, known, none):
    return bits & known or bits or none


@examples(60, 2_000)
@given(sets=st.lists(st.integers(0, 2**20 - 1), max_size=40), known=st.integers(0, 2**20 - 1), shift=st.integers(0, 43))
def test_sets_are_settled_beside_what_is_there(sets, known, shift):
    words = np.full(len(sets), 1 << 63, np.uint64)
    found = add_bits(read_only(sets, np.uint64), np.uint64(known), np.uint64(1 << 19), np.uint64(shift), words)
    assert words.tolist() == [1 << 63 | settled(bits, known, 1 << 19) << shift for bits in sets]
    assert found == np.bitwise_or.reduce(np.array(sets, np.uint64), initial=np.uint64(0))


def test_lanes_are_filled_where_there_is_room():
    wide, middle, narrow = (column(str(levels), Column.CODES, levels) for levels in (50, 20, 3))
    codes = [column(f"c{levels}", Column.CODE, levels) for levels in (255, 2)]
    found = [lane.names for lane in lanes_of(table_with(wide, middle, narrow, *codes))]
    assert found == [["50", "3", "c255"], ["20", "c2"]]


def test_set_of_more_levels_than_a_lane_has_bits_is_alone():
    wide, code = column("wide", Column.CODES, BITS), column("code", Column.CODE, 2)
    assert [lane.names for lane in lanes_of(table_with(wide, code))] == [["wide"], ["code"]]


@pytest.mark.parametrize("levels", [63, 64, 130])
@pytest.mark.parametrize("as_bits", [False, True], ids=["lists", "bits"])
def test_wide_sets_and_codes_are_read_back(levels, as_bits):
    sets = [[1, 63], [], [2]]
    bits = [sum(1 << code - 1 for code in codes) for codes in sets]
    several = pa.array(bits, pa.uint64()) if as_bits else pa.array(sets, pa.list_(pa.int16()))
    table = table_with(column("set", Column.CODES, levels), column("code", Column.CODE, 5))
    index = built_of(table, set=several, code=pa.array([5, 0, 3], pa.int16()))
    assert rows_of(index, "set") == [each or 1 << levels for each in bits]
    assert rows_of(index, "code") == [5, 0, 3]


def test_column_without_levels_beside_a_full_lane_is_nothing():
    full = [column(f"c{place}", Column.CODES, 31) for place in range(2)]
    table = table_with(*full, column("none", Column.CODE))
    sets = pa.array([1 << 30, 0, 2], pa.uint64())
    index = built_of(table, c0=sets, c1=sets, none=pa.array([0, 0, 0], pa.int16()))
    assert (rows_of(index, "c1"), index.planes_of("none").shape) == ([1 << 30, 1 << 31, 2], (0, 1))


@pytest.mark.parametrize("code", [-1, 1, -(2**15), 2**15 - 1])
def test_column_without_levels_has_no_codes(code):
    table = table_with(column("none", Column.CODE))
    with pytest.raises(pa.ArrowInvalid, match="none"):
        built_of(table, none=pa.array([0, code, 0], pa.int16()))


@pytest.mark.parametrize("code", [-1, 6, 2**15 - 1])
def test_code_beyond_the_levels_is_refused(code):
    table = table_with(column("code", Column.CODE, 5))
    with pytest.raises(pa.ArrowInvalid, match="code"):
        built_of(table, code=pa.array([5, code, 0], pa.int16()))


@pytest.mark.parametrize("bit", [5, 6, 63])
def test_bit_beyond_the_levels_is_refused(bit):
    table = table_with(column("set", Column.CODES, 5))
    with pytest.raises(pa.ArrowInvalid, match="set"):
        built_of(table, set=pa.array([1, 1 << bit, 0], pa.uint64()))
