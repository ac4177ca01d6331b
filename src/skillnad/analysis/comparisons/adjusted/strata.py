"""What a standardised share tells of the few in one stratum of a group.

A reader who knows how many of the group are in each stratum has two equations for how many of them have the outcome:
they add up to the plain count, and they give the standardised share, within what is rounded to it, with the ends of its
own interval. Two strata are two unknowns: both counts follow. So a group's standardised share is shown only where this
holds of each stratum, and of each margin over strata, that is small or all but small: for each number from 1 to the
threshold that it could have been to who knows the plain table alone, there is another register with the same number of
rows in each stratum, the same plain count, and the same figures as they are told, in which it is that number.
Differences, p and verdicts follow from the groups' told figures, and tell nothing more.

Such a register is sought near the true one: the count is changed, other strata make up for it, and pairs of strata take
up what that moves the figures. What is found is tried with the formula itself; what is not found in so many tries is
taken not to be there.

How many rows a stratum has is no secret that it tells: a stratum that counts has as many as the threshold (see
`standard`), and one that does not count is not in the figure.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Mask, Places
from skillnad.analysis.comparisons.adjusted.figures import FINEST, Share, told
from skillnad.analysis.comparisons.adjusted.protection import wanted
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.designs import Real
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.standardisation import Stratum

STEPS = 3
"""A pair of strata is tried with up to so many rows moved between them."""
PAIRS = 150
"""So many such changes are tried, each with each."""
TURNS = 10
"""So many ways of making up for a change are tried, half of them in few strata, half in many."""
MOST = 20
"""So many registers are looked at for each of them."""


@dataclass(frozen=True, eq=False)
class Strata:
    """One group: in each stratum how many have the outcome, of how many. `exact` gives the standardised share and the
    ends of its interval, were the first something else; they are told in parts of one, so many as `finest`."""

    names: Sequence[Stratum]
    part: Places
    whole: Places
    exact: Callable[[Places], Share]
    finest: int = FINEST

    def open(self, policy: Policy) -> bool:
        """Whether every small number of them could still be anything that it could have been."""
        return all(self.could_be(mask, number) for mask, number in self._numbers(policy))

    def could_be(self, mask: Mask, number: int) -> bool:
        """Whether some other register with the same figures has this number in the strata of `mask` together."""
        fixes = _Fixes.of(self, mask)
        for base in self._changed(mask, number - int(self.part[mask].sum())):
            if any(self._same(made) for made in fixes.near(base)):
                return True
        return False

    def _same(self, part: Places) -> bool:
        return told(self.exact(part), self.finest) == self.told

    def _numbers(self, policy: Policy) -> Iterator[tuple[Mask, int]]:
        """What each small count must still be able to be."""
        masks = self._masks()
        part, whole = masks @ self.part, masks @ self.whole
        least = np.maximum(0, self.part.sum() - (self.whole.sum() - whole))
        low, high = wanted(part, whole, least, np.minimum(whole, self.part.sum()), policy)
        for mask, now, first, last in zip(masks, part, low, high, strict=True):
            yield from ((mask, int(number)) for number in range(first, last + 1) if number != now)

    def _masks(self) -> Mask:
        """The strata, and the margins over them: all that have the same level of some of the columns."""
        columns = range(len(self.names[0]))
        found: dict[bytes, Mask] = {}
        for count in range(1, len(columns) + 1):
            for chosen in combinations(columns, count):
                kept = [tuple(name[column] for column in chosen) for name in self.names]
                for level in dict.fromkeys(kept):
                    mask = np.array([each == level for each in kept])
                    found.setdefault(mask.tobytes(), mask)
        return np.array(list(found.values()))

    def _changed(self, mask: Mask, change: int) -> Iterator[Places]:
        """`part` with the change in the strata of the mask, made up for in others: those first that it takes the least
        of, so that the standardised share hardly moves; in few strata, and in many."""
        slope = self.slopes[0]
        far = np.abs(slope - slope[mask].mean())
        inside, outside = (np.flatnonzero(each)[np.argsort(far[each], kind="stable")] for each in (mask, ~mask))
        up, down = self.whole - self.part, self.part.copy()
        get, give = (up, down) if change > 0 else (down, up)
        sign = 1 if change > 0 else -1
        for turn in range(TURNS):
            most = abs(change) if turn % 2 else 1
            got = _spread(np.roll(inside, -(turn // 2)), get, abs(change), most)
            given = _spread(np.roll(outside, -(turn // 2)), give, abs(change), most)
            yield self.part + sign * (got - given)

    @cached_property
    def told(self) -> Share:
        return told(self.exact(self.part), self.finest)

    @cached_property
    def slopes(self) -> Real:
        """About how much each figure moves by one more with the outcome in each stratum."""
        step = np.where(self.part < self.whole, 1, -1)
        moved = [_figures(self.exact(self.part + one)) - _figures(self.exact(self.part)) for one in np.diag(step)]
        return np.array(moved).T * step


def _figures(share: Share) -> Real:
    return np.array([share.value, *share.interval])


def _spread(order: Places, room: Places, amount: int, most: int) -> Places:
    """The amount shared out over strata in their order, at most so many at a time, as far as there is room."""
    found = np.zeros(len(room), dtype=np.int64)
    while amount and (found[order] < room[order]).any():
        for place in order:
            step = min(most, amount, int(room[place] - found[place]))
            found[place] += step
            amount -= step
    return found


@dataclass(frozen=True, eq=False)
class _Fixes:
    """Changes that leave the number of the mask, and the sum, as they are: some more with the outcome in one stratum,
    as many fewer in another, both in the mask or both outside it. The first changes nothing."""

    strata: Strata
    changes: Places
    moved: Real

    @classmethod
    def of(cls, strata: Strata, mask: Mask) -> "_Fixes":
        one, other = np.nonzero((mask[:, None] == mask[None, :]) & ~np.eye(len(mask), dtype=bool))
        size = np.eye(len(mask), dtype=np.int64)
        pairs = size[one] - size[other]
        changes = np.concatenate([np.zeros((1, len(mask)), dtype=np.int64), *(n * pairs for n in range(1, STEPS + 1))])
        kept = changes[:: 1 + len(changes) // PAIRS]
        return cls(strata, kept, kept @ strata.slopes.T)

    def near(self, base: Places) -> Iterator[Places]:
        """What `base` can be made by two of them, with the figures about what they are told to be, nearest first."""
        strata = self.strata
        value, (low, high) = strata.told.value, strata.told.interval
        half = 0.5 / strata.finest
        goal = np.array([value, low + half, high - half]) - _figures(strata.exact(base))
        first, second = np.triu_indices(len(self.changes))
        off = np.abs(self.moved[first] + self.moved[second] - goal).max(axis=1)
        close = np.flatnonzero(off <= half)
        for place in close[np.argsort(off[close], kind="stable")][:MOST]:
            made = base + self.changes[first[place]] + self.changes[second[place]]
            if (made >= 0).all() and (made <= strata.whole).all():
                yield made


def strata_of(cells: Mapping[Stratum, Counted], exact: Callable[[Places], Share], finest: int = FINEST) -> Strata:
    """Of all the group's strata, those that do not count too."""
    part, whole = (np.array(counts, dtype=np.int64) for counts in zip(*cells.values(), strict=True))
    return Strata(tuple(cells), part, whole, exact, finest)
