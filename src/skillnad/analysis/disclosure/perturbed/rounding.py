"""Additive rounding of small counts (Langsrud and Heldal 2018): small inner cells become 0 or the base, and every sum
is made of the rounded cells, so that all that is shown adds up. Inner cells from the base upward are as counted.

A reader knows the method. A shown 0 is 0 to base - 1; a shown base is 1 to base; what is greater is as it is. A sum is
known as near as its parts let it be, or as near as the stated distance does. The distance that is stated is never less
than base - 1: then no inner cell is known more closely by it (a cell alone can be changed so far, and no sum is further
off than that). A reader who runs the search again on every table that looks the same knows more, as of any method that
is not random.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array

from skillnad.analysis.disclosure.perturbed.inner import inner_of
from skillnad.analysis.disclosure.perturbed.reader import concluded
from skillnad.analysis.disclosure.perturbed.rounding_search import raised
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.lib.errors import UserError

MOST_CELLS_ASKED = 2_000
"""Larger tables are audited by the argument above alone, which holds for any table; smaller ones also by programmes."""


@dataclass(frozen=True)
class Rounded:
    """What is shown: all cells, whole numbers. No number is further than `distance` from its count."""

    values: Mapping[Name, int]
    base: int
    distance: int

    def ends(self, told: System) -> tuple[np.ndarray, np.ndarray]:
        """Between what each count lies, by what is shown alone, in the order of the system's cells."""
        shown = np.array([self.values[cell.name] for cell in told.cells], dtype=float)
        inner = np.zeros(len(shown), dtype=bool)
        inner[inner_of(told).places] = True
        low = np.where(inner, np.where(shown > self.base, shown, np.minimum(shown, 1.0)), shown - self.distance)
        high = np.where(inner, np.where(shown > 0, shown, self.base - 1.0), shown + self.distance)
        return np.maximum(low, 0.0), high


def rounded(told: System, policy: Policy, *, seed: int = 0) -> Rounded:
    """The system's numbers, rounded to the policy's base. The same seed gives the same numbers.

    Raises UserError: DISC-070 where the base would show a small count as it is, DISC-071 where the numbers are not
    sums of inner cells, DISC-072 where a count is no whole number, DISC-073 where the audit objects.
    """
    base = checked_base(policy)
    values = told.values
    if not np.array_equal(values, np.round(values)):
        raise _not_whole()
    inner = inner_of(told)
    counts = values[inner.places]
    small = np.flatnonzero((counts > 0) & (counts < base))
    found = raised(csc_array(inner.sums)[:, small], counts[small], base, seed)
    shown = counts.copy()
    shown[small] = np.where(found.up, base, 0)
    every = np.round(inner.sums @ shown).astype(int)
    distance = max(base - 1, round(float(np.abs(every - values).max(initial=0.0))))
    named = {cell.name: int(value) for cell, value in zip(told.cells, every, strict=True)}
    return _audited(told, Rounded(named, base, distance), policy)


def checked_base(policy: Policy) -> int:
    """The base of a policy that rounds."""
    base = int(policy.base)
    if base < policy.threshold:
        raise UserError.of(
            "DISC-070",
            where=f"policy {policy.name[:40]}",
            sv=f"Avrundning till {base} visar antal från {base} som de är, men tröskeln är {policy.threshold}. Höj "
            f"basen till minst {policy.threshold}, eller sänk tröskeln till {base}.",
            en=f"Rounding to {base} shows counts from {base} as they are, but the threshold is {policy.threshold}. "
            f"Raise the base to {policy.threshold} at least, or lower the threshold to {base}.",
        )
    return base


@dataclass(frozen=True)
class Concluded:
    """What a reader who knows the method can conclude of one cell."""

    name: Name
    low: int
    high: int


def conclusions(told: System, shown: Rounded, *, whole: bool = False) -> list[Concluded]:
    """Every cell's interval, by what is shown and the method. `whole`: exactly, for small tables."""
    low, high = concluded(told, *shown.ends(told), whole=whole)
    ends = zip(told.cells, np.ceil(low - 1e-6), np.floor(high + 1e-6), strict=True)
    return [Concluded(cell.name, int(least), int(most)) for cell, least, most in ends]


def _audited(told: System, shown: Rounded, policy: Policy) -> Rounded:
    """Fails closed: the shown numbers add up, none is small, and no small count is known more closely than the base."""
    values = np.array([shown.values[cell.name] for cell in told.cells], dtype=float)
    adds_up = not told.matrix.shape[0] or np.abs(told.matrix @ values).max() < 0.5
    near = np.abs(values - told.values).max(initial=0.0) <= shown.distance
    if not adds_up or not near or ((values > 0) & (values < policy.threshold)).any():
        raise _objected()
    if len(values) <= MOST_CELLS_ASKED and not _wide(told, shown):
        raise _objected()
    return shown


def _wide(told: System, shown: Rounded) -> bool:
    """Every small count, rounded or a sum of rounded ones, could be something else, over a span of base - 1."""
    found = conclusions(told, shown)
    small = (told.values > 0) & (told.values < shown.base)
    return all(one.high - one.low >= shown.base - 1 for one, asked in zip(found, small, strict=True) if asked)


def _not_whole() -> UserError:
    return UserError.of(
        "DISC-072",
        sv="Tabellen kan inte avrundas: ett tal i den är inte ett helt antal. Avrunda bara antal; skydda summor och "
        "tider med luckor.",
        en="The table cannot be rounded: a number in it is no whole count. Round counts only; protect sums and times "
        "by gaps.",
    )


def _objected() -> UserError:
    return UserError.of(
        "DISC-073",
        sv="Granskningen kan inte visa att de avrundade talen är säkra. Inget visas. Välj luckor (way = ”suppress”) "
        "för tabellen.",
        en="The audit cannot show that the rounded numbers are safe. Nothing is shown. Choose gaps (way = 'suppress') "
        "for the table.",
    )
