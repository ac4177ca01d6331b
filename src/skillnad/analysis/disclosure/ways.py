"""The cheapest moves, by cycles where the cells are a network and by linear programmes where they are not enough."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from skillnad.analysis.disclosure.arcs import arcs_of
from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.network import Network
from skillnad.analysis.disclosure.programme import Moves, Need, prices
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.work import Work


class Ways:
    """What is hidden costs next to nothing to change; what is shown cannot be changed."""

    def __init__(self, told: System, needs: Needs, work: Work, costs: np.ndarray | None = None) -> None:
        self.told, self.needs, self.work = told, needs, work
        self.costs = prices(told) if costs is None else costs
        self.hidden: set[int] = set()
        self.shown: set[int] = set()
        arcs = arcs_of(told, needs)
        self.network = Network(told, needs, self.costs, arcs, work) if arcs else None

    @cached_property
    def programme(self) -> Moves:
        """Made when first needed, as it takes a while."""
        moves = Moves(self.told, self.needs, self.work, self.costs)
        for place in sorted(self.hidden):
            moves.hide(place)
        for place in sorted(self.shown):
            moves.show(place)
        return moves

    def hide(self, place: int) -> None:
        self.hidden.add(place)
        for known in self._made():
            known.hide(place)

    def show(self, place: int) -> None:
        """The cell is told: no move may change it."""
        self.shown.add(place)
        for known in self._made():
            known.show(place)

    def free(self, place: int) -> None:
        """The cell may move again."""
        self.shown.discard(place)
        for known in self._made():
            known.free(place)

    def cheapest(self, place: int, amount: float) -> np.ndarray | None:
        """A cheap move that changes one cell by `amount` (down where negative), or None where there is none."""
        if self.told.values[place] - self.needs.floor[place] < -amount:
            return None
        if self.network:
            move = self.network.cheapest(place, amount)
            if move is not None or self.network.exact:
                return move
        return self.programme.cheapest(place, amount)

    def fewest(self, place: int, amount: float) -> np.ndarray | None:
        """The same by a programme, where a cell costs the same however far it moves; cycles are so already."""
        move = self.network.cheapest(place, amount) if self.network else None
        return move if move is not None else self.programme.fewest(place, amount)

    def together(self, needs: Sequence[Need]) -> np.ndarray | None:
        """A cheap move for several cells at once, or None where there is none."""
        return self.programme.together(needs)

    def _made(self) -> list[Network | Moves]:
        made: list[Network | Moves] = [self.network] if self.network else []
        return [*made, self.programme] if "programme" in self.__dict__ else made
