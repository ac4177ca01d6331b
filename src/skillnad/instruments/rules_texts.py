"""What must hold of texts/<variant>.<language>.toml: whole translations, true signatures, safe pictures, tied words."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from skillnad.instruments.asked import Item, Slot
from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing import Parsed
from skillnad.instruments.pictures import fault_of, picture_path
from skillnad.instruments.reading import Files
from skillnad.instruments.references import CODE, ITEM, OPTION_SET, Sort
from skillnad.instruments.rules_slots import CASE_WORDS, LONGEST, MOST_INSIDE, PEOPLE, slots_in, standard_of
from skillnad.instruments.texts import SWEDISH, ItemWords, Texts, direction_of, texts_from
from skillnad.lib.text import listed, meant, nearest, shown
from skillnad.lib.toml_files import Findings, Source

SLOT: Final = Sort("ordvalet", "slot")
VARIANT: Final = Sort("varianten", "variant")
LANGUAGE: Final = Sort("språket", "language")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def check_texts(parsed: Parsed, files: Files) -> None:
    """The words of a definition's own folder, and that every promised language is there (INSTR-015 to INSTR-018).

    An addition to the catalogue's instrument is held to its own files: the catalogue's know nothing of its questions.
    """
    findings, adds = parsed.top.findings, bool(parsed.instrument.extends)
    own = {name: source for name, source in files.texts.items() if source.local or not adds}
    check_text_files(parsed.instrument, own, [files.folder], findings)
    if not adds:
        _check_promised(parsed, files)


def check_text_files(
    instrument: Instrument, sources: Mapping[str, Source], folders: Sequence[Path], findings: Findings
) -> None:
    """Every problem of some text files of `instrument`; its own pictures lie below `folders`."""
    for name, source in sources.items():
        texts = texts_from(source, findings)
        if texts.variant and texts.language:
            _Check(instrument, texts, source, findings).all(name, folders)


def _check_promised(parsed: Parsed, files: Files) -> None:
    for variant in parsed.instrument.variants.values():
        for language in variant.languages:
            name = f"{variant.id}.{language}.toml"
            if name in files.texts or (variant.base and language == SWEDISH) or not parsed.instrument.licence.texts:
                continue
            parsed.place("variant", variant.id).add(
                "INSTR-016",
                "languages",
                sv=f"Varianten ska finnas på {shown(language)}, men texts/{shown(name, 80)} saknas. Skriv filen, eller "
                "ta bort språket.",
                en=f"The variant is to be there in {shown(language)}, but texts/{shown(name, 80)} is missing. Write "
                "the file, or remove the language.",
            )


@dataclass(frozen=True)
class _Check:
    """One text file against its instrument."""

    instrument: Instrument
    texts: Texts
    source: Source
    findings: Findings

    @property
    def whole(self) -> bool:
        """Another language stands alone; a Swedish variant has the base form's words where it has none."""
        return self.texts.language != SWEDISH

    def all(self, name: str, folders: Sequence[Path]) -> None:
        self.name(name)
        self.signature()
        self.intro()
        self.items()
        self.option_sets()
        self.slots()
        self.pictures(folders)

    def name(self, name: str) -> None:
        texts = self.texts
        self.known([texts.variant], self.instrument.variants, VARIANT, "variant")
        if not _LANGUAGE.fullmatch(texts.language):
            sv = f"”{shown(texts.language)}” är ingen språkkod. Skriv en som ar, so eller prs (BCP 47)."
            en = f"'{shown(texts.language)}' is no language code. Write one such as ar, so or prs (BCP 47)."
            self.add("INSTR-016", sv, en, "language")
        if name != f"{texts.variant}.{texts.language}.toml":
            sv = f"Filen heter {shown(name)} men säger varianten {shown(texts.variant)} på {shown(texts.language)}. "
            en = (
                f"The file is called {shown(name)} but says variant {shown(texts.variant)} in {shown(texts.language)}. "
            )
            self.add("INSTR-016", sv + "Döp om filen, eller rätta orden.", en + "Rename it, or correct the words.")
        if texts.direction != direction_of(texts.language):
            right = direction_of(texts.language)
            sv = f'Språket skrivs åt andra hållet. Skriv direction = "{right}".'
            en = f'The language is written the other way. Write direction = "{right}".'
            self.add("INSTR-016", sv, en, "direction")

    def signature(self) -> None:
        """A machine's words say so in their own language; a signature names who, when, and exactly which words."""
        texts = self.texts
        if texts.status == "machine" and not texts.intro.get("not_validated", "").strip():
            sv = "Maskingjorda ord ska visas som olästa. Skriv på språket att ingen läst dem: not_validated i [intro]."
            en = "Machine-made words are to be shown as not checked. Say so in the language: not_validated in [intro]."
            self.add("INSTR-017", sv, en, "intro")
        given = [key for key in ("signed_by", "signed_date", "signed_digest") if getattr(texts, key)]
        if texts.status != "signed":
            if given:
                sv = f"{listed(given)} står här, men status är ”{texts.status}”. "
                sv += 'Skriv status = "signed", eller ta bort det.'
                en = f"{listed(given, 'en')} stands here, but status is '{texts.status}'. Write signed, or remove it."
                self.add("INSTR-017", sv, en, given[0])
        elif len(given) < 3:
            sv = "Underskriften är inte hel. Skriv signed_by (rollen), signed_date och signed_digest = "
            en = "The signature is not whole. Write signed_by (the role), signed_date and signed_digest = "
            self.add("INSTR-017", f'{sv}"{texts.digest}".', f'{en}"{texts.digest}".', "status")
        elif texts.signed_digest != texts.digest:
            sv = f"Orden har ändrats efter underskriften. Låt läsa dem igen, och skriv då {texts.digest} här."
            en = f"The words have changed since they were signed. Have them read again, then write {texts.digest} here."
            self.add("INSTR-017", sv, en, "signed_digest")

    def intro(self) -> None:
        for key in ("text", "spoken"):
            self.words(self.texts.intro.get(key, ""), ("sender",), "intro", key)
        if self.whole and self.instrument.intro and not self.texts.intro.get("text"):
            self.lacks("intro", "intro")

    def items(self) -> None:
        asked = self.asked()
        self.known(self.texts.items, asked, ITEM, "items")
        if self.whole:
            for name in asked:
                if name not in self.texts.items:
                    self.lacks(f"items.{name}", "items")
        for name, own in self.texts.items.items():
            item = asked.get(name)
            if item is None:
                continue
            for key, base in (("text", item.text), ("help", item.help), ("spoken", "")):
                said = getattr(own, key)
                self.words(said, (*self.instrument.slots, *CASE_WORDS), "items", name, key)
                if self.whole and not said and base:
                    self.lacks(f"items.{name}.{key}", "items", name)
            if item.options and not item.option_set:
                self.coded(own.options, [option.code for option in item.options], "items", name, "options")
            self.standard(own.text or item.text, own.standard, name)
            self.reference(item, own, name)

    def asked(self) -> dict[str, Item]:
        """What this variant asks: a matrix once, and no item of a perspective that the variant is not for."""
        variant = self.instrument.variants.get(self.texts.variant)
        who = set(variant.perspectives) if variant else set()
        items = self.instrument.items.values()
        return {item.matrix or item.id: item for item in items if not (who and set(item.perspectives) - who)}

    def standard(self, text: str, standard: str, name: str) -> None:
        if not standard:
            return
        own = {slot: words.standard for slot, words in self.texts.slots.items() if words.standard}
        slots = {
            slot: replace(each, standard=own.get(slot, each.standard)) for slot, each in self.instrument.slots.items()
        }
        if standard_of(text, slots) != standard:
            sv = "Fylls ”text” med ordvalens ”standard” blir det inte ”standard”. Rätta texten eller standarden."
            en = "'text' filled with the slots' 'standard' is not 'standard'. Correct the text or the standard."
            self.add("INSTR-015", sv, en, "items", name, "standard")

    def reference(self, item: Item, own: ItemWords, name: str) -> None:
        """Where the question says since when, so do other words for it: the answer is stored as counted from there."""
        said = {slot for slot in slots_in(item.text) if slot in self.instrument.slots}
        for slot in sorted(slot for slot in said if self.instrument.slots[slot].reference):
            for key in ("text", "spoken"):
                words = getattr(own, key)
                if words and slot not in slots_in(words):
                    sv = f"Frågan säger {{{slot}}}, svarets utgångspunkt, men inte här. Skriv in den."
                    en = f"The question says {{{slot}}}, the answer's point of reference, but not here. Write it in."
                    self.add("INSTR-015", sv, en, "items", name, key)

    def option_sets(self) -> None:
        sets = self.instrument.option_sets
        self.known(self.texts.option_sets, sets, OPTION_SET, "option_sets")
        used = {item.option_set for item in self.asked().values()} & set(sets)
        if self.whole:
            for name in sorted(used - set(self.texts.option_sets)):
                self.lacks(f"option_sets.{name}", "option_sets")
        for name in self.texts.option_sets.keys() & sets.keys():
            self.coded(self.texts.option_sets[name], [o.code for o in sets[name].options], "option_sets", name)

    def slots(self) -> None:
        slots = self.instrument.slots
        self.known(self.texts.slots, slots, SLOT, "slots", code="INSTR-015")
        for name, slot in slots.items():
            own = self.texts.slots.get(name)
            codes = [choice.code for choice in slot.choices]
            if own is None:
                if self.whole:
                    self.lacks(f"slots.{name}", "slots")
                continue
            self.known([*own.words, *own.choices, *filter(None, [own.default])], codes, CODE, "slots", name)
            if self.whole:
                for code in [code for code in codes if code not in own.words and not _named(slot, code)]:
                    self.lacks(f"slots.{name}.{code}", "slots", name)
            for code, said in own.words.items():
                self.words(said, (*slots, *CASE_WORDS), "slots", name, code)
                if len(said) > LONGEST or len(slots_in(said)) > MOST_INSIDE:
                    sv = f"För långt: högst {LONGEST} tecken, med högst {MOST_INSIDE} ordval i. Korta orden."
                    en = f"Too long: at most {LONGEST} characters, with {MOST_INSIDE} slots. Shorten the words."
                    self.add("INSTR-015", sv, en, "slots", name, code)

    def pictures(self, folders: Sequence[Path]) -> None:
        sets = self.instrument.option_sets
        self.known(self.texts.pictures, sets, OPTION_SET, "pictures")
        for name in self.texts.pictures.keys() & sets.keys():
            self.coded(self.texts.pictures[name], [o.code for o in sets[name].options], "pictures", name)
        for name, files in self.texts.pictures.items():
            for code, file in files.items():
                path = picture_path(file, folders)
                fault = ("finns inte bland bilderna", "is not among the pictures") if path is None else fault_of(path)
                if fault:
                    sv = f"{shown(file)} {fault[0]}. Välj en annan bild, eller rita om den."
                    en = f"{shown(file)} {fault[1]}. Choose another picture, or draw it again."
                    self.add("INSTR-018", sv, en, "pictures", name, code)

    def coded(self, words: Mapping[str, str], codes: Collection[str], *keys: str) -> None:
        """Words for exactly these codes; a Swedish variant may leave all of them out."""
        if not words and not self.whole:
            return
        self.known(words, codes, CODE, *keys)
        if keys[0] != "pictures":
            for code, said in words.items():
                self.words(said, (), *keys, code)
        for code in codes:
            if not words.get(code, "").strip():
                self.lacks(f"{'.'.join(keys)}.{code}", *keys)

    def words(self, text: str, slots: Collection[str], *keys: str) -> None:
        """No unknown slot, and no slash to anybody who answers as a private person."""
        for name in dict.fromkeys(slots_in(text)):
            if name not in slots:
                guess, there = nearest(name, slots), tuple(slots)
                sv = f"Ordvalet {{{shown(name)}}} finns inte.{meant(guess)} Här finns {shown(listed(there), 200)}."
                known = shown(listed(there, "en"), 200)
                en = f"There is no slot {{{shown(name)}}}.{meant(guess, 'en')} There is {known}."
                self.add("INSTR-015", sv, en, *keys)
        if "/" in text and self.to_people():
            sv = "Ingen ska få läsa ett snedstreck här: skriv ett av orden, eller gör ett ordval av dem."
            en = "Nobody is to read a slash here: write one of the words, or make a slot of them."
            self.add("INSTR-015", sv, en, *keys)

    def to_people(self) -> bool:
        variant = self.instrument.variants.get(self.texts.variant)
        perspectives = self.instrument.perspectives
        names = (variant.perspectives if variant else ()) or tuple(perspectives)
        return any(perspectives[name].answered_by in PEOPLE for name in names if name in perspectives)

    def known(self, names: Any, there: Collection[str], sort: Sort, *keys: str, code: str = "INSTR-016") -> None:
        for name in names:
            if name not in there:
                guess, listing = nearest(name, there), tuple(there)
                sv = f"{sort.sv.capitalize()} ”{shown(name)}” finns inte i instrumentet.{meant(guess)} "
                en = f"There is no {sort.en} '{shown(name)}' in the instrument.{meant(guess, 'en')} "
                sv, en = (
                    sv + f"Det har {shown(listed(listing), 200)}.",
                    en + f"It has {shown(listed(listing, 'en'), 200)}.",
                )
                place = (*keys, name) if len(keys) != 1 or isinstance(self.source.data.get(keys[0]), dict) else keys
                self.add(code, sv, en, *place)

    def lacks(self, what: str, *keys: str) -> None:
        language = shown(self.texts.language)
        sv = f"”{shown(what, 80)}” saknas. En översättning har alla ord: skriv det på {language}."
        en = f"'{shown(what, 80)}' is missing. A translation has all words: write it in {language}."
        self.add("INSTR-016", sv, en, *keys)

    def add(self, code: str, sv: str, en: str, *keys: str) -> None:
        self.findings.add(code, self.source.where(*keys), sv=sv, en=en)


def _named(slot: Slot, code: str) -> bool:
    """A choice that says the intervention's own name, which few languages can put into a sentence uninflected."""
    return any(choice.code == code and "{name}" in choice.sv for choice in slot.choices)
