"""A question from plain data, as it was saved: every key known and of the right kind, or an error that names it."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields
from datetime import date
from typing import Any, get_type_hints

from skillnad.analysis.comparisons.questions import (
    Adjusted,
    Asked,
    Chart,
    Comparison,
    Drawn,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
    Weight,
)
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import (
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Percent,
    Selection,
    Sequence,
    Share,
    Sum,
    Where,
)
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, meant, nearest, shown

KINDS: dict[str, type] = {
    "count": Count,
    "cross_table": CrossTable,
    "share": Share,
    "duration": Duration,
    "flow": Flow,
    "change": Change,
    "sequence": Sequence,
    "sum": Sum,
    "comparison": Comparison,
    "ranking": Ranking,
    "funnel": Funnel,
    "over_time": OverTime,
    "paired": Paired,
    "response_rate": ResponseRate,
}
KIND = "kind"
_ASKED = {"of", "first", "second"}
"""The parts that are questions or conditions themselves, or, of some, a column."""

_PARTS: dict[str, type] = {"selection": Selection, "drawn": Drawn}


def question_from_data(data: Mapping[str, Any], *, where: str = "") -> Asked:
    """The question that was saved. Raises UserError (ASK-020) with `where` and the key that cannot be read."""
    try:
        given = dict(data)
    except (TypeError, ValueError):
        raise _unreadable(where, "question", "ska vara en tabell", "is a table") from None
    question: Asked = _of_kind(given, where, "")
    return question


def _of_kind(given: dict[str, Any], where: str, above: str) -> Any:
    kind = given.pop(KIND, None)
    if kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise _unreadable(where, above + KIND, f"ska vara ett av {kinds}", f"is one of {kinds}")
    return _made(KINDS[kind], given, where, above)


def _made(kind: type, given: Mapping[str, Any], where: str, above: str) -> Any:
    """One of the frozen classes from what is given of its parts; `above` are the keys that lead here."""
    known = [part.name for part in fields(kind)]
    for name in given:
        if name not in known:
            guess = nearest(name, known)
            sv = f"finns inte.{meant(guess)} Här får stå {listed(known)}"
            en = f"does not exist.{meant(guess, 'en')} Allowed here: {listed(known, 'en')}"
            raise _unreadable(where, above + name, sv, en)
    parts = {name: _part(name, value, where, above) for name, value in given.items()}
    for name in _ASKED & parts.keys():
        if not isinstance(parts[name], get_type_hints(kind)[name]):
            sv, en = "är inget som en sådan fråga kan gälla", "is nothing that such a question can be about"
            raise _unreadable(where, above + name, sv, en)
    try:
        return kind(**parts)
    except TypeError:
        absent = listed([part.name for part in fields(kind) if part.name not in given and _needed(part)])
        raise _unreadable(where, above + absent, "saknas", "is missing") from None


def _needed(part: Field[Any]) -> bool:
    return part.default is MISSING and part.default_factory is MISSING


def _part(name: str, value: Any, where: str, above: str) -> Any:
    if name in _PARTS and isinstance(value, Mapping):
        return _made(_PARTS[name], value, where, f"{above}{name}.")
    if name == "of" and isinstance(value, Mapping) and KIND in value:
        return _of_kind(dict(value), where, f"{above}of.")
    if name in _ASKED and isinstance(value, Mapping):
        return _made(Where, value, where, f"{above}{name}.")
    try:
        return _READERS.get(name, _text)(value)
    except (TypeError, ValueError, KeyError, AttributeError, UserError):
        raise _unreadable(where, above + name, "går inte att läsa", "cannot be read") from None


def _unreadable(where: str, key: str, sv: str, en: str) -> UserError:
    return UserError.of(
        "ASK-020",
        where=where,
        sv=f"Den sparade frågan går inte att läsa: ”{shown(key)}” {sv}. Rätta, eller ställ frågan igen och spara den.",
        en=f"The saved question cannot be read: '{shown(key)}' {en}. Mend it, or ask the question again and save it.",
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text is expected")
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        raise TypeError("a list is expected")
    return tuple(_text(item) for item in value)


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number is expected")
    return value


def _number(value: Any) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError("a number is expected")
    return float(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is expected")
    return value


def _period(value: Any) -> Period | None:
    """Two days, the second after the last; or as a person writes it: 2025Q2."""
    if value is None or isinstance(value, str):
        return None if value is None else Period.parse(value)
    return Period(*_days(value))


def _days(value: Any) -> tuple[date, date]:
    first, last = (date.fromisoformat(str(day)) for day in value)
    return first, last


def _weight(value: Any) -> Weight:
    return Weight(_texts(value["levels"]), _number(value["people"]))


def _where(value: Any) -> Where:
    return Where(_text(value["column"]), _texts(value["codes"]))


def _none(value: Any) -> None:
    if value is not None:
        raise TypeError("a table is expected")


def _each(value: Any) -> tuple[tuple[str, int], ...]:
    """A group and how many it has, pair by pair."""
    return tuple((_text(group), _whole(people)) for group, people in value)


_READERS: dict[str, Callable[[Any], Any]] = {
    "population": Population,
    "percent": Percent,
    "period": _period,
    "between": lambda value: None if value is None else _days(value),
    "where": lambda value: tuple(_where(item) for item in value),
    "codes": _texts,
    "by": _texts,
    "steps": _texts,
    "outside": _texts,
    "within": lambda value: tuple(_whole(item) for item in value),
    "top": _whole,
    "least": _whole,
    "people": _flag,
    "shares": _flag,
    "monthly": _flag,
    "adjusted_for": _texts,
    "way": Adjusted,
    "standard": lambda value: tuple(_weight(item) for item in value),
    "highest_first": _flag,
    "target": lambda value: None if value is None else _number(value),
    "drawn": _none,
    "chosen": Chosen,
    "of_all": lambda value: None if value is None else _whole(value),
    "of_each": _each,
    "relevant": lambda value: None if value is None else _number(value),
    "chart": Chart,
    "baseline": _whole,
}
"""How a part is read; as text where it is not here."""
