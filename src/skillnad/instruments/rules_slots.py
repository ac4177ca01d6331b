"""What ties the words together: `text`, filled with the slots' own `standard`, is the published wording."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from skillnad.instruments.asked import Item, Slot
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import CHOICE, refer
from skillnad.instruments.rules_conditions import clauses
from skillnad.instruments.rules_items import asked_once
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_files import Checked

FROM: Final = ("case.intervention_type", "case.reference_point", "case.caseworker_kind", "plan", "answers")
PEOPLE: Final = ("client", "guardian", "relative")
"""Who is asked in plain words, without a slash. Officials may be asked by the slash that their own survey has."""

CASE_WORDS: Final = ("name", "month")
"""What a slot's words may have beside slots: the name of the intervention, and the month of the reference point."""

_SLOT = re.compile(r"\{(\w+)\}")
_DEEPEST = 5
_FILLED = 50_000
LONGEST = 300
MOST_INSIDE = 3
"""Characters of a slot's words, and slots in them: words in words in words must not fill the memory."""


def check_slots(parsed: Parsed, folders: Sequence[Path] = ()) -> None:
    """The slots and every text that has them. `folders` are where lists of names may lie (`slot.names`)."""
    for slot in parsed.instrument.slots.values():
        _check_slot(slot, parsed, folders)
    for item, place in asked_once(parsed):
        if _check_known(item, place, parsed.instrument.slots):
            _check_standard(item, place, parsed.instrument.slots)
        _check_slash(item, place, parsed)
        _check_answered(item, place, parsed)


def standard_of(text: str, slots: Mapping[str, Slot]) -> str:
    """`text` with every slot's published words, also where those have slots of their own."""
    for _ in range(_DEEPEST):
        if len(text) + sum(len(slots[name].standard) for name in slots_in(text) if name in slots) > _FILLED:
            break
        filled = _SLOT.sub(lambda match: slots[match[1]].standard if match[1] in slots else match[0], text)
        if filled == text:
            break
        text = filled
    return text


def slots_in(text: str) -> tuple[str, ...]:
    return tuple(_SLOT.findall(text))


def _check_slot(slot: Slot, parsed: Parsed, folders: Sequence[Path]) -> None:
    place = parsed.place("slot", slot.id)
    place.word("from", FROM, "")
    codes = [choice.code for choice in slot.choices]
    refer(place, [slot.default] if slot.default else [], codes, CHOICE, "default")
    _check_choices(slot, place, parsed.instrument.slots)
    _known(slot.standard, place, parsed.instrument.slots, "standard")
    _check_size(slot, place, parsed.instrument.slots)
    is_plain = Path(slot.names).name == slot.names
    if slot.names and not (is_plain and any((folder / slot.names).is_file() for folder in folders)):
        _refuse(
            place,
            f"Filen ”{shown(slot.names)}” finns inte bland de delade listorna. Rätta namnet, eller ta bort raden.",
            f"There is no file '{shown(slot.names)}' among the shared lists. Correct the name, or remove the line.",
            "names",
        )


def _check_size(slot: Slot, place: Checked, slots: Mapping[str, Slot]) -> None:
    """Words within words end, and are not many."""
    if any(len(words) > LONGEST or len(slots_in(words)) > MOST_INSIDE for words in _words_of(slot)):
        _refuse(
            place,
            f"Orden i ”{slot.id}” är för långa: högst {LONGEST} tecken, med högst {MOST_INSIDE} ordval i. Korta dem.",
            f"The words of '{slot.id}' are too long: at most {LONGEST} characters, with {MOST_INSIDE} slots. "
            "Shorten them.",
            "choices",
        )
    if slot.id in _reached(slot, slots):
        _refuse(
            place,
            f"Ordvalet ”{slot.id}” innehåller sig självt. Ta bort {{{slot.id}}} ur dess ord.",
            f"The slot '{slot.id}' contains itself. Take {{{slot.id}}} out of its words.",
            "standard",
        )


def _reached(slot: Slot, slots: Mapping[str, Slot]) -> set[str]:
    """The slots that stand in this one's words, at any depth."""
    found: set[str] = set()
    waiting = _words_of(slot)
    while waiting:
        for name in set(slots_in(waiting.pop())) - found:
            found.add(name)
            waiting += _words_of(slots[name]) if name in slots else []
    return found


def _words_of(slot: Slot) -> list[str]:
    return [slot.standard, *(words for choice in slot.choices for words in (choice.sv, choice.dated_sv))]


