"""Which columns of a population a question can touch, so that no more of them are read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.questions import Question
from skillnad.analysis.selection import selection_of
from skillnad.codebook.snapshot_schema import EVENT, SPAN, Column, SnapshotTable


def touched(table: SnapshotTable, question: Question) -> list[str]:
    """The columns that the question names, and its population's own days, in the table's order.

    Names are found wherever they stand, so that a new kind of question needs nothing here; a code that is called as a
    column only makes one more of them.
    """
    population = selection_of(question).population
    named = {name for text in _texts(asdict(question)) for name in stored_behind(text)}
    named |= {EVENT[population], *SPAN.get(population, ())}
    return [column for column in table.columns if column in named]


def sets_touched(table: SnapshotTable, question: Question, also: Sequence[str] = ()) -> list[str]:
    """The multi-selects among them and among `also`."""
    used = {*touched(table, question), *(column for name in also for column in stored_behind(name))}
    return [name for name, column in table.columns.items() if name in used and column.kind is Column.CODES]


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        yield told
    elif isinstance(told, Mapping):
        for held in told.values():
            yield from _texts(held)
    elif isinstance(told, tuple | list | frozenset | set):
        for held in told:
            yield from _texts(held)
