"""The options of a FHIR item, and the names that Skillnad gives what comes from elsewhere."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_terms import Resource, extended
from skillnad.exchange.forms.fhir_words import heard
from skillnad.instruments.asked import Means, Option
from skillnad.instruments.exact import exact, read_number

_SYSTEM: Final = re.compile(r"urn:skillnad:codes:[a-z0-9_]+:([a-z][a-z0-9_]*)")
_NOT_IN_IDS: Final = re.compile(r"[^a-z0-9]+")
_NOT_IN_CODES: Final = re.compile(r"[^A-Za-z0-9ÅÄÖåäö+._-]+")
_ID: Final = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,39}(?<!_)")
_LONGEST: Final = 40
YES_NO: Final = (Option("1", "Ja", "Yes"), Option("0", "Nej", "No"))
OTHER: Final = Option("other", "Annat, nämligen", "Other, namely", specify=True)
_SWEDISH: Final = str.maketrans("åäöéü", "aaoeu")


def options_of(item: Mapping[str, Any], contained: Mapping[str, Resource]) -> tuple[Option, ...]:
    """The options in order; those of a set of values that the form itself contains, too."""
    told = item.get("answerOption", ()) or _contained(item, contained)
    options = tuple(_option(each) for each in told)
    open_ended = item["type"] == "open-choice" and not any(option.specify for option in options)
    return (*options, OTHER) if open_ended and all(option.code != OTHER.code for option in options) else options


def _contained(item: Mapping[str, Any], contained: Mapping[str, Resource]) -> list[Resource]:
    found = contained.get(str(item.get("answerValueSet", "")).removeprefix("#"), {})
    parts = found.get("compose", {}).get("include", ())
    return [{"valueCoding": each} for part in parts for each in part.get("concept", ())]


def _option(told: Mapping[str, Any]) -> Option:
    coding = told.get("valueCoding") or {"display": _text(told)}
    words = str(coding.get("display", coding.get("code", "")))
    code = code_of(str(coding.get("code", words)))
    return Option(
        code,
        words,
        heard(coding, "display", "en") or words,
        _means(extended(told, fhir.MEANING)),
        _points(extended(coding, fhir.ORDINAL), extended(told, fhir.ORDINAL), code),
        bool(extended(told, fhir.EXCLUSIVE)),
        bool(extended(told, fhir.SPECIFY)),
    )


def _text(told: Mapping[str, Any]) -> str:
    return next((str(value) for name, value in told.items() if name.startswith("value")), "")


def _means(told: Any) -> Means:
    return Means(told) if told in list(Means) else Means.VALUE


def _points(*told: Any) -> float | None:
    """The points, where they are not the code itself."""
    code = read_number(told[-1])
    given = next((each for each in told[:-1] if isinstance(each, int | float)), None)
    return None if given is None or exact(given) == code else given


def has_points(item: Mapping[str, Any]) -> bool:
    """Do the options count as numbers, as those of an ordered scale do?"""
    told = item.get("answerOption", ())
    return any(
        extended(part, fhir.ORDINAL) is not None for each in told for part in (each, each.get("valueCoding", {}))
    )


def set_of(item: Mapping[str, Any]) -> str:
    """The id of the shared set that the codes are from, if they are ours."""
    systems = {each.get("valueCoding", {}).get("system", "") for each in item.get("answerOption", ())}
    found = _SYSTEM.fullmatch(systems.pop()) if len(systems) == 1 else None
    return found[1] if found else ""


def code_of(text: str) -> str:
    """A code that an option may have, made of another's."""
    return _NOT_IN_CODES.sub("_", text).strip("_")[:_LONGEST] or "x"


def id_of(text: str, taken: Iterable[str]) -> str:
    """An id that an item may have, made of another's, and that is not taken: "/93025-5" is q93025_5."""
    known = set(taken)
    name = text if _ID.fullmatch(text) else _made(text)
    return next(each for each in (name, *(f"{name[:36]}_{n}" for n in range(2, 10_000))) if each not in known)


def _made(text: str) -> str:
    plain = _NOT_IN_IDS.sub("_", text.lower().translate(_SWEDISH)).strip("_")
    return (plain if plain[:1].isalpha() else f"q{plain}")[:_LONGEST].rstrip("_") or "q"
