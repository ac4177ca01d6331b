"""The words of a questionnaire: slots filled with their defaults, and other languages as translation extensions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from skillnad.exchange.forms.fhir_terms import TRANSLATION, Resource
from skillnad.exchange.forms.folders import Folder
from skillnad.instruments.asked import Item
from skillnad.instruments.reading import Findings
from skillnad.instruments.texts import SWEDISH, Words, texts_from
from skillnad.instruments.wording import PutQuestion, Wording, languages_of, wording
from skillnad.lib.toml_files import Source

ENGLISH = "en"


def words_in(folder: Folder) -> Words:
    """The words of a folder's variants and languages, by variant and language."""
    findings = Findings()
    read = [texts_from(Source(name, dict(table), ""), findings) for name, table in folder.texts.items()]
    findings.stop()
    return {(texts.variant, texts.language): texts for texts in read}


@dataclass(frozen=True)
class Spoken:
    """One variant in Swedish, and in every other language that it has words in."""

    swedish: Wording
    others: Sequence[Wording]

    def text(self, item: Item) -> Resource:
        """The question; its label, where the words are not free."""
        return said("text", self.swedish.question(item.id).text or item.label_sv, self.told(item, "text"))

    def help(self, item: Item) -> Resource:
        return said("text", self.swedish.question(item.id).help, self.told(item, "help"))

    def intro(self) -> Resource:
        """A translation that nobody has signed begins with saying so, for systems that show no marks of ours."""
        forms = [(each.language, each.form(_first(each))) for each in self.others]
        told = [(language, f"{form.mark} {form.intro}".strip()) for language, form in forms]
        return said("text", self.swedish.form(_first(self.swedish)).intro, told)

    def option(self, item: Item, code: str) -> Resource:
        words = {option.code: option.words for option in self.swedish.question(item.id).options}
        english = {ENGLISH: option.en if (option := item.option(code)) else ""}
        others = {
            put.language: option.words for put in self.puts(item) for option in put.options if option.code == code
        }
        return said("display", words[code], list((english | others).items()))

    def told(self, item: Item, key: str) -> list[tuple[str, str]]:
        return [(put.language, getattr(put, key)) for put in self.puts(item)]

    def puts(self, item: Item) -> list[PutQuestion]:
        """The question in each language that has it."""
        puts = [each.question(item.id) for each in self.others]
        return [put for put in puts if put.language != SWEDISH]

    def statuses(self) -> list[tuple[str, str]]:
        """How each translation came about."""
        return [(each.language, each.texts.status) for each in self.others if each.texts]


def spoken(folder: Folder, variant: str = "") -> Spoken:
    """The words of a variant, the base form unless told. Raises UserError INSTR-059 where there is no such variant."""
    words = words_in(folder)
    swedish = wording(folder.instrument, words, variant)
    languages = [each for each in languages_of(swedish.variant, words) if each != SWEDISH]
    return Spoken(swedish, [replace(swedish, language=language) for language in languages])


def _first(each: Wording) -> str:
    return next(iter(each.instrument.perspectives))


def said(name: str, text: str, others: Sequence[tuple[str, str]] = ()) -> Resource:
    """An element `name` with its translations: (language, words)."""
    told = [(language, words) for language, words in others if words]
    if not text:
        return {}
    return {name: text} | ({f"_{name}": {"extension": [_translated(*each) for each in told]}} if told else {})


def _translated(language: str, words: str) -> Resource:
    parts = [{"url": "lang", "valueCode": language}, {"url": "content", "valueString": words}]
    return {"url": TRANSLATION, "extension": parts}


def heard(part: Mapping[str, Any], name: str, language: str) -> str:
    """The words of element `name` in another language, or nothing."""
    for each in part.get(f"_{name}", {}).get("extension", ()):
        told = {inner["url"]: inner for inner in each.get("extension", ())}
        if each.get("url") == TRANSLATION and told.get("lang", {}).get("valueCode") == language:
            return str(told.get("content", {}).get("valueString", ""))
    return ""
