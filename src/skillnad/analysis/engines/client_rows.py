"""Rows grouped by whose they are and by their values of some columns."""

from collections.abc import Iterable, Sequence

import numpy as np

from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Pattern
from skillnad.analysis.engines.cells import Integers
from skillnad.analysis.engines.pattern_rows import named_patterns

MOST_KEYS = 2**62


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
    held = ByClient(
        tuple(places), *(each.astype(np.int64) for each in (client[there], pattern, part[there], whole[there]))
    )
    return held if len(places) == len(named) else _summed(held)


def _kinds(numbers: Sequence[Integers], groups: int) -> tuple[list[Integers], Integers]:
    """The different rows of numbers, column by column, and which of them each group has. Looked for once, but for
    columns of so many numbers together that an integer has no room for them."""
    key, room = np.zeros(groups, np.int64), 1
    sizes = [int(held.max(initial=0)) + 1 for held in numbers]
    kinds: list[Integers] = []
    since = 0
    for place, (held, size) in enumerate(zip(numbers, sizes, strict=True)):
        if room * size > MOST_KEYS:
            kinds, key = _found(kinds, key, sizes[since:place])
            room, since = int(key.max(initial=0)) + 1, place
        key, room = key * size + held, room * size
    return _found(kinds, key, sizes[since:])


def _found(kinds: list[Integers], key: Integers, sizes: Sequence[int]) -> tuple[list[Integers], Integers]:
    """The different keys taken apart: into a kind of before, and the numbers of the columns since."""
    found, key = np.unique(key, return_inverse=True)
    columns = []
    for size in reversed(sizes):
        columns.append(found % size)
        found = found // size
    return [*(known[found] for known in kinds), *reversed(columns)], key


def _summed(rows: ByClient) -> ByClient:
    """Each client and pattern once."""
    size = len(rows.patterns)
    found, place = np.unique((rows.client + 1) * size + rows.pattern, return_inverse=True)
    part, whole = (np.bincount(place, each, len(found)).astype(np.int64) for each in (rows.part, rows.whole))
    return ByClient(rows.patterns, found // size - 1, found % size, part, whole)
