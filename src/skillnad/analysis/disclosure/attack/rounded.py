"""Rounding undone: what a share with so many decimals says of the counts that it was made of.

A printed value stands for all that lie at most half a unit of its last decimal from it; which way a tie was rounded is
not known, so both ends are in. Everything is exact (fractions), and a share is in percent.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

_NUMBER = re.compile(r"^\s*([+-]?[0-9][0-9\s\u00a0\u202f]*)(?:[.,]([0-9]+))?\s*(%|procent)?\s*$")
PERCENT = 100


@dataclass(frozen=True)
class Rounded:
    """`value` as it was printed, and `half` a unit of its last decimal."""

    value: Fraction
    half: Fraction

    @property
    def low(self) -> Fraction:
        """The least part of one that it can stand for."""
        return max(Fraction(0), (self.value - self.half) / PERCENT)

    @property
    def high(self) -> Fraction:
        return (self.value + self.half) / PERCENT


def read_rounded(text: str) -> Rounded | None:
    """ "46,9", "46.9 %" and "2 procent"; None for what is no number."""
    found = _NUMBER.match(text)
    if not found:
        return None
    whole, decimals = re.sub(r"\s", "", found[1]), found[2] or ""
    step = Fraction(1, 10 ** len(decimals))
    value = int(whole + decimals) * step
    return Rounded(value, step / 2)


def counts_of(share: Rounded, of: int) -> range:
    """The counts that a share of `of` people can stand for; none where no whole number fits."""
    return range(ceil(share.low * of), min(of, floor(share.high * of)) + 1)
