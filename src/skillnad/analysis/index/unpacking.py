"""Parquet's pages to numbers, compiled. Nothing is read beyond a page's end, whatever its bytes say: what does not hold
together is said to be so by the result, and nothing has been counted."""

from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.extending import intrinsic

from skillnad.analysis.index.compiled import compiled

STOP, TRUE, FALSE, SHORT, LONG, BINARY, STRUCT = 0, 1, 2, 4, 6, 8, 12
DEEPEST = 4
"""Structs in each other that a page's header may hold: statistics in a data page's header are two."""
MOST_BITS = 32
IDS = 16


def _load(_context, _bytes, _place):  # type: ignore[no-untyped-def]
    """Eight bytes from any place as one integer."""

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        return builder.load(builder.bitcast(place, ir.IntType(64).as_pointer()), align=1)

    return types.uint64(_bytes, types.intp), code


load: Any = intrinsic(_load)


def _store(_context, _bytes, _place, _word):  # type: ignore[no-untyped-def]
    """An integer as eight bytes to any place."""

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.gep(array.data, [arguments[1]])
        builder.store(arguments[2], builder.bitcast(place, ir.IntType(64).as_pointer()), align=1)
        return context.get_dummy_value()

    return types.void(_bytes, types.intp, types.uint64), code


store: Any = intrinsic(_store)
SLACK = 8
"""Bytes that levels are followed by: they are written eight at a time."""
ONE, ALL_EIGHT = np.uint64(1), np.uint64(0x0101010101010101)
ONES = np.array([sum((byte >> bit & 1) << 8 * bit for bit in range(8)) for byte in range(256)], np.uint64)
TWOS = np.array([sum((byte >> 2 * two & 3) << 8 * two for two in range(4)) for byte in range(256)], np.uint64)
"""A byte's bits, and its pairs of bits, as a byte each."""


@compiled
def _varint(raw, at):  # type: ignore[no-untyped-def]
    """An unsigned integer, seven bits a byte, and where it ends; -1 where it does not."""
    value = np.int64(0)
    shift = 0
    while at < len(raw) and shift < 63:
        byte = np.int64(raw[at])
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7
    return value, -1


@compiled
def _field(raw, at, kind):  # type: ignore[no-untyped-def]
    """A field's integer, and where it ends; -1 where it does not, or is of a kind that no page's header has."""
    if SHORT <= kind <= LONG:
        value, at = _varint(raw, at)
        return (value >> 1) ^ -(value & 1), at
    if kind == BINARY:
        length, at = _varint(raw, at)
        return 0, at + length if at >= 0 and length <= len(raw) - at else -1
    return 0, at if kind in (TRUE, FALSE) else -1


@compiled
def read_header(raw, at, found):  # type: ignore[no-untyped-def]
    """A page's header, which begins at `at` (Thrift's compact protocol): its integers of field f in `found[f]`, and
    those of a struct's field s in `found[16 f + s]`. Gives where it ends; -1 where it is none that is known."""
    ids = np.zeros(DEEPEST, np.int64)
    depth = 0
    while 0 <= at < len(raw):
        kind, further = raw[at] & 15, np.int64(raw[at] >> 4)
        at += 1
        if kind == STOP:
            depth -= 1
            if depth < 0:
                return at
            continue
        ids[depth] += further
        if further == 0 or ids[depth] >= IDS:
            break  # no page's header has so many fields, or so far apart
        if kind == STRUCT:
            depth += 1
            if depth == DEEPEST:
                break
            ids[depth] = 0
            continue
        value, at = _field(raw, at, kind)
        if depth < 2:
            found[ids[0] if depth == 0 else IDS * ids[0] + ids[1]] = value
    return -1


@compiled
def _bits(page, bit, mask):  # type: ignore[no-untyped-def]
    """Up to 32 bits from any bit on."""
    at = bit >> 3
    if at + 8 <= len(page):
        return (load(page, at) >> np.uint64(bit & 7)) & mask
    word = np.uint64(0)
    for place in range(at, len(page)):
        word |= np.uint64(page[place]) << np.uint64(8 * (place - at))
    return (word >> np.uint64(bit & 7)) & mask


