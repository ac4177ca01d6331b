"""Which more to hide: for each need that no known move meets, the cheapest move, dearest need first; then pruning.

Sequential least-cost moves (Kelly, Golden and Assad 1992; Fischetti and Salazar-González 2000): the cells that a move
changes are hidden, and cost almost nothing to use again. A move witnesses every need that it happens to meet.
"""

from collections.abc import Callable

import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.at_once import AtOnce
from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.ways import Ways
from skillnad.analysis.disclosure.witnesses import ZERO, Witnesses
from skillnad.analysis.disclosure.work import TooMuch, Work

MANY = 150
"""From so many needs on, programmes meet them a batch at a time: quicker, and some gaps dearer before pruning."""
BATCH = 25
MOST_USERS = 12
"""A gap that more moves than this change is left as it is: it is needed, or to find out takes too long."""
FARTHEST = 50.0
"""A move is not drawn out beyond this; the auditor looks no further."""

Way = Callable[[int, float], np.ndarray | None]


class Unprotectable(Exception):
    """No pattern of gaps makes the cells safe. Says nothing of their values."""


class Search:
    """The growing set of hidden cells and the moves that show it safe. Raises Unprotectable, and TooMuch."""

    def __init__(self, told: System, needs: Needs, work: Work, costs: np.ndarray | None = None) -> None:
        """`costs`: what each place is taken to cost, where it is not what it does."""
        self.told, self.needs, self.work = told, needs, work
        self.ways = Ways(told, needs, work, costs)
        self.hidden = np.zeros(len(told.cells), dtype=bool)
        self.witnesses = Witnesses(len(told.cells))
        self.wanted: set[Need] = set()
        self.room = np.maximum(0.0, told.values - needs.floor)
        self.up, self.down = needs.high - told.values, needs.low - told.values
        self._hide(np.flatnonzero(needs.primary))

    def run(self) -> np.ndarray:
        """The places to hide, as a mask over the system's cells; latent cells are never in it."""
        self._meet(self.primary_needs())
        self._meet_secondaries()
        Pruning(self).run()
        return self.hidden & ~self.told.latent

    def run_singly(self, left: Callable[[], float], way: Way) -> np.ndarray:
        """The same, where each need has a move of its own as long as seconds are `left`; all the others are then met at
        once. Nothing is pruned. `way` is how a move is sought: `ways.fewest` is dearer to run and hides less."""
        for place, amount in self.primary_needs():
            if left() <= 0:
                break
            if not self.witnesses.met(place, amount):
                self._meet_as_far_as_possible(place, amount, way)
        hidden = self.run_at_once()
        self.wanted |= {need for need in self.primary_needs() if self.witnesses.met(*need)}
        return hidden

    def run_at_once(self) -> np.ndarray:
        """The same by programmes of many needs at once: quick, and dear. Nothing is pruned. Needs downward that no
        programme meets are left to the auditor."""
        wanted = self.primary_needs()
        self._meet_at_once(wanted)
        self._meet([need for need in self._unmet(wanted) if need[1] > 0])
        self._meet_secondaries()
        return self.hidden & ~self.told.latent

    def _meet_at_once(self, wanted: list[Need]) -> None:
        """Up and down in turn, until no more are met."""
        programme, before = AtOnce(self.told, self.needs, self.ways.costs), -1
        while (unmet := self._unmet(wanted)) and len(unmet) != before:
            before = len(unmet)
            for sign in (1.0, -1.0):
                asked = self._unmet([need for need in unmet if need[1] * sign > 0])
                if asked:
                    self._meet_part(programme, asked)

    def _meet_part(self, programme: AtOnce, needs: list[Need]) -> None:
        self.work.spend(len(self.hidden))
        move = programme.move(needs, self.hidden)
        self.witnesses.add(move)
        self._hide(np.flatnonzero((np.abs(move) > ZERO) & ~self.hidden))

    def _unmet(self, wanted: list[Need]) -> list[Need]:
        return [need for need in wanted if not self.witnesses.met(*need)]

    def primary_needs(self) -> list[Need]:
        places = np.flatnonzero(self.needs.primary)
        values = self.told.values
        both = [(int(p), float(side[p] - values[p])) for p in places for side in (self.needs.high, self.needs.low)]
        return sorted((need for need in both if need[1]), key=lambda need: (-abs(need[1]), need))

    def _meet(self, wanted: list[Need]) -> None:
        if len(wanted) >= MANY and not self.ways.network:
            for start in range(0, len(wanted), BATCH):
                batch = wanted[start : start + BATCH]
                self._meet_batch([need for need in batch if not self.witnesses.met(*need)])
        for place, amount in wanted:
            if self.witnesses.met(place, amount):
                self.wanted.add((place, amount))
            else:
                self._meet_as_far_as_possible(place, amount, self.ways.cheapest)

    def _meet_batch(self, needs: list[Need]) -> None:
        """One move for several needs; halved where they contradict each other, and a lone one is left for later."""
        if len(needs) < 2:
            return
        move = self.ways.together(list(dict(needs).items()))
        if move is not None:
            self._take(move)
            return
        middle = len(needs) // 2
        self._meet_batch(needs[:middle])
        self._meet_batch([need for need in needs[middle:] if not self.witnesses.met(*need)])

    def _meet_as_far_as_possible(self, place: int, amount: float, way: Way) -> None:
        """Upward must be met. Downward, printed zeros may say that a margin has three gaps and so is at least 3."""
        nearer = [amount] if amount > 0 else [amount + less for less in range(int(np.ceil(-amount)))]
        for less in nearer:
            move = way(place, less)
            if move is not None:
                self.wanted.add((place, less))
                return self._take(move)
        if amount > 0:
            raise Unprotectable
        return None

    def _meet_secondaries(self) -> None:
        """A secondary gap must not be exact either: some move changes it by a whole one."""
        pending = self.open_secondaries()
        while pending:
            place = pending[0]
            found = [self.ways.cheapest(place, amount) for amount in (1.0, -1.0)]
            self._take(min((move for move in found if move is not None), key=self._cost, default=None))
            pending = self.open_secondaries()

    def open_secondaries(self) -> list[int]:
        secondary = self.hidden & ~self.needs.primary & ~self.told.latent
        return [int(place) for place in np.flatnonzero(secondary & (self.witnesses.moved() < 1 - ZERO))]

    def _cost(self, move: np.ndarray) -> float:
        changed = (np.abs(move) > ZERO) & ~self.hidden & ~self.told.latent
        return float(np.log2(2 + self.told.values[changed]).sum())

    def _take(self, move: np.ndarray | None) -> None:
        if move is None:
            raise Unprotectable
        places = np.flatnonzero(np.abs(move) > ZERO)
        self.witnesses.add(self._drawn_out(move, places))
        back = self._drawn_out(-move, places)
        if self._useful(back, places):
            self.witnesses.add(back)
        self._hide(places[~self.hidden[places]])

    def _drawn_out(self, move: np.ndarray, places: np.ndarray) -> np.ndarray:
        """The same move as far as it goes: until a cell is the least that it can be."""
        changed = move[places]
        room = np.where(changed < 0, self.room[places], FARTHEST)
        return move * (room / np.abs(changed)).min()

    def _useful(self, move: np.ndarray, places: np.ndarray) -> bool:
        """Does it meet a need that nothing met before?"""
        up, down = self.up[places], self.down[places]
        high = (move[places] >= up - ZERO) & (self.witnesses.up[places] < up - ZERO)
        low = (move[places] <= down + ZERO) & (self.witnesses.down[places] > down + ZERO)
        return bool((high | low).any())

    def _hide(self, places: np.ndarray) -> None:
        self.hidden[places] = True
        for place in places:
            self.ways.hide(int(place))


