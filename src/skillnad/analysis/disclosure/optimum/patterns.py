"""From a choice that is not yet safe to one that is, with nothing in it that is not needed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import numpy as np

from skillnad.analysis.disclosure.optimum.archive import Archive
from skillnad.analysis.disclosure.optimum.cuts import VIOLATED, Cut
from skillnad.analysis.disclosure.optimum.pool import Pool
from skillnad.analysis.disclosure.optimum.separation import NEAR, Separation
from skillnad.analysis.disclosure.optimum.shown import Shown
from skillnad.analysis.disclosure.programme import Need

FEW = 2
"""So few needs are met one by one."""
ALONE = 2
"""So many needs are asked one by one whether they hold a gap, before the rest are met together."""
SLOW = 0.8
"""Moves for several needs are sought as long as they leave no more than this part of them."""
ROUND = 60
"""So many cuts are sought before a choice is covered again."""
PATIENCE = 200
"""So many times at most more is added to a choice."""


class Tried:
    """A whole choice, the moves that show its needs met, and the cuts that say why others are not."""

    def __init__(self, separation: Separation, pool: Pool, left: Callable[[], float] = lambda: 1.0) -> None:
        """`left`: seconds that are left to repair and prune; what is not done then is not found, or not pruned."""
        self.left = left
        self.separation, self.pool, self.task = separation, pool, separation.task
        self.witnesses = Shown(len(self.task.value))
        self.archive = Archive(len(self.task.value))
        self.chosen = np.zeros(0)
        self.held: dict[int, Need] = {}
        self.made = False

    def unmet(self, chosen: np.ndarray, enough: int = 10_000, before: np.ndarray | None = None) -> list[Need]:
        """The needs that the choice does not meet, or `enough` of them; their cuts join the pool. `before`: a safe
        choice; what was given up of it is asked about first, and only that where it is enough to say no."""
        self.chosen = np.where(self.task.open, 1.0, np.round(chosen))
        self.witnesses = Shown(len(self.task.value))
        for move in self.archive.serving(self.chosen, self.task.wanted):
            self.witnesses.add(move)
        self.separation.bound(self.chosen)
        if before is not None and (found := self._first_open(before, enough)):
            return found
        self._many_together()
        return list(islice(self._open(self.task.wanted), enough))

    def _open(self, needs: Iterable[Need]) -> Iterator[Need]:
        return (need for need in needs if not self.witnesses.met(*need) and not self._meet(need))

    def _first_open(self, before: np.ndarray, enough: int) -> list[Need]:
        """Of the needs that held what was given up, and of those in its lines."""
        given_up = (before > 0.5) & (self.chosen < 0.5)
        holding = {self.held.get(column) for column in np.flatnonzero(given_up).tolist()}
        near = self._beside(given_up)
        asked = [need for need in self.task.wanted if need in holding or near[need[0]]]
        return list(islice(self._open(sorted(asked, key=lambda need: need not in holding)), enough))

    def _many_together(self) -> None:
        """One move serves as many needs as it can, as long as that is many."""
        for upward in (True, False):
            waiting = [need for need in self.task.wanted if (need[1] > 0) is upward and not self.witnesses.met(*need)]
            while len(waiting) > FEW:
                self._note(self.separation.together(waiting))
                before, waiting = len(waiting), [need for need in waiting if not self.witnesses.met(*need)]
                if len(waiting) > SLOW * before:
                    break

    def safe(self, chosen: np.ndarray, near: np.ndarray) -> np.ndarray | None:
        """The choice with more, until it is safe, and then without what is not needed; None where it was not found.
        `near`: parts between 0 and 1, of the best relaxed choice; what it has is taken first and given up last."""
        return self.thinned(near) if self._repaired(chosen, near) else None

    def thinned(self, near: np.ndarray) -> np.ndarray | None:
        """The safe choice that was tried last, without what is not needed; None where a gap of it stays exact."""
        self._pruned(near)
        self.made = self._settled(near)
        return self.chosen.copy() if self.made else None

    def _repaired(self, chosen: np.ndarray, near: np.ndarray) -> bool:
        for _ in range(PATIENCE):
            if self.left() <= 0:
                return False
            if not self.unmet(chosen, ROUND):
                return True
            more = self.pool.covered(self.chosen, near)
            if (more == self.chosen).all():
                return False
            chosen = more
        return False

    def _pruned(self, near: np.ndarray) -> None:
        task, chosen = self.task, self.chosen
        spare = self.pool.spare(chosen)
        order = np.lexsort((np.arange(len(chosen)), -task.cost, near > 0.5))
        for column in order[(chosen[order] > 0.5) & ~task.open[order]].tolist():
            if len(spare) < len(self.pool):
                spare = self.pool.spare(chosen)
            if self.left() <= 0:
                return
            if not self.pool.needed(spare, column) and self._drop(column):
                self.pool.without(spare, column)

    def _drop(self, column: int) -> bool:
        """Every need whose move went through the column gets another; else all stays, and the need that did not is the
        first to be asked the next time."""
        leaning = self.witnesses.leaning([column])
        self.witnesses.lay_aside(leaning)
        self.separation.limit(column, 0.0)
        self.chosen[column] = 0.0
        added: list[int] = []
        if (held := self._first_unmet(self._lost(column), added)) is None:
            return True
        self.held[column] = held
        self.witnesses.lay_aside(added)
        self.witnesses.take_up(leaning)
        self.separation.limit(column, 1.0)
        self.chosen[column] = 1.0
        return False

    def _lost(self, column: int) -> list[Need]:
        """The needs that are not met now: first that which held the column before, then those of its own lines."""
        lost = [need for need in self.task.wanted if not self.witnesses.met(*need)]
        if len(lost) < FEW:
            return lost
        near, first = self._beside(np.arange(len(self.chosen)) == column), self.held.get(column)
        return sorted(lost, key=lambda need: (need != first, not near[need[0]]))

    def _beside(self, columns: np.ndarray) -> np.ndarray:
        """What shares a line with any of these columns (a mask)."""
        lines = self.task.lines
        return np.asarray(lines.T @ (lines @ columns.astype(float) > 0).astype(float) > 0)

    def _first_unmet(self, needs: list[Need], added: list[int]) -> Need | None:
        """The first of the needs that is not met; None where all are."""
        for number, need in enumerate(needs):
            if self.witnesses.met(*need):
                continue
            if number == ALONE:
                self._meet_together(needs[number:], added)
            if not self.witnesses.met(*need) and not self._meet(need, added):
                return need
        return None

    def _meet_together(self, needs: list[Need], added: list[int]) -> None:
        for upward in (True, False):
            waiting = [need for need in needs if (need[1] > 0) is upward and not self.witnesses.met(*need)]
            if len(waiting) > FEW:
                self._note(self.separation.together(waiting), added)

    def _note(self, move: np.ndarray, added: list[int] | None = None) -> None:
        """The move as far as it goes, and the other way where that meets something: what changes the same cells is as
        possible."""
        for each in (self.task.drawn_out(move), self.task.drawn_out(-move)):
            if each is not None and self._meets_more(each):
                number = self.witnesses.add(each)
                self.archive.add(each)
                if added is not None:
                    added.append(number)

    def _meets_more(self, move: np.ndarray) -> bool:
        """A need that was not met, or a gap that was exact."""
        columns, amounts = self.task.asked
        far, side = np.abs(amounts) - NEAR, amounts > 0
        known = np.where(side, self.witnesses.up[columns], -self.witnesses.down[columns])
        told = np.where(side, move[columns], -move[columns])
        exact = (self.witnesses.moved() < 1 - NEAR) & (np.abs(move) >= 1 - NEAR)
        return bool(((told >= far) & (known < far)).any() or exact.any())

    def _meet(self, need: Need, added: list[int] | None = None) -> bool:
        reached, move, slopes = self.separation.reach(need)
        if reached >= abs(need[1]) - NEAR:
            self._note(move, added)
            return True
        cut = self.separation.cut(need, slopes)
        if cut is not None and cut.missing(self.chosen) > VIOLATED:
            self.pool.add([cut])
        return False

    def _settled(self, near: np.ndarray) -> bool:
        """No gap is exact, nor is another primary one for who is alone in a cell: more is added where one is."""
        for _ in range(PATIENCE):
            exact = next(self._exact(), None)
            if exact is None:
                return True
            more = [self.pool.mended(self.chosen, near, cut) for cut in exact]
            if not more:
                return False
            chosen = min(more, key=lambda each: self.task.price(each > 0.5))
            for column in np.flatnonzero(chosen > self.chosen):
                self.separation.limit(int(column), 1.0)
            if (chosen == self.chosen).all():
                return False
            self.chosen = chosen
        return False

    def _exact(self) -> Iterator[list[Cut]]:
        """For each cell that cannot be moved by a whole one, what either way lacks."""
        task, moved = self.task, self.witnesses.moved()
        for column in np.flatnonzero((self.chosen > 0.5) & ~task.open & (moved < 1 - NEAR)).tolist():
            if self.witnesses.moved()[column] < 1 - NEAR:
                yield from self._lacking(column)
        primary = sorted({column for column, _ in task.wanted})
        for known in task.alone:
            yield from self._exact_to_one(known, primary)

    def _exact_to_one(self, known: tuple[int, ...], primary: list[int]) -> Iterator[list[Cut]]:
        for column in known:
            self.separation.limit(column, 0.0)
        own = self.witnesses.leaning(list(known))
        self.witnesses.lay_aside(own)
        try:
            for column in primary:
                if column not in known and self.witnesses.moved()[column] < 1 - NEAR:
                    yield from self._lacking(column)
        finally:
            self.witnesses.take_up(own)
            for column in known:
                self.separation.limit(column, 1.0)

    def _lacking(self, column: int) -> Iterator[list[Cut]]:
        found = []
        for amount in (1.0, -1.0):
            reached, move, slopes = self.separation.reach((column, amount))
            if reached >= 1 - NEAR:
                self._note(move)
                return
            cut = self.separation.cut((column, amount), slopes)
            if cut is not None and cut.missing(self.chosen) > VIOLATED:
                found.append(cut)
        yield found
