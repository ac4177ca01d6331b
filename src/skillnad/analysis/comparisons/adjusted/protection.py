"""What a model's figures tell of the few in a group who have a background.

Whatever a logistic model says (coefficients, their errors, adjusted shares, differences, whether there is a solution)
follows from how many rows each pattern has and from its sufficient statistics: how many have the outcome in each group,
and in each class of each background factor. Take a reader, then, who knows how many rows each pattern has, the plain
table, and each of these margins exactly, which is more than figures of three decimals say.

Every margin is one that is shown anyway: the groups' are the plain table's, and no class has few with the outcome or
few without (`background.thick`). What is left are the cells behind two margins: how many of a group's rows in
a class have the outcome. Where 50 rows of a class of 52 are of one group, the class's margin tells the group's cell but
for two rows.

So a factor is used only where this holds of each cell (a group's rows of a class, or of a level that was put together
with others in it) that is small, or all but small: for each number from 1 to the threshold that it could have been to
who knows all but the model, there is another register, with the same number of rows in each pattern, the same plain
table and the same margins, and therefore the same model to the last digit, in which it is that number. Such a register
is made by moving the outcome, in the group, from rows of another class to rows of this one, and as many the other way
in other groups, always between rows that are alike in all else. Where too few rows are alike the register is not found,
and the classes are put together instead, as thin ones are (`background.joined`). That a reader knows which became one
changes nothing: the register is looked for anew among the classes that came of it. Groups that are one in the model are
looked at together and each by itself.

Cells behind three margins or more (a group's rows with this age and that origin) are not looked at one by one, as
they are not behind the gaps of a table of two columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from skillnad.analysis.comparisons.adjusted.background import Factor, Places, Tally, joined
from skillnad.analysis.disclosure.policy import Policy

MOST_KEYS = 2**62


def kept_open(tally: Tally, factors: Sequence[Factor], policy: Policy) -> list[Factor]:
    """The factors, with classes put together until no small cell behind them is narrowed.

    What holds of a factor goes on to hold when another one's classes are put together: more rows are alike then.
    """
    made = list(factors)
    for place in range(len(made)):
        while made[place].count > 1 and len(narrowed := narrowed_classes(tally, made, place, policy)):
            made[place] = joined(made[place], tally, narrowed)
    return made


def narrowed_classes(tally: Tally, factors: Sequence[Factor], place: int, policy: Policy) -> Places:
    """The classes of one factor in which some group's small count, of a level or of all, is not shown to be open."""
    found = [_narrowed(tally, factors, place, policy)]
    if len(np.unique(tally.own)) > len(np.unique(tally.group)):
        found.append(_narrowed(replace(tally, group=tally.own), factors, place, policy))
    return np.unique(np.concatenate(found))


def _narrowed(tally: Tally, factors: Sequence[Factor], place: int, policy: Policy) -> Places:
    factor, rows = factors[place], _Rows.of(tally, factors, place)
    levels, every = np.arange(len(factor.classes)), np.arange(factor.count)
    narrowed = factor.classes[rows.narrowed(replace(factor, classes=levels), factor.classes, policy)]
    return np.concatenate([narrowed, every[rows.narrowed(factor, every, policy)]])


