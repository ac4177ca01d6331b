"""How it is counted. Only analysis.door may import an engine.

Every engine answers every question with the same RawTable; the specification runs on each of them.
"""

from typing import Protocol

from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.questions import Question
from skillnad.analysis.results import RawTable
from skillnad.analysis.snapshot import Snapshot

SUM, CLIENTS, LARGEST = "sum", "clients", "largest"
"""The measures of a Sum in `RawTable.values`."""
MOST_DECIMALS = 6
"""A sum is rounded to so many: in which order the numbers were added is not to be seen in it."""


class Engine(Protocol):
    """Anything that counts."""

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        """The answer, counted. Raises UserError where the snapshot cannot answer the question."""
        ...


class RowEngine(Engine, Protocol):
    """One that can also tell of single rows; in what counts alone it is an Engine."""

    def rows(self, snapshot: Snapshot, question: Question) -> Rows:
        """What more there is to tell of the rows of a question that has been counted; asked only where it is needed."""
        ...
