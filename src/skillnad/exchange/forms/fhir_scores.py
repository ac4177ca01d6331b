"""Plain sums and means as the `calculatedExpression` of structured data capture, in FHIRPath, and back.

In FHIRPath a sum with an empty part is empty: one unknown answer and there is no score, as `missing = "refuse"` says.
"Don't know" has no ordinal value, and is empty. A score that does anything else is not written.
"""

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Final

from skillnad.exchange.forms.fhir_terms import CALCULATED, HIDDEN, SCORE, Resource, extended, extension, simple
from skillnad.exchange.forms.fhir_words import heard, said
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Direction, Item, Means
from skillnad.instruments.counted import Score
from skillnad.instruments.exact import read_number
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import span_of

_FOUND: Final = "%resource.descendants().where(linkId = '{}').answer.value"
_PART: Final = re.compile(
    r"(?:\((?P<from>-?[\d.]+) - )?%resource\.descendants\(\)\.where\(linkId ?= ?'(?P<id>[^']+)'\)\.answer\.value"
    r"(?:\.ordinal\(\))?(?(from)\))"
)
_SOURCE: Final = "Formulärets egen beräkning"
_WHOLE: Final = re.compile(r"\((?P<parts>.+)\)(?: / (?P<count>\d+))?")


def is_plain(instrument: Instrument, score: Score) -> bool:
    """A sum or mean of everything it is made of, without any condition, that others can count too."""
    only = not (score.needs or score.zero_when or score.only_when or score.off or score.round or score.decimals)
    counted = score.kind in ("sum", "mean") and score.missing == "refuse" and bool(score.items or score.scores)
    return counted and only and all(is_plain(instrument, instrument.scores[name]) for name in score.scores)


def score_items(instrument: Instrument) -> list[Resource]:
    """A hidden item for each plain score, which a form's own calculation fills in."""
    return [_item(instrument, score) for score in instrument.scores.values() if is_plain(instrument, score)]


def _item(instrument: Instrument, score: Score) -> Resource:
    told = {"language": "text/fhirpath", "expression": expression_of(instrument, score)}
    return {
        "extension": [extension(HIDDEN, "Boolean", True), extension(CALCULATED, "Expression", told)],
        "linkId": f"{SCORE}{score.id}",
        **said("text", score.sv, [("en", score.en)]),
        "type": "decimal",
        "readOnly": True,
    }


def expression_of(instrument: Instrument, score: Score) -> str:
    """The FHIRPath expression of a plain score."""
    parts = [_FOUND.format(f"{SCORE}{name}") for name in score.scores]
    parts += [_part(instrument.items[name], turned=name in score.reverse) for name in score.items]
    return f"({' + '.join(parts)})" + (f" / {len(parts)}" if score.kind == "mean" else "")


def _part(item: Item, *, turned: bool) -> str:
    found = _FOUND.format(item.id) + ("" if item.kind in NUMBERS else ".ordinal()")
    return f"({simple(float(sum(span_of(item))))} - {found})" if turned else found


def scored_items(instrument: Instrument) -> frozenset[str]:
    """The items whose options need their points in the form."""
    return frozenset(name for score in instrument.scores.values() for name in score.items)


def score_read(
    item: Mapping[str, Any], items: Mapping[str, Item], scores: Mapping[str, Score], name: str
) -> Score | None:
    """The score of an item that is calculated; None where it is no plain sum or mean of `items` and `scores`."""
    told = extended(item, CALCULATED) or {}
    found = _WHOLE.fullmatch(str(told.get("expression", "")).strip())
    parts = [_PART.fullmatch(text) for text in found["parts"].split(" + ")] if found else []
    read = [part for part in parts if part]
    named = [part["id"].removeprefix(SCORE) for part in read]
    known: Mapping[str, Any] = scores if all(part["id"].startswith(SCORE) for part in read) else items
    if not found or len(read) < len(parts) or any(each not in known for each in named):
        return None
    if found["count"] and int(found["count"]) != len(parts):
        return None
    turned = frozenset(part["id"] for part in read if part["from"])
    return _made(item, name, named, known, turned, "mean" if found["count"] else "sum")


def _made(
    item: Mapping[str, Any], name: str, parts: list[str], known: Mapping[str, Any], turned: frozenset[str], kind: str
) -> Score:
    spans = [_span(known[part]) for part in parts]
    count = len(parts) if kind == "mean" else 1
    low, high = (float(sum(ends) / count) for ends in zip(*spans, strict=True))
    made: dict[str, Any] = {"scores" if isinstance(known[parts[0]], Score) else "items": tuple(parts)}
    sv = item.get("text", name)
    en = heard(item, "text", "en") or sv
    step = float(min(_steps(known, parts)) / count)
    return Score(
        name, sv, en, kind, Direction.NONE, simple(low), simple(high), simple(step), _SOURCE, reverse=turned, **made
    )


def _span(part: Item | Score) -> tuple[Fraction, Fraction]:
    return (Fraction(str(part.low)), Fraction(str(part.high))) if isinstance(part, Score) else span_of(part)


def _steps(known: Mapping[str, Any], parts: list[str]) -> Iterator[Fraction]:
    for part in (known[name] for name in parts):
        yield Fraction(str(part.step)) if isinstance(part, Score) else Fraction(1, 10**part.decimals)


def points_by_code(item: Item) -> dict[str, float]:
    """What each option counts as, where it counts as a number."""
    values = {option.code: option.points for option in item.options if option.means is Means.VALUE}
    read = {code: _number(code) if points is None else points for code, points in values.items()}
    return {code: points for code, points in read.items() if points is not None}


def _number(code: str) -> float | None:
    number = read_number(code)
    return None if number is None else float(number)
