"""What must hold of conditions: they name earlier items, with codes that these have, and never each other in a ring."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from skillnad.instruments.asked import Clause, Condition, Item, ItemKind
from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import ITEM, refer
from skillnad.instruments.rules_items import asked_once
from skillnad.lib.text import either, listed, meant, nearest, shown
from skillnad.lib.toml_files import Checked


@dataclass(frozen=True)
class Standing:
    """One clause and where it stands."""

    clause: Clause
    place: Checked
    keys: tuple[str | int, ...]

    def add(self, code: str, sv: str, en: str, *keys: str) -> None:
        self.place.add(code, *self.keys, *keys, sv=sv, en=en)


def check_conditions(parsed: Parsed) -> None:
    """The conditions of items in order (INSTR-008, 009), and of scores and slots, which may name any (INSTR-007)."""
    instrument = parsed.instrument
    items = instrument.items
    order = {name: place for place, name in enumerate(items)}
    names = _named_by(items)
    for item, place in asked_once(parsed):
        for standing in clauses(item.when, place, "when"):
            if _check_earlier(item, standing, order, names):
                _check_asked(item, items[standing.clause.item], standing, instrument)
                _check_compared(standing, items[standing.clause.item])
    for standing in _of_scores_and_slots(parsed):
        if refer(standing.place, [standing.clause.item], items, ITEM, *standing.keys, "item"):
            _check_compared(standing, items[standing.clause.item])


def clauses(condition: Condition | None, place: Checked, *keys: str | int) -> Iterator[Standing]:
    """Every clause of the condition at `keys`."""
    if condition is None:
        return
    for part, found in (("all", condition.all), ("any", condition.any)):
        for index, clause in enumerate(found):
            yield Standing(clause, place, (*keys, part, index))


def _of_scores_and_slots(parsed: Parsed) -> Iterator[Standing]:
    for score in parsed.instrument.scores.values():
        place = parsed.place("score", score.id)
        yield from clauses(score.zero_when, place, "zero_when")
        yield from clauses(score.only_when, place, "only_when")
    for slot in parsed.instrument.slots.values():
        for index, choice in enumerate(slot.choices):
            yield from clauses(choice.when, parsed.place("slot", slot.id), "choices", index, "when")


def _named_by(items: Mapping[str, Item]) -> dict[str, set[str]]:
    """For each item the items that its condition names."""
    return {name: {clause.item for clause in (*item.when.all, *item.when.any)} for name, item in items.items()}


def _check_earlier(item: Item, standing: Standing, order: Mapping[str, int], names: Mapping[str, set[str]]) -> bool:
    """Whether the clause names an earlier item; what it says of a later depends on whether that waits for this."""
    other = standing.clause.item
    if other in order and order[other] < order[item.id]:
        return True
    own = item.matrix or item.id
    if other not in order:
        earlier = [name for name in order if order[name] < order.get(own, len(order))]
        if other:  # else said already: the clause has no item
            standing.add("INSTR-008", *absent_words(own, other, earlier, order), "item")
    elif ring := ring_of(item.id, other, names):
        standing.add("INSTR-009", *ring_words(ring), "item")
    else:
        standing.add("INSTR-008", *later_words(own, other), "item")
    return False


def _check_asked(item: Item, other: Item, standing: Standing, instrument: Instrument) -> None:
    """Whoever gets the item has had the other: one perspective's answers never decide what another is asked."""
    lacking = [one for one in item.perspectives or instrument.perspectives if one not in (other.perspectives or [one])]
    if lacking:
        standing.add(
            "INSTR-008",
            f"Villkoret nämner ”{other.id}”, som aldrig ställs till ”{lacking[0]}”. Ta bort villkoret, eller ställ "
            f"”{item.matrix or item.id}” bara till {listed(other.perspectives)}.",
            f"The condition names '{other.id}', which is never put to '{lacking[0]}'. Remove the condition, or put "
            f"'{item.matrix or item.id}' only to {listed(other.perspectives, 'en')}.",
            "item",
        )


