"""A question as somebody meets it: in one variant and language, with every slot filled, and its codes untouched.

Swedish words are sought in the variant's file, then in the base variant's (where a municipality keeps licensed words),
then in the definition. Another language stands alone: what its file lacks is said in Swedish, and marked as such.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from skillnad.instruments.asked import Item, Slot, Variant
from skillnad.instruments.conditions import Answers, asked, belongs
from skillnad.instruments.model import Instrument
from skillnad.instruments.slots import Chosen, choices_of, decided_by, default_of
from skillnad.instruments.texts import SWEDISH, ItemWords, Named, Texts, Words, direction_of
from skillnad.lib.errors import UserError
from skillnad.lib.text import either, meant, nearest, shown

_SLOT = re.compile(r"\{(\w+)\}")
_DEEPEST = 5


@dataclass(frozen=True)
class PutOption:
    """`picture` is a file's name, or "". `code` is the definition's, in every variant and language."""

    code: str
    words: str
    picture: str = ""


@dataclass(frozen=True)
class PutQuestion:
    """`text` is "" where the words are not ours to show; the label then says what is asked about.

    `language` and `direction` are of the words here, which are Swedish where a translation lacks them.
    """

    item: Item
    number: str
    text: str
    help: str
    spoken: str
    options: tuple[PutOption, ...]
    language: str
    direction: str
    rows: Named = field(default_factory=dict)
    columns: Named = field(default_factory=dict)


@dataclass(frozen=True)
class PutForm:
    """The questions to one person. `mark` says in the reader's language, `mark_sv` in Swedish, what is not checked."""

    variant: Variant
    language: str
    direction: str
    perspective: str
    intro: str
    spoken_intro: str
    questions: tuple[PutQuestion, ...]
    status: str
    mark: str = ""
    mark_sv: str = ""


@dataclass(frozen=True)
class Wording:
    """The words of one variant and language, with the choices of the case or the plan (`slots`) and who asks.

    `sender` is said on the telephone ("jag ringer från …").
    """

    instrument: Instrument
    words: Words
    variant: Variant
    language: str = SWEDISH
    slots: Mapping[str, Chosen] = field(default_factory=dict)
    sender: str = "socialtjänsten"

    @property
    def texts(self) -> Texts | None:
        return self.words.get((self.variant.id, self.language))

    def question(self, item: str, answers: Answers | None = None) -> PutQuestion:
        """How `item` is put to one who has answered `answers` before it."""
        asks = self.instrument.items[item]
        own = self._own(asks)
        language, texts = (SWEDISH, None) if own is None else (self.language, self.texts)
        filling = self._slot_words(answers or {}, texts)
        return PutQuestion(
            asks,
            number=(own and own.number) or asks.number,
            text=fill(self._said(asks, "text", own), filling),
            help=fill(self._said(asks, "help", own), filling),
            spoken=fill(own.spoken if own else "", filling),
            options=self._options(asks, language),
            language=language,
            direction=direction_of(language),
            rows=self._axis(asks, "rows"),
            columns=self._axis(asks, "columns"),
        )

    def form(self, perspective: str, answers: Answers | None = None) -> PutForm:
        """All that is asked of one who has answered so."""
        names = asked(self.instrument, perspective, answers or {})
        intro = {key: fill(self._intro(key), {"sender": self.sender}) for key in ("text", "spoken")}
        texts, mark, mark_sv = self.texts, "", ""
        if texts is not None and not texts.validated:
            mark, mark_sv = texts.intro.get("not_validated", ""), "Maskingjord översättning som ingen har granskat."
        return PutForm(
            self.variant,
            self.language,
            direction_of(self.language),
            perspective,
            intro["text"],
            intro["spoken"],
            tuple(self.question(name, answers) for name in names),
            texts.status if texts else "original",
            mark,
            mark_sv,
        )

    def _own(self, item: Item) -> ItemWords | None:
        """The item's words in this language's own file; Swedish needs no file of its own."""
        found = self.texts.items.get(item.matrix or item.id) if self.texts else None
        return ItemWords() if found is None and self.language == SWEDISH else found

    def _said(self, item: Item, key: str, own: ItemWords | None) -> str:
        if own and ((said := getattr(own, key)) or self.language != SWEDISH):
            return str(said)
        base = self.words.get((base_of(self.instrument).id, SWEDISH))
        of_base = base.items.get(item.matrix or item.id) if base else None
        return str((of_base and getattr(of_base, key)) or getattr(item, key))

    def _intro(self, key: str) -> str:
        own = self.texts.intro.get(key, "") if self.texts else ""
        return own or (self.instrument.intro if key == "text" and self.language == SWEDISH else "")

    def _options(self, item: Item, language: str) -> tuple[PutOption, ...]:
        words: dict[str, str] = {option.code: option.sv for option in item.options}
        for texts in (self.words.get((base_of(self.instrument).id, SWEDISH)), self.texts):
            if texts is not None and texts.language in (SWEDISH, language):
                words |= {code: said for code, said in _option_words(texts, item).items() if code in words}
        pictures = self.texts.pictures.get(item.option_set, {}) if self.texts else {}
        return tuple(PutOption(code, said, pictures.get(code, "")) for code, said in words.items())

    def _axis(self, item: Item, axis: str) -> Named:
        """A matrix's rows or columns: words by id."""
        if not item.matrix:
            return {}
        own = getattr(self.texts.items.get(item.matrix), axis, {}) if self.texts else {}
        return {name: own.get(name, sv) for name, sv, _ in getattr(self.instrument.matrices[item.matrix], axis)}

    def _slot_words(self, answers: Answers, texts: Texts | None) -> dict[str, str]:
        said: dict[str, str] = {"sender": self.sender}
        for slot in self.instrument.slots.values():
            said[slot.id] = slot_words(slot, self._choice(slot, answers), texts)
        return said

    def _choice(self, slot: Slot, answers: Answers) -> Chosen:
        if slot.source == "answers":
            return Chosen(decided_by(slot, answers))
        chosen = self.slots.get(slot.id)
        known = choices_of(slot, self.texts)
        return chosen if chosen and chosen.code in known else Chosen(default_of(slot, self.texts))


