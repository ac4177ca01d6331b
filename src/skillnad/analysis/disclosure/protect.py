"""Protect one system: primary, secondary, pruning, and an audit that fails closed."""

from dataclasses import dataclass

import numpy as np

from skillnad.analysis.disclosure.audit import Claim, count_claims, objections, sum_claims
from skillnad.analysis.disclosure.needs import Needs, count_needs, sum_needs
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.secondary import Search, Unprotectable
from skillnad.analysis.disclosure.system import Name, System


@dataclass(frozen=True)
class Pattern:
    """Which published cells are hidden. `withheld`: no safe pattern was found, and nothing at all may be shown."""

    hidden: frozenset[Name]
    primary: int
    withheld: bool = False

    @property
    def secondary(self) -> int:
        return len(self.hidden) - self.primary


def protect_counts(told: System, policy: Policy, forced: frozenset[Name] = frozenset()) -> Pattern:
    """The gaps of a system of counts. `forced` cells are hidden too, whatever their size."""
    needs = count_needs(told, policy, forced)
    hidden = _hide(told, needs)
    claims = [] if hidden is None else count_claims(told, hidden, policy)
    return _audited(told, needs, hidden, claims, float(policy.gap_floor))


def protect_sums(told: System, policy: Policy, forced: frozenset[Name]) -> Pattern:
    """The gaps of a system of sums, where `forced` cells must not be estimated closely."""
    needs = sum_needs(told, policy, forced)
    hidden = _hide(told, needs)
    claims = [] if hidden is None else sum_claims(told, hidden, forced, policy)
    return _audited(told, needs, hidden, claims, 0.0)


def _hide(told: System, needs: Needs) -> frozenset[Name] | None:
    if not needs.primary.any():
        return frozenset()
    try:
        places = np.flatnonzero(Search(told, needs).run())
    except Unprotectable:
        return None
    return frozenset(told.cells[place].name for place in places)


def _audited(told: System, needs: Needs, hidden: frozenset[Name] | None, claims: list[Claim], floor: float) -> Pattern:
    primary = int((needs.primary & ~told.latent).sum())
    if hidden is None or (claims and objections(told, hidden, claims, floor)):
        return Pattern(frozenset(cell.name for cell in told.cells if not cell.latent), primary, withheld=True)
    return Pattern(hidden, primary)
