"""An instrument as a FHIR R4 Questionnaire.

What FHIR has a word for stands in its own elements, so that others can use the form: questions, options with points,
conditions, limits, plain sums, translations. Beside them stands the whole definition in one extension of Skillnad's, so
that nothing is lost on the way back (`fhir_in`); `losses` says what a reader has who does not know that extension.
"""

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_conditions import enabled, lists_of, steps_of, system_of
from skillnad.exchange.forms.fhir_scores import points_by_code, score_items, scored_items
from skillnad.exchange.forms.fhir_terms import Resource, extension, simple
from skillnad.exchange.forms.fhir_valid import check_resource
from skillnad.exchange.forms.fhir_words import Spoken, said, spoken
from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.json_form import json_form
from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Direction, Item, ItemKind, Matrix, Means, Option
from skillnad.instruments.model import Instrument


def as_fhir(folder: Folder, variant: str = "") -> str:
    """The questionnaire as JSON, held to FHIR R4, in the words of a variant (the base form unless told).

    Raises UserError: INSTR-033 where the extra is not installed, INSTR-059 where there is no such variant.
    """
    resource = questionnaire(folder, variant)
    check_resource(resource, folder.instrument.id)
    return json.dumps(resource, ensure_ascii=False, indent=1)


def questionnaire(folder: Folder, variant: str = "") -> Resource:
    """The resource, with every language that the variant has words in."""
    instrument, words = folder.instrument, spoken(folder, variant)
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id.replace("_", "-"),
        "language": "sv",
        "extension": [
            extension(fhir.DEFINITION, "String", json_form(folder)),
            extension(fhir.VARIANT, "Code", words.swedish.variant.id),
            *_statuses(words),
        ],
        "url": f"{fhir.INSTRUMENT}{instrument.id}",
        "version": instrument.version,
        "name": instrument.id.capitalize(),
        **said("title", instrument.title_sv, [("en", instrument.title_en)]),
        "status": "draft" if instrument.kind in ("template", "frame") else "active",
        **_dated(instrument),
        **said("purpose", instrument.purpose_sv, [("en", instrument.purpose_en)]),
        **({"copyright": instrument.licence.holder} if instrument.licence.holder else {}),
        "item": [*_intro(words), *items_of(words), *score_items(instrument)],
    }


def _statuses(words: Spoken) -> Iterator[Resource]:
    """How each translation came about: a reader must see that a machine made it."""
    for language, status in words.statuses():
        parts = [{"url": "lang", "valueCode": language}, {"url": "status", "valueCode": status}]
        yield {"url": fhir.STATUS, "extension": parts}


def _dated(instrument: Instrument) -> Resource:
    return {"date": instrument.versions[-1].date.isoformat()} if instrument.versions else {}


def _intro(words: Spoken) -> list[Resource]:
    told = words.intro()
    return [{"linkId": fhir.INTRO, **told, "type": "display"}] if told else []


def items_of(words: Spoken) -> list[Resource]:
    """The questions, in their groups."""
    return list(_Items(words.swedish.instrument, words).all())


