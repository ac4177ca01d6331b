"""The items of a FHIR Questionnaire as questions, groups, matrices and scores.

A type without counterpart is a problem (INSTR-034) at its linkId; what is only left out is a loss.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from skillnad.exchange.forms import fhir_terms as fhir
from skillnad.exchange.forms.fhir_conditions import Step, condition_read, steps_read
from skillnad.exchange.forms.fhir_options import YES_NO, has_points, id_of, options_of, set_of
from skillnad.exchange.forms.fhir_scores import score_read
from skillnad.exchange.forms.fhir_terms import Resource, all_extended, extended
from skillnad.exchange.forms.fhir_words import heard
from skillnad.instruments.asked import Direction, Item, ItemKind, Matrix, Option, OptionSet
from skillnad.instruments.counted import Score
from skillnad.instruments.rules_names import OF_ANSWERS, OF_SCORES
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import either, shown

_KINDS: Final[Mapping[str, ItemKind]] = {
    "choice": ItemKind.SINGLE,
    "open-choice": ItemKind.SINGLE,
    "boolean": ItemKind.SINGLE,
    "integer": ItemKind.NUMBER,
    "decimal": ItemKind.NUMBER,
    "date": ItemKind.DATE,
    "string": ItemKind.TEXT,
    "text": ItemKind.TEXT,
}
_CHOSEN: Final = ("choice", "open-choice")
_SAME: Final[Mapping[str, frozenset[str]]] = {
    "choice": frozenset({"single", "scale"}),
    "open-choice": frozenset({"single", "scale"}),
    "integer": frozenset({"number", "duration", "vas"}),
    "decimal": frozenset({"number", "duration", "vas"}),
}
"""The kinds of ours that a type may be."""
_USED: Final = frozenset(
    (
        *("linkId", "text", "_text", "type", "prefix", "code", "enableWhen", "enableBehavior", "required", "repeats"),
        *("answerOption", "answerValueSet", "item", "extension", "readOnly", "id"),
    )
)
_READ: Final = frozenset(
    (fhir.MIN, fhir.MAX, fhir.PLACES, fhir.UNIT, fhir.CONTROL, fhir.HIDDEN, fhir.CALCULATED, fhir.KIND)
) | {fhir.DIRECTION, fhir.PERSPECTIVE}
_PLACES: Final = 2
"""Decimals of a number whose form does not say how many."""


@dataclass
class Reading:
    """What has been read so far. `names` has the item's id by linkId; `left` what was left out, by its words."""

    file: str
    contained: Mapping[str, Resource]
    items: dict[str, Item] = field(default_factory=dict)
    option_sets: dict[str, OptionSet] = field(default_factory=dict)
    groups: dict[str, tuple[str, str]] = field(default_factory=dict)
    matrices: dict[str, Matrix] = field(default_factory=dict)
    scores: dict[str, Score] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    left: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    intro: str = ""

    def leave(self, link: str, sv: str, en: str) -> None:
        self.left.setdefault((sv, en), []).append(shown(link))

    def refuse(self, code: str, link: str, sv: str, en: str) -> None:
        self.problems.append(Problem(code, sv, en, self.where(link)))

    def where(self, link: str) -> str:
        return f"{self.file}, linkId {shown(link)}"


@dataclass(frozen=True)
class Place:
    """Where an item stands: the steps that hold of all around it, its group and its matrix."""

    steps: tuple[Step, ...] = ()
    group: str = ""
    matrix: str = ""


def read_items(parts: Iterable[Resource], place: Place, into: Reading) -> None:
    """Read the items of a form or of a group, in order, into `into`."""
    for part in parts:
        _note_unread(part, into)
        inner = replace(place, steps=(*place.steps, *steps_read(part)))
        if part["type"] == "display":
            _read_display(part, into)
        elif part["type"] == "group":
            _read_group(part, inner, into)
        elif extended(part, fhir.CALCULATED):
            _read_score(part, into)
        elif part["linkId"].endswith(fhir.CODES) and part["linkId"].removesuffix(fhir.CODES) in into.items:
            _read_codes(part, into)
        else:
            _read_question(part, inner, into)


