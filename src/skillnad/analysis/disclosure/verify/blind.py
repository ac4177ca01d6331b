"""A reader of the same tables with everything hidden that could be. A small number is not asked to seem to be what it
could not seem to them: what zeros tell, and that some gaps are small where that is told, all patterns tell."""

from collections.abc import Mapping
from dataclasses import replace

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.verify.incidence import Incidence
from skillnad.analysis.disclosure.verify.promises import Promise, known_of
from skillnad.analysis.disclosure.verify.reader import NEAR, GapReader
from skillnad.analysis.disclosure.verify.unknowns import unknowns_of


class Blind:
    """`known`: the counts of sets of people (`Incidence.people`), where they are known."""

    def __init__(self, incidence: Incidence, known: Mapping[bytes, int], policy: Policy, budget: float) -> None:
        people = [incidence.people(at) for at in range(len(incidence.rows))]
        shown = [0 if policy.zeros_printed and known.get(each) == 0 else None for each in people]
        rows = tuple(replace(row, count=count) for row, count in zip(incidence.rows, shown, strict=True))
        told = unknowns_of(replace(incidence, rows=rows))
        values = [known.get(people[at], policy.threshold) for at in told.gap_rows]
        self.reader = GapReader(told, *known_of(values, policy), budget)
        self.incidence = incidence
        self.gap = {people[at]: gap for gap, at in enumerate(told.gap_rows)}

    def excuses(self, promise: Promise, row: int, reader: GapReader) -> bool:
        """`row`: of the release, that the promise is of."""
        if promise.secondary:
            return False
        gap = self.gap[self.incidence.people(row)]
        self.reader.reach([gap], [promise.low], upward=False)
        self.reader.reach([gap], [promise.high], upward=True)
        low, high = max(promise.low, self.reader.low[gap]), min(promise.high, self.reader.high[gap])
        return bool(reader.low[promise.gap] <= low + NEAR and reader.high[promise.gap] >= high - NEAR)
