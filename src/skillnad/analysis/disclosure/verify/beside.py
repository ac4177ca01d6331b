"""A release beside earlier ones of the same people, whose truth is not at hand: what all of them tell together.

A gap that only the earlier ones have is a number that nobody here knows. It must stay open as far as they left it: what
it could be from 1 to the threshold it must still be able to be, and any other gap more than one number.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import ceil, floor, inf

from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.blind import Blind
from skillnad.analysis.disclosure.verify.incidence import Incidence, TooWide, incidence_of
from skillnad.analysis.disclosure.verify.objections import Counted, Objection, Publication, Wrong
from skillnad.analysis.disclosure.verify.promises import Promise, few, known_of, promises_of, unkept
from skillnad.analysis.disclosure.verify.reader import NEAR, GapReader, OutOfBudget
from skillnad.analysis.disclosure.verify.unknowns import Contradiction, Unknowns, unknowns_of
from skillnad.analysis.disclosure.verify.verifying import BUDGET, apart_of, counts_of


def verify_beside(
    release: Publication,
    earlier: Sequence[Publication],
    policy: Policy,
    truth: Sequence[Counted],
    *,
    budget: float = BUDGET,
) -> list[Objection]:
    """None means that `release`, read together with `earlier`, tells no more than was promised of a gap of any of them.
    `truth`: the tables that the release was made of. A reader who knows which gaps are small, or who is alone in one,
    knows what is not known here: beside gaps of the earlier releases alone nothing is shown to be safe from them."""
    try:
        both, before = incidence_of([*earlier, release]), incidence_of(earlier)
    except TooWide:
        return [Objection(Wrong.UNSURE, table.name, table.rows[0][0], table.columns) for table in release.tables]
    apart = list(apart_of(both))
    try:
        own = slice(len(before.rows), None)
        return apart or list(_Beside(both, before, _known(both, own, truth), policy, budget).objections())
    except Contradiction:
        return [both.rows[-1].objection(Wrong.SUM)]
    except OutOfBudget:
        return [row.objection(Wrong.UNSURE) for row in both.rows if row.count is None]


@dataclass(frozen=True)
class _Reading:
    """One who has some of the releases."""

    incidence: Incidence
    told: Unknowns
    reader: GapReader

    @property
    def people(self) -> list[bytes]:
        """Of each gap."""
        return [self.incidence.people(at) for at in self.told.gap_rows]


def _known(both: Incidence, own: slice, truth: Sequence[Counted]) -> dict[bytes, int]:
    """The counts that are shown, and those of the release's own rows."""
    counts = counts_of(truth)
    shown = {both.people(at): row.count for at, row in enumerate(both.rows) if row.count is not None}
    rows = list(enumerate(both.rows))[own]
    return shown | {both.people(at): counts.get((row.table, row.coordinates), 0) for at, row in rows}


class _Beside:
    """The rows of `before` are the first of `both`."""

    def __init__(
        self, both: Incidence, before: Incidence, known: Mapping[bytes, int], policy: Policy, budget: float
    ) -> None:
        self.policy, self.budget, self.known = policy, budget, known
        self.least, self.most = float(not policy.zeros_protected), float(policy.threshold)
        self.both, self.before = self._reading(both), self._reading(before)

    def _reading(self, incidence: Incidence) -> _Reading:
        told = unknowns_of(incidence)
        values = [self.known.get(incidence.people(at), self.policy.threshold) for at in told.gap_rows]
        return _Reading(incidence, told, GapReader(told, *known_of(values, self.policy), self.budget))

    def objections(self) -> Iterator[Objection]:
        gaps = dict(enumerate(self.both.people))
        own = [gap for gap, people in gaps.items() if people in self.known]
        lone = [gap for gap in gaps if gap not in own]
        rows = [self.both.incidence.rows[at] for at in self.both.told.gap_rows]
        if lone and (self.policy.contributors or self.policy.reader is Attacker.PRIMARY_KNOWN):
            yield from (rows[gap].objection(Wrong.UNSURE) for gap in lone)
            return
        promises = [*self._own(own), *self._left(lone)]
        broken = unkept(promises, self.both.reader)
        blind = Blind(self.both.incidence, self.known, self.policy, self.budget) if broken else None
        for promise in chain(broken, self._exact(lone, promises)):
            if not (blind and blind.excuses(promise, self.both.told.gap_rows[promise.gap], self.both.reader)):
                yield rows[promise.gap].objection(Wrong.NARROW)

    def _own(self, gaps: Sequence[int]) -> Iterator[Promise]:
        for gap in gaps:
            (promise,) = promises_of([self.known[self.both.people[gap]]], self.policy)
            yield Promise(gap, promise.low, promise.high)

    def _left(self, gaps: Sequence[int]) -> Iterator[Promise]:
        """What the earlier releases left open, where that may be a small number."""
        place = {people: gap for gap, people in enumerate(self.before.people)}
        rows = self.both.told.gap_rows
        asked = {gap: place[self.before.incidence.people(rows[gap])] for gap in gaps}
        everything = [Promise(of, self.least, self.most) for of in asked.values()]
        closed = {promise.gap for promise in unkept(everything, self.before.reader)}
        for gap, of in asked.items():
            open_ends = self._ends(of) if of in closed else [self.least, self.most]
            if open_ends and open_ends[0] < open_ends[-1]:
                yield Promise(gap, open_ends[0], open_ends[-1])

    def _ends(self, gap: int) -> list[float]:
        """Of what a small number is to seem, what it could be; of whole numbers where there are few unknowns."""
        reader = self.before.reader
        low, high = max(self.least, float(reader.low[gap])), min(self.most, float(reader.high[gap]))
        if not few(reader):
            return [low, high]
        return [float(end) for end in range(ceil(low - NEAR), floor(high + NEAR) + 1) if _may_be(reader, gap, end)]

    def _exact(self, gaps: Sequence[int], promises: Sequence[Promise]) -> list[Promise]:
        """Gaps that were no small number, and are now one number alone."""
        asked, reader = {promise.gap for promise in promises}, self.both.reader
        rest = [gap for gap in gaps if gap not in asked]
        for gap in rest:
            reader.reach([gap], [inf], upward=False)
        return unkept([Promise(gap, float(reader.low[gap]), float(reader.low[gap])) for gap in rest], reader)


def _may_be(reader: GapReader, gap: int, value: int) -> bool:
    """Whole numbers between two that can be can be too, or are not asked for."""
    return reader.whole(gap, value, upward=True) and reader.whole(gap, value, upward=False)
