"""Words taken eight at a time: as one bit after the other, in plain Python."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit
from proof_sizes import examples

from skillnad.analysis.index.eights import STEP, count_and, turn_square
from skillnad.analysis.index.kernels import BLOCK

WORD = st.one_of(st.integers(0, 2**64 - 1), st.sampled_from([0, 1, 1 << 63, 2**64 - 1]))
SQUARE = st.lists(WORD, min_size=64, max_size=64)


@njit
def counted(one, other, words):
    return count_and(one, other, words)


@njit
def turned(rows, square):
    turn_square(rows, square)


def words_of(numbers):
    made = np.array(numbers, np.uint64)
    made.setflags(write=False)
    return made


def turn(rows):
    square = np.zeros(64, np.uint64)
    turned(words_of(rows), square)
    return square.tolist()


@pytest.mark.parametrize("words", [0, STEP, 2 * STEP, 5 * STEP])
def test_bits_in_both_are_counted_in_the_first_words_alone(words):
    one, other = np.random.default_rng(words).integers(0, 1 << 64, (2, 5 * STEP), np.uint64)
    both = [int(each) & int(another) for each, another in zip(one[:words], other[:words], strict=True)]
    assert counted(one, other, words) == sum(word.bit_count() for word in both)


@examples(60, 2_000)
@given(pairs=st.lists(st.tuples(WORD, WORD), max_size=3 * STEP))
def test_any_words_are_counted_as_in_python(pairs):
    filled = pairs + [(0, 0)] * (-len(pairs) % STEP)
    one, other = (words_of(column) for column in zip(*filled, strict=True)) if filled else (words_of([]),) * 2
    assert counted(one, other, len(filled)) == sum((each & another).bit_count() for each, another in pairs)


def test_every_bit_set_is_more_than_a_byte_counts():
    full = np.full(BLOCK, 2**64 - 1, np.uint64)
    assert counted(full, full, BLOCK) == 64 * BLOCK


def test_block_is_a_whole_number_of_steps():
    """Or bitmaps would be read beyond their ends."""
    assert BLOCK % STEP == STEP % 8 == 0


@pytest.mark.parametrize(("row", "bit"), [(0, 0), (0, 63), (63, 0), (1, 2), (5, 40), (33, 8)])
def test_one_bit_is_turned_to_where_it_belongs(row, bit):
    rows = [0] * 64
    rows[row] = 1 << bit
    assert turn(rows) == [1 << row if place == bit else 0 for place in range(64)]


@examples(60, 2_000)
@given(rows=SQUARE)
def test_any_square_is_turned_as_in_python(rows):
    assert turn(rows) == [sum((row >> bit & 1) << place for place, row in enumerate(rows)) for bit in range(64)]


@examples(30, 500)
@given(rows=SQUARE)
def test_square_turned_twice_is_as_it_was(rows):
    assert turn(turn(rows)) == rows


def test_square_is_turned_in_its_own_place():
    rows = np.random.default_rng(1).integers(0, 1 << 64, 64, np.uint64)
    found = rows.copy()
    turned(found, found)
    assert found.tolist() == turn(rows.tolist())
