"""A sheet of answers as a FHIR R4 QuestionnaireResponse, and back.

It never says who answered: no subject, author or source but a pseudonym that the caller gives; none of them is read.
Free text goes out only where the caller asks for it; `losses` names what was left.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_conditions import system_of
from skillnad.exchange.forms.fhir_out import items_of
from skillnad.exchange.forms.fhir_terms import Resource, all_extended, extended, extension
from skillnad.exchange.forms.fhir_valid import check_resource, read_resource
from skillnad.exchange.forms.fhir_words import spoken
from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.losses import Loss
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.conditions import Answer
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed, shown

RANK = f"{fhir.OWN}rank"


@dataclass(frozen=True)
class Response:
    """`text` is the resource as JSON. `losses` names the questions whose answers are not in it."""

    text: str
    losses: tuple[Loss, ...] = ()


def as_response(
    instrument: Instrument, sheet: AnswerSheet, *, pseudonym: str = "", with_texts: bool = False
) -> Response:
    """The sheet as a response, held to FHIR R4. Raises UserError INSTR-033 where the extra is not installed."""
    resource = response(instrument, sheet, pseudonym=pseudonym, with_texts=with_texts)
    check_resource(resource, instrument.id)
    left = [] if with_texts else [name for name in sheet.answers if _is_text(instrument, name)]
    lost = Loss(listed(left), "svar i fri text", "answers in free text", "answers") if left else None
    return Response(json.dumps(resource, ensure_ascii=False, indent=1), (lost,) if lost else ())


def response(instrument: Instrument, sheet: AnswerSheet, *, pseudonym: str = "", with_texts: bool = False) -> Resource:
    """The resource. Its items stand in the form's order, those of groups and matrices in them."""
    answered = {name: answer for name, answer in sheet.answers.items() if with_texts or not _is_text(instrument, name)}
    subject = {"subject": {"identifier": {"system": fhir.SUBJECT, "value": pseudonym}}} if pseudonym else {}
    items = list(_items(instrument, answered))
    return {
        "resourceType": "QuestionnaireResponse",
        **({"language": sheet.language} if sheet.language else {}),
        "extension": list(_sheet_extensions(sheet)),
        "questionnaire": f"{fhir.INSTRUMENT}{sheet.instrument}|{sheet.version}",
        "status": "completed",
        **subject,
        **({"item": items} if items else {}),
    }


def _is_text(instrument: Instrument, name: str) -> bool:
    item = instrument.items.get(name)
    return item is None or item.kind is ItemKind.TEXT


def _sheet_extensions(sheet: AnswerSheet) -> Iterator[Resource]:
    yield extension(fhir.PERSPECTIVE, "Code", sheet.perspective)
    if sheet.variant:
        yield extension(fhir.VARIANT, "Code", sheet.variant)
    if sheet.age is not None:
        yield extension(fhir.AGE, "Integer", sheet.age)
    for slot, code in sheet.slots.items():
        parts = [{"url": "slot", "valueCode": slot}, {"url": "choice", "valueCode": code}]
        yield {"url": fhir.SLOT, "extension": parts}


def _items(instrument: Instrument, answers: Mapping[str, Answer]) -> Iterator[Resource]:
    """An unanswered item is left out; one of which nothing was chosen stands there without an answer."""
    found: dict[str, Resource] = {}
    for name, item in instrument.items.items():
        answer = answers.get(name)
        if answer is None or answer == "":
            continue
        link = f"{name}{fhir.CODES}" if item.kind in NUMBERS and isinstance(answer, str) else name
        given = list(_answers(instrument, item, answer))
        found[link] = {"linkId": link, **({"answer": given} if given else {})}
    yield from _nested(_form(_Asked(instrument)), found)