class Pruning:
    """Shows again what need not be hidden, dearest first, as long as every need still has a move."""

    def __init__(self, search: Search, most_users: int = MOST_USERS) -> None:
        self.search, self.most_users = search, most_users
        self.wanted: dict[int, list[Need]] = {}
        self.uses = csc_array(search.told.matrix != 0)
        self.gaps = self.uses @ (search.hidden | search.told.latent).astype(int)
        for need in sorted(search.wanted):
            self.wanted.setdefault(need[0], []).append(need)

    def run(self) -> None:
        told, hidden = self.search.told, self.search.hidden
        for place in np.flatnonzero(~hidden & self.search.needs.movable & ~told.latent).tolist():
            self.search.ways.show(place)
        secondary = np.flatnonzero(hidden & ~self.search.needs.primary & ~told.latent)
        for place in sorted(secondary.tolist(), key=lambda p: (-told.values[p], p)):
            if self.search.work.left and self._worth_trying(place):
                self._try(place)

    def _worth_trying(self, place: int) -> bool:
        """Not where a relation would be left with one gap, nor where so many moves lean on the cell."""
        lines = self.uses.indices[self.uses.indptr[place] : self.uses.indptr[place + 1]]
        return bool((self.gaps[lines] != 2).all()) and len(self.search.witnesses.users[place]) <= self.most_users

    def _try(self, place: int) -> None:
        search, witnesses = self.search, self.search.witnesses
        removed = witnesses.remove(sorted(witnesses.users[place]))
        search.ways.show(place)
        search.hidden[place] = False
        added: list[int] = []
        touched = {touched for move in removed.values() for touched in move}
        if not self._affordably(touched - {place}, added):
            witnesses.remove(added)
            for number, move in removed.items():
                witnesses.restore(number, move)
            search.ways.free(place)
            search.hidden[place] = True
        else:
            self.gaps[self.uses.indices[self.uses.indptr[place] : self.uses.indptr[place + 1]]] -= 1

    def _affordably(self, touched: set[int], added: list[int]) -> bool:
        """Where the budget ends, what is left hidden is safe, only dearer."""
        try:
            return self._still_safe(touched, added)
        except TooMuch:
            return False

    def _still_safe(self, touched: set[int], added: list[int]) -> bool:
        """Every need that had its witness through the cell gets another. No secondary gap was open before that."""
        search = self.search
        for cell in sorted(touched):
            for need in self.wanted.get(cell, ()):
                if not search.witnesses.met(*need) and not self._another([need], added):
                    return False
        for cell in search.open_secondaries():
            either = [(cell, 1.0), (cell, -1.0)]
            if not any(search.witnesses.met(*need) for need in either) and not self._another(either, added):
                return False
        return True

    def _another(self, either: list[Need], added: list[int]) -> bool:
        for need in either:
            move = self.search.ways.cheapest(*need)
            if move is not None:
                added.append(self.search.witnesses.add(move))
                return True
        return False
