"""Words, eight at a time: what the compiler takes fewer of by itself, written out for it. It makes of eight words what
the processor has, one register or several, so that the results are the same on any.

Machine code is kept by the date of the module that is compiled: who changes this one saves those that use it too.
"""

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

WORD = ir.IntType(64)
EIGHT = ir.VectorType(WORD, 8)
STEP = 32
"""Words that `count_and` takes between two looks at whether there are more."""
ALL = (1 << 64) - 1
HALVES = {
    32: 0x00000000FFFFFFFF,
    16: 0x0000FFFF0000FFFF,
    8: 0x00FF00FF00FF00FF,
    4: 0x0F0F0F0F0F0F0F0F,
    2: 0x3333333333333333,
    1: 0x5555555555555555,
}
"""By its size, the lower half of the bits, of each half, of each quarter …"""


def _count_and(_context, _one, _other, _words):  # type: ignore[no-untyped-def]
    """How many bits are set in both of two arrays' first words, so many as STEP divides."""

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        one, other = (_eights(context, builder, *each) for each in zip(signature.args[:2], arguments[:2], strict=True))
        counts = cgutils.alloca_once_value(builder, _all_of(0))
        eights = builder.lshr(arguments[2], WORD(3))
        with cgutils.for_range_slice(builder, WORD(0), eights, WORD(STEP // 8)) as (first, _):
            for further in range(STEP // 8):
                place = builder.add(first, WORD(further))
                both = builder.and_(_load(builder, one, place), _load(builder, other, place))
                more = _call(builder, "llvm.ctpop.v8i64", EIGHT, both)
                builder.store(builder.add(builder.load(counts), more), counts)
        return _call(builder, "llvm.vector.reduce.add.v8i64", WORD, builder.load(counts))

    return types.int64(_one, _other, types.intp), code


def _turn_square(_context, _rows, _square):  # type: ignore[no-untyped-def]
    """64 words to 64 words: bit p of word r becomes bit r of word p (Warren, Hacker's Delight, 2013, section 7–3)."""

    def code(context, builder, signature, arguments):  # type: ignore[no-untyped-def]
        rows, square = (_eights(context, builder, *each) for each in zip(signature.args, arguments, strict=True))
        words = [_load(builder, rows, WORD(place)) for place in range(8)]
        for size in (32, 16, 8):
            _swap_between(builder, words, size)
        for size in (4, 2, 1):
            words = [_swapped_within(builder, eight, size) for eight in words]
        for place, eight in enumerate(words):
            builder.store(eight, builder.gep(square, [WORD(place)]), align=8)
        return context.get_dummy_value()

    return types.void(_rows, _square), code


def _swap_between(builder, words, size):  # type: ignore[no-untyped-def]
    """The upper halves of rows for the lower halves of those `size` rows on, which stand in other eights."""
    half, by = _all_of(HALVES[size]), _all_of(size)
    for place in (place for place in range(8) if not place & size // 8):
        one, other = words[place], words[place + size // 8]
        swapped = builder.and_(builder.xor(builder.lshr(one, by), other), half)
        words[place] = builder.xor(one, builder.shl(swapped, by))
        words[place + size // 8] = builder.xor(other, swapped)


def _swapped_within(builder, eight, size):  # type: ignore[no-untyped-def]
    """As `_swap_between`, of rows that stand in one eight."""
    lower = [not place & size for place in range(8)]
    others = ir.Constant(ir.VectorType(ir.IntType(32), 8), [place ^ size for place in range(8)])
    by = ir.Constant(EIGHT, [size if low else 64 - size for low in lower])
    kept = [HALVES[size] if low else ALL ^ HALVES[size] for low in lower]
    other = builder.shuffle_vector(eight, ir.Constant(EIGHT, ir.Undefined), others)
    moved = _call(builder, "llvm.fshl.v8i64", EIGHT, other, other, by)
    taken = builder.and_(moved, ir.Constant(EIGHT, [ALL ^ bits for bits in kept]))
    return builder.or_(builder.and_(eight, ir.Constant(EIGHT, kept)), taken)


def _eights(context, builder, kind, array):  # type: ignore[no-untyped-def]
    return builder.bitcast(context.make_array(kind)(context, builder, array).data, EIGHT.as_pointer())


def _load(builder, eights, place):  # type: ignore[no-untyped-def]
    return builder.load(builder.gep(eights, [place]), align=8)


def _all_of(word):  # type: ignore[no-untyped-def]
    return ir.Constant(EIGHT, [word] * 8)


def _call(builder, name, gives, *arguments):  # type: ignore[no-untyped-def]
    kind = ir.FunctionType(gives, [argument.type for argument in arguments])
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, name), arguments)


count_and: Any = intrinsic(_count_and)
turn_square: Any = intrinsic(_turn_square)
