"""Rows grouped by whose they are and by their values of some columns."""

from collections.abc import Iterable, Sequence

import numpy as np

from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Pattern
from skillnad.analysis.engines.cells import Integers
from skillnad.analysis.engines.pattern_rows import named_patterns


def client_rows(told: Iterable[tuple[int, Pattern, int, int]]) -> ByClient:
    """Of a client, a pattern, its part and its whole, each pair of client and pattern once."""
    listed = list(told)
    patterns = {pattern: place for place, pattern in enumerate(dict.fromkeys(pattern for _, pattern, _, _ in listed))}
    clients = {
        client: place for place, client in enumerate(dict.fromkeys(client for client, *_ in listed if client != NOBODY))
    }
    numbers = [(clients.get(client, NOBODY), patterns[pattern], part, whole) for client, pattern, part, whole in listed]
    return ByClient(tuple(patterns), *np.array(numbers, np.int64).reshape(-1, 4).T)


def grouped_by_client(
    values: Sequence[list[str]], numbers: Sequence[Integers], client: Integers, part: Integers, whole: Integers
) -> ByClient:
    """Group g has the value `values[c][numbers[c][g]]` of column c, and is `whole[g]` rows of `client[g]`, a number
    from 0 or NOBODY. Two of one client can be of one pattern, as codes beside "don't know" are read without it."""
    there = whole > 0
    kinds, kind = _kinds([held[there].astype(np.int64) for held in numbers], int(there.sum()))
    named = named_patterns(values, kinds) if there.any() else []
    places = {pattern: place for place, pattern in enumerate(dict.fromkeys(named))}
    pattern = np.array([places[each] for each in named], np.int64)[kind]
    return _summed(tuple(places), client[there].astype(np.int64), pattern, part[there], whole[there])


def _kinds(numbers: Sequence[Integers], groups: int) -> tuple[list[Integers], Integers]:
    """The different rows of numbers, column by column, and which of them each group has."""
    key = np.zeros(groups, np.int64)
    kinds: list[Integers] = []
    for held in numbers:
        size = int(held.max(initial=0)) + 1
        found, key = np.unique(key * size + held, return_inverse=True)
        kinds = [*(known[found // size] for known in kinds), found % size]
    return kinds, key


def _summed(
    patterns: tuple[Pattern, ...], client: Integers, pattern: Integers, part: Integers, whole: Integers
) -> ByClient:
    key = (client + 1) * max(1, len(patterns)) + pattern
    found, place = np.unique(key, return_inverse=True)
    if len(found) < len(key):
        part, whole = (np.bincount(place, amounts, len(found)) for amounts in (part, whole))
        client, pattern = found // max(1, len(patterns)) - 1, found % max(1, len(patterns))
    return ByClient(patterns, client, pattern, part.astype(np.int64), whole.astype(np.int64))
