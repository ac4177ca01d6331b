"""How many times as uncertain groups' shares are because one person can have several rows (`formulas.clusters`).

How alike two rows of one client are is told from the groups that are shown, together with TRIED clients whose rows are
as alike as is USUAL; from the usual alone where fewer than TRIED have two rows. So groups of few lean on what is usual,
and do not follow what chance makes of one or two clients. Clients who are in two groups
that are compared make the difference surer than is said here. That is left out, on the safe side.

What a reader learns of it. An interval tells how many times it has been widened, and that tells two things.

- How alike clients' rows are. It is one number of TRIED clients or more of all the shown groups, and as many usual
  ones, rounded up to a STEP: the answers of one client move it by a few STEPs at most. No hidden group is in it.
- How many of a group's rows are of one client. Of all together, and of all the others, it is told by the groups that
  are shown: the rows of the hidden are taken to go together as theirs do. Such pairs of rows are rounded up to as many
  as the policy's threshold of clients with two rows each have. Who knows all else learns that there are some, be they
  of one client or of as many as the threshold: what a gap tells. None is told as none, as everywhere.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

import numpy as np
from numpy.typing import NDArray

from skillnad.analysis.comparisons.rows import NOBODY, ByClient, Numbers, Pattern
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.formulas.clusters import Clusters, design_effect, intraclass_correlation
from skillnad.analysis.formulas.differences import Effects
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL

USUAL, TRIED = 0.2, 10
"""How alike a client's rows are before any are seen, and how many clients that counts as."""
STEP = 0.05
SURE = 1e-9
"""What is nearer a step than this part of one is that step."""


@dataclass(frozen=True)
class Repeats:
    """How many times as uncertain each group's share is, and (`others`) that of all who are in other groups. 1 of what
    is not named."""

    groups: Mapping[str, float] = field(default_factory=dict)
    others: Mapping[str, float] = field(default_factory=dict)

    def of(self, code: str) -> float:
        return self.groups.get(code, 1.0)

    def of_two(self, code: str, against: str = "") -> Effects:
        """Of a group and what it is compared with: another one, or all the others."""
        return self.of(code), self.of(against) if against else self.others.get(code, 1.0)


NONE = Repeats()
"""Every row is another one's."""


@dataclass(frozen=True, eq=False)
class Valued:
    """Rows of clients, by pattern as in `ByClient`, each with a value: `size` rows with the sum `total`, and `squares`
    the sum of the squares. In the order of their patterns."""

    patterns: Sequence[Pattern]
    client: Numbers
    pattern: Numbers
    total: Numbers
    squares: Numbers
    size: Numbers

    def taken(self, rows: NDArray[np.bool_] | Numbers) -> "Valued":
        numbers = (self.client, self.pattern, self.total, self.squares, self.size)
        return Valued(self.patterns, *(each[rows] for each in numbers))

    def where(self, patterns: Collection[int]) -> "Valued":
        starts = np.searchsorted(self.pattern, np.arange(len(self.patterns) + 1))
        inside = [np.arange(starts[place], starts[place + 1]) for place in sorted(patterns)]
        return self.taken(np.concatenate([np.zeros(0, np.int64), *inside]))

    def merged(self) -> "Valued":
        """Each client once, whatever the patterns are."""
        if not len(self.pattern) or self.pattern[0] == self.pattern[-1]:
            return self
        added = [np.bincount(self.client, each).astype(np.int64) for each in (self.total, self.squares, self.size)]
        there = np.flatnonzero(added[2])
        return Valued(self.patterns, there, np.zeros_like(there), *(each[there] for each in added))

    @property
    def clusters(self) -> Clusters:
        """Of what is merged."""
        return Clusters(self.total, self.squares, self.size)


def valued(rows: ByClient) -> Valued:
    """1 of a row that holds it, 0 of one that does not; each row of nobody known as a client's of its own."""
    return each_alone(Valued(rows.patterns, rows.client, rows.pattern, rows.part, rows.part, rows.whole))


def each_alone(rows: Valued) -> Valued:
    """Where whose rows are is not known: those that hold a value (1 or -1, all of a pattern alike), and the others."""
    of, known = rows.taken(rows.client == NOBODY), rows.taken(rows.client != NOBODY)
    without = of.size - of.squares
    value = np.concatenate([np.repeat(np.sign(of.total), of.squares), np.zeros(without.sum(), np.int64)])
    pattern = np.concatenate([np.repeat(of.pattern, of.squares), np.repeat(of.pattern, without)])
    client = np.arange(len(value)) + known.client.max(initial=-1) + 1
    single = (client, pattern, value, np.abs(value), np.ones_like(value))
    before = (known.client, known.pattern, known.total, known.squares, known.size)
    both = Valued(rows.patterns, *(np.concatenate(pair) for pair in zip(before, single, strict=True)))
    return both.taken(np.argsort(both.pattern, kind="stable"))


