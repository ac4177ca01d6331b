"""What was promised of each gap, and whether a reader's tables show it kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.reader import NEAR, GapReader

FEW = 400
"""Up to so many unknowns it is also asked that tables of whole numbers keep the promise."""


@dataclass(frozen=True)
class Promise:
    """A small number can be all from `low` to `high`; a gap that protects others (`low` is `high`) something else."""

    gap: int
    low: float
    high: float

    @property
    def secondary(self) -> bool:
        return self.low == self.high

    def kept(self, low: np.ndarray, high: np.ndarray) -> bool:
        least, most = low[self.gap], high[self.gap]
        if self.secondary:
            return bool(least <= self.low - 1 + NEAR or most >= self.high + 1 - NEAR)
        return bool(least <= self.low + NEAR and most >= self.high - NEAR)

    def end(self, upward: bool) -> float:
        step = float(self.secondary)
        return self.high + step if upward else self.low - step

    def reached(self, reader: GapReader, upward: bool) -> bool:
        if self.secondary:
            return self.kept(reader.low, reader.high)
        seen = reader.high[self.gap] >= self.high - NEAR if upward else reader.low[self.gap] <= self.low + NEAR
        return bool(seen)


def promises_of(counts: Sequence[int], policy: Policy, surely: Sequence[float] = ()) -> list[Promise]:
    """Of gaps with these true counts. `surely`: what zeros alone tell that each is at least."""
    least = float(not policy.zeros_protected)
    most = policy.threshold - float(policy.reader is Attacker.PRIMARY_KNOWN)
    told = surely if len(surely) else [least] * len(counts)
    return [
        Promise(gap, min(max(least, told[gap]), count), max(most, count))
        if policy.small(count)
        else Promise(gap, count, count)
        for gap, count in enumerate(counts)
    ]


def known_of(counts: Sequence[int], policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """What the policy's reader knows each of the gaps to be at least and at most, before any sum."""
    floor, ceiling = np.full(len(counts), float(policy.gap_floor)), np.full(len(counts), np.inf)
    if policy.reader is Attacker.PRIMARY_KNOWN:
        for gap, count in enumerate(counts):
            if policy.small(count):
                floor[gap], ceiling[gap] = float(not policy.zeros_protected), policy.threshold - 1.0
            elif policy.zeros_printed:
                floor[gap] = policy.threshold
    return floor, ceiling


def few(reader: GapReader) -> bool:
    """So few unknowns that whole numbers are asked of too."""
    return reader.first + reader.count <= FEW


def unkept(promises: Sequence[Promise], reader: GapReader) -> list[Promise]:
    """Those that no table was found to keep. Raises OutOfBudget."""
    for halving, upward in ((False, True), (False, False), (True, True), (True, False)):
        _look(reader, promises, upward, halving=halving)
    left = [promise for promise in promises if not promise.kept(reader.low, reader.high)]
    if not few(reader):
        return left
    whole = [p for p in promises if p not in left and not p.kept(reader.whole_low, reader.whole_high)]
    return left + [promise for promise in whole if not _whole(reader, promise)]


def _look(reader: GapReader, promises: Sequence[Promise], upward: bool, *, halving: bool) -> None:
    """Many at once; with `halving`, where a table serves none of several, halves of them are tried."""
    waiting = [list(promises)]
    while waiting:
        unmet = [promise for promise in waiting.pop() if not promise.reached(reader, upward)]
        if not unmet:
            continue
        reader.reach([promise.gap for promise in unmet], [promise.end(upward) for promise in unmet], upward=upward)
        left = [promise for promise in unmet if not promise.reached(reader, upward)]
        if left and len(left) < len(unmet):
            waiting.append(left)
        elif halving and len(left) > 1:
            waiting += [left[: len(left) // 2], left[len(left) // 2 :]]


def _whole(reader: GapReader, promise: Promise) -> bool:
    for upward in (True, False):
        if not promise.kept(reader.whole_low, reader.whole_high):
            reader.whole(promise.gap, promise.end(upward), upward=upward)
    return promise.kept(reader.whole_low, reader.whole_high)
