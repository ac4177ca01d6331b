"""Whether a table puts answers together that count from different points: since the beginning, since the last time.

Such a table says so wherever it goes: the mark is one of `left_out`, which is stored and exported with it, and its
headline tells it. It says which column would part the answers, and nothing of how many there are of each.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, Final

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.results import LeftOut
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import Manifest, SnapshotColumn

POOLED: Final = "pooled_reference_points"
"""The reason of a mark that leaves no rows out: its column is the one that tells the reference points apart."""


def pooled(question: Asked, *manifests: Manifest) -> tuple[LeftOut, ...]:
    """A mark for each column of reference points that the question's answers are put together over: it neither divides
    them by it nor holds it at one level."""
    selection = selection_of(question)
    held = {where.column for where in selection.where if len(set(where.codes)) == 1}
    asked = set(_columns(question))
    tables = [found for each in manifests if (found := each.tables.get(selection.population))]
    points = dict.fromkeys(point for table in tables for point in _points(table.columns, asked))
    divided = set(_columns(question, conditions=False))
    return tuple(LeftOut(POOLED, 0, point) for point in points if point not in held | divided)


def _points(columns: Mapping[str, SnapshotColumn], asked: set[str]) -> Iterator[str]:
    yield from (column.reference for name, column in columns.items() if column.reference and name in asked)


def _columns(part: Any, *, conditions: bool = True) -> Iterator[str]:
    """Every name in a question that can be a column's; without `conditions` not those of its selection."""
    if isinstance(part, str):
        yield from stored_behind(part)
    elif is_dataclass(part):
        for field in fields(part):
            if conditions or field.name != "where":
                yield from _columns(getattr(part, field.name), conditions=conditions)
    elif isinstance(part, Sequence):
        for each in part:
            yield from _columns(each, conditions=conditions)