def later_words(own: str, other: str) -> tuple[str, str]:
    """What is said of a condition on a later question, in Swedish and English."""
    return (
        f"Villkoret för ”{shown(own)}” nämner ”{shown(other)}”, som kommer senare. Flytta ”{shown(own)}” så att den "
        "står efter.",
        f"The condition of '{shown(own)}' names '{shown(other)}', which comes later. Move '{shown(own)}' to after it.",
    )


def absent_words(own: str, other: str, earlier: Collection[str], known: Iterable[str]) -> tuple[str, str]:
    """What is said of a condition on a question that is not there; `earlier` are those that it could name."""
    guess = nearest(other, known)
    head_sv = f"Villkoret för ”{shown(own)}” nämner ”{shown(other)}”, som inte finns.{meant(guess)}"
    head_en = f"The condition of '{shown(own)}' names '{shown(other)}', which is not there.{meant(guess, 'en')}"
    if not earlier:
        return (
            f"{head_sv} Ingen fråga står före den. Ta bort villkoret.",
            f"{head_en} Nothing stands before it. Remove it.",
        )
    sv, en = (shown(listed(list(earlier), language), 200) for language in ("sv", "en"))
    return f"{head_sv} Före den står {sv}.", f"{head_en} Before it: {en}."


def ring_words(ring: Sequence[str]) -> tuple[str, str]:
    """What is said of conditions that wait for each other."""
    way = shown(" → ".join(ring), 200)
    return (
        f"Villkoren går i ring ({way}), så ingen av frågorna kan ställas först. Ta bort ett av villkoren.",
        f"The conditions go round in a ring ({way}), so that none can be asked first. Remove one of them.",
    )


def ring_of(start: str, other: str, names: Mapping[str, Collection[str]]) -> list[str]:
    """The way from `start` over `other` back to `start`, or nothing."""
    ways = [[start, other]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        if way[-1] in seen:
            continue
        seen.add(way[-1])
        ways += [[*way, name] for name in sorted(names.get(way[-1], ()))]
    return []


def _check_compared(standing: Standing, item: Item) -> None:
    """Codes are compared with codes that the item has, and numbers with numbers."""
    clause = standing.clause
    named = sorted(clause.in_ | clause.not_in)
    if named and not item.options:
        _wrong_kind(standing, item)
    elif named:
        _check_codes(standing, item, named)
    elif (clause.at_least is not None or clause.at_most is not None) and not _is_number(item):
        _wrong_kind(standing, item)


def _check_codes(standing: Standing, item: Item, named: list[str]) -> None:
    codes = [option.code for option in item.options]
    for code in named:
        if code in codes:
            continue
        standing.add(
            "INSTR-010",
            f"Villkoret nämner koden ”{shown(code)}”, som ”{item.id}” inte har. Skriv {shown(either(codes), 200)}.",
            f"The condition names the code '{shown(code)}', which '{item.id}' lacks. "
            f"Write {shown(either(codes, 'en'), 200)}.",
            "in" if standing.clause.in_ else "not_in",
        )


def _wrong_kind(standing: Standing, item: Item) -> None:
    """Numbers are compared with numbers, options by their codes, and days and words with nothing."""
    sv, en = (
        "Ta bort villkoret; bara tal och svarsalternativ kan jämföras",
        "Remove the condition; only numbers and options compare",
    )
    if _is_number(item) and not item.options:
        sv, en = "Skriv at_least eller at_most", "Write at_least or at_most"
    elif item.options:
        sv, en = "Skriv in eller not_in", "Write in or not_in"
    standing.add(
        "INSTR-010",
        f"”{item.id}” är av slaget {item.kind} och kan inte jämföras så. {sv}.",
        f"'{item.id}' is of kind {item.kind} and cannot be compared so. {en}.",
    )


def _is_number(item: Item) -> bool:
    """Numbers, and scales whose codes are numbers."""
    if item.kind in (ItemKind.NUMBER, ItemKind.ANALOGUE, ItemKind.DURATION):
        return True
    return item.kind is ItemKind.SCALE
