"""One reading of a form made elsewhere: what has been found of it, what is wrong with it, and what it loses here."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from skillnad.exchange.forms.losses import Loss
from skillnad.exchange.forms.xlsform_conditions import Compared
from skillnad.exchange.forms.xlsform_table import Languages, SheetRow
from skillnad.exchange.forms.xlsform_words import form_name, language_of
from skillnad.instruments.reading import Findings
from skillnad.instruments.rules_names import OF_ANSWERS
from skillnad.lib.text import listed, shown
from skillnad.lib.toml_lines import Path as Keys

Table = dict[str, Any]

_LABEL: Final = 60
"""Characters of a question's short name, where the form has only the question."""


@dataclass
class Reading:
    """`items` and `option_sets` are tables as definition.toml has them; `places` the row that each came from.

    `ids` is the id here of each name there, `known` what conditions may say of it, `words` the other languages;
    of those that are `unchecked` the introduction's first line says that nobody has checked them.
    """

    file: str
    languages: Languages
    findings: Findings = field(default_factory=Findings)
    items: list[Table] = field(default_factory=list)
    option_sets: list[Table] = field(default_factory=list)
    scores: list[Table] = field(default_factory=list)
    groups: dict[str, Table] = field(default_factory=dict)
    places: dict[Keys, SheetRow] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    known: dict[str, Compared] = field(default_factory=dict)
    words: dict[str, dict[str, Table]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(dict)))
    lacking: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    intro: dict[str, str] = field(default_factory=dict)
    unchecked: list[str] = field(default_factory=list)
    lost: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def where(self, row: SheetRow) -> str:
        return f"{self.file}, blad {row.sheet}, rad {row.number}"

    def no_counterpart(self, row: SheetRow, sv: str, en: str) -> None:
        """The problem that a construct cannot be held; `sv` and `en` say which, and stand first in a sentence."""
        self.findings.add(
            "INSTR-031",
            self.where(row),
            sv=f"{sv[:1].upper()}{sv[1:]} har ingen motsvarighet här. Ta bort raden eller skriv om den.",
            en=f"{en[:1].upper()}{en[1:]} has no counterpart here. Remove the row, or write it in another way.",
        )

    def fault(self, row: SheetRow, sv: str, en: str) -> None:
        self.findings.add("INSTR-032", self.where(row), sv=sv, en=en)

    def lose(self, key: str, sv: str, en: str) -> None:
        self.lost[sv, en].append(key)

    def losses(self) -> tuple[Loss, ...]:
        found = ((words, [shown(key, 30) for key in dict.fromkeys(keys) if key]) for words, keys in self.lost.items())
        return tuple(Loss(listed(keys[:8]) if keys else "", *words) for words, keys in found)

    def main(self, row: SheetRow, column: str) -> str:
        """The words of a column in the form's own language."""
        said = row.said(column)
        text = said.get(self.languages.main) or said.get("") or ""
        return self.plain(row, text)

    def others(self, row: SheetRow, column: str) -> dict[str, str]:
        """By language code, the words in the other languages that can be told."""
        said = row.said(column)
        return {code: self.plain(row, said[name]) for name, code in self.languages.codes.items() if said.get(name)}

    def plain(self, row: SheetRow, text: str) -> str:
        """Words without what forms put into them: answers to other questions cannot be said here."""
        if "${" in text:
            self.no_counterpart(row, "ett svar instucket i en text", "an answer put into a text")
        if "{" not in text and "}" not in text:
            return text
        self.lose(row.get("name"), "klamrar i text, som blir parenteser", "braces in text, which become parentheses")
        return text.replace("{", "(").replace("}", ")")

    def named(self, name: str, row: SheetRow) -> str:
        """The id here of a name there: in small letters, unlike all others and the columns that files of answers have
        themselves. A name can be used once."""
        if name in self.ids:
            self.fault(
                row,
                f"Namnet ”{shown(name)}” är redan använt. Ge raden ett annat.",
                f"The name '{shown(name)}' is used already. Give the row another.",
            )
        self.ids[name] = found = unlike(name, {*self.ids.values(), *OF_ANSWERS})
        if form_name(found) != name:
            self.lose(f"{name} → {found}", "namn som skrivs om", "names that are rewritten")
        return found

    def label(self, row: SheetRow) -> Table:
        """The words of a question, in Swedish and, for its short name, in English."""
        text = self.main(row, "label") or self.main(row, "hint")
        if not text:
            self.fault(
                row,
                "Frågan saknar ord. Skriv dem i kolumnen label.",
                "The question has no words. Write them in the column label.",
            )
        english = self.others(row, "label").get("en", "")
        table = {"label_sv": shown(text, _LABEL) or "–", "text": text or "–"}
        return table | ({"label_en": shown(english, _LABEL)} if english else {})

    def say(self, name: str, row: SheetRow, help_text: Mapping[str, str]) -> None:
        """Note the other languages' words of a question, and which language lacks them; `help_text` by language."""
        said = self.others(row, "label")
        for code in self.languages.codes.values():
            if code not in said or (help_text.get("sv") and not help_text.get(code)):
                self.lacking[code].append(row.get("name"))
            else:
                helped = {"help": help_text[code]} if help_text.get(code) else {}
                self.words[code]["items"][name] = {"text": said[code], **helped}


def unlike(name: str, taken: set[str]) -> str:
    """`name` as an id: small letters, digits and single underscores, at most 40, and none of `taken`."""
    plain = re.sub(r"[^a-z0-9]+", "_", name.casefold().translate(_SWEDISH)).strip("_")
    plain = (plain if plain[:1].isalpha() else f"q_{plain}").strip("_")[:40].strip("_")
    found, number = plain, 1
    while found in taken:
        number += 1
        found = f"{plain[:36].strip('_')}_{number}"
    return found


_SWEDISH: Final = str.maketrans("åäöéü", "aaoeu")


def english_of(said: Mapping[str, str]) -> str:
    """The English words among words by the name of their column."""
    return next((words for name, words in said.items() if language_of(name) == "en"), "")
