"""Multi-selects straight from the pages of a Parquet file, as snapshots are written: a dictionary a row group, and
numbers in it packed in bits (https://parquet.apache.org/docs/file-format/, encodings PLAIN and RLE_DICTIONARY).

A general reader makes lists first, which takes four times as long as all the rest. What is written in any other way is
not read here, and a general reader reads it.
"""

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from skillnad.analysis.index.unpacking import IDS, SLACK, read_header, read_lists, set_bits

DATA, DICTIONARY = 0, 2
PLAIN, RLE, IN_DICTIONARY = 0, 3, (2, 8)
TYPE, UNCOMPRESSED, COMPRESSED, OF_DATA, OF_DICTIONARY = 1, 2, 3, 5 * IDS, 7 * IDS
VALUES, ENCODING, LEVELS, REPEATS = 1, 2, 3, 4
HIGHEST = (1, 3)
"""Of an optional list of optional elements: a value goes on with a list (1), and is an element (3)."""
MOST_CODES = 64
Numbers = np.ndarray[Any, Any]


class _OtherWay(Exception):
    """It is written in a way that is not read here."""


def sets_in(file: pq.ParquetFile, stream: BinaryIO, group: int, column: int) -> pa.Array | None:
    """A row group's lists of codes as integers with bit c - 1 for code c; None where they are written in another way,
    or a code is not of 1 … 64. `stream` is the file's bytes.

    Raises OSError, and ArrowException where a page is damaged.
    """
    told, schema = file.metadata.row_group(group), file.schema.column(column)
    chunk = told.column(column)
    shape = (schema.max_repetition_level, schema.max_definition_level)
    if shape != HIGHEST or not chunk.has_dictionary_page or chunk.physical_type != "INT32":
        return None
    size = chunk.total_compressed_size
    raw = np.frombuffer(os.pread(stream.fileno(), size, chunk.dictionary_page_offset), np.uint8)
    try:
        return pa.array(_sets(raw, chunk, told.num_rows))
    except _OtherWay:
        return None


def _sets(raw: Numbers, chunk: Any, rows: int) -> Numbers:
    repeats, levels = np.empty((2, chunk.num_values + SLACK), np.uint8)
    numbers = np.zeros(chunk.num_values + 1, np.uint16)
    bits = np.zeros(1, np.uint64)
    seen = held = 0
    for header, page in _pages(raw, chunk):
        if header[TYPE] == DICTIONARY:
            bits = _bits(page, int(header[OF_DICTIONARY + VALUES]))
            continue
        end = seen + int(header[OF_DATA + VALUES])
        _known(seen <= end <= chunk.num_values)
        more = read_lists(page, repeats[seen:end], levels[seen:end], numbers[held : held + end - seen])
        _known(more >= 0)
        seen, held = end, held + more
    sets = np.zeros(rows, np.uint64)
    _known(seen == chunk.num_values and int(numbers.max()) < len(bits))
    _known(set_bits(repeats[:seen], levels[:seen], numbers, bits, sets))
    return sets


def _bits(page: Numbers, values: int) -> Numbers:
    """The bit of each code in a dictionary."""
    _known(0 <= values * 4 <= len(page))
    if not values:
        return np.zeros(1, np.uint64)  # nobody has any
    codes = page[: values * 4].view("<i4")
    _known(1 <= codes.min() <= codes.max() <= MOST_CODES)
    return np.uint64(1) << (codes - 1).astype(np.uint64)


def _pages(raw: Numbers, chunk: Any) -> Iterator[tuple[Numbers, Numbers]]:
    """The chunk's pages, each with its header, the dictionary first."""
    codec = None if chunk.compression == "UNCOMPRESSED" else pa.Codec(chunk.compression.lower())
    at = 0
    while at < len(raw):
        header = np.zeros(IDS * IDS, np.int64)
        begin = read_header(raw, at, header)
        size, uncompressed = int(header[COMPRESSED]), int(header[UNCOMPRESSED])
        at = begin + size
        _known(0 <= begin <= at <= len(raw) and 0 <= uncompressed <= chunk.total_uncompressed_size)
        _known(_read_here(header))
        page = raw[begin:at]
        yield header, np.frombuffer(codec.decompress(page, uncompressed), np.uint8) if codec else page


def _read_here(header: Numbers) -> bool:
    if header[TYPE] == DICTIONARY:
        return header[OF_DICTIONARY + ENCODING] in (PLAIN, *IN_DICTIONARY)
    told = header[OF_DATA : OF_DATA + IDS]
    return bool(header[TYPE] == DATA and told[ENCODING] in IN_DICTIONARY and told[LEVELS] == told[REPEATS] == RLE)


def _known(so: bool) -> None:
    if not so:
        raise _OtherWay
