"""A suggestion, and which of several is best."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log2
from typing import Generic, TypeVar

FIFTH = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Held:
    """What a protected table tells: its `gaps`, and the `bits` of its inner cells that are shown and not 0, each
    log2(2 + count), as what a gap costs is measured."""

    gaps: int
    bits: float

    @classmethod
    def of(cls, inner: Iterable[int | float | None], gaps: int) -> "Held":
        return cls(gaps, sum(log2(2 + count) for count in inner if count))


@dataclass(frozen=True)
class Recoding(Generic[T]):
    """One way to a coarser table: what to do, in words, and what it gives."""

    sv: str
    en: str
    to: T


@dataclass(frozen=True)
class Suggestion(Generic[T]):
    """An inside view: for the analyst before publishing, never part of what is published.

    `to` is what to ask or publish instead: a question, or tables. `gaps` are left then, of the `before` that are now.
    """

    recoding: Recoding[T]
    before: Held
    after: Held

    @property
    def saves(self) -> int:
        return self.before.gaps - self.after.gaps

    @property
    def to(self) -> T:
        return self.recoding.to

    @property
    def sv(self) -> str:
        left = f"{self.after.gaps} kvar" if self.after.gaps else "inga kvar"
        return f"{self.recoding.sv}: {self.saves} {'lucka' if self.saves == 1 else 'luckor'} färre, {left}."

    @property
    def en(self) -> str:
        left = f"{self.after.gaps} left" if self.after.gaps else "none left"
        return f"{self.recoding.en}: {self.saves} {'gap' if self.saves == 1 else 'gaps'} fewer, {left}."

    def __repr__(self) -> str:
        return f"Suggestion({self.recoding.en!r})"


def best(found: Iterable[Suggestion[T]], limit: int) -> tuple[Suggestion[T], ...]:
    """Those that save a fifth of the gaps and tell more than before: first what tells most, then what has fewest gaps;
    the same in whatever order they come."""
    useful = [each for each in found if each.saves * FIFTH >= each.before.gaps and each.after.bits > each.before.bits]
    return tuple(
        sorted(useful, key=lambda each: (-round(each.after.bits, 6), each.after.gaps, each.recoding.sv))[:limit]
    )