def _check_choices(slot: Slot, place: Checked, slots: Mapping[str, Slot]) -> None:
    seen: set[str] = set()
    for index, choice in enumerate(slot.choices):
        if choice.code in seen:
            sv = f"Koden ”{shown(choice.code)}” står två gånger. Ge ett av valen en annan kod."
            en = f"The code '{shown(choice.code)}' stands twice. Give one of the choices another code."
            place.add("INSTR-006", "choices", index, sv=sv, en=en)
        seen.add(choice.code)
        for words in (choice.sv, choice.dated_sv):
            _known(words, place, (*slots, *CASE_WORDS), "choices", index)
            if "/" in words:
                _refuse(place, *_slash_words(words), "choices", index)
        if slot.source == "answers" and choice.when is None:
            place.add(
                "INSTR-010",
                "choices",
                index,
                sv='Ordvalet hämtas ur svaren (from = "answers"), så varje val behöver ett villkor: when = { … }.',
                en='The slot is decided by answers (from = "answers"), so each choice needs a condition: when = { … }.',
            )


def _check_known(item: Item, place: Checked, slots: Mapping[str, Slot]) -> bool:
    """Whether every slot in the item's words is there."""
    found = [_known(getattr(item, key), place, slots, key) for key in ("text", "standard", "help")]
    return all(found)


def _known(text: str, place: Checked, slots: Collection[str], *keys: str | int) -> bool:
    unknown = [name for name in dict.fromkeys(slots_in(text)) if name not in slots]
    for name in unknown:
        guess, names = nearest(name, slots), tuple(slots)
        _refuse(
            place,
            f"Ordvalet {{{shown(name)}}} finns inte.{meant(guess)} Här finns {shown(listed(names), 200)}.",
            f"There is no slot {{{shown(name)}}}.{meant(guess, 'en')} There is {shown(listed(names, 'en'), 200)}.",
            *keys,
        )
    return not unknown


def _check_standard(item: Item, place: Checked, slots: Mapping[str, Slot]) -> None:
    if not item.standard:
        return
    filled = standard_of(item.text, slots)
    if filled == item.standard:
        return
    near_filled, near_standard = _difference(filled, item.standard)
    _refuse(
        place,
        f"Fylls ”text” med ordvalens ”standard” blir det inte ”standard”: det skiljer vid ”{near_filled}” mot "
        f"”{near_standard}”. Rätta ordvalet, texten eller standarden.",
        f"'text' filled with the slots' 'standard' is not 'standard': they differ at '{near_filled}' against "
        f"'{near_standard}'. Correct the slot, the text or the standard.",
        "text",
    )


def _difference(first: str, second: str) -> tuple[str, str]:
    """The words at which two texts part, to look for."""
    at = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(first), len(second)) if at is None else at
    start = max(first.rfind(" ", 0, at), 0)
    return shown(first[start:].strip(), 30), shown(second[start:].strip(), 30)


def _check_slash(item: Item, place: Checked, parsed: Parsed) -> None:
    """Nobody is asked "situation/problematik": who answers as a private person gets one of the words."""
    perspectives = parsed.instrument.perspectives
    asked = [perspectives[name] for name in item.perspectives or perspectives if name in perspectives]
    if "/" in item.text and any(one.answered_by in PEOPLE for one in asked):
        _refuse(place, *_slash_words(item.text), "text")


def _slash_words(text: str) -> tuple[str, str]:
    word = next((word for word in text.split() if "/" in word), "/")
    return (
        f"Ingen ska få läsa ”{shown(word)}”: skriv ett av orden, eller gör ett ordval ([[slot]]) av det.",
        f"Nobody is to read '{shown(word)}': write one of the words, or make a slot ([[slot]]) of it.",
    )


def _check_answered(item: Item, place: Checked, parsed: Parsed) -> None:
    """A slot that answers decide is decided before the item is put."""
    order = list(parsed.instrument.items)
    for slot in _answered_slots(item, parsed.instrument.slots):
        for choice in slot.choices:
            for standing in clauses(choice.when, place):
                other = standing.clause.item
                if other in order and order.index(other) >= order.index(item.id):
                    sv = f"Ordvalet ”{slot.id}” hämtas ur ”{other}”, som kommer senare. Flytta frågan till efter den."
                    en = f"The slot '{slot.id}' is decided by '{other}', which comes later. Move the item to after it."
                    place.add("INSTR-008", "text", sv=sv, en=en)
                    return


def _answered_slots(item: Item, slots: Mapping[str, Slot]) -> Iterator[Slot]:
    for name in dict.fromkeys(slots_in(item.text)):
        if name in slots and slots[name].source == "answers":
            yield slots[name]


def _refuse(place: Checked, sv: str, en: str, *keys: str | int) -> None:
    place.add("INSTR-015", *keys, sv=sv, en=en)