def _note_unread(part: Resource, into: Reading) -> None:
    if "modifierExtension" in part:
        into.refuse(
            "INSTR-034",
            part["linkId"],
            "Frågan har modifierExtension, som kan ändra vad den betyder. Ta bort det i verktyget den kommer från.",
            "The item has modifierExtension, which may change what it means. Remove it in the tool it comes from.",
        )
    for name in part:
        if name not in _USED and not name.startswith(("_", "modifier")):
            into.leave(part["linkId"], f"uppgiften {shown(name)}", f"the element {shown(name)}")
    for each in part.get("extension", ()):
        if each["url"] not in _READ:
            into.leave(part["linkId"], f"tillägget {shown(each['url'], 90)}", f"the extension {shown(each['url'], 90)}")


def _read_display(part: Resource, into: Reading) -> None:
    if not into.items and not into.intro:
        into.intro = part.get("text", "")
    else:
        into.leave(part["linkId"], "text som inte är en fråga", "text that is no question")


def _read_group(part: Resource, place: Place, into: Reading) -> None:
    link, text = part["linkId"], part.get("text", "")
    if link.startswith(fhir.MATRIX):
        name = link.removeprefix(fhir.MATRIX).partition("#")[0]
        into.matrices[name] = _matrix(name, part)
        place = replace(place, matrix=name)
    elif not link.startswith(fhir.ONLY) and text:
        if place.group:
            into.leave(link, "grupper i grupper", "groups within groups")
        own = link.removeprefix(fhir.GROUP).partition("#")[0] if link.startswith(fhir.GROUP) else ""
        name = own or id_of(link, into.groups)
        into.groups[name] = (text, heard(part, "text", "en") or text)
        place = replace(place, group=name)
    if part.get("repeats"):
        into.refuse(
            "INSTR-034",
            link,
            "Gruppen upprepas, och det har ingen motsvarighet här. Skriv ut frågorna så många gånger som de ställs.",
            "The group repeats, which has no counterpart here. Write the questions as many times as they are asked.",
        )
    read_items(part.get("item", ()), place, into)


def _matrix(name: str, part: Resource) -> Matrix:
    """Rows and columns by the ids of the cells, which are matrix.row.column; their words by the cells' labels."""
    axes: tuple[dict[str, tuple[str, str, str]], ...] = ({}, {})
    for cell in (each for each in part.get("item", ()) if each["linkId"].count(".") == 2):
        coding: Resource = next(iter(cell.get("code", ())), {})
        words = [_two(coding.get("display", "")), _two(heard(coding, "display", "en"))]
        for place, named in enumerate(cell["linkId"].split(".")[1:]):
            sv, en = (each[place] or named for each in words)
            axes[place].setdefault(named, (named, sv, en if words[1][place] else sv))
    text = part.get("text", name)
    rows, columns = (tuple(axis.values()) for axis in axes)
    return Matrix(name, text, heard(part, "text", "en") or text, rows, columns)


def _two(label: str) -> tuple[str, str]:
    """The words of row and column in a cell's label, "Klienter, måndag"; nothing where it is no such label."""
    row, comma, column = label.partition(", ")
    return (row, column) if comma and ", " not in column else ("", "")


def _read_score(part: Resource, into: Reading) -> None:
    name = id_of(part["linkId"].removeprefix(fhir.SCORE), (*into.scores, *OF_SCORES))
    score = score_read(part, into.items, into.scores, name)
    if score is None:
        into.leave(part["linkId"], "beräkningar utom rena summor och medel", "calculations but plain sums and means")
    else:
        into.scores[name] = score


def _read_codes(part: Resource, into: Reading) -> None:
    name = part["linkId"].removesuffix(fhir.CODES)
    into.names[part["linkId"]] = name
    into.items[name] = replace(into.items[name], options=options_of(part, into.contained))
    _keep_set(into, replace(into.items[name], option_set=set_of(part)))


def _read_question(part: Resource, place: Place, into: Reading) -> None:
    link = part["linkId"]
    if part["type"] not in _KINDS:
        _no_counterpart(part, into)
        return
    if link in into.names:
        into.refuse(
            "INSTR-033",
            link,
            "Samma linkId står på två frågor. Ge den ena ett annat.",
            "Two items have this linkId. Give one of them another.",
        )
        return
    into.names[link] = link if place.matrix and link.count(".") == 2 else id_of(link, (*into.items, *OF_ANSWERS))
    if into.names[link] != link:
        into.leave(link, "linkId, som fick ett annat id", "linkIds, which got another id")
    try:
        item = _item(part, place, into)
    except UserError as error:
        into.problems += error.problems
        return
    _keep_set(into, item)
    if part["type"] in _CHOSEN and not item.options:
        into.refuse(
            "INSTR-034",
            link,
            "Svarsalternativen står inte i formuläret. Lägg in dem som answerOption, eller som contained ValueSet.",
            "The options are not in the form. Put them in as answerOption, or as a contained ValueSet.",
        )
    helps = [each for each in part.get("item", ()) if _is_help(each)]
    read_items([each for each in part.get("item", ()) if each not in helps], place, into)


