"""What may be chosen of a previewed form: variant, language, who answers, and the words that a case would decide."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from skillnad.instruments.asked import Condition, Item, ItemKind, Perspective, Slot
from skillnad.instruments.conditions import Answer, belongs
from skillnad.instruments.model import Instrument
from skillnad.instruments.slots import CaseFacts, Chosen, choices_of, intervention_names, resolve
from skillnad.instruments.texts import Words
from skillnad.instruments.vocabulary import LANGUAGES
from skillnad.instruments.wording import PutForm, Wording, fill, languages_of, slot_words, wording
from skillnad.lib.errors import UserError
from skillnad.lib.text import capitalised

ANSWER: Final = "svar."
WORD: Final = "ord."
INTERVENTION: Final = "insats"
_NUMBER = re.compile(r"[0-9]{1,9}(?:[.,][0-9]{1,4})?")

STATUS: Final[Mapping[str, str]] = {
    "original": "Den publicerade ordalydelsen",
    "adapted": "Egen omformulering",
    "machine": "Maskingjord översättning, inte granskad",
    "signed": "Granskad och underskriven",
}
SLOTS: Final[Mapping[str, str]] = {
    "case.intervention_type": "Stödet kallas",
    "case.reference_point": "Räknat sedan",
    "case.caseworker_kind": "Den som frågan gäller",
    "plan": "Planens val",
}


@dataclass(frozen=True)
class Link:
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Select:
    """A choice of words. `options` are (code, words, chosen)."""

    name: str
    label: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Preview:
    """A form and how to have another. `hidden` are the choices that are links, kept when the form is sent."""

    form: PutForm
    variants: tuple[Link, ...]
    languages: tuple[Link, ...]
    perspectives: tuple[Link, ...]
    selects: tuple[Select, ...]
    hidden: tuple[tuple[str, str], ...]
    status: str
    note: str
    conditional: bool
    wrong: str


def previewed(instrument: Instrument, words: Words, query: QueryDict) -> Preview:
    """The form of an address. What it asks for and is not there is told, and the base form shown in its place."""
    put, wrong = _asked_for(instrument, words, query)
    who = _perspective(put, query.get("vem", ""))
    choices = {key: query.get(key, "") for key in query if key.startswith(WORD) or key == INTERVENTION}
    facts = CaseFacts(intervention_type=query.get(INTERVENTION, ""))
    plan = {key.removeprefix(WORD): code for key, code in choices.items() if key.startswith(WORD)}
    slots = _resolved(put, facts, plan)
    put = Wording(instrument, words, put.variant, put.language, slots)
    here = {"variant": put.variant.id, "language": put.language, "vem": who.id}
    return Preview(
        put.form(who.id, answers_of(instrument, query)),
        tuple(
            _links([(v.id, v.sv) for v in instrument.variants.values()], "variant", {**here, "language": "sv"}, choices)
        ),
        tuple(
            _links([(code, _language(code)) for code in languages_of(put.variant, words)], "language", here, choices)
        ),
        tuple(_links([(p.id, p.sv) for p in _perspectives(put)], "vem", here, choices)),
        tuple(_selects(put, query.get(INTERVENTION, ""))),
        tuple(here.items()),
        _status(put),
        put.texts.note_sv if put.texts else "",
        any(item.when != Condition() for item in instrument.items.values() if belongs(item, who.id)),
        wrong,
    )


def answers_of(instrument: Instrument, query: QueryDict) -> dict[str, Answer]:
    """What is filled in, of the questions that conditions can be about; what no question has is left out."""
    found: dict[str, Answer] = {}
    for item in instrument.items.values():
        given = [each for each in query.getlist(f"{ANSWER}{item.id}") if each]
        codes = [each for each in given if item.option(each) is not None]
        if item.kind is ItemKind.MULTIPLE and codes:
            found[item.id] = codes
        elif codes:
            found[item.id] = codes[0]
        elif given and _is_number(item, given[0]):
            found[item.id] = given[0].replace(",", ".")
    return found


def _asked_for(instrument: Instrument, words: Words, query: QueryDict) -> tuple[Wording, str]:
    try:
        return wording(instrument, words, query.get("variant", ""), query.get("language") or "sv"), ""
    except UserError as error:
        return wording(instrument, words), error.problems[0].sv


def _perspectives(put: Wording) -> list[Perspective]:
    there = put.instrument.perspectives
    return [there[name] for name in put.variant.perspectives or there]


def _perspective(put: Wording, wished: str) -> Perspective:
    known = _perspectives(put)
    return next((each for each in known if each.id == wished), known[0])


def _resolved(put: Wording, facts: CaseFacts, plan: Mapping[str, str]) -> dict[str, Chosen]:
    """As for a real case, and what is chosen here stands for what the case would have said."""
    slots = put.instrument.slots
    said = {slots[name].source: code for name, code in plan.items() if name in slots}
    facts = CaseFacts(
        facts.intervention_type,
        reference_point=said.get("case.reference_point", ""),
        caseworker_kind=said.get("case.caseworker_kind", ""),
    )
    return resolve(put.instrument, facts, plan, put.texts)


def _links(
    there: Sequence[tuple[str, str]], key: str, here: Mapping[str, str], choices: Mapping[str, str]
) -> Iterator[Link]:
    for code, label in there:
        yield Link(label, f"?{urlencode({**here, **choices, key: code})}", here[key] == code)


def _selects(put: Wording, intervention: str) -> Iterator[Select]:
    """A list for each slot that has more than one thing to say; the intervention's by its name."""
    for slot in put.instrument.slots.values():
        if slot.source == "answers":
            continue
        names = intervention_names(slot.names)
        if names:
            rest = [(code, capitalised(name), code == intervention) for code, name in names.items()]
            yield Select(INTERVENTION, "Insatsen i ärendet", (("", "Inte känd", not intervention), *rest))
        options = tuple(_worded(put, slot))
        if len(options) > 1 and not put.slots[slot.id].name:
            yield Select(f"{WORD}{slot.id}", _slot_label(slot), options)


