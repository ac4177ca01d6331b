"""Counts that shares are made of, and the interval that keeps its promise at every true share.

C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
Biometrika 26 (1934), 404-413. It never covers less than it says, and so more as a rule (98 % at n = 10): it is for
those who need that promise. What pages show is `share_interval`, which is Wilson's.
"""

from typing import NamedTuple

from scipy.special import betaincinv

from skillnad.analysis.formulas.intervals import Interval, MaybeInterval, NoInterval, Why, score_interval, wilson


class Counted(NamedTuple):
    """`part` of `whole`: whole numbers, 0 ≤ part ≤ whole."""

    part: int
    whole: int

    @property
    def share(self) -> float | None:
        return self.part / self.whole if self.whole else None

    def over(self, effect: float) -> tuple[float, float]:
        """Part and whole of as many rows as these tell as much as (`clusters`)."""
        return self.part / effect, self.whole / effect


def share_interval(counted: Counted, *, effect: float = 1.0, confidence: float = 0.95) -> MaybeInterval:
    """Wilson's interval of a share whose rows go together (`clusters`): as of so many fewer."""
    part, whole = counted
    if effect == 1 or not whole:
        return wilson(part, whole, confidence=confidence)
    found = score_interval(part / whole, whole / effect, confidence)
    return Interval(found.low if part else 0.0, found.high if part < whole else 1.0)


def checked(part: int, whole: int) -> Counted:
    """ValueError where the part is not of the whole."""
    if not 0 <= part <= whole:
        raise ValueError(f"{part} is no part of {whole}")
    return Counted(part, whole)


def clopper_pearson(part: int, whole: int, *, confidence: float = 0.95) -> MaybeInterval:
    """The exact interval of `part` of `whole`, both ends 0–1; none of nothing."""
    if not checked(part, whole).whole:
        return NoInterval(Why.NOBODY)
    tail = (1 - confidence) / 2
    low = float(betaincinv(part, whole - part + 1, tail)) if part else 0.0
    return Interval(low, float(betaincinv(part + 1, whole - part, 1 - tail)) if part < whole else 1.0)
