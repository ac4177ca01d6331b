"""Which values of a column a group of rows has: codes and stretches of days, or what a row that can have several holds.

A missing value is the code "". A stretch is half-open, in days (`date.toordinal`) or in a number's own unit.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import pairwise
from typing import Any

Stretch = tuple[int, int]
ENDLESS = 10**10


class _Hashed:
    """Has its hash worked out once: there are few sets, and they are looked up for every group. Another process has
    another hash for the same text, so it does not go along."""

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, each.name) for each in fields(self)))  # type: ignore[arg-type]

    def __hash__(self) -> int:
        return self._hash

    def __getstate__(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "_hash"}

    def __str__(self) -> str:
        return self._text

    @cached_property
    def _text(self) -> str:
        """Worked out once too: names are made of it."""
        return self._words()

    def _words(self) -> str:
        raise NotImplementedError


@dataclass(frozen=True)
class Among(_Hashed):
    """The row's one value is one of the codes, or within one of the stretches (apart, in order)."""

    codes: frozenset[str] = frozenset()
    stretches: tuple[Stretch, ...] = ()
    __hash__ = _Hashed.__hash__

    def meet(self, other: "Among") -> "Among":
        both = [(max(a, c), min(b, d)) for a, b in self.stretches for c, d in other.stretches]
        return Among(self.codes & other.codes, joined(both))

    def within(self, other: "Among") -> bool:
        return self.meet(other) == self

    def _words(self) -> str:
        told = [*sorted(self.codes), *(f"[{first},{end})" for first, end in self.stretches)]
        return "|".join(told) if told else "nothing"


@dataclass(frozen=True)
class Holding(_Hashed):
    """The row holds at least one code of each of `some`, and none of `none`. Nobody holds one of no codes."""

    some: frozenset[frozenset[str]] = frozenset()
    none: frozenset[str] = field(default=frozenset())
    __hash__ = _Hashed.__hash__

    def meet(self, other: "Holding") -> "Holding":
        return _plainly(self.some | other.some, self.none | other.none)

    def within(self, other: "Holding") -> bool:
        if self == NO_HOLDER:
            return True
        held = all(any(mine <= codes for mine in self.some) for codes in other.some)
        return held and other.none <= self.none

    def _words(self) -> str:
        told = ["+".join(sorted(codes)) if codes else "nothing" for codes in self.some]
        return "&".join([*sorted(told), *(f"-{code}" for code in sorted(self.none))])


NO_HOLDER = Holding(frozenset({frozenset()}))


def _plainly(some: frozenset[frozenset[str]], none: frozenset[str]) -> Holding:
    """The same rows in the same words: what nobody may hold is left out of what some do; who holds something is not
    missing; and who would have to be both is nobody."""
    some = frozenset(codes - none for codes in some)
    if any("" not in codes for codes in some):
        some, none = frozenset(codes - {""} for codes in some), none - {""}
    if frozenset() in some:
        return NO_HOLDER
    return Holding(frozenset(codes for codes in some if not any(less < codes for less in some)), none)


Values = Among | Holding


def among(*codes: str) -> Among:
    return Among(frozenset(codes))


def stretch(first: int, end: int) -> Among:
    return Among(frozenset(), joined([(first, end)]))


def holding(codes: Iterable[str], without: Iterable[str] = ()) -> Holding:
    return _plainly(frozenset({frozenset(codes)}), frozenset(without))


def union(sets: Iterable[Among]) -> Among:
    held = list(sets)
    codes = frozenset(code for each in held for code in each.codes)
    return Among(codes, joined([piece for each in held for piece in each.stretches]))


def minus(whole: Among, part: Among) -> Among:
    """What is in the whole and not in the part."""
    left = list(whole.stretches)
    for first, end in part.stretches:
        left = [piece for a, b in left for piece in ((a, min(b, first)), (max(a, end), b))]
    return Among(whole.codes - part.codes, joined(left))


def atoms(sets: Collection[Among]) -> list[tuple[Among, frozenset[Among]]]:
    """The pieces that the sets cut each other into, each with the sets that it is a part of."""
    cuts = sorted({end for each in sets for piece in each.stretches for end in piece})
    points = [Among(frozenset({code})) for code in sorted({code for each in sets for code in each.codes})]
    points += [stretch(first, end) for first, end in pairwise(cuts)]
    by_sets: dict[frozenset[Among], list[Among]] = {}
    for point in points:
        by_sets.setdefault(frozenset(each for each in sets if point.within(each)), []).append(point)
    return [(union(pieces), of) for of, pieces in by_sets.items() if of]


def joined(pieces: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """In order and apart; what has no length is left out."""
    made: list[Stretch] = []
    for first, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if made and first <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((first, end))
    return tuple(made)
