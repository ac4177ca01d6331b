"""The ladder as data: what is asked on each step, of any column whose answers can be put together in a few groups.

    1. the answers as they are, of the unit, in the period
    2. the answers in groups (better, unchanged, worse)
    3. the same of a longer time, that ends with the period
    4. the same of what the unit is a part of

All steps are asked of all units, and their tables are protected together: which step a unit stands on is read off what
they show (`standing`), and so tells nothing that they do not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from skillnad.analysis.merged import merged
from skillnad.analysis.questions import CrossTable, Percent, Selection
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population


class Step(IntEnum):
    """Where a unit stands; lower is less detailed. NOWHERE: no step has a figure that can be used."""

    ANSWERS = 1
    GROUPS = 2
    LONGER = 3
    PARENT = 4
    NOWHERE = 5


@dataclass(frozen=True)
class Ladder:
    """`column`'s answers in `groups` (label: codes), best first. `unit` and `parent` (or "") are two levels of the
    organisation, `months` the longer time, and `event` the date that places a row in a period.
    """

    population: Population
    event: str
    column: str
    groups: Mapping[str, tuple[str, ...]]
    unit: str = "unit"
    parent: str = "committee"
    parent_name: str = "nämnden"
    months: int = 24

    @property
    def grouped(self) -> str:
        """The name of the column of groups."""
        return merged(self.column, self.groups)

    def answers(self, period: Period) -> CrossTable:
        return self._table(self.column, period)

    def in_groups(self, period: Period) -> CrossTable:
        return self._table(self.grouped, period)

    def longer(self, period: Period) -> CrossTable:
        """By parent too: the third step is its margin over the parents, the fourth that over the units. One table says
        which units a parent has, so that no unit follows from its parent less the other units. Without a parent there
        is no fourth step."""
        return self._table(self.grouped, period.leading_up(self.months), (self.parent,) if self.parent else ())

    def _table(self, rows: str, period: Period, by: tuple[str, ...] = ()) -> CrossTable:
        selection = Selection(self.population, period, self.event)
        return CrossTable(rows, self.unit, selection, Percent.COLUMNS, by=by)
