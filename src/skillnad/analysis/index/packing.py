"""Rows to planes, compiled. A word has a row: every column of a lane stands in it, each in bits of its own.

Columns are added word by word in the order that the rows were read in, a chunk at a time; the words then go to their
rows' places in the index, and 64 of them are turned over into a word of each plane.
"""

import numpy as np

from skillnad.analysis.index.compiled import compiled
from skillnad.analysis.index.eights import turn_square

ONE = np.uint64(1)
BITS_IN_A_LANE = np.uint64(64)
EARLIEST, LATEST = np.int32(-(2**31)), np.int32(2**31 - 1)
WORDS_AT_A_TIME = 8
"""Of each plane: a line of the processor's cache is written whole."""


@compiled
def place_rows(units, starts, places):  # type: ignore[no-untyped-def]
    """`places[row]`: where the row goes when unit u's rows stand from `starts[u]` on, in the order that they had."""
    following = starts.copy()
    for row in range(len(units)):
        places[row] = following[units[row]]
        following[units[row]] += 1


@compiled
def add_integers(integers, shift, words):  # type: ignore[no-untyped-def]
    """Each row's integer, which has no sign, from bit `shift` of its word on. Gives the greatest of them."""
    greatest = np.uint64(0)
    for row in range(len(integers)):
        integer = np.uint64(integers[row])
        greatest = max(greatest, integer)
        words[row] |= integer << shift
    return greatest


@compiled
def ends_of(days, there):  # type: ignore[no-untyped-def]
    """The first and the last of the days that are there (1, else 0); a first after the last where none is."""
    first, last = LATEST, EARLIEST
    for row in range(len(days)):
        first = min(first, days[row] if there[row] else LATEST)
        last = max(last, days[row] if there[row] else EARLIEST)
    return first, last


@compiled
def add_days(days, there, base, shift, words):  # type: ignore[no-untyped-def]
    """As `add_integers`, days from `base` on; 0 where none is there."""
    for row in range(len(days)):
        words[row] |= np.uint64((days[row] - base) * there[row]) << shift


@compiled
def add_early(first, last, far, bit, words):  # type: ignore[no-untyped-def]
    """Bit `bit` of the rows that end before they begin. `first` and `last` are (shift, mask) of the days in the word, 0
    missing, and `far` how many days later the first's base is."""
    for row in range(len(words)):
        begun = (words[row] >> first[0]) & first[1]
        ended = (words[row] >> last[0]) & last[1]
        if begun and ended and np.int64(ended) < np.int64(begun) + far:
            words[row] |= ONE << bit


@compiled
def add_sets(lengths, codes, first, words):  # type: ignore[no-untyped-def]
    """Sets of codes: bit c of a word for code `first` + c, and nothing for codes that are in other words."""
    begin = 0
    for row in range(len(lengths)):
        end = begin + lengths[row]
        bits = np.uint64(0)
        for at in range(begin, end):
            bit = np.uint64(codes[at] - first)
            if bit < BITS_IN_A_LANE:
                bits |= ONE << bit
        words[row] |= bits
        begin = end


@compiled
def _settle_words(known, none, words):  # type: ignore[no-untyped-def]
    for row in range(len(words)):
        bits = words[row]
        somebody_knew = bits & known
        words[row] = somebody_knew if somebody_knew else bits if bits else none


@compiled
def settle_sets(known, none, words):  # type: ignore[no-untyped-def]
    """`words[lane, row]` of sets: bit `none` for those without any code, and a code that is not among `known[lane]`
    ("don't know") only where none that is stands beside it."""
    lanes = words.shape[0]
    if lanes == 1:
        _settle_words(known[0], ONE << np.uint64(none), words[0])
        return
    for row in range(words.shape[1]):
        some = somebody_knew = np.uint64(0)
        for lane in range(lanes):
            some |= words[lane, row]
            somebody_knew |= words[lane, row] & known[lane]
        if some == 0:
            words[none >> 6, row] = ONE << np.uint64(none & 63)
        elif somebody_knew:
            for lane in range(lanes):
                words[lane, row] &= known[lane]


@compiled
def add_bits(sets, known, none, shift, words):  # type: ignore[no-untyped-def]
    """Each row's set of a lane, settled as `settle_sets` does, from bit `shift` of its word on. Gives the bits that any
    of them has."""
    found = np.uint64(0)
    for row in range(len(sets)):
        bits = sets[row]
        found |= bits
        somebody_knew = bits & known
        words[row] |= (somebody_knew if somebody_knew else bits if bits else none) << shift
    return found


@compiled
def put(words, places, lane):  # type: ignore[no-untyped-def]
    """Each row's word at the row's place."""
    for row in range(len(words)):
        lane[places[row]] = words[row]


@compiled
def turn(lane, planes):  # type: ignore[no-untyped-def]
    """64 rows' words into a word of each plane: bit p of row r becomes bit r of plane p's."""
    square = np.empty((WORDS_AT_A_TIME, 64), np.uint64)
    for begin in range(0, planes.shape[1], WORDS_AT_A_TIME):
        count = min(WORDS_AT_A_TIME, planes.shape[1] - begin)
        for number in range(count):
            turn_square(lane[(begin + number) * 64 : (begin + number + 1) * 64], square[number])
        for plane in range(planes.shape[0]):
            for number in range(count):
                planes[plane, begin + number] = square[number, plane]
