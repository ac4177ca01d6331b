"""Which answers may be put together: never those of different people, and never from different reference points unsaid.

Other words, another variant and another language make no difference: the codes are the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from skillnad.instruments.asked import Slot
from skillnad.instruments.model import Instrument
from skillnad.instruments.rules_slots import slots_in
from skillnad.instruments.slots import Chosen
from skillnad.instruments.wording import fill, slot_words
from skillnad.instruments.worked import PoolCase
from skillnad.lib.text import listed


class Pools(StrEnum):
    FREELY = "freely"
    SAYING = "saying"  # only with the sentence beside the figure
    NEVER = "never"


@dataclass(frozen=True)
class AnswerKey:
    """What one answer is an answer to. `slots`: the codes stored with it."""

    item: str
    perspective: str
    slots: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Pooling:
    """`sv` and `en`: what must stand beside the figure (SAYING), or why there is none (NEVER)."""

    how: Pools
    sv: str = ""
    en: str = ""


def references_of(instrument: Instrument, item: str) -> tuple[str, ...]:
    """The slots that say from when the answers to `item` are counted.

    Both where the question says so itself and where it follows on answers that do: B2 is about what B1a found.
    """
    reached = _reached(instrument, item, set())
    return tuple(slot.id for slot in instrument.slots.values() if slot.reference and slot.id in reached)


def pooled(instrument: Instrument, keys: Sequence[AnswerKey]) -> Pooling:
    """Whether answers of these sorts, of one version of `instrument`, may be counted together."""
    if len({key.item for key in keys}) > 1:
        return Pooling(Pools.NEVER, "Svaren är på olika frågor.", "The answers are to different questions.")
    perspectives = list(dict.fromkeys(key.perspective for key in keys))
    if len(perspectives) > 1:
        return _different_people(instrument, perspectives)
    for name in references_of(instrument, keys[0].item) if keys else ():
        codes = list(dict.fromkeys(key.slots.get(name, "") for key in keys))
        if len(codes) > 1:
            return said_of_references(instrument, instrument.slots[name], codes)
    return Pooling(Pools.FREELY)


def said_of_references(instrument: Instrument, slot: Slot, codes: Sequence[str]) -> Pooling:
    """The sentence that stands beside a figure of answers with more than one of a slot's choices ("" is unknown)."""
    words = {each.id: slot_words(each, Chosen(each.default), None) for each in instrument.slots.values()}
    names = {choice.code: f"”{fill(choice.sv, words)}”" for choice in slot.choices}
    sv = [names.get(code, "okänd") for code in codes]
    en = [f"'{code}'" if code in names else "unknown" for code in codes]
    return Pooling(
        Pools.SAYING,
        f"Svaren räknas från olika utgångspunkt: {listed(sv)}.",
        f"The answers are counted from different points of reference: {listed(en, 'en')}.",
    )


def pools(instrument: Instrument, case: PoolCase) -> bool:
    """Whether the answers of a worked example may be put together without a word."""
    perspectives = case.perspectives or tuple(instrument.perspectives)[:1]
    keys = [AnswerKey(case.item, who, slots) for who in perspectives for slots in case.slots or ({},)]
    return pooled(instrument, keys).how is Pools.FREELY


def _different_people(instrument: Instrument, perspectives: Sequence[str]) -> Pooling:
    people = [instrument.perspectives[name] for name in perspectives]
    sv, en = [f"”{each.sv}”" for each in people], [f"'{each.en}'" for each in people]
    return Pooling(
        Pools.NEVER,
        f"Svaren är {listed(sv)}: olika personers svar läggs aldrig ihop.",
        f"The answers are those of {listed(en, 'en')}: different people's answers are never put together.",
    )


def _reached(instrument: Instrument, item: str, seen: set[str]) -> set[str]:
    """The slots in the item's words, in those slots' words, and in the questions whose answers decide a slot."""
    if item in seen or item not in instrument.items:
        return set()
    seen.add(item)
    asks = instrument.items[item]
    found: set[str] = set()
    todo = list(slots_in(asks.text))
    earlier: list[str] = []
    while todo:
        name = todo.pop()
        if name in found or name not in instrument.slots:
            continue
        found.add(name)
        slot = instrument.slots[name]
        todo += [inner for choice in slot.choices for inner in slots_in(choice.sv)]
        earlier += _deciding(slot)
    return found.union(*(_reached(instrument, other, seen) for other in earlier))


def _deciding(slot: Slot) -> Iterator[str]:
    for choice in slot.choices:
        if choice.when is not None:
            yield from (clause.item for clause in (*choice.when.all, *choice.when.any))