def _worded(put: Wording, slot: Slot) -> Iterator[tuple[str, str, bool]]:
    """The choices in Swedish, whatever the form's language: an analyst reads them."""
    texts = put.texts if put.language == "sv" else None
    said = {each.id: slot_words(each, put.slots.get(each.id, Chosen(each.default)), texts) for each in _slots(put)}
    chosen = put.slots[slot.id].code
    for choice in slot.choices:
        if choice.code in choices_of(slot, put.texts) and "{name}" not in choice.sv:
            yield choice.code, fill(slot_words(slot, Chosen(choice.code), texts), said), chosen == choice.code


def _slots(put: Wording) -> list[Slot]:
    return list(put.instrument.slots.values())


def _slot_label(slot: Slot) -> str:
    return SLOTS[slot.source] if slot.source != "plan" else f"I stället för ”{slot.standard}”"


def _status(put: Wording) -> str:
    """Whose words these are; nothing of an instrument that has none, or that quotes no source.

    A machine's are told by their own note, and again in the form.
    """
    texts = put.texts
    if texts is None:
        return STATUS["original"] if any(item.standard for item in put.instrument.items.values()) else ""
    if texts.status == "machine" and texts.note_sv:
        return ""
    signed = f" av {texts.signed_by} {texts.signed_date}" if texts.status == "signed" else ""
    return f"{STATUS[texts.status]}{signed}"


def _language(code: str) -> str:
    return capitalised(LANGUAGES.get(code, code))


def _is_number(item: Item, text: str) -> bool:
    """A number that conditions can compare; anything else is left out, as the form's own check would refuse it."""
    measured = item.kind in (ItemKind.NUMBER, ItemKind.ANALOGUE, ItemKind.DURATION)
    return measured and bool(_NUMBER.fullmatch(text))
