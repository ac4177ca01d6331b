"""Protect one system: primary, secondary, pruning, and an audit that fails closed."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from time import perf_counter

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.audit import Claim, count_claims, objections, sum_claims
from skillnad.analysis.disclosure.known import Bounds, even_bounds, known_bounds
from skillnad.analysis.disclosure.ladder import rungs
from skillnad.analysis.disclosure.needs import Needs, count_needs, sum_needs
from skillnad.analysis.disclosure.optimum.reachable import eased
from skillnad.analysis.disclosure.optimum.search import Found, cheapest_gaps
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.secondary import Search, Unprotectable
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.disclosure.work import Timed, TooMuch, Work

SEARCHED = 0.9
"""The part of the time that the search may take; the rest is the auditor's."""
RUNG = 0.25
"""The part of the budget that the audit of a rung may take."""
Claims = Callable[[frozenset[Name]], list[Claim]]


@dataclass(frozen=True)
class Pattern:
    """Which published cells are hidden. `withheld`: no safe pattern was found, and nothing at all may be shown.

    `cost`: the sum of log2(2 + value) over the hidden published cells that are not primary. `bound`: no safe pattern
    costs less; `proven` where none can be cheaper. `seconds`: what the search took. `unmet`: the cells that could not
    be made safe, where nothing may be shown. `moves`: changes of the cells that leave all that is shown as it is; they
    are for an auditor to try, and are not to leave.
    """

    hidden: frozenset[Name]
    primary: int
    withheld: bool = False
    cost: float = 0.0
    bound: float = 0.0
    proven: bool = False
    seconds: float = field(default=0.0, compare=False)
    unmet: tuple[Name, ...] = ()
    moves: tuple[Mapping[Name, float], ...] = field(default=(), compare=False, repr=False)

    @property
    def secondary(self) -> int:
        return len(self.hidden) - self.primary


def cost(told: System, places: np.ndarray) -> float:
    """Of hiding so many published cells: small counts are cheaper to do without."""
    return float(np.log2(2 + told.values[places & ~told.latent]).sum())


def protect_counts(told: System, policy: Policy, forced: frozenset[Name] = frozenset()) -> Pattern:
    """The gaps of a system of counts. `forced` cells are hidden too, whatever their size."""
    needs = count_needs(told, policy, forced)
    known = known_bounds(told, policy, forced)
    return _Protection(told, needs, policy, known, lambda hidden: count_claims(told, hidden, policy)).pattern()


def protect_sums(told: System, policy: Policy, forced: frozenset[Name]) -> Pattern:
    """The gaps of a system of sums, where `forced` cells must not be estimated closely."""
    needs = sum_needs(told, policy, forced)
    known = even_bounds(told, 0.0)
    return _Protection(told, needs, policy, known, lambda hidden: sum_claims(told, hidden, forced, policy)).pattern()


def protect_within(
    told: System,
    policy: Policy,
    *,
    forced: frozenset[Name] = frozenset(),
    kept: frozenset[Name] = frozenset(),
    seconds: float = 10.0,
    seed: int = 0,
    clock: Callable[[], float] = perf_counter,
) -> Pattern:
    """The cheapest safe gaps of a system of counts that are found in `seconds`, and how much cheaper any could be.

    `kept` cells are told already and cannot be hidden; where no pattern is safe for them nothing may be shown, and
    `unmet` names the cells that stand open.
    """
    began = clock()
    free = count_needs(told, policy, forced)
    needs = _keeping(told, free, kept)
    known = known_bounds(told, policy, forced)
    left = lambda: began + seconds * SEARCHED - clock()  # noqa: E731
    protection = _Protection(told, needs, policy, known, lambda hidden: count_claims(told, hidden, policy), left)
    if not needs.primary.any():
        return replace(protection.pattern(), proven=True, seconds=clock() - began)
    wanted = eased(told, free)
    lost = np.flatnonzero(free.primary & ~np.isin(np.arange(len(told.cells)), [place for place, _ in wanted]))
    if len(lost):  # known to this reader whatever is hidden
        return replace(protection.nothing(lost), seconds=clock() - began)
    found = cheapest_gaps(told, needs, wanted, left, seed)
    pattern = protection.judged(found)
    return replace(pattern, seconds=clock() - began)