def wording(
    instrument: Instrument,
    words: Words,
    variant: str = "",
    language: str = SWEDISH,
    slots: Mapping[str, Chosen] | None = None,
) -> Wording:
    """The words of a variant (the base form unless told) in a language.

    Raises UserError (INSTR-059) where the instrument has no such variant, or the variant no such language.
    """
    which = variant or base_of(instrument).id
    if which not in instrument.variants:
        raise _unknown("variant", which, tuple(instrument.variants))
    chosen = instrument.variants[which]
    if language not in languages_of(chosen, words):
        raise _unknown("language", language, languages_of(chosen, words))
    return Wording(instrument, words, chosen, language, slots or {})


def fill(text: str, words: Mapping[str, str]) -> str:
    """`text` with each slot's words, also those that stand in other slots' words."""
    for _ in range(_DEEPEST):
        filled = _SLOT.sub(lambda match: words.get(match[1], match[0]), text)
        if filled == text:
            break
        text = filled
    return text


def slot_words(slot: Slot, chosen: Chosen, texts: Texts | None) -> str:
    """The words of a choice.

    A file that words a slot words it whole: a choice that it leaves out (an intervention's own name, where the language
    inflects names) is said as the slot's default. A month is only said where the definition has words with one.
    """
    own = texts.slots.get(slot.id) if texts else None
    if own and own.words:
        return own.words.get(chosen.code) or own.words.get(default_of(slot, texts), "")
    choices = {choice.code: choice for choice in slot.choices}
    choice = choices.get(chosen.code) or choices[slot.default]
    if "{name}" in choice.sv and not chosen.name:
        choice = choices[slot.default]
    said = choice.dated_sv if chosen.month and choice.dated_sv else choice.sv
    return said.replace("{name}", chosen.name).replace("{month}", chosen.month)


def base_of(instrument: Instrument) -> Variant:
    """The variant whose words are the definition's."""
    return next(variant for variant in instrument.variants.values() if variant.base)


def languages_of(variant: Variant, words: Words) -> tuple[str, ...]:
    """The languages that a variant can be shown in: Swedish, and those with a file."""
    with_file = [language for name, language in words if name == variant.id]
    order = dict.fromkeys((*variant.languages, *with_file))
    return tuple(language for language in order if language in (SWEDISH, *with_file))


def has_words(instrument: Instrument, words: Words, perspective: str) -> bool:
    """Whether every question that this perspective may get has words to put: licensed ones may not be here."""
    put = Wording(instrument, words, base_of(instrument))
    return all(put.question(name).text for name, item in instrument.items.items() if belongs(item, perspective))


def _option_words(texts: Texts, item: Item) -> Named:
    own = texts.items.get(item.matrix or item.id)
    return {**texts.option_sets.get(item.option_set, {}), **(own.options if own else {})}


def _unknown(what: str, code: str, known: tuple[str, ...]) -> UserError:
    return UserError.of(
        "INSTR-059",
        where=what,
        sv=f"Formuläret finns inte som ”{shown(code)}”.{meant(nearest(code, known))} Välj {either(known)}.",
        en=f"There is no form '{shown(code)}'.{meant(nearest(code, known), 'en')} Choose {either(known, 'en')}.",
    )
