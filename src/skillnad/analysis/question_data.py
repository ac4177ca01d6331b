"""Questions as plain data and back, exactly; and the one text that names a question in ledgers and addresses."""

import json
from dataclasses import fields, replace
from datetime import date
from typing import Any

from skillnad.analysis.comparisons.questions import (
    Adjusted,
    Asked,
    Chart,
    Comparative,
    Comparison,
    Drawn,
    Paired,
    ResponseRate,
    Weight,
)
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.question_reading import KIND, KINDS, question_from_data
from skillnad.analysis.questions import (
    ONGOING,
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Share,
    Where,
)
from skillnad.analysis.selection import selection_of
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, Population

__all__ = ["canonical", "canonical_json", "question_as_data", "question_from_data"]

_LATER = {
    Count: ("shares",),
    CrossTable: ("outside", "by"),
    Share: ("outside",),
    Duration: ("within",),
    Comparison: ("relevant", "drawn"),
}
"""Parts of questions that the first questions did not have."""
_NAMES = {kind: name for name, kind in KINDS.items()}


def question_as_data(question: Asked) -> dict[str, Any]:
    """The question as dictionaries, lists, texts and truth values; `kind` says which."""
    return {KIND: _NAMES[type(question)], **_fields(question)}


def canonical_json(question: Asked) -> str:
    """One text for every way of putting the same question: conditions in order, its own event left out."""
    return json.dumps(question_as_data(canonical(question)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(question: Asked) -> Asked:
    """The question with its conditions sorted, and without an event that it would have anyway."""
    if isinstance(question, Comparative):
        return _canonical_comparative(question)
    return _canonical_plain(question)


def _canonical_comparative(question: Comparative) -> Comparative:
    """That of the plain question; backgrounds in order, unless a standard population names their levels in another."""
    if isinstance(question, Paired):
        ((first,), (second,)) = _sorted((question.first,)), _sorted((question.second,))
        selection = selection_of(_canonical_plain(question.of))
        return replace(question, first=first, second=second, selection=selection)
    if isinstance(question, ResponseRate):
        codes = tuple(sorted(set(question.codes)))
        return replace(question, codes=codes, selection=selection_of(_canonical_plain(question.of)))
    of: Any = _canonical_plain(question.of)
    made: Comparative = replace(question, of=of)
    return _canonical_comparison(made) if isinstance(made, Comparison) else made


def _canonical_comparison(question: Comparison) -> Comparison:
    if question.drawn:
        question = replace(question, drawn=replace(question.drawn, of_each=tuple(sorted(question.drawn.of_each))))
    return question if question.standard else replace(question, adjusted_for=tuple(sorted(question.adjusted_for)))


def _canonical_plain(question: Question) -> Question:
    if isinstance(question, Flow):
        return replace(question, where=_sorted(question.where))
    selection = question.selection
    own = selection.event == EVENT[selection.population]
    unused = selection.period is None and selection.event != ONGOING and not isinstance(question, Change)
    idle = own or unused
    event = "" if idle else selection.event
    plain = replace(question, selection=replace(selection, where=_sorted(selection.where), event=event))
    if isinstance(plain, CrossTable | Share):
        plain = replace(plain, outside=tuple(sorted(set(plain.outside))))
    if isinstance(plain, Duration):
        plain = replace(plain, within=tuple(sorted(set(plain.within))))
    return replace(plain, of=_sorted((plain.of,))[0]) if isinstance(plain, Share) else plain


def _sorted(conditions: tuple[Where, ...]) -> tuple[Where, ...]:
    told = {Where(where.column, tuple(sorted(set(where.codes)))) for where in conditions}
    return tuple(sorted(told, key=lambda where: (where.column, where.codes)))


def _fields(value: Any) -> dict[str, Any]:
    """Without what came later and is empty: a question that has none of it is named as before there was any."""
    later = _LATER.get(type(value), ())
    held = {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    return {name: value for name, value in held.items() if name not in later or value}


def _plain(value: Any) -> Any:
    if isinstance(value, Period):
        return [value.start.isoformat(), value.end.isoformat()]
    if isinstance(value, Selection | Where | Weight | Drawn):
        return _fields(value)
    if type(value) in _NAMES:
        return question_as_data(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Population | Percent | Adjusted | Chart | Chosen) else value
