"""Goals that are measured, not asserted: `make bench` prints a line for each.

A module here has NAME and `run() -> Iterator[Goal]`. Both sides of a ratio are measured in one run, because the
machines that measure are shared and noisy.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """One line of `make bench`: `measured` against `limit`, both in `unit`."""

    name: str
    measured: float
    limit: float
    unit: str
    larger_is_better: bool = False
    note: str = ""

    @property
    def reached(self) -> bool:
        return self.measured >= self.limit if self.larger_is_better else self.measured <= self.limit

    def line(self) -> str:
        sign = "≥" if self.larger_is_better else "≤"
        verdict = "ok" if self.reached else "short"
        note = f"  ({self.note})" if self.note else ""
        return f"{self.name:<58} {self.measured:>9.2f} {sign} {self.limit:g} {self.unit:<6} {verdict}{note}"
