"""The engine of counts: population counts on bit matrices, for every question that is a count of rows.

It answers Count, CrossTable and Share over coded columns and calendars, with filters and periods. Distinct people,
durations, flows and sums are not counts of bits: DuckDB has those.
"""

import threading
from collections import OrderedDict
from pathlib import Path

from skillnad.analysis.axes import axes_of
from skillnad.analysis.engines.bits_axes import lines_of, table_counts
from skillnad.analysis.engines.bits_selection import selected
from skillnad.analysis.engines.cells import keys
from skillnad.analysis.index.layout import Index
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.questions import Count, CrossTable, Question, Share
from skillnad.analysis.results import RawTable
from skillnad.analysis.selection import left_out, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Population

KEEP = 24
"""How many populations' indexes an engine holds open; the one longest unused goes first. They are memory-mapped."""


def answers(question: Question) -> bool:
    """Is it a count of rows?"""
    return isinstance(question, Count | CrossTable | Share) and not question.selection.people


class BitsEngine:
    """Holds the indexes of the last few snapshots open. Safe to ask from several threads."""

    def __init__(self, keep: int = KEEP) -> None:
        self._keep = keep
        self._indexes: OrderedDict[tuple[str, Path, Population], Index] = OrderedDict()
        self._opening = threading.Lock()

    def count(self, snapshot: Snapshot, question: Question) -> RawTable:
        """The answer. Raises ValueError of a question that the engine does not answer."""
        check_question(snapshot.manifest, question)
        if not answers(question):
            raise ValueError(f"bits do not answer a {type(question).__name__}")
        index = self._index(snapshot, selection_of(question).population)
        chosen = selected(snapshot, question, index)
        axes = axes_of(snapshot, question)
        counts = table_counts(index, lines_of(snapshot, question, axes, index), chosen.live)
        named = zip(keys(axes), counts.ravel().tolist(), strict=True)
        return RawTable(question, axes, dict(named), {}, left_out(chosen.left_out))

    def close(self) -> None:
        with self._opening:
            self._indexes.clear()

    def _index(self, snapshot: Snapshot, population: Population) -> Index:
        key = (snapshot.id, snapshot.path, population)
        with self._opening:
            index = self._indexes.pop(key, None) or index_of(snapshot, population)
            self._indexes[key] = index
            while len(self._indexes) > self._keep:
                self._indexes.popitem(last=False)
            return index
