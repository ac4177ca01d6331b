"""Population counts, compiled. Every kernel takes words of planes, and the segments of them that it is to count.

A segment is (unit, first word, word after the last). Nothing here knows what a column means.
"""

from typing import Any

import numpy as np
from numba import types
from numba.extending import intrinsic

from skillnad.analysis.index.compiled import compiled
from skillnad.analysis.index.eights import STEP, count_and

BLOCK = 128
"""Words of each bitmap that are counted at a time, which STEP divides: all bitmaps of a block stay in a core's own
cache."""
ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
ONE = np.uint64(1)
BYTE = np.uint64(255)
SPREAD = np.array([sum(1 << (8 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)], np.uint64)
"""Each bit of a byte as the lowest bit of a byte of its own."""


def _popcount(_context, _word):  # type: ignore[no-untyped-def]
    """How many bits are set: the processor's own instruction, several words at a time where it has one."""

    def code(_codegen, builder, _signature, arguments):  # type: ignore[no-untyped-def]
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), code


popcount: Any = intrinsic(_popcount)


@compiled
def _bitmaps(planes, live, begin, words, columns, maps, held):  # type: ignore[no-untyped-def]
    """Every column's bitmaps in the block, `maps[slot]`, and `held[slot]`, how many rows each has. Gives how many words
    of them there are: up to what STEP divides, the last of them empty."""
    whole = (words + STEP - 1) // STEP * STEP
    slot = 0
    for column in range(columns.shape[0]):
        several, first, bits, slots = columns[column]
        for level in range(slots):
            bitmap = maps[slot]
            for word in range(words):
                bitmap[word] = live[begin + word]
            if several:
                for word in range(words):
                    bitmap[word] &= planes[first + level, begin + word]
            else:
                for bit in range(bits):
                    flip = np.uint64(0) if (level + 1) >> bit & 1 else ALL
                    for word in range(words):
                        bitmap[word] &= planes[first + bit, begin + word] ^ flip
            for word in range(words, whole):
                bitmap[word] = 0
            held[slot] = count_and(bitmap, bitmap, whole)
            slot += 1
    return whole


@compiled
def count_pairs(planes, live, columns, pairs, segments, singles, cells):  # type: ignore[no-untyped-def]
    """Every bitmap, and every AND of two bitmaps of each pair of columns, in each segment.

    `columns[c]` is (several values?, first plane, planes, bitmaps); a single value's bitmaps are those of 1, 2 …, and
    its missing has none. `pairs[p]` is (bitmaps before the one column's, its bitmaps, the same two of the other, cells
    before the pair's). Added: `singles[unit, bitmap]`, `cells[unit, cell]`.
    """
    slots = singles.shape[1]
    maps = np.empty((slots, BLOCK), np.uint64)
    held = np.empty(slots, np.int64)
    for segment in range(segments.shape[0]):
        unit, start, end = segments[segment]
        counted = cells[unit]
        for begin in range(start, end, BLOCK):
            words = min(BLOCK, end - begin)
            whole = _bitmaps(planes, live, begin, words, columns, maps, held)
            for slot in range(slots):
                singles[unit, slot] += held[slot]
            for pair in range(pairs.shape[0]):
                one, ones, other, others, cell = pairs[pair]
                for row in range(one, one + ones):
                    if held[row]:
                        _against(maps[row], maps, other, others, held, whole, counted, cell)
                    cell += others


@compiled
def _against(row, maps, first, slots, held, words, counted, cell):  # type: ignore[no-untyped-def]
    """One bitmap against each of a column's, which may be empty in this block: most values are rare."""
    for slot in range(slots):
        if held[first + slot]:
            counted[cell + slot] += count_and(row, maps[first + slot], words)


@compiled
def count_cells(planes, live, axes, places, unit_places, segments, counts):  # type: ignore[no-untyped-def]
    """Each live row in its cell: the place of its unit, and that of its integer on each axis.

    `axes[a]` is (first plane, planes, where its places begin in `places`). Added: `counts[cell]`.
    """
    codes = np.empty((axes.shape[0], 64), np.int64)
    for segment in range(segments.shape[0]):
        unit, start, end = segments[segment]
        for word in range(start, end):
            left = live[word]
            if left == 0:
                continue
            for axis in range(axes.shape[0]):
                integers_of_word(planes, word, axes[axis, 0], axes[axis, 1], codes[axis])
            while left:
                row = popcount((left & (~left + ONE)) - ONE)  # the lowest bit's place
                cell = unit_places[unit]
                for axis in range(axes.shape[0]):
                    cell += places[axes[axis, 2] + codes[axis, row]]
                counts[cell] += 1
                left &= left - ONE


@compiled
def integers_of_word(planes, word, first, bits, integers):  # type: ignore[no-untyped-def]
    """The integers of a word's 64 rows, from their planes, eight rows and eight planes at a time."""
    integers[:] = 0  # a column without planes, where nobody has a value, is 0 throughout
    for eighth in range(8):
        shift = np.uint64(8 * eighth)
        for lane in range(0, bits, 8):
            eight = np.uint64(0)
            for bit in range(lane, min(lane + 8, bits)):
                eight |= SPREAD[(planes[first + bit, word] >> shift) & BYTE] << np.uint64(bit - lane)
            for row in range(8):
                integers[eighth * 8 + row] |= np.int64((eight >> np.uint64(8 * row)) & BYTE) << lane


@compiled
def mark_range(planes, low, high, marks):  # type: ignore[no-untyped-def]
    """Rows whose integer is in [low, high), in `marks`, which are all 0. 0 <= low < high <= 2 ** planes."""
    below = np.empty(BLOCK, np.uint64)
    same = np.empty(BLOCK, np.uint64)
    for begin in range(0, len(marks), BLOCK):
        marked = marks[begin : begin + BLOCK]
        for bound in (low, high):
            if bound:
                _mark_below(planes, begin, bound, marked, below[: len(marked)], same[: len(marked)])


@compiled
def _mark_below(planes, begin, bound, marked, below, same):  # type: ignore[no-untyped-def]
    """The rows of a block whose integer is less than `bound`, turned over in `marked`. Compared in binary, all rows of
    a word at once (O'Neil and Quass, Improved query performance with variant indexes, 1997)."""
    bits = planes.shape[0]
    beyond = bound >> bits != 0  # every integer is less
    below[:] = ALL if beyond else np.uint64(0)
    same[:] = np.uint64(0) if beyond else ALL
    for bit in range(bits - 1, -1, -1):
        plane = planes[bit, begin : begin + len(marked)]
        if bound >> bit & 1:
            for word in range(len(marked)):
                below[word] |= same[word] & ~plane[word]
                same[word] &= plane[word]
        else:
            for word in range(len(marked)):
                same[word] &= ~plane[word]
    for word in range(len(marked)):
        marked[word] ^= below[word]


@compiled
def count_bits(words):  # type: ignore[no-untyped-def]
    """How many bits are set."""
    count = np.uint64(0)
    for word in range(len(words)):
        count += popcount(words[word])
    return np.int64(count)
