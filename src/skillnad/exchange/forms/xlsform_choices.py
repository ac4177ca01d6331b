"""The lists of choices of a form made elsewhere: options of one question, or sets that several share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from skillnad.exchange.forms.xlsform_reading import Reading, Table, unlike
from skillnad.exchange.forms.xlsform_table import SheetRow
from skillnad.exchange.forms.xlsform_words import OWN_LIST, SHARED_LIST
from skillnad.lib.text import listed, meant, nearest, shown

_COLUMNS = ("list_name", "name", "label")


class Lists:
    """Every list by its name. `owners` is, by list, the names of the questions that use it."""

    def __init__(self, rows: Iterable[SheetRow], owners: Mapping[str, set[str]], reading: Reading) -> None:
        self.reading = reading
        self.owners = owners
        self.rows: dict[str, list[SheetRow]] = defaultdict(list)
        self.options: dict[str, list[Table]] = {}
        self.sets: dict[str, str] = {}
        for row in rows:
            self.rows[row.get("list_name")].append(row)
        for name in self.rows:
            if name not in owners:
                reading.lose(name, "listor som ingen fråga använder", "lists that no question uses")

    def given(self, name: str, owner: str, row: SheetRow) -> tuple[Table, list[Table]]:
        """What a question says of its list (`option_set` or `options`), and the options themselves."""
        if name not in self.rows:
            guess = nearest(name, self.rows)
            there, english = (shown(listed(list(self.rows), language), 200) for language in ("sv", "en"))
            self.reading.fault(
                row,
                f"Listan ”{shown(name)}” finns inte i bladet choices.{meant(guess)} Där finns {there}.",
                f"There is no list '{shown(name)}' in choices.{meant(guess, 'en')} It has {english}.",
            )
            return {"options": []}, []
        if name not in self.options:
            self.options[name] = [self._option(choice) for choice in self.rows[name]]
        options = self.options[name]
        if self._own(name, owner):
            index = len(self.reading.items)
            for place, choice in enumerate(self.rows[name]):
                self.reading.places["item", index, "options", place] = choice
            return {"options": options}, options
        return {"option_set": self._set(name)}, options

    def _own(self, name: str, owner: str) -> bool:
        return name in (owner, f"{owner}{OWN_LIST}") and self.owners.get(name) == {owner}

    def _set(self, name: str) -> str:
        """The id of the shared set, made the first time."""
        if name not in self.sets:
            plain = name.removesuffix(SHARED_LIST)
            found = unlike(plain, set(self.sets.values()))
            if found != plain:
                self.reading.lose(f"{name} → {found}", "namn som skrivs om", "names that are rewritten")
            index = len(self.reading.option_sets)
            self.reading.option_sets.append({"id": found, "direction": "none", "options": self.options[name]})
            self.reading.places["option_set", index] = self.rows[name][0]
            for place, choice in enumerate(self.rows[name]):
                self.reading.places["option_set", index, "options", place] = choice
            self.sets[name] = found
        return self.sets[name]

    def _option(self, row: SheetRow) -> Table:
        words = self.reading.main(row, "label")
        if not words or not row.get("name"):
            self.reading.fault(
                row,
                "Svarsalternativet saknar kod (name) eller ord (label). Skriv båda.",
                "The option lacks its code (name) or words (label). Write both.",
            )
        for column in dict.fromkeys(column for column, _ in row.cells):
            if column not in _COLUMNS:
                self.reading.lose(column, "kolumner i bladet choices", "columns of the sheet choices")
        english = self.reading.others(row, "label").get("en", "")
        return {"code": row.get("name"), "sv": words} | ({"en": english} if english else {})

    def said(self, name: str) -> Mapping[str, dict[str, str]]:
        """By language code, the words of a list's options by code; what lacks words in a language is noted."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.rows.get(name, ()):
            said = self.reading.others(row, "label")
            for code in self.reading.languages.codes.values():
                if code in said:
                    found[code][row.get("name")] = said[code]
                else:
                    self.reading.lacking[code].append(name)
        return found
