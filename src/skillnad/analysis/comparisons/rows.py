"""What more than its table an engine tells of the rows of a plain question. It stays inside the door, as a RawTable
does: what is made of it is protected by what makes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import Key

Days = NDArray[np.int64]


@dataclass(frozen=True)
class Lasting:
    """How long the rows of one cell have lasted: `days`, least first, each once, with how many rows ended after so
    many, and how many are open and have been followed for so many. Three arrays of one length."""

    days: Days
    ended: Days
    open: Days


Pattern = tuple[str, ...]
"""One level of each column; of one with several values, the codes that a row holds with `;` between, in the codebook's
order; "" where nothing is recorded."""


NOBODY = -1
"""The client of rows of which nobody knows whose they are: each is then taken to be another one's."""
Numbers = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ByClient:
    """How many rows each client has of each pattern, and how many of them hold what the question is of: four arrays of
    one length, each pair of client and pattern once. A client is a number from 0 that means nothing, or NOBODY; a
    pattern is its place in `patterns`."""

    patterns: tuple[Pattern, ...]
    client: Numbers
    pattern: Numbers
    part: Numbers
    whole: Numbers


@dataclass(frozen=True, eq=False)
class LastingBy:
    """How long rows have lasted, and whose they are: arrays of one length, of rows that are alike. `patterns[pattern]`
    are their values of the columns asked for; `client` is a number from 0, or NOBODY. So many of them `ended` after
    `days`, and so many are `open` and have been followed for so many."""

    patterns: tuple[Pattern, ...]
    pattern: Days
    client: Days
    days: Days
    ended: Days
    open: Days


class Rows(Protocol):
    """The rows of one plain question on one engine."""

    def lasting(self) -> Mapping[Key, Lasting]:
        """Of a Duration: every cell of its table, margins too, that has a row."""
        ...

    def lasting_by(self, columns: tuple[str, ...]) -> LastingBy:
        """Of a Duration: its rows by their values of `columns`, whose they are, and how long they have lasted."""
        ...

    def patterns(self, columns: tuple[str, ...]) -> Mapping[Pattern, Counted]:
        """Of a Share: the rows that are in its denominator by their values of `columns`, and how many of them hold
        what the share is of. Only patterns that some row has."""
        ...

    def by_client(self, columns: tuple[str, ...]) -> ByClient:
        """The same rows by whose they are. Of a Count: all its rows, of which none holds anything."""
        ...