def _keeping(told: System, needs: Needs, kept: frozenset[Name]) -> Needs:
    """A cell that is told already is known, and no move can change it."""
    known = np.array([cell.name in kept for cell in told.cells], dtype=bool)
    return replace(needs, movable=needs.movable & ~known)


@dataclass(frozen=True)
class _Protection:
    told: System
    needs: Needs
    policy: Policy
    known: Bounds
    claims: Claims
    left: Callable[[], float] = lambda: 1.0
    """Seconds that the search may still take."""

    def pattern(self) -> Pattern:
        """The search's pattern where the auditor agrees; where the search takes too much work, or has not looked for
        what someone who is alone in a cell can tell, the first rung that the auditor agrees to; else nothing."""
        if not self.needs.primary.any():
            return self._pattern(self.needs.primary)
        search = Search(self.told, self.needs, Timed(self.policy.budget, seconds=self.left))
        try:
            hidden = search.run()
        except Unprotectable:
            return self._withheld()
        except TooMuch:
            return self._from_the_ladder(search)
        if self._safe(hidden, search):
            return self._pattern(hidden)
        return self._from_the_ladder(search) if self.needs.alone else self._withheld()

    def nothing(self, unmet: Iterable[int]) -> Pattern:
        """All is withheld, for these places' sake."""
        return replace(self._withheld(), unmet=tuple(self.told.cells[int(place)].name for place in unmet))

    def judged(self, found: Found) -> Pattern:
        """What was found, where the auditor agrees; else the first way's pattern."""
        if found.unmet:
            return self.nothing(found.unmet)
        if found.hidden is None or not self._agreed(found.hidden, found.moves):
            return replace(self.pattern(), bound=found.bound)
        pattern = self._pattern(found.hidden)
        moves = tuple(self._named(found.moves))
        return replace(pattern, bound=min(found.bound, pattern.cost), proven=found.proven, moves=moves)

    def _named(self, moves: csr_array) -> Iterator[Mapping[Name, float]]:
        for start, end in pairwise(moves.indptr):
            cells = (self.told.cells[place].name for place in moves.indices[start:end])
            yield dict(zip(cells, moves.data[start:end].tolist(), strict=True))

    def _from_the_ladder(self, search: Search) -> Pattern:
        for hidden in rungs(self.told, self.needs, self.policy.threshold):
            if self._safe(hidden, search, RUNG):
                return self._pattern(hidden)
        return self._withheld()

    def _safe(self, hidden: np.ndarray, search: Search, part: float = 1.0) -> bool:
        """The auditor has no objection. The moves that the search found are handed over, to be tried."""
        return self._agreed(hidden, search.witnesses.matrix(), part)

    def _agreed(self, hidden: np.ndarray, moves: csr_array, part: float = 1.0) -> bool:
        names, work = self._names(hidden), Work(self.policy.budget * part)
        try:
            claims, alone = self.claims(names), self.needs.alone
            return not objections(self.told, names, claims, self.known, moves=moves, alone=alone, work=work)
        except TooMuch:
            return False

    def _pattern(self, hidden: np.ndarray) -> Pattern:
        return Pattern(self._names(hidden), self._primary(), cost=cost(self.told, hidden & ~self.needs.primary))

    def _withheld(self) -> Pattern:
        return Pattern(self._names(~self.told.latent), self._primary(), withheld=True)

    def _names(self, places: np.ndarray) -> frozenset[Name]:
        return frozenset(self.told.cells[place].name for place in np.flatnonzero(places))

    def _primary(self) -> int:
        return int((self.needs.primary & ~self.told.latent).sum())
