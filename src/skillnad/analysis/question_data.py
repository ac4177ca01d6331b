"""Questions as plain data and back, exactly; and the one text that names a question in ledgers and addresses."""

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from skillnad.analysis.questions import (
    ONGOING,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Question,
    Selection,
    Share,
    Sum,
    Where,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, Population
from skillnad.lib.errors import UserError

KINDS: dict[str, type] = {
    "count": Count,
    "cross_table": CrossTable,
    "share": Share,
    "duration": Duration,
    "flow": Flow,
    "sum": Sum,
}
_LATER = {CrossTable: ("outside", "by"), Share: ("outside",), Duration: ("within",)}
"""Parts of questions that the first questions did not have."""
_NAMES = {kind: name for name, kind in KINDS.items()}


def question_as_data(question: Question) -> dict[str, Any]:
    """The question as dictionaries, lists, texts and truth values; `kind` says which."""
    return {"kind": _NAMES[type(question)], **_fields(question)}


def question_from_data(data: Mapping[str, Any]) -> Question:
    """The same question again. Raises UserError (ASK-020) where the data is no question."""
    try:
        given = dict(data)
        kind = KINDS[given.pop("kind")]
        question: Question = kind(**{name: _read(name, value) for name, value in given.items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError.of(
            "ASK-020",
            sv="Den sparade frågan går inte att läsa. Ställ den på nytt och spara om den.",
            en="The saved question cannot be read. Ask it again and save it anew.",
        ) from None
    return question


def canonical_json(question: Question) -> str:
    """One text for every way of putting the same question: conditions in order, its own event left out."""
    return json.dumps(question_as_data(canonical(question)), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def canonical(question: Question) -> Question:
    """The question with its conditions sorted, and without an event that it would have anyway."""
    if isinstance(question, Flow):
        return replace(question, where=_sorted(question.where))
    selection = question.selection
    idle = selection.event != ONGOING and (selection.period is None or selection.event == EVENT[selection.population])
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
    if isinstance(value, Selection | Where):
        return _fields(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, Population | Percent) else value


def _read(name: str, value: Any) -> Any:
    match name:
        case "selection":
            return Selection(**{part: _read(part, item) for part, item in value.items()})
        case "period":
            return None if value is None else Period(*(date.fromisoformat(day) for day in value))
        case "population":
            return Population(value)
        case "percent":
            return Percent(value)
        case "where":
            return tuple(_where(item) for item in value)
        case "by" | "outside":
            return tuple(_text(item) for item in value)
        case "within":
            return tuple(_whole(item) for item in value)
        case "of" if isinstance(value, Mapping):
            return _where(value)
        case "people" | "monthly":
            return bool(value)
    return _text(value)


def _where(data: Mapping[str, Any]) -> Where:
    return Where(_text(data["column"]), tuple(_text(code) for code in data["codes"]))


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number is expected")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text is expected")
    return value