@compiled
def _unpack_run(page, at, width, mask, numbers):  # type: ignore[no-untyped-def]
    """Packed numbers from byte `at` on, each eight of which begin at a whole byte."""
    count = len(numbers)
    eights = max(0, min(count >> 3, (len(page) - 8 - at) // width + 1)) if 0 < width <= 8 else 0
    for eight in range(eights):
        word = load(page, at + eight * width)
        into = numbers[8 * eight : 8 * eight + 8]
        for place in range(8):
            into[place] = (word >> np.uint64(place * width)) & mask
    for place in range(8 * eights, count):
        numbers[place] = _bits(page, at * 8 + place * width, mask)


@compiled
def unpack(page, at, end, width, numbers):  # type: ignore[no-untyped-def]
    """Runs of numbers of `width` bits, packed or repeated, from `at` to before `end`, until `numbers` is full. Gives
    whether it became so."""
    if width > MOST_BITS or end > len(page):
        return False
    mask = (np.uint64(1) << np.uint64(width)) - np.uint64(1)
    done = 0
    while done < len(numbers):
        header, at = _varint(page, at)
        packed = header & 1
        size = (header >> 1) * width if packed else (width + 7) >> 3
        count = min((header >> 1) * (8 if packed else 1), len(numbers) - done)
        if at < 0 or count == 0 or header >> 32 or size > end - at:
            return False
        if packed:
            _unpack_run(page, at, width, mask, numbers[done : done + count])
        else:
            numbers[done : done + count] = _bits(page, at * 8, mask) if width else np.uint64(0)
        at += size
        done += count
    return True


@compiled
def _unpack_levels(page, at, end, width, levels):  # type: ignore[no-untyped-def]
    """As `unpack`, of one bit or two, to bytes that SLACK more follow."""
    done, count = 0, len(levels)
    while done < count:
        header, at = _varint(page, at)
        groups = header >> 1
        size = groups * width if header & 1 else 1
        if at < 0 or groups == 0 or header >> 32 or size > end - at:
            return False
        if header & 1:
            groups = min(groups, (count - done + 7) >> 3)
            if width == 1:
                for eight in range(groups):
                    store(levels, done + 8 * eight, ONES[page[at + eight]])
            else:
                for eight in range(groups):
                    first, second = TWOS[page[at + 2 * eight]], TWOS[page[at + 2 * eight + 1]]
                    store(levels, done + 8 * eight, first | second << np.uint64(32))
            done += 8 * groups
        else:
            groups = min(groups, count - done)
            same = np.uint64(page[at] & ((1 << width) - 1)) * ALL_EIGHT
            for place in range(0, groups, 8):
                store(levels, done + place, same)
            done += groups
        at += size
    return True


@compiled
def _levels_end(page, at):  # type: ignore[no-untyped-def]
    """Where levels end whose length stands in the four bytes from `at`; -1 beyond the page."""
    if at + 4 > len(page):
        return -1
    length = np.int64(0)
    for place in range(4):
        length |= np.int64(page[at + place]) << (8 * place)
    return at + 4 + length if length <= len(page) - at - 4 else -1


@compiled
def _unpack_numbers(page, at, numbers):  # type: ignore[no-untyped-def]
    """Numbers after a byte that says how many bits each has."""
    return len(numbers) == 0 or (at < len(page) and unpack(page, at + 1, len(page), page[at], numbers))


@compiled
def read_lists(page, repeats, levels, numbers):  # type: ignore[no-untyped-def]
    """A data page of lists: each value's repeat and level (SLACK more bytes follow each), and the numbers of its
    elements. Gives how many these are; -1 where it does not hold together."""
    first = _levels_end(page, 0)
    if first < 0 or not _unpack_levels(page, 4, first, 1, repeats):
        return -1
    second = _levels_end(page, first)
    if second < 0 or not _unpack_levels(page, first + 4, second, 2, levels):
        return -1
    count = 0
    for value in range(len(levels)):
        count += levels[value] == 3
    return count if _unpack_numbers(page, second, numbers[:count]) else -1


@compiled
def set_bits(repeats, levels, numbers, bits, sets):  # type: ignore[no-untyped-def]
    """Each list's elements as bits: that of number n is `bits[n]`.

    A value begins a list (repeat 0) or goes on with one (1); its level is 3 where it is an element, whose number is the
    next one, and less than 2 where the list has none. Gives whether they are as many lists as `sets`, and all known.
    """
    lists = unknown = 0
    for value in range(len(repeats)):
        lists += repeats[value] == 0
        unknown += levels[value] == 2
    if unknown or lists != len(sets) or (len(repeats) and repeats[0]):
        return False
    next_list = next_one = held = nothing = np.uint64(0)
    for value in range(len(repeats)):
        goes_on, is_element = np.uint64(repeats[value]), np.uint64(levels[value] == 3)
        held = (held & (nothing - goes_on)) | (bits[np.uint64(numbers[next_one])] & (nothing - is_element))
        next_one += is_element
        next_list += ONE - goes_on
        sets[next_list - ONE] = held
    return True