class _Items:
    """The questions in order: groups and matrices as groups, and one around what FHIR cannot say in one condition."""

    def __init__(self, instrument: Instrument, words: Spoken) -> None:
        self.instrument = instrument
        self.words = words
        self.scored = scored_items(instrument)
        self.begun: dict[str, int] = {}

    def all(self) -> Iterator[Resource]:
        for name, run in groupby(self.instrument.items.values(), key=lambda item: item.group):
            inner = list(self.of_group(list(run)))
            yield from [self.group(name, inner)] if name else inner

    def group(self, name: str, inner: list[Resource]) -> Resource:
        sv, en = self.instrument.groups.get(name, (name, ""))
        return {
            "linkId": self.numbered(f"{fhir.GROUP}{name}"),
            **said("text", sv, [("en", en)]),
            "type": "group",
            "item": inner,
        }

    def numbered(self, name: str) -> str:
        """A group that comes back after others is group 2 of that name: linkIds are unique."""
        self.begun[name] = self.begun.get(name, 0) + 1
        return name if self.begun[name] == 1 else f"{name}#{self.begun[name]}"

    def of_group(self, items: list[Item]) -> Iterator[Resource]:
        for name, run in groupby(items, key=lambda item: item.matrix):
            if not name:
                yield from (made for item in run for made in self.conditioned(item, list(self.made(item))))
                continue
            cells = list(run)
            inner = [made for item in cells for made in self.made(item)]
            yield from self.conditioned(cells[0], [self.matrix(self.instrument.matrices[name], inner)])

    def matrix(self, matrix: Matrix, cells: list[Resource]) -> Resource:
        return {
            "extension": [_control("gtable", "Group Table")],
            "linkId": self.numbered(f"{fhir.MATRIX}{matrix.id}"),
            **said("text", matrix.label_sv, [("en", matrix.label_en)]),
            "type": "group",
            "item": cells,
        }

    def conditioned(self, item: Item, made: list[Resource]) -> list[Resource]:
        lists = lists_of(steps_of(self.instrument, item.when))
        if not lists:
            return made
        inner = [_ordered({**each, **enabled(lists[-1])}) for each in made]
        for place, steps in enumerate(reversed(lists[:-1]), start=1):
            around = {"linkId": f"{fhir.ONLY}{item.id}#{place}", "type": "group", **enabled(steps), "item": inner}
            inner = [around]
        return inner

    def made(self, item: Item) -> Iterator[Resource]:
        """One question; and beside one that takes a number, its answers that are codes."""
        yield _ordered(
            {
                "extension": [*_own(item), *_limits(item)],
                "linkId": item.id,
                "code": [self.code(item)],
                **({"prefix": item.number} if item.number else {}),
                **self.words.text(item),
                "type": _type_of(item),
                "required": item.required and not (item.kind in NUMBERS and item.options),
                "repeats": item.kind in (ItemKind.MULTIPLE, ItemKind.RANK),
                "answerOption": [] if item.kind in NUMBERS else list(self.options(item)),
                "item": list(self.help(item)),
            }
        )
        if item.kind in NUMBERS and item.options:
            yield _ordered(
                {
                    "linkId": f"{item.id}{fhir.CODES}",
                    "text": "Om inget tal kan anges",
                    "type": "choice",
                    "answerOption": list(self.options(item)),
                }
            )

    def code(self, item: Item) -> Resource:
        told = said("display", item.label_sv, [("en", item.label_en)])
        return {"system": f"{fhir.INSTRUMENT}{self.instrument.id}", "code": item.id, **told}

    def help(self, item: Item) -> Iterator[Resource]:
        if told := self.words.help(item):
            yield {
                "extension": [_control("help", "Help-Button")],
                "linkId": f"{item.id}{fhir.HELP}",
                **told,
                "type": "display",
            }

    def options(self, item: Item) -> Iterator[Resource]:
        points = points_by_code(item) if item.kind is ItemKind.SCALE or item.id in self.scored else {}
        for option in item.options:
            value = points.get(option.code, option.points)
            given = [] if value is None else [extension(fhir.ORDINAL, "Decimal", simple(value))]
            coding = {
                "extension": given,
                "system": system_of(self.instrument.id, item),
                "code": option.code,
                **self.words.option(item, option.code),
            }
            yield _ordered({"extension": list(_of_option(option)), "valueCoding": _ordered(coding)})


def _own(item: Item) -> Iterator[Resource]:
    """What only we have words for, and a change in another's editor must not lose."""
    yield extension(fhir.KIND, "Code", item.kind.value)
    if item.direction is not Direction.NONE:
        yield extension(fhir.DIRECTION, "Code", item.direction.value)
    for perspective in item.perspectives:
        yield extension(fhir.PERSPECTIVE, "Code", perspective)


def _limits(item: Item) -> Iterator[Resource]:
    if item.kind is ItemKind.ANALOGUE:
        yield _control("slider", "Slider")
    if item.kind not in NUMBERS:
        return
    kind = "Decimal" if item.decimals else "Integer"
    for url, limit in ((fhir.MIN, item.least), (fhir.MAX, item.most)):
        if limit is not None:
            yield extension(url, kind, simple(limit))
    if item.decimals:
        yield extension(fhir.PLACES, "Integer", item.decimals)
    if item.unit_of_measure:
        yield extension(fhir.UNIT, "Coding", _unit(item.unit_of_measure))


def _unit(name: str) -> Resource:
    known = fhir.UNITS.get(name)
    return {"system": fhir.UCUM, "code": known[0], "display": known[1]} if known else {"display": name}


def _of_option(option: Option) -> Iterator[Resource]:
    if option.exclusive:
        yield extension(fhir.EXCLUSIVE, "Boolean", True)
    if option.means is not Means.VALUE:
        yield extension(fhir.MEANING, "Code", option.means.value)
    if option.specify:
        yield extension(fhir.SPECIFY, "Boolean", True)


def _type_of(item: Item) -> str:
    if item.kind in (ItemKind.NUMBER, ItemKind.MATRIX):
        return "decimal" if item.decimals else "integer"
    return "open-choice" if any(option.specify for option in item.options) else fhir.TYPES[item.kind]


def _control(code: str, display: str) -> Resource:
    coding = {"system": fhir.CONTROLS, "code": code, "display": display}
    return extension(fhir.CONTROL, "CodeableConcept", {"coding": [coding]})


def _ordered(part: dict[str, Any]) -> Resource:
    """Without what is empty or false: FHIR has no empty lists."""
    return {name: value for name, value in part.items() if value not in ([], {}, False, None)}
