"""The engine of counts: population counts on bit matrices, for what is a count of rows, or of how long they lasted.

It answers Count, CrossTable, Share and Duration over coded columns and calendars, with filters and periods. Distinct
people, flows and sums are not counts of bits, nor are days and numbers in bands, nor is how long what was ongoing
lasted: DuckDB has those.
"""

import threading
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from pathlib import Path

from skillnad.analysis.axes import axes_of
from skillnad.analysis.banded import any_banded
from skillnad.analysis.engines.bits_axes import lines_of, table_counts
from skillnad.analysis.engines.bits_days import lasted
from skillnad.analysis.engines.bits_selection import selected
from skillnad.analysis.engines.cells import keys
from skillnad.analysis.index.layout import Index, Integers
from skillnad.analysis.index.opening import index_of
from skillnad.analysis.questions import Count, CrossTable, Duration, Question, Share
from skillnad.analysis.results import Axis, RawTable
from skillnad.analysis.selection import Reason, by_of, late_entries, left_out, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Population

KEEP = 24
"""How many populations' indexes an engine holds open; the one longest unused goes first. They are memory-mapped."""


def answers(question: Question) -> bool:
    """Is it a count of rows, or of how long they lasted, where all are seen from their first day?"""
    if isinstance(question, Duration):
        return late_entries(question) is None and not _in_bands(question)
    return counts_rows(question)


def counts_rows(question: Question) -> bool:
    """Is it a count of rows? Such counts of several partitions add up."""
    counted = isinstance(question, Count | CrossTable | Share) and not question.selection.people
    return counted and not _in_bands(question)


def _in_bands(question: Question) -> bool:
    """Days and numbers in bands are made of whole columns, which bits do not have."""
    of = [question.of.column] if isinstance(question, Share) else []
    return any_banded([*by_of(question), *of, *(where.column for where in selection_of(question).where)])


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
        lines = lines_of(snapshot, question, axes, index)
        if isinstance(question, Duration):
            found = lasted(index, question, lines, chosen.live, snapshot.manifest.as_of)
            out = Counter(chosen.left_out) + Counter(found.left_out)
            return _raw(question, axes, found.counts, out, found.values())
        return _raw(question, axes, table_counts(index, lines, chosen.live), chosen.left_out, {})

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


def _raw(
    question: Question,
    axes: tuple[Axis, ...],
    counts: Integers,
    out: Mapping[Reason, int],
    values: Mapping[str, Sequence[float | None]],
) -> RawTable:
    named = list(keys(axes))
    counted = dict(zip(named, counts.ravel().tolist(), strict=True))
    measured = {name: dict(zip(named, held, strict=True)) for name, held in values.items()}
    return RawTable(question, axes, counted, measured, left_out(out))
