"""What the cheapest pattern is sought of: the cells that can change, as arrays, and the needs of the primary ones."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.needs import Needs
from skillnad.analysis.disclosure.optimum.rows import independent
from skillnad.analysis.disclosure.programme import Need
from skillnad.analysis.disclosure.system import System
from skillnad.analysis.disclosure.witnesses import ZERO

WIDE = 100.0
"""No cell is moved farther than twice its value and this, which is as far as the auditor looks."""


@dataclass(frozen=True)
class Task:
    """The movable cells are the columns. `places` are theirs in the system. `open`: hidden whatever is chosen (primary
    and latent); the rest are the choices. `room` and `most`: how far each can fall and rise. `wanted`: columns with how
    far each must be able to move. `alone`: columns that someone knows; given them no other small one may be exact."""

    places: np.ndarray
    matrix: csc_array
    value: np.ndarray
    room: np.ndarray
    cost: np.ndarray
    most: np.ndarray
    open: np.ndarray
    latent: np.ndarray
    wanted: tuple[Need, ...]
    alone: tuple[tuple[int, ...], ...] = ()

    @cached_property
    def limit(self) -> np.ndarray:
        """How far each can rise, where nothing is seen of how far the auditor looks."""
        return np.where(self.most < self.value + WIDE, self.most, np.inf)

    @cached_property
    def choices(self) -> np.ndarray:
        return np.flatnonzero(~self.open)

    @cached_property
    def lines(self) -> csr_array:
        """Which columns each relation holds, for those that hold any."""
        uses = csr_array(abs(self.matrix) > 0, dtype=float)
        return csr_array(uses[np.flatnonzero(np.diff(uses.indptr)), :])

    @cached_property
    def asked(self) -> tuple[np.ndarray, np.ndarray]:
        """The columns of `wanted`, and the amounts."""
        return np.array([at for at, _ in self.wanted], dtype=int), np.array([far for _, far in self.wanted])

    def drawn_out(self, move: np.ndarray) -> np.ndarray | None:
        """The same move as many whole times as it goes, or as far as it goes where that is less than once. None of no
        move."""
        ends = np.where(move > 0, self.most, self.room)
        used = np.abs(move) > ZERO
        if not used.any():
            return None
        times = float((ends[used] / np.abs(move[used])).min())
        return move * (max(1.0, np.floor(times + ZERO)) if times > 1 - ZERO else times)

    def price(self, chosen: np.ndarray) -> float:
        """What it costs to hide these columns."""
        return float(self.cost[chosen & ~self.open].sum())


def task_of(told: System, needs: Needs, wanted: list[Need]) -> Task:
    """`wanted` names places of the system; only what can be reached may be wanted."""
    places = np.flatnonzero(needs.movable)
    column = {int(place): number for number, place in enumerate(places)}
    value, latent = told.values[places], told.latent[places]
    return Task(
        places=places,
        matrix=csc_array(csc_array(independent(told.matrix))[:, places]),
        value=value,
        room=np.maximum(0.0, value - needs.floor[places]),
        most=np.minimum(value + WIDE, needs.ceiling[places] - value),
        cost=np.where(latent, 0.0, np.log2(2 + value)),
        open=latent | needs.primary[places],
        latent=latent,
        wanted=tuple((column[place], amount) for place, amount in wanted),
        alone=tuple(tuple(column[place] for place in places if place in column) for places in needs.alone),
    )