def _keep_set(into: Reading, item: Item) -> None:
    into.items[item.id] = item
    if item.option_set and item.option_set not in into.option_sets:
        into.option_sets[item.option_set] = OptionSet(item.option_set, item.direction, item.options)


def _no_counterpart(part: Resource, into: Reading) -> None:
    known, english = (either([*_KINDS, "display", "group"], language) for language in ("sv", "en"))
    into.refuse(
        "INSTR-034",
        part["linkId"],
        f"Frågor av typen {shown(part['type'])} har ingen motsvarighet här. Byt till {known}.",
        f"Items of type {shown(part['type'])} have no counterpart here. Change to {english}.",
    )


def _item(part: Resource, place: Place, into: Reading) -> Item:
    link, kind = part["linkId"], _kind(part)
    text = part.get("text", "")
    coding = _coding_of(part, into)
    label = str(coding.get("display", "")) or text or link
    return Item(
        into.names[link],
        kind,
        label,
        heard(coding, "display", "en") or heard(part, "text", "en") or label,
        options=_options(part, into),
        option_set=set_of(part),
        direction=_direction(part),
        number=part.get("prefix", ""),
        text="" if text == coding.get("display") else text,
        help=next((each.get("text", "") for each in part.get("item", ()) if _is_help(each)), ""),
        when=condition_read(place.steps, into.items, into.names, into.where(link)),
        required=bool(part.get("required")),
        perspectives=tuple(str(each) for each in all_extended(part, fhir.PERSPECTIVE)),
        group=place.group,
        **_limits(part, into),
        matrix=place.matrix,
    )


def _coding_of(part: Resource, into: Reading) -> Resource:
    """Our own name of the question, which has its label; a code of others' systems is left."""
    codes = part.get("code", ())
    ours = [each for each in codes if str(each.get("system", "")).startswith(fhir.INSTRUMENT)]
    if len(ours) < len(codes):
        into.leave(part["linkId"], "frågornas koder i andra system", "the codes of questions in other systems")
    return ours[0] if ours else {}


def _options(part: Resource, into: Reading) -> tuple[Option, ...]:
    if part["type"] == "boolean":
        return YES_NO
    return options_of(part, into.contained) if part["type"] in _CHOSEN else ()


def _kind(part: Resource) -> ItemKind:
    told = extended(part, fhir.KIND)
    if part.get("repeats") and part["type"] in _CHOSEN:
        return ItemKind.RANK if told == "rank" else ItemKind.MULTIPLE
    if told in _SAME.get(part["type"], frozenset()):
        return ItemKind(told)
    if part["type"] in _CHOSEN and has_points(part):
        return ItemKind.SCALE
    slider = _control_of(part) == "slider" and extended(part, fhir.MIN) is not None
    return ItemKind.ANALOGUE if part["type"] == "decimal" and slider else _KINDS[part["type"]]


def _direction(part: Resource) -> Direction:
    told = extended(part, fhir.DIRECTION)
    return Direction(told) if told in list(Direction) else Direction.NONE


def _control_of(part: Resource) -> str:
    told = extended(part, fhir.CONTROL) or {}
    return next((str(each.get("code", "")) for each in told.get("coding", ())), "")


def _is_help(part: Resource) -> bool:
    return part["type"] == "display" and _control_of(part) == "help"


def _limits(part: Resource, into: Reading) -> dict[str, Any]:
    if part["type"] not in ("integer", "decimal"):
        return {}
    least = extended(part, fhir.MIN)
    if least is None:
        into.leave(part["linkId"], "minsta tal, som formuläret inte säger: 0", "least numbers, which the form lacks: 0")
    places = extended(part, fhir.PLACES)
    unit = extended(part, fhir.UNIT) or {}
    ours = {code: name for name, (code, _) in fhir.UNITS.items()}
    return {
        "least": 0 if least is None else least,
        "most": extended(part, fhir.MAX),
        "decimals": 0 if part["type"] == "integer" else _PLACES if places is None else places,
        "unit_of_measure": ours.get(unit.get("code", ""), unit.get("display", unit.get("code", ""))),
    }
