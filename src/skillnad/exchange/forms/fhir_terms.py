"""What FHIR R4 and its structured data capture call things, and what Skillnad calls what they have no word for."""

from collections.abc import Mapping
from typing import Any, Final

from skillnad.instruments.asked import ItemKind

_CORE: Final = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL: Final = f"{_CORE}ordinalValue"
TRANSLATION: Final = f"{_CORE}translation"
MIN: Final = f"{_CORE}minValue"
MAX: Final = f"{_CORE}maxValue"
PLACES: Final = f"{_CORE}maxDecimalPlaces"
UNIT: Final = f"{_CORE}questionnaire-unit"
CONTROL: Final = f"{_CORE}questionnaire-itemControl"
HIDDEN: Final = f"{_CORE}questionnaire-hidden"
EXCLUSIVE: Final = f"{_CORE}questionnaire-optionExclusive"
CALCULATED: Final = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression"
CONTROLS: Final = "http://hl7.org/fhir/questionnaire-item-control"
UCUM: Final = "http://unitsofmeasure.org"

OWN: Final = "urn:skillnad:"
INSTRUMENT: Final = f"{OWN}instrument:"
DEFINITION: Final = f"{OWN}definition"
KIND: Final = f"{OWN}kind"
DIRECTION: Final = f"{OWN}direction"
PERSPECTIVE: Final = f"{OWN}perspective"
MEANING: Final = f"{OWN}meaning"
SPECIFY: Final = f"{OWN}specify"
VARIANT: Final = f"{OWN}variant"
AGE: Final = f"{OWN}age"
SLOT: Final = f"{OWN}slot"
STATUS: Final = f"{OWN}translation-status"
SUBJECT: Final = f"{OWN}pseudonym"

CODES: Final = "#code"
"""After the id of a question that takes a number: a second item, for the answers to it that are codes."""
HELP: Final = "#help"
INTRO: Final = "#intro"
GROUP: Final = "group#"
MATRIX: Final = "matrix#"
ONLY: Final = "only#"
SCORE: Final = "score#"

TYPES: Final[Mapping[ItemKind, str]] = {
    ItemKind.SINGLE: "choice",
    ItemKind.SCALE: "choice",
    ItemKind.MULTIPLE: "choice",
    ItemKind.RANK: "choice",
    ItemKind.ANALOGUE: "decimal",
    ItemKind.DURATION: "integer",
    ItemKind.DATE: "date",
    ItemKind.TEXT: "text",
}
"""Numbers are `integer` or `decimal` by their decimals; a matrix is a group of its cells."""

UNITS: Final[Mapping[str, tuple[str, str]]] = {
    "minutes": ("min", "minuter"),
    "hours": ("h", "timmar"),
    "days": ("d", "dagar"),
    "weeks": ("wk", "veckor"),
    "months": ("mo", "månader"),
    "years": ("a", "år"),
}
"""The unit's code in UCUM and its Swedish word."""

Resource = dict[str, Any]


def extension(url: str, kind: str, value: Any) -> Resource:
    """One extension: `kind` is the value's type, as in "Code" for valueCode."""
    return {"url": url, f"value{kind}": value}


def extended(part: Mapping[str, Any], url: str) -> Any:
    """The value of a part's first extension `url`, or None."""
    return next(iter(all_extended(part, url)), None)


def all_extended(part: Mapping[str, Any], url: str) -> list[Any]:
    """The values of a part's extensions `url`; of one that is made of extensions, those by their names."""
    return [_value(each) for each in part.get("extension", ()) if each.get("url") == url]


def _value(each: Mapping[str, Any]) -> Any:
    if "extension" in each:
        return {part["url"]: _value(part) for part in each["extension"]}
    return next((value for name, value in each.items() if name.startswith("value")), None)


def without_own(part: Any) -> Any:
    """A resource as a stranger reads it: without what only Skillnad has a name for."""
    if isinstance(part, list):
        kept = [without_own(each) for each in part if not (isinstance(each, dict) and _is_own(each))]
        return [each for each in kept if each != {}]
    if not isinstance(part, dict):
        return part
    read = {name: without_own(value) for name, value in part.items()}
    return {name: value for name, value in read.items() if value not in ([], {})}


def _is_own(part: Mapping[str, Any]) -> bool:
    return str(part.get("url", "")).startswith(OWN) and "resourceType" not in part


def simple(number: float) -> int | float:
    """10.0 as 10: what is whole is written whole."""
    return int(number) if float(number).is_integer() else number
