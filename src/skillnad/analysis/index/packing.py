"""Rows to planes, compiled. A column goes by way of lanes: one byte a row, rows in the index's order.

64 bytes of a lane are 64 rows; a plane's word has one bit of each. Eight bytes are packed at a time: a multiplication
brings the lowest bit of each of them to the highest byte (the way of Warren, Hacker's Delight, 2013, section 7–3).
"""

import numpy as np

from skillnad.analysis.index.compiled import compiled
from skillnad.analysis.index.layout import Integers, Words

LOWEST_BITS = np.uint64(0x0101010101010101)
GATHER = np.uint64(0x0102040810204080)
TOP_BYTE = np.uint64(56)
BITS_IN_A_LANE = 8


@compiled
def place_rows(units, starts, places):  # type: ignore[no-untyped-def]
    """`places[row]`: where the row goes when unit u's rows stand from `starts[u]` on, in the order that they had."""
    following = starts.copy()
    for row in range(len(units)):
        places[row] = following[units[row]]
        following[units[row]] += 1


@compiled
def lay_integers(values, places, lanes):  # type: ignore[no-untyped-def]
    """Integers from 0 to their places, byte l of each in lane l."""
    for row in range(len(values)):
        value = values[row]
        for lane in range(lanes.shape[0]):
            lanes[lane, places[row]] = (value >> (8 * lane)) & 255


@compiled
def lay_sets(lengths, codes, known, places, lanes):  # type: ignore[no-untyped-def]
    """Sets of codes from 1: code c is bit c - 1 over the lanes, and the bit after the last code is that of no code.

    A code that is not `known` ("don't know") stands only where no known one is beside it.
    """
    none = len(known) - 1
    all_known = known.all()
    begin = 0
    for row in range(len(lengths)):
        end = begin + lengths[row]
        place = places[row]
        somebody_knew = False
        if not all_known:
            for at in range(begin, end):
                somebody_knew |= known[codes[at]]
        for at in range(begin, end):
            if all_known or known[codes[at]] or not somebody_knew:
                bit = codes[at] - 1
                lanes[bit >> 3, place] |= 1 << (bit & 7)
        if begin == end:
            lanes[none >> 3, place] |= 1 << (none & 7)
        begin = end


@compiled
def pack_lane(eights, planes):  # type: ignore[no-untyped-def]
    """A lane's bytes, eight at a time as integers, into up to eight planes."""
    for plane in range(planes.shape[0]):
        shift = np.uint64(plane)
        for word in range(planes.shape[1]):
            bits = np.uint64(0)
            for eighth in range(8):
                lowest = (eights[word * 8 + eighth] >> shift) & LOWEST_BITS
                bits |= ((lowest * GATHER) >> TOP_BYTE) << np.uint64(8 * eighth)
            planes[plane, word] = bits


def pack(lanes: np.ndarray, planes: int) -> Words:
    """The first `planes` bits of the lanes as planes."""
    made = np.empty((planes, lanes.shape[1] // 64), np.uint64)
    for lane in range(lanes.shape[0]):
        first = lane * BITS_IN_A_LANE
        pack_lane(lanes[lane].view("<u8"), made[first : first + BITS_IN_A_LANE])
    return made


def lanes_for(bits: int, words: int) -> np.ndarray:
    """Empty lanes for `bits` bits a row."""
    return np.zeros((-(-bits // BITS_IN_A_LANE), words * 64), np.uint8)


def present_plane(starts: Integers, rows: Integers, words: int) -> Words:
    """One bit for each row there is."""
    lane = np.zeros((1, words * 64), np.uint8)
    for start, count in zip(starts.tolist(), rows.tolist(), strict=True):
        lane[0, start : start + count] = 1
    return pack(lane, 1)
