"""What a reader can make of a model: which unknown cells follow exactly, and between which ends the others lie.

The unknowns are the cells without a count; the model's lines and shares hold between them. Ends are those of linear
programmes, drawn in to whole numbers; where there are few unknowns, of integer programmes.
"""

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from math import ceil, floor, inf

import highspy
import numpy as np

from skillnad.analysis.disclosure.attack.equations import Equations, equations_of
from skillnad.analysis.disclosure.attack.model import Model
from skillnad.analysis.disclosure.attack.programmes import continuous, quiet, whole_end
from skillnad.analysis.disclosure.attack.rank import determined
from skillnad.analysis.disclosure.attackers import Attacker
from skillnad.lib.errors import UserError

NEAR = 1e-6
FEW = 400
"""Up to so many unknowns are tried as whole numbers."""
WIDE = 2.0
"""Ends that are so far apart leave a reader at least three whole numbers."""


class View:
    """`reader` is what is known of gaps beforehand; `threshold` what a gap that is marked as small is below."""

    def __init__(self, model: Model, reader: Attacker, threshold: int) -> None:
        self.model = model
        self.told: Equations = equations_of(model, reader, threshold)
        self.cells, self.column = self.told.cells, self.told.column
        self.low, self.high = np.full(self.size, inf), np.full(self.size, -inf)

    @property
    def size(self) -> int:
        return len(self.cells)

    @cached_property
    def exact(self) -> dict[int, int]:
        """The unknown cells that follow from the sums alone, with what they are; by cell number."""
        places = np.flatnonzero(determined(self.told.sums))
        if not len(places):
            return {}
        return {int(self.cells[column]): round(float(self.first[column])) for column in places}

    def look(self, ends: Mapping[int, float], *, upward: bool) -> None:
        """See one more table that agrees: these cells (by number) as large (small) as can be, none past its end, or
        past where it was in the first table that was seen."""
        columns = np.array([self.column[cell] for cell in ends], dtype=np.int32)
        wanted, first = np.array(list(ends.values()), dtype=float), self.first[columns]
        low, high = self.told.floor[columns], self.told.ceiling[columns]
        if upward:
            bounds = low, np.minimum(high, np.maximum(wanted, first))
        else:
            bounds = np.maximum(low, np.minimum(wanted, first)), high
        self.solver.changeColsBounds(len(columns), columns, *bounds)
        self._run(columns, upward)
        self.solver.changeColsBounds(len(columns), columns, low, high)

    @cached_property
    def first(self) -> np.ndarray:
        """A table that agrees. Raises UserError DISC-083 where none does."""
        if not self._run(np.zeros(0, dtype=np.int32), upward=True):
            raise _nothing_agrees()
        return self.low.copy()

    def _run(self, columns: np.ndarray, upward: bool) -> bool:
        cost = np.zeros(self.size)
        cost[columns] = -1.0 if upward else 1.0
        self.solver.changeColsCost(self.size, np.arange(self.size, dtype=np.int32), cost)
        self.solver.run()
        status = self.solver.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            return False
        seen = np.array(self.solver.getSolution().col_value)
        self.low, self.high = np.minimum(self.low, seen), np.maximum(self.high, seen)
        return True

    def held(self, cells: Collection[int], threshold: float) -> list[int]:
        """Those that were not seen to be the threshold (or the most that they were known to be beforehand), or not to
        be numbers that are `WIDE` apart."""
        most = np.minimum(threshold, self.told.ceiling)
        self._seek(cells, lambda c: float(most[c]), lambda c: bool(self.high[c] >= most[c] - NEAR), upward=True)
        self._seek(cells, lambda column: self.first[column] + WIDE, self._wide, upward=True)
        self._seek(cells, lambda column: self.first[column] - WIDE, self._wide, upward=False)
        columns = {cell: self.column[cell] for cell in cells}
        return [cell for cell, at in columns.items() if self.high[at] < most[at] - NEAR or not self._wide(at)]

    def _wide(self, column: int) -> bool:
        return bool(self.high[column] - self.low[column] >= WIDE - NEAR)

    def _seek(
        self, cells: Collection[int], end: Callable[[int], float], seen: Callable[[int], bool], *, upward: bool
    ) -> None:
        """One table for as many cells as it serves; where it serves none of several, halves of them are tried."""
        waiting = [list(cells)]
        while waiting:
            unmet = [cell for cell in waiting.pop() if not seen(self.column[cell])]
            if not unmet:
                continue
            self.look({cell: end(self.column[cell]) for cell in unmet}, upward=upward)
            left = [cell for cell in unmet if not seen(self.column[cell])]
            if left and len(left) < len(unmet):
                waiting.append(left)
            elif len(left) > 1:
                waiting += [left[: len(left) // 2], left[len(left) // 2 :]]

    def interval(self, cell: int, *, near: float = inf) -> tuple[int, float]:
        """From the least to the most that a cell can be; the most may be infinite. Whole numbers are tried where the
        ends are nearer each other than `near`."""
        count = self.model.cells[cell].count
        if count is not None:
            return count, count
        least, most = self.end(cell, upward=False), self.end(cell, upward=True)
        low, high = ceil(least - NEAR), floor(most + NEAR) if most < inf else inf
        return (low, high) if self.size > FEW or high - low > near else self._whole(cell, low, high)

    def end(self, cell: int, *, upward: bool) -> float:
        """The least or the most that an unknown cell can be, by any numbers."""
        column = self.column[cell]
        solved = self._run(np.array([column]), upward)
        if not solved:
            return inf if upward else float(self.told.floor[column])
        return float(self.solver.getInfo().objective_function_value) * (-1.0 if upward else 1.0)

    def _whole(self, cell: int, low: int, high: float) -> tuple[int, float]:
        """The ends among tables of whole numbers, or what is known of them when the search stops."""
        column = self.column[cell]
        least = whole_end(self.told, column, upward=False)
        most = whole_end(self.told, column, upward=True) if high < inf else inf
        return max(low, ceil(least - NEAR)), min(high, floor(most + NEAR)) if most < inf else high

    @cached_property
    def solver(self) -> highspy.Highs:
        """Keeps its basis from look to look."""
        solver = quiet()
        solver.passModel(continuous(self.told))
        return solver


def _nothing_agrees() -> UserError:
    return UserError.of(
        "DISC-083",
        sv="Ingen tabell stämmer med allt som visas: talen är avrundade, gäller olika människor eller summerar inte. "
        "Pröva en fil i taget, och ange med --where vad varje fil gäller.",
        en="No table agrees with all that is shown: the numbers are rounded, of different people, or do not add up. "
        "Try one file at a time, and say with --where what each is of.",
    )