@dataclass(frozen=True)
class Told:
    """What is told of how rows go together: how alike they are, and by how many pairs at a time."""

    correlation: float
    pairs: int

    @classmethod
    def by(cls, groups: Sequence[Clusters], policy: Policy, usual: float = USUAL) -> "Told":
        """From the groups that are shown."""
        repeated = sum(int((group.size > 1).sum()) for group in groups)
        found, drawn = intraclass_correlation(groups), usual
        if found is not None and repeated >= TRIED:
            drawn = min(1.0, max(0.0, (found * repeated + usual * TRIED) / (repeated + TRIED)))
        return cls(ceil(drawn / STEP - SURE) * STEP, 2 * policy.threshold)

    def effect(self, pairs: int, rows: int) -> float:
        return design_effect(ceil(pairs / self.pairs) * self.pairs, rows, self.correlation)


def repeats_of(rows: ByClient, named: Collection[str], shown: Collection[str], policy: Policy) -> Repeats:
    """`rows` have the group first of their columns. `named` are the groups that somebody is in by name; of `shown`,
    TOTAL perhaps among them, a reader sees how many hold it."""
    return repeats_of_values(valued(rows), named, shown, policy)


def repeats_of_values(
    each: Valued, named: Collection[str], shown: Collection[str], policy: Policy, usual: float = USUAL
) -> Repeats:
    """The same of rows with any values, each of a client."""
    if not each.merged().clusters.pairs:
        return NONE
    places = _places(each.patterns, {*named, *shown} - {TOTAL})
    held = {code: each.where(inside).merged() for code, inside in places.items()}
    open_to = [code for code in places if code in shown] or list(places)
    everyone = each.where({place for code in open_to for place in places[code]}).merged().clusters
    told = Told.by([one.clusters for code, one in held.items() if code in shown], policy, usual)
    effects = {code: told.effect(one.clusters.pairs, int(one.size.sum())) for code, one in held.items()}
    effects[TOTAL] = told.effect(everyone.pairs, int(everyone.size.sum()))
    compared = [code for code in open_to if code in named]
    rest = _Rest.of(each.where({place for code in compared for place in places[code]}))
    return Repeats(effects, {code: told.effect(*rest.without(held[code])) for code in compared})


def _places(patterns: Sequence[Pattern], codes: Collection[str]) -> dict[str, list[int]]:
    """The patterns that are of each group: of several, where groups overlap."""
    found: dict[str, list[int]] = {}
    for place, pattern in enumerate(patterns):
        for code in pattern[0].split(";"):
            if code in codes:
                found.setdefault(code, []).append(place)
    return found


@dataclass(frozen=True, eq=False)
class _Rest:
    """How many rows each client has in all groups together: of whom a group's are left out in turn."""

    size: Numbers
    pairs: int

    @classmethod
    def of(cls, known: Valued) -> "_Rest":
        size = np.bincount(known.client, known.size).astype(np.int64)
        return cls(size, int((size * (size - 1)).sum()))

    def without(self, group: Valued) -> tuple[int, int]:
        """Pairs and rows of all the others."""
        in_all = self.size[group.client]
        left = in_all - group.size
        pairs = self.pairs - int((in_all * (in_all - 1) - left * (left - 1)).sum())
        return pairs, int(self.size.sum() - group.size.sum())


def counted_patterns(rows: ByClient) -> dict[Pattern, Counted]:
    """Whoever they are of."""
    part, whole = (np.bincount(rows.pattern, each, len(rows.patterns)) for each in (rows.part, rows.whole))
    each = zip(rows.patterns, part.astype(np.int64).tolist(), whole.astype(np.int64).tolist(), strict=True)
    return {pattern: Counted(some, of) for pattern, some, of in each}


def beside(names: Sequence[str], each: Sequence[ByClient]) -> ByClient:
    """The rows of several registers as groups of one: nobody is in two of them."""
    client, first = [], 0
    for rows in each:
        client.append(np.where(rows.client == NOBODY, NOBODY, rows.client + first))
        first += int(rows.client.max(initial=-1)) + 1
    pattern = np.repeat(np.arange(len(names)), [len(rows.client) for rows in each])
    part, whole = (np.concatenate(amounts) for amounts in ([rows.part for rows in each], [rows.whole for rows in each]))
    return ByClient(tuple((name,) for name in names), np.concatenate(client), pattern, part, whole)
