"""Multi-selects from a Parquet file's pages: what Arrow reads, or nothing at all."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from proof_sizes import examples

from skillnad.analysis.index.pages import sets_in
from skillnad.analysis.index.unpacking import IDS, read_header, unpack

SETS = [[], [1], [2, 5], [64], [1, 2, 3, 4, 5, 6, 7, 8], [7]]


def write(path, sets, **options):
    column = pa.array(sets, pa.list_(pa.int16()))
    pq.write_table(pa.table({"other": range(len(sets)), "sets": column}), path, **options)
    return path


def read(path):
    """Each row group's sets; None for one that is not read."""
    with path.open("rb") as stream, pq.ParquetFile(path) as file:
        return [sets_in(file, stream, group, 1) for group in range(file.num_row_groups)]


def as_bits(sets):
    return [sum(1 << (code - 1) for code in codes) for codes in sets]


@pytest.mark.parametrize("compression", ["zstd", "snappy", "gzip", "none"])
def test_sets_are_bits_whatever_they_are_packed_with(tmp_path, compression):
    (found,) = read(write(tmp_path / "a", SETS, compression=compression))
    assert found.to_pylist() == as_bits(SETS)


def test_row_groups_and_pages_are_read_one_after_the_other(tmp_path):
    sets = SETS * 500
    path = write(tmp_path / "a", sets, row_group_size=700, data_page_size=64, write_batch_size=10)
    assert pa.chunked_array(read(path)).to_pylist() == as_bits(sets)


@examples(60, 2_000)
@given(
    sets=st.lists(st.lists(st.integers(1, 64), max_size=5, unique=True).map(sorted), min_size=1, max_size=90),
    repeated=st.integers(1, 40),
    page=st.sampled_from([1, 100, 1 << 20]),
)
def test_any_sets_are_read_as_they_were_written(tmp_path_factory, sets, repeated, page):
    sets = [codes for codes in sets for _ in range(repeated)]  # runs of the same are written in another way
    path = write(tmp_path_factory.mktemp("pages") / "a", sets, data_page_size=page, write_batch_size=50)
    assert pa.chunked_array(read(path)).to_pylist() == as_bits(sets)


@pytest.mark.parametrize(
    "options",
    [{"use_dictionary": False}, {"data_page_version": "2.0"}],
    ids=["no dictionary", "newer pages"],
)
def test_other_ways_of_writing_are_left_to_others(tmp_path, options):
    assert read(write(tmp_path / "a", SETS, **options)) == [None]


@pytest.mark.parametrize("sets", [[[1], [None]], [[65]], [[0]], [[-1]]], ids=str)
def test_what_is_no_set_of_codes_is_left_to_others(tmp_path, sets):
    assert read(write(tmp_path / "a", sets)) == [None]


def test_null_list_is_an_empty_one(tmp_path):
    (found,) = read(write(tmp_path / "a", [[1], None, [2]]))
    assert found.to_pylist() == as_bits([[1], [], [2]])


def test_column_of_single_values_is_not_read(tmp_path):
    pq.write_table(pa.table({"other": [1], "sets": [1]}), tmp_path / "a")
    assert read(tmp_path / "a") == [None]


@examples(150, 5_000)
@given(place=st.integers(4, 400), byte=st.integers(0, 255), compression=st.sampled_from(["none", "zstd"]))
def test_damaged_pages_are_refused_or_read_but_never_read_beyond(tmp_path_factory, place, byte, compression):
    path = write(tmp_path_factory.mktemp("pages") / "a", SETS * 20, compression=compression)
    data = bytearray(path.read_bytes())
    data[min(place, len(data) - 1000)] = byte
    with pq.ParquetFile(path) as file, path.open("rb+") as stream:
        stream.write(data)
        stream.flush()
        try:
            found = sets_in(file, stream, 0, 1)
        except (pa.ArrowException, OSError):
            return
    assert found is None or len(found) == len(SETS) * 20


def test_file_that_was_cut_short_is_not_read(tmp_path):
    path = write(tmp_path / "a", SETS * 20)
    with pq.ParquetFile(path) as file, path.open("rb+") as stream:
        stream.truncate(100)
        assert sets_in(file, stream, 0, 1) is None


@pytest.mark.parametrize("header", [b"", b"\x15", b"\x15\x80", b"\x19\x00", b"\x1c\x1c\x1c\x1c\x1c", b"\x18\x7fabc"])
def test_header_that_does_not_end_is_none(header):
    assert read_header(np.frombuffer(header, np.uint8), 0, np.zeros(IDS * IDS, np.int64)) == -1


@pytest.mark.parametrize(
    ("page", "width"),
    [(b"", 1), (b"\x03", 1), (b"\x03\xff", 9), (b"\x00\x01", 1), (b"\x01", 0), (b"\x80\x80", 1), (b"\x10\x01", 33)],
)
def test_numbers_that_do_not_fill_their_place_are_none(page, width):
    assert not unpack(np.frombuffer(page, np.uint8), 0, len(page), width, np.zeros(8, np.uint16))


@pytest.mark.parametrize("width", [1, 3, 8, 9, 13, 16])
def test_packed_numbers_are_read_at_any_width(width):
    numbers = np.random.default_rng(width).integers(0, 1 << width, 64)
    bits = (numbers[:, None] >> np.arange(width)) & 1
    page = np.concatenate([[8 << 1 | 1], np.packbits(bits.ravel().astype(np.uint8), bitorder="little")]).astype(
        np.uint8
    )
    page.setflags(write=False)
    found = np.zeros(61, np.uint16)
    assert unpack(page, 0, len(page), width, found)
    assert found.tolist() == numbers[:61].tolist()