@dataclass(frozen=True, eq=False)
class _Rows:
    """The patterns by `kind`: alike in all but one factor. `within`: each kind's group. By kind and class, how many
    rows can `lose` the outcome, and how many can `get` it."""

    tally: Tally
    kind: Places
    within: Places
    lose: Places
    get: Places

    @classmethod
    def of(cls, tally: Tally, factors: Sequence[Factor], place: int) -> "_Rows":
        others = [other.grouped for number, other in enumerate(factors) if number != place]
        kind, first = kinds_of(np.array([tally.group, tally.own, *others]).T)
        empty = np.zeros((0, 0), dtype=np.int64)
        bare = cls(tally, kind, tally.group[first], empty, empty)
        lose, get = bare._by_kind(factors[place])
        return replace(bare, lose=lose, get=get)

    def _by_kind(self, factor: Factor) -> tuple[Places, Places]:
        shape = (len(self.within), factor.count)
        cell = self.kind * factor.count + factor.grouped
        part, without = self.tally.part, self.tally.whole - self.tally.part
        lose, get = (np.bincount(cell, amounts, shape[0] * shape[1]).reshape(shape) for amounts in (part, without))
        return lose.astype(np.int64), get.astype(np.int64)

    def narrowed(self, cells: Factor, classes: Places, policy: Policy) -> Places:
        """The cells, each a part of its class, in which some group's small count is not shown to be open."""
        part = _by_group(self.tally, cells, self.tally.part)
        low, high = wanted(*_known(self.tally, cells), policy)
        lose, get = self._by_kind(cells)
        up, down = np.zeros_like(part), np.zeros_like(part)
        for cell in np.flatnonzero((low < high).any(axis=0)):
            own = classes[cell]
            up[:, cell] = self._reach(get[:, cell], self.lose, lose[:, cell], own, self.elsewhere[:, own])
            down[:, cell] = self._reach(lose[:, cell], self.get, get[:, cell], own, self.elsewhere[:, :, own])
        return np.flatnonzero(((high - part > up) | (part - low > down)).any(axis=0))

    def _reach(self, here: Places, there: Places, mine: Places, own: int, elsewhere: Places) -> Places:
        """By group, how many of a cell's rows can change places with the rows of one class: with its own, but for the
        cell itself, freely; with another one's as far as other groups can make up for it."""
        room = there.copy()
        room[:, own] -= mine
        found = np.zeros(elsewhere.shape, dtype=np.int64)
        np.add.at(found, self.within, np.minimum(here[:, None], room))
        limit = elsewhere.copy()
        limit[:, own] = found[:, own]
        most: Places = np.minimum(found, limit).max(axis=1)
        return most

    @cached_property
    def elsewhere(self) -> Places:
        """By group, class and class: how many rows of the first can lose the outcome where as many of the second can
        get it, in all other groups."""
        groups, count = int(self.tally.group.max()) + 1, self.lose.shape[1]
        moves = np.zeros((groups, count, count), dtype=np.int64)
        for one in range(count):
            np.add.at(moves[:, one], self.within, np.minimum(self.lose[:, [one]], self.get))
        return moves.sum(axis=0) - moves


def kinds_of(rows: Places) -> tuple[Places, Places]:
    """The kind of each row (rows that are alike in all columns, none negative), and one row of each kind, in the order
    of their columns. Rows are many, and sorting numbers takes a tenth of the time that sorting rows does."""
    key = np.zeros(len(rows), dtype=np.int64)
    room = 1
    for column in rows.T.astype(np.int64):
        size = int(column.max(initial=0)) + 1
        if room * size > MOST_KEYS:
            found, key = np.unique(key, return_inverse=True)
            room = len(found)
        key, room = key * size + column, room * size
    _, first, kind = np.unique(key, return_index=True, return_inverse=True)
    return kind, first


def wanted(part: Places, whole: Places, least: Places, most: Places, policy: Policy) -> tuple[Places, Places]:
    """From which number to which each cell must still be able to be, where it is small or all but small; from itself to
    itself where it is neither. `least` and `most` are what it could be to a reader without the model."""
    low, high = part.copy(), part.copy()
    few = (part > 0) & (part < policy.threshold)
    low[few], high[few] = np.maximum(least, 1)[few], np.minimum(most, policy.threshold)[few]
    without = whole - part
    few = (without > 0) & (without < policy.threshold)
    low[few] = np.minimum(low, np.maximum(least, whole - policy.threshold))[few]
    high[few] = np.maximum(high, np.minimum(most, whole - 1))[few]
    return low, high


def _known(tally: Tally, factor: Factor) -> tuple[Places, Places, Places, Places]:
    """By group and class: how many have the outcome, of how many, and from what to what the plain table lets it be."""
    part, whole = _by_group(tally, factor, tally.part), _by_group(tally, factor, tally.whole)
    parts, wholes = part.sum(axis=1, keepdims=True), whole.sum(axis=1, keepdims=True)
    return part, whole, np.maximum(0, parts - (wholes - whole)), np.minimum(whole, parts)


def _by_group(tally: Tally, factor: Factor, amounts: Places) -> Places:
    groups = int(tally.group.max()) + 1
    added = np.bincount(tally.group * factor.count + factor.grouped, amounts, groups * factor.count)
    return added.reshape(groups, factor.count).astype(np.int64)
