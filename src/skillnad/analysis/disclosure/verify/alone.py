"""Someone who is alone in a gap knows it: no other small number may follow for them."""

from collections.abc import Iterator, Sequence

import numpy as np

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.reader import NEAR, GapReader
from skillnad.analysis.disclosure.verify.unknowns import Unknowns


def follows_for_someone(told: Unknowns, counts: Sequence[int], policy: Policy, reader: GapReader) -> set[int]:
    """The small gaps that someone who is alone in another can fill in. Raises OutOfBudget."""
    values = np.array(counts, dtype=float)
    small = [gap for gap, count in enumerate(counts) if policy.small(count)]
    found: set[int] = set()
    for own in _people(told, [gap for gap in small if counts[gap] == 1]):
        others = [gap for gap in small if gap not in own]
        found |= _fixed(reader, values, own, others)
    return found


def _people(told: Unknowns, ones: Sequence[int]) -> Iterator[frozenset[int]]:
    """Gaps of one where one counts what the other does, and more: the same person."""
    inside = [frozenset(told.gaps.indices[told.gaps.indptr[gap] : told.gaps.indptr[gap + 1]].tolist()) for gap in ones]
    left = set(range(len(ones)))
    while left:
        waiting, own = [left.pop()], set()
        while waiting:
            one = waiting.pop()
            own.add(one)
            near = {other for other in left if inside[one] <= inside[other] or inside[other] <= inside[one]}
            left -= near
            waiting += near
        yield frozenset(ones[one] for one in own)


def _fixed(reader: GapReader, values: np.ndarray, own: frozenset[int], others: Sequence[int]) -> set[int]:
    """The others that are the same in every table where one's own gaps are 1."""
    mine = sorted(own)
    waiting = {gap for gap in others if not _moves(reader, values, mine, gap)}
    if not waiting:
        return set()
    for gap in mine:
        reader.fix(gap, 1.0)
    try:
        for upward in (True, False):
            _try_together(reader, values, waiting, upward)
            for gap in sorted(waiting):
                waiting -= _moved(reader, values, [gap], upward)
    finally:
        for gap in mine:
            reader.free(gap)
    return waiting


def _try_together(reader: GapReader, values: np.ndarray, waiting: set[int], upward: bool) -> None:
    while waiting:
        moved = _moved(reader, values, sorted(waiting), upward)
        waiting -= moved
        if not moved:
            return


def _moved(reader: GapReader, values: np.ndarray, gaps: list[int], upward: bool) -> set[int]:
    """Those of the gaps that the tables then seen move."""
    before, step = len(reader.seen), 1 if upward else -1
    reader.reach(gaps, [values[gap] + step for gap in gaps], upward=upward)
    return {gap for table in reader.seen[before:] for gap in gaps if abs(table[gap] - values[gap]) > NEAR}


def _moves(reader: GapReader, values: np.ndarray, own: Sequence[int], gap: int) -> bool:
    """Has a table been seen where the gap is another and one's own are as they are?"""
    return any(np.abs(table[own] - 1).max() < NEAR and abs(table[gap] - values[gap]) > NEAR for table in reader.seen)
