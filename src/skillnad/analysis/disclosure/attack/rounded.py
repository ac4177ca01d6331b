"""Rounding undone: what a share, a mean or a rate with so many decimals says of the counts that it was made of.

A printed value stands for all that lie at most half a unit of its last decimal from it; which way a tie was rounded is
not known, so both ends are in. Everything is exact (fractions), and a percentage is a share of 100.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

_NUMBER = re.compile(r"^\s*([+-]?[0-9][0-9\s\u00a0\u202f]*)(?:[.,]([0-9]+))?\s*(%|procent)?\s*$")
PERCENT = 100


@dataclass(frozen=True)
class Rounded:
    """`value` as it was printed, and `half` a unit of its last decimal. `unit`: what it is per (100: a percentage)."""

    value: Fraction
    half: Fraction
    unit: int = PERCENT

    @property
    def low(self) -> Fraction:
        """The least part of one that it can stand for."""
        return max(Fraction(0), (self.value - self.half) / self.unit)

    @property
    def high(self) -> Fraction:
        return (self.value + self.half) / self.unit


def read_rounded(text: str, *, unit: int = PERCENT) -> Rounded | None:
    """ "46,9", "46.9 %" and "2 procent"; None for what is no number."""
    found = _NUMBER.match(text)
    if not found:
        return None
    whole, decimals = re.sub(r"\s", "", found[1]), found[2] or ""
    step = Fraction(1, 10 ** len(decimals))
    value = int(whole + decimals) * step
    return Rounded(value, step / 2, unit)


def rounded_to(value: float, decimals: int, *, unit: int = PERCENT) -> Rounded:
    """What is printed of `value` (already times the unit) with so many decimals."""
    step = Fraction(1, 10**decimals)
    return Rounded(round(Fraction(value) / step) * step, step / 2, unit)


def counts_of(share: Rounded, of: int) -> range:
    """The counts that a share of `of` people can stand for; none where no whole number fits."""
    return range(ceil(share.low * of), min(of, floor(share.high * of)) + 1)


def wholes_of(share: Rounded, most: int, least: int = 1) -> Iterator[int]:
    """The denominators up to `most` that the share can have been made of: "63 procent" is of no group of 7."""
    return (of for of in range(least, most + 1) if counts_of(share, of))


def sum_of_mean(mean: Rounded, of: int) -> tuple[Fraction, Fraction]:
    """The ends of a sum over `of` rows whose mean was printed (with `unit=1`): a mean with its n is a sum."""
    return mean.low * of, mean.high * of


def difference_of(first: Rounded, second: Rounded) -> tuple[Fraction, Fraction]:
    """The ends of a difference between two printed shares, as parts of one."""
    return first.low - second.high, first.high - second.low