@dataclass(frozen=True, eq=False)
class _Asked:
    """An instrument as a key: many sheets are of one."""

    instrument: Instrument

    def __hash__(self) -> int:
        return hash(self.instrument.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and self.instrument == other.instrument


@lru_cache(maxsize=8)
def _form(asked: _Asked) -> list[Resource]:
    """The form's items, which say which group an answer stands in."""
    return items_of(spoken(Folder(asked.instrument, {})))


def _nested(form: Iterable[Resource], found: Mapping[str, Resource]) -> Iterator[Resource]:
    """The answers in the form's groups; a group without answers is left out."""
    for part in form:
        inner = list(_nested(part.get("item", ()), found)) if part["type"] == "group" else []
        if inner:
            yield {"linkId": part["linkId"], "item": inner}
        elif part["linkId"] in found:
            yield found[part["linkId"]]


def _answers(instrument: Instrument, item: Item, answer: Answer) -> Iterator[Resource]:
    if isinstance(answer, Mapping):
        for code, rank in answer.items():
            yield {"extension": [extension(RANK, "Integer", rank)], **_coding(instrument, item, code)}
    elif isinstance(answer, str):
        yield _of_text(instrument, item, answer)
    elif isinstance(answer, int | float | Decimal):
        yield {"valueDecimal": float(answer)} if item.decimals else {"valueInteger": int(answer)}
    else:
        yield from (_coding(instrument, item, code) for code in answer)


def _of_text(instrument: Instrument, item: Item, answer: str) -> Resource:
    if item.kind is ItemKind.DATE:
        return {"valueDate": answer}
    return {"valueString": answer} if item.kind is ItemKind.TEXT else _coding(instrument, item, answer)


def _coding(instrument: Instrument, item: Item, code: str) -> Resource:
    option = item.option(code)
    display = {"display": option.sv} if option and option.sv else {}
    return {"valueCoding": {"system": system_of(instrument.id, item), "code": code, **display}}


def from_response(content: bytes, instrument: Instrument, file: str) -> AnswerSheet:
    """The sheet of a response in JSON; `answers.check_answers` then says what may not stand on it.

    Who answered is not read, even where the file says it. Raises UserError: INSTR-033 (no such resource, or it does not
    validate), INSTR-041 (another instrument's), INSTR-034 (an answer of a type without counterpart), INSTR-050 (no such
    question), INSTR-051 (several answers to a question that takes one).
    """
    resource = read_resource(content, "QuestionnaireResponse", file)
    name, _, version = str(resource.get("questionnaire", "")).partition("|")
    if name != f"{fhir.INSTRUMENT}{instrument.id}":
        _of_another(instrument, file)
    perspective = extended(resource, fhir.PERSPECTIVE)
    age = extended(resource, fhir.AGE)
    return AnswerSheet(
        instrument.id,
        version or instrument.version,
        str(perspective or next(iter(instrument.perspectives))),
        dict(_read(resource.get("item", ()), instrument, file)),
        str(extended(resource, fhir.VARIANT) or ""),
        str(resource.get("language", "")),
        age if isinstance(age, int) else None,
        {str(each.get("slot")): str(each.get("choice")) for each in all_extended(resource, fhir.SLOT)},
    )


def _of_another(instrument: Instrument, file: str) -> None:
    ours = f"{fhir.INSTRUMENT}{instrument.id}|{instrument.version}"
    raise UserError.of(
        "INSTR-041",
        where=f"{file}, questionnaire",
        sv=f"Svaren är inte givna på {instrument.id}: där ska stå {ours}. Ange det instrument som svaren hör till.",
        en=f"The answers were not given on {instrument.id}: it should say {ours}. Name the instrument that the answers "
        "belong to.",
    )


def _read(parts: Iterable[Resource], instrument: Instrument, file: str) -> Iterator[tuple[str, Answer]]:
    for part in parts:
        yield from _read(part.get("item", ()), instrument, file)
        name = part["linkId"].removesuffix(fhir.CODES)
        item = instrument.items.get(name)
        if item is not None:
            yield from _answered(item, part, f"{file}, linkId {name}")
        elif "answer" in part and not name.startswith(fhir.SCORE):
            _unknown(f"{file}, linkId {shown(name)}", instrument)
        for answer in part.get("answer", ()):
            yield from _read(answer.get("item", ()), instrument, file)


def _unknown(where: str, instrument: Instrument) -> None:
    raise UserError.of(
        "INSTR-050",
        where=where,
        sv=f"Instrumentet {instrument.id} har ingen sådan fråga. Ta bort svaret, eller rätta linkId.",
        en=f"{instrument.id} has no such question. Remove the answer or mend the linkId.",
    )


def _answered(item: Item, part: Resource, where: str) -> Iterator[tuple[str, Answer]]:
    given = part.get("answer", ())
    if item.kind is ItemKind.RANK:
        yield item.id, {str(_value(each, where)): _rank(each, place) for place, each in enumerate(given, start=1)}
    elif item.kind is ItemKind.MULTIPLE:
        yield item.id, [str(_value(each, where)) for each in given]
    elif len(given) > 1:
        raise UserError.of(
            "INSTR-051",
            where=where,
            sv="Frågan tar ett svar, men har flera. Lämna ett.",
            en="The question takes one answer but has several. Leave one.",
        )
    elif given:
        yield item.id, _value(given[0], where)


def _rank(answer: Mapping[str, Any], place: int) -> int:
    """The rank that is told, or the answer's place: others may write the order so."""
    told = extended(answer, RANK)
    return told if isinstance(told, int) else place


def _value(answer: Mapping[str, Any], where: str) -> str | int | float:
    kind = next((name for name in answer if name.startswith("value")), "")
    value: Any = answer.get(kind)
    if kind == "valueCoding" and "code" in value:
        return str(value["code"])
    if kind == "valueBoolean":
        return "1" if value else "0"
    if kind in ("valueInteger", "valueDecimal", "valueDate", "valueString"):
        return value if isinstance(value, int | float) else str(value)
    told = kind and f" ({kind})"
    raise UserError.of(
        "INSTR-034",
        where=where,
        sv=f"Svaret är av en typ utan motsvarighet här{told}. Skriv det som kod, tal, datum eller text.",
        en=f"The answer is of a type without counterpart here{told}. Write it as a code, number, date or text.",
    )
