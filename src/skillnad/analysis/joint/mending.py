"""More gaps for promises that a joint reader breaks: for each, the cheapest way that some numbers can change together.

A move is looked for among the relations around what is unmet, and further out where there is none so near. What stands
at the rim, in relations that are not seen, does not move.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from skillnad.analysis.disclosure.audit import Claim
from skillnad.analysis.disclosure.needs import Needs, count_needs
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.programme import Moves, Need, prices
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.witnesses import ZERO
from skillnad.analysis.disclosure.work import Work
from skillnad.analysis.joint.components import around, mask

REACH = (2, 4, 8)
"""So many relations out from what is unmet a move is looked for, the nearest first."""
FARTHEST = 50.0
"""A move is not drawn out beyond this; the auditor looks no further."""


@dataclass
class Mending:
    """`kept` cannot be hidden: it has been shown. `worth`: how many times dearer than its size says a cell is to do
    without. `stuck` are claims that no pattern of gaps can keep. `moves` are those that were found, for an auditor to
    try: by cells' places, how much each changes."""

    told: System
    policy: Policy
    hidden: set[Name]
    kept: Collection[Name] = frozenset()
    worth: Mapping[Name, float] = field(default_factory=dict)
    stuck: list[Claim] = field(default_factory=list)
    moves: list[Mapping[int, float]] = field(default_factory=list, repr=False)

    def mend(self, unmet: Sequence[Claim]) -> None:
        """Adds to `hidden` what the claims need, or to `stuck`."""
        waiting = list(unmet)
        for reach in REACH:
            waiting = list(_Near(self, waiting, reach).unmended()) if waiting else []
        self.stuck += waiting


class _Near:
    """The cells around some claims, and how they can move."""

    def __init__(self, all_of: Mending, claims: Sequence[Claim], reach: int) -> None:
        self.all_of, self.claims = all_of, claims
        places = np.flatnonzero(mask(all_of.told, [claim.name for claim in claims]))
        self.told, inside = around(all_of.told, places, reach)
        self.near = np.array([all_of.told.position[cell.name] for cell in self.told.cells])
        needs = count_needs(self.told, all_of.policy)
        shown = mask(self.told, all_of.kept)
        self.needs: Needs = replace(needs, movable=needs.movable & inside & ~shown)
        worth = np.array([all_of.worth.get(cell.name, 1.0) for cell in self.told.cells])
        self.costs = prices(self.told) * worth
        self.moves = Moves(self.told, self.needs, Work(np.inf), self.costs, afresh=True)
        self.room = np.maximum(0.0, self.told.values - needs.floor)
        self.most = np.minimum(FARTHEST, needs.ceiling - self.told.values)
        self.up, self.down = np.zeros(len(self.told.cells)), np.zeros(len(self.told.cells))
        for place in np.flatnonzero(mask(self.told, all_of.hidden) & self.needs.movable).tolist():
            self.moves.hide(place)

    def unmended(self) -> Iterator[Claim]:
        for claim in sorted(self.claims, key=lambda one: (one.secondary, one.low - one.high, one.name)):
            place = self.told.position[claim.name]
            if not self.needs.movable[place] or not self._met(place, claim):
                yield claim

    def _met(self, place: int, claim: Claim) -> bool:
        if claim.secondary:
            return self._any(place, (1.0, -1.0))
        value = self.told.values[place]
        least = max(claim.low, self.needs.floor[place])
        lower = [-(value - least) + less for less in range(int(value - least))]
        return self._any(place, (claim.high - value,)) and (not lower or self._first(place, lower))

    def _first(self, place: int, amounts: Sequence[float]) -> bool:
        """The farthest that it goes; how far the printed zeros let it go is the auditor's to say."""
        return any(self._any(place, (amount,)) for amount in amounts) or True

    def _any(self, place: int, amounts: Sequence[float]) -> bool:
        """Is one of the amounts possible, as it stands or with the gaps that it costs least to add?"""
        if any(self._known(place, amount) for amount in amounts):
            return True
        found = [self.moves.cheapest(*need) for need in _needs(place, amounts)]
        moves = [move for move in found if move is not None]
        if moves:
            self._take(min(moves, key=self._cost))
        return bool(moves)

    def _known(self, place: int, amount: float) -> bool:
        return bool(self.up[place] >= amount - ZERO if amount > 0 else self.down[place] <= amount + ZERO)

    def _cost(self, move: np.ndarray) -> float:
        changed = np.flatnonzero((np.abs(move) > ZERO) & ~self.told.latent)
        new = [place for place in changed.tolist() if self.told.cells[place].name not in self.all_of.hidden]
        return float(self.costs[new].sum())

    def _take(self, move: np.ndarray) -> None:
        """What has moved one way can move as far as it goes, and the other way too."""
        for each in (move, *(self._drawn_out(way) for way in (move, -move))):
            self.up, self.down = np.maximum(self.up, each), np.minimum(self.down, each)
            changed = np.flatnonzero(each)
            self.all_of.moves.append(dict(zip(self.near[changed].tolist(), each[changed].tolist(), strict=True)))
        for place in np.flatnonzero((np.abs(move) > ZERO) & ~self.told.latent).tolist():
            name = self.told.cells[place].name
            if name not in self.all_of.hidden:
                self.all_of.hidden.add(name)
                self.moves.hide(place)

    def _drawn_out(self, move: np.ndarray) -> np.ndarray:
        """The same move as many whole times as it goes; or as far as it goes, where that is less than once."""
        changed = np.flatnonzero(np.abs(move) > ZERO)
        ends = np.where(move > 0, self.most, self.room)[changed]
        times = float((ends / np.abs(move[changed])).min())
        return move * (times if times < 1 else np.floor(times))


def _needs(place: int, amounts: Sequence[float]) -> list[Need]:
    return [(place, amount) for amount in amounts if amount]
