"""Which two rows of each person a Change compares, for all persons at once."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from skillnad.analysis.engines.cells import Booleans, Integers
from skillnad.analysis.selection import Reason

EPOCH = date(1970, 1, 1)
NEVER = -1_000_000
"""The day of a row that has none."""


@dataclass(frozen=True)
class Occasions:
    """A row a place: its client's number (below 0: nobody's), what it can be compared within, its day since EPOCH and
    its own key, by which rows of the same day are ordered."""

    client: Integers
    within: Integers
    day: Integers
    own: Integers

    def usable(self) -> Booleans:
        return (self.client >= 0) & (self.day > NEVER)

    def pairs(self, between: tuple[date, date] | None) -> tuple[Integers, Integers]:
        """The places of the first and of the last occasion, one of each for every person who has both."""
        places = np.flatnonzero(self.usable())
        if between is None:
            return self._first_and_last(places)
        before, after = (self._latest(places[self.day[places] <= (limit - EPOCH).days]) for limit in between)
        _, in_before, in_after = np.intersect1d(self.client[before], self.client[after], return_indices=True)
        first, last = before[in_before], after[in_after]
        return first[first != last], last[first != last]

    def left_out(self, compared: Integers) -> dict[Reason, int]:
        """The rows that are not compared, by reason, where `compared` has a place for each person who is."""
        usable, someone = self.usable(), np.isin(self.client, self.client[compared])
        return {
            Reason.NO_EVENT_DATE: int((self.day <= NEVER).sum()),
            Reason.NO_CLIENT: int(((self.client < 0) & (self.day > NEVER)).sum()),
            Reason.ONE_OCCASION: int((usable & ~someone).sum()),
            Reason.OTHER_OCCASION: int((usable & someone).sum()) - 2 * len(compared),
        }

    def _latest(self, places: Integers) -> Integers:
        """Of each person's rows among `places`, the last one."""
        in_order = places[np.lexsort((self.own[places], self.day[places], self.client[places]))]
        return in_order[_ends(self.client[in_order])]

    def _first_and_last(self, places: Integers) -> tuple[Integers, Integers]:
        keys = (self.own[places], self.day[places], self.within[places], self.client[places])
        in_order = places[np.lexsort(keys)]
        ends = np.flatnonzero(_ends(self.client[in_order], self.within[in_order]))
        starts = np.concatenate([[0], ends[:-1] + 1])[: len(ends)]
        first, last = in_order[starts], in_order[ends]
        apart = self.day[first] < self.day[last]
        first, last = first[apart], last[apart]
        chosen = np.isin(last, self._latest(last))
        return first[chosen], last[chosen]


def _ends(*keys: Integers) -> Booleans:
    """Which places are the last of a run of the same keys."""
    ends = np.ones(len(keys[0]), dtype=bool)
    ends[:-1] = np.any([key[1:] != key[:-1] for key in keys], axis=0)
    return ends
