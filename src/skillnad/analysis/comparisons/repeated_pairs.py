"""How many times as uncertain two judgements of the same rows are because one person can have several rows.

As of groups (`repeats`), of four things that a row is: that the first judgement holds, that the second does, that they
are alike, and by how much they differ (1, 0 or -1). Each has its own number for how alike a client's rows are.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from skillnad.analysis.comparisons.repeats import Told, Valued, each_alone
from skillnad.analysis.comparisons.rows import ByClient, Numbers, Pattern
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.results import TOTAL, Key


@dataclass(frozen=True)
class PairedRepeats:
    """Of each key of the table; 1 of what is not named."""

    first: Mapping[Key, float]
    second: Mapping[Key, float]
    agreement: Mapping[Key, float]
    difference: Mapping[Key, float]


ALONE = PairedRepeats({}, {}, {}, {})
"""Every row is another one's."""


def repeats_of_pairs(
    rows: ByClient,
    known: tuple[Collection[str], Collection[str]],
    keys: Sequence[Key],
    shown: Collection[Key],
    policy: Policy,
) -> PairedRepeats:
    """`rows` of the first judgement by the second and by the axes of the `keys`. `known` are the values of the second
    that hold it, and those that do not; of `shown` keys a reader sees all four numbers."""
    used = _of_known(rows, {code for codes in known for code in codes})
    second = np.array([pattern[0] in known[0] for pattern in rows.patterns], dtype=bool)[used.pattern]
    part, without = used.part, used.whole - used.part
    zero = np.zeros_like(part)
    apart = np.where(second, -without, part)
    ways = (
        (part, part),
        (np.where(second, used.whole, zero),) * 2,
        (np.where(second, part, without),) * 2,
        (apart, np.abs(apart)),
    )
    places = {key: [at for at, pattern in enumerate(rows.patterns) if _is_of(pattern, key)] for key in keys}
    return PairedRepeats(*(_effects(_valued(used, *way), places, shown, policy) for way in ways))


def _of_known(rows: ByClient, codes: Collection[str]) -> ByClient:
    there = np.array([pattern[0] in codes for pattern in rows.patterns], dtype=bool)[rows.pattern]
    return ByClient(rows.patterns, *(each[there] for each in (rows.client, rows.pattern, rows.part, rows.whole)))


def _valued(rows: ByClient, total: Numbers, squares: Numbers) -> Valued:
    return each_alone(Valued(rows.patterns, rows.client, rows.pattern, total, squares, rows.whole))


def _is_of(pattern: Pattern, key: Key) -> bool:
    return all(code == TOTAL or code in held.split(";") for held, code in zip(pattern[1:], key, strict=True))


def _effects(
    rows: Valued, places: Mapping[Key, Sequence[int]], shown: Collection[Key], policy: Policy
) -> Mapping[Key, float]:
    held = {key: rows.where(inside).merged().clusters for key, inside in places.items()}
    if not any(clusters.pairs for clusters in held.values()):
        return {}
    told = Told.by([clusters for key, clusters in held.items() if key in shown and TOTAL not in key], policy)
    return {key: told.effect(clusters.pairs, int(clusters.size.sum())) for key, clusters in held.items()}
