"""How long rows have lasted, by their values of some columns and whose they are."""

from collections.abc import Iterable, Sequence

import numpy as np

from skillnad.analysis.comparisons.rows import NOBODY, LastingBy, Pattern
from skillnad.analysis.engines.cells import Integers
from skillnad.analysis.engines.lasting import Lasted


def each_by_client(rows: Iterable[tuple[Pattern, int | None, int, bool]]) -> LastingBy:
    """Of rows one by one: their values, whose they are, their days, and whether they have ended."""
    told = list(rows)
    patterns = list(dict.fromkeys(pattern for pattern, _, _, _ in told))
    columns = (
        [patterns.index(pattern) for pattern, _, _, _ in told],
        [NOBODY if client is None else client for _, client, _, _ in told],
        [days for _, _, days, _ in told],
        [over for _, _, _, over in told],
        [not over for _, _, _, over in told],
    )
    return LastingBy(tuple(patterns), *(np.array(numbers, np.int64) for numbers in columns))


def by_client(values: Sequence[list[str]], numbers: Sequence[Integers], client: Integers, lasted: Lasted) -> LastingBy:
    """Group g has the value `values[c][numbers[c][g]]` of column c. Two numbers can stand for one value, as codes
    beside "don't know" are read without it."""
    pattern, first = np.zeros(len(client), np.int64), np.zeros(min(1, len(client)), np.int64)
    named = [_named(told, held) for told, held in zip(values, numbers, strict=True)]
    for names, held in named:
        _, first, pattern = np.unique(pattern * len(names) + held, return_index=True, return_inverse=True)
    patterns: list[Pattern] = [tuple(names[held[place]] for names, held in named) for place in first.tolist()]
    return LastingBy(tuple(patterns), pattern.ravel(), client.astype(np.int64), lasted.days, lasted.ended, lasted.open)


def _named(values: list[str], numbers: Integers) -> tuple[list[str], Integers]:
    """Each value once, and each group's number of them."""
    names = list(dict.fromkeys(values))
    places = np.array([names.index(value) for value in values], np.int64)
    return names, places[numbers.astype(np.int64)]
