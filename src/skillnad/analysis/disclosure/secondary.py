"""Which more to hide: for each need that no known move meets, the cheapest move, dearest need first; then pruning.

Sequential least-cost programmes (Kelly, Golden and Assad 1992; Fischetti and Salazar-González 2000): the cells that a
move changes are hidden, and cost almost nothing to use again. A move witnesses every need that it happens to meet.
"""

import numpy as np

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.programme import ZERO, Moves, Need
from skillnad.analysis.disclosure.system import System

PRUNE_LIMIT = 300_000
"""At most so many columns of programmes are solved for pruning: what is left hidden is safe, only dearer."""
MANY = 150
"""From so many needs on, they are met a batch at a time: quicker, and some gaps dearer before pruning."""
BATCH = 25


class Unprotectable(Exception):
    """No pattern of gaps makes the cells safe. Says nothing of their values."""


class Search:
    """The growing set of hidden cells and the moves that show it safe. Raises Unprotectable."""

    def __init__(self, told: System, needs: Needs) -> None:
        self.told, self.needs = told, needs
        self.moves = Moves(told, needs)
        self.hidden = np.zeros(len(told.cells), dtype=bool)
        self.witnesses: list[np.ndarray] = []
        self.wanted: list[Need] = []
        self._hide(np.flatnonzero(needs.primary))

    def run(self) -> np.ndarray:
        """The places to hide, as a mask over the system's cells; latent cells are never in it."""
        self._meet(self._primary_needs())
        self._meet_secondaries()
        Pruning(self).run()
        return self.hidden & ~self.told.latent

    def _primary_needs(self) -> list[Need]:
        places = np.flatnonzero(self.needs.primary)
        values = self.told.values
        both = [(int(p), float(side[p] - values[p])) for p in places for side in (self.needs.high, self.needs.low)]
        return sorted((need for need in both if need[1]), key=lambda need: (-abs(need[1]), need))

    def _meet(self, wanted: list[Need]) -> None:
        if len(wanted) >= MANY:
            for start in range(0, len(wanted), BATCH):
                self._meet_batch([need for need in wanted[start : start + BATCH] if not self._met(need)])
        for place, amount in wanted:
            if self._met((place, amount)):
                self.wanted.append((place, amount))
            else:
                self._meet_as_far_as_possible(place, amount)

    def _met(self, need: Need) -> bool:
        return any(meets(witness, *need) for witness in self.witnesses)

    def _meet_batch(self, needs: list[Need]) -> None:
        """One move for several needs; halved where they contradict each other, and a lone one is left for later."""
        if len(needs) < 2:
            return
        move = self.moves.together(list(dict(needs).items()))
        if move is not None:
            self._take(move)
            return
        middle = len(needs) // 2
        self._meet_batch(needs[:middle])
        self._meet_batch([need for need in needs[middle:] if not self._met(need)])

    def _meet_as_far_as_possible(self, place: int, amount: float) -> None:
        """Upward must be met. Downward, printed zeros may say that a margin has three gaps and so is at least 3."""
        nearer = [amount] if amount > 0 else [amount + less for less in range(int(np.ceil(-amount)))]
        for less in nearer:
            move = self.moves.cheapest(place, less)
            if move is not None:
                self.wanted.append((place, less))
                return self._take(move)
        if amount > 0:
            raise Unprotectable
        return None

    def _meet_secondaries(self) -> None:
        """A secondary gap must not be exact either: some move changes it by a whole one."""
        pending = self.open_secondaries()
        while pending:
            place = pending[0]
            found = [self.moves.cheapest(place, amount) for amount in (1.0, -1.0)]
            self._take(min((move for move in found if move is not None), key=self._cost, default=None))
            pending = self.open_secondaries()

    def open_secondaries(self) -> list[int]:
        moved = np.max(np.abs(self.witnesses), axis=0, initial=0.0) if self.witnesses else np.zeros(len(self.hidden))
        loose = self.hidden & ~self.needs.primary & ~self.told.latent & (moved < 1 - ZERO)
        return [int(place) for place in np.flatnonzero(loose)]

    def _cost(self, move: np.ndarray) -> float:
        changed = (np.abs(move) > ZERO) & ~self.hidden & ~self.told.latent
        return float(np.log2(2 + self.told.values[changed]).sum())

    def _take(self, move: np.ndarray | None) -> None:
        if move is None:
            raise Unprotectable
        self.witnesses.append(move)
        self._hide(np.flatnonzero((np.abs(move) > ZERO) & ~self.hidden))

    def _hide(self, places: np.ndarray) -> None:
        self.hidden[places] = True
        for place in places:
            self.moves.hide(int(place))


class Pruning:
    """Shows again what need not be hidden, dearest first, as long as every need still has a move."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.left = PRUNE_LIMIT // (1 + search.moves.count)

    def run(self) -> None:
        told, hidden = self.search.told, self.search.hidden
        for place in np.flatnonzero(~hidden & self.search.needs.movable & ~told.latent):
            self.search.moves.show(int(place))
        secondary = np.flatnonzero(hidden & ~self.search.needs.primary & ~told.latent)
        for place in sorted(secondary, key=lambda p: (-told.values[p], p)):
            if self.left > 0:
                self._try(int(place))

    def _try(self, place: int) -> None:
        search, before = self.search, self.search.witnesses
        search.moves.show(place)
        search.hidden[place] = False
        search.witnesses = [witness for witness in before if abs(witness[place]) <= ZERO]
        if not self._still_safe(before):
            search.moves.free(place)
            search.hidden[place] = True
            search.witnesses = before

    def _still_safe(self, before: list[np.ndarray]) -> bool:
        """Every need has a witness that leaves the cell alone, or gets a new one."""
        return all(self._witnessed([need]) for need in self.search.wanted) and all(
            self._witnessed([(place, 1.0), (place, -1.0)]) for place in self.search.open_secondaries()
        )

    def _witnessed(self, either: list[Need]) -> bool:
        witnesses = self.search.witnesses
        if any(meets(witness, place, amount) for witness in witnesses for place, amount in either):
            return True
        for place, amount in either:
            self.left -= 1
            move = self.search.moves.cheapest(place, amount) if self.left > 0 else None
            if move is not None:
                witnesses.append(move)
                return True
        return False


def meets(witness: np.ndarray, place: int, amount: float) -> bool:
    moved = witness[place]
    return bool(moved >= amount - ZERO) if amount > 0 else bool(moved <= amount + ZERO)
