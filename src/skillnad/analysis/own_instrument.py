"""A table about an instrument's question is of that instrument's occasions: of the others nobody was asked it.

Rows of other instruments are left out when the question is counted, and the table says so. The mark is one of its
`left_out`, stored and exported with it; it has no number, which the table of the instruments has.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any, Final

from skillnad.analysis.made_columns import stored_behind
from skillnad.analysis.questions import Flow, Question, Where
from skillnad.analysis.results import LeftOut
from skillnad.codebook.snapshot_schema import Manifest, Population, SnapshotColumn

OTHERS: Final = "other_instruments"
"""The reason of a mark whose column is the one that says which instrument a row is an occasion of."""
INSTRUMENT: Final = "instrument"
_SERIES: Final = "__"
"""Between an instrument's id and the rest of a column's."""


def of_own_instrument(question: Question, manifest: Manifest) -> Question:
    """The question of the occasions of the instruments whose columns it names; as it is where that changes nothing."""
    own = None if isinstance(question, Flow) else _own(question, manifest)
    if own is None or isinstance(question, Flow):
        return question
    return replace(question, selection=replace(question.selection, where=(*question.selection.where, own)))


def as_narrowed(asked: Question, counted: Question) -> Question:
    """What was asked, of the same instruments' occasions as what was counted for it."""
    own = _condition_of(counted)
    if own is None or _condition_of(asked) or isinstance(asked, Flow):
        return asked
    return replace(asked, selection=replace(asked.selection, where=(*asked.selection.where, own)))


def marked(asked: Question, counted: Question) -> tuple[LeftOut, ...]:
    """A mark where rows of other instruments were left out of what was counted."""
    return (LeftOut(OTHERS, 0, INSTRUMENT),) if as_narrowed(asked, counted) != asked else ()


def _condition_of(question: Question) -> Where | None:
    if isinstance(question, Flow):
        return None
    return next((where for where in question.selection.where if where.column == INSTRUMENT), None)


def _own(question: Any, manifest: Manifest) -> Where | None:
    """The condition on the instrument; None where the question names no instrument's column, those of all that there
    are, or which one it is about, or holds to rows where something of one was asked."""
    table = manifest.tables.get(Population.ANSWERS)
    column = table.columns.get(INSTRUMENT) if table else None
    if question.selection.population is not Population.ANSWERS or table is None or column is None:
        return None
    named = set(_names(question))
    if INSTRUMENT in named or any(
        _was_asked(each, table.columns.get(each.column)) for each in question.selection.where
    ):
        return None
    instruments = {name.partition(_SERIES)[0] for name in named if name in table.columns and _SERIES in name}
    codes = tuple(level.code for level in column.levels if level.code in instruments)
    return Where(INSTRUMENT, codes) if codes and len(codes) < len(column.levels) else None


def _was_asked(where: Where, column: SnapshotColumn | None) -> bool:
    return column is not None and bool(column.not_asked) and column.not_asked not in where.codes


def _names(part: Any) -> Iterator[str]:
    """Every name that can be a column's, of the question and its conditions."""
    if isinstance(part, str):
        yield from stored_behind(part)
    elif hasattr(part, "__dataclass_fields__"):
        for each in fields(part):
            yield from _names(getattr(part, each.name))
    elif isinstance(part, tuple):
        for each in part:
            yield from _names(each)
