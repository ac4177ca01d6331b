"""What an answer to a question of a form made elsewhere can be: its kind, with its options or its limits."""

import re
from typing import Final

from skillnad.exchange.forms.xlsform_choices import Lists
from skillnad.exchange.forms.xlsform_conditions import Compared
from skillnad.exchange.forms.xlsform_expressions import Comparison, Joined, NoCounterpart, parsed
from skillnad.exchange.forms.xlsform_reading import Reading, Table
from skillnad.exchange.forms.xlsform_table import SheetRow, kind_of
from skillnad.exchange.forms.xlsform_words import PLAIN, SELECTS
from skillnad.instruments.asked import ItemKind
from skillnad.lib.text import shown

_OTHER: Final = ("or_other", "or specify other")
_ALONE = re.compile(r"not\(\s*selected\(\.,\s*'([^']+)'\)\s+and\s+count-selected\(\.\)\s*>\s*1\s*\)")
_ROUNDED = re.compile(r"(?:\s+and\s+)?\.\s*=\s*round\(\.,\s*(\d)\)")
_PARAMETER = re.compile(r"(\w+)\s*=\s*([^\s;,]+)")
_DECIMALS: Final = 2
"""Of a number for which the form does not say how many."""


class Answers:
    """Reads rows into the keys of `[[item]]` that say what an answer is."""

    def __init__(self, reading: Reading, lists: Lists) -> None:
        self.reading = reading
        self.lists = lists

    def of(self, row: SheetRow, owner: str) -> Table:
        """The kind of a question with its options or limits; the condition of a later one may name it."""
        kind = kind_of(row)
        several = False
        options: list[Table] = []
        if chosen := select_of(kind):
            sort, words = chosen
            several = sort is not ItemKind.SINGLE
            given, options = self.lists.given(words[0] if words else "", owner, row)
            if " ".join(words[1:]) in _OTHER:
                options = self._with_other(row, options)
                given = {"options": options}
            table = {"kind": str(sort), **given}
            self._alone(row, options)
        else:
            table = self._measured(row, kind.casefold())
        self.reading.known[row.get("name")] = Compared(
            self.reading.ids.get(owner, owner),
            tuple(option["code"] for option in options),
            table.get("decimals", 0),
            several,
        )
        return table

    def _with_other(self, row: SheetRow, options: list[Table]) -> list[Table]:
        """The options and one of the client's own words, which forms add by themselves and only in one language."""
        for code in self.reading.languages.codes.values():
            self.reading.lacking[code].append(row.get("name"))
        if any(option["code"] == "other" for option in options):
            return options
        return [*options, {"code": "other", "sv": "Annat", "en": "Other", "specify": True}]

    def _alone(self, row: SheetRow, options: list[Table]) -> None:
        """Options that allow no other; any other limit on a choice has no counterpart."""
        text = row.get("constraint")
        codes = _ALONE.findall(text)
        if _ALONE.sub("", text).replace("and", "").strip():
            self._constraint(row, text)
        for option in options:
            if option["code"] in codes:
                option["exclusive"] = True
        if row.get("parameters"):
            self.reading.lose(row.get("name"), "slumpad ordning på svaren", "options in random order")

    def _measured(self, row: SheetRow, kind: str) -> Table:
        text = row.get("constraint")
        if PLAIN[kind] is ItemKind.ANALOGUE:
            table = self._line(row)
        elif PLAIN[kind] is ItemKind.NUMBER:
            rounded = _ROUNDED.search(text)
            decimals = (int(rounded[1]) if rounded else _DECIMALS) if kind == "decimal" else 0
            table = {"kind": "number", **({"decimals": decimals} if decimals else {})}
            text = _ROUNDED.sub("", text).strip().removeprefix("and ")
            table |= self._limits(row, text, decimals)
            text = ""
        else:
            table = {"kind": str(PLAIN[kind])}
        if text:
            self._constraint(row, text)
        return table

    def _line(self, row: SheetRow) -> Table:
        said = dict(_PARAMETER.findall(row.get("parameters")))
        try:
            least, most, step = (float(said.get(key, usual)) for key, usual in (("start", 0), ("end", 10), ("step", 1)))
            decimals = next(places for places in range(5) if abs(step - 10**-places) < 1e-9)
        except (ValueError, StopIteration):
            self.reading.no_counterpart(row, "en linje med andra steg än 1, 0.1 eller 0.01", "a range of other steps")
            return {"kind": "vas", "min": 0, "max": 10}
        return {"kind": "vas", "min": least, "max": most, **({"decimals": decimals} if decimals else {})}

    def _limits(self, row: SheetRow, text: str, decimals: int) -> Table:
        """The ends of a number; one that the form leaves open begins at 0 here."""
        table: Table = {}
        try:
            whole = parsed(text) if text else None
            parts = whole.parts if isinstance(whole, Joined) and whole.word == "and" else (whole,) if whole else ()
            for part in parts:
                if not isinstance(part, Comparison) or part.name or part.sort not in ("<", "<=", ">", ">="):
                    raise NoCounterpart(text)
                step = {"<": -(10**-decimals), ">": 10**-decimals}.get(part.sort, 0)
                table["max" if part.sort[0] == "<" else "min"] = round(float(part.told) + step, 6)
        except ValueError:
            self._constraint(row, text)
        if "min" not in table:
            self.reading.lose(row.get("name"), "tal utan minsta värde, som får 0", "numbers without a least, given 0")
        return {"min": 0} | table

    def _constraint(self, row: SheetRow, text: str) -> None:
        part = f"”{shown(text, 30)}”"
        self.reading.no_counterpart(row, f"gränsen {part} för svaret", f"the constraint {part} on the answer")


def select_of(kind: str) -> tuple[ItemKind, list[str]] | None:
    """The kind of a type that names a list, and the words after it; None of any other type."""
    for key in sorted(SELECTS, key=len, reverse=True):
        if kind.casefold().startswith(f"{key} "):
            return SELECTS[key], kind[len(key) :].split()
    return None


def list_of(row: SheetRow) -> str:
    """The name of the list that a row's type names, or ""."""
    chosen = select_of(kind_of(row))
    return chosen[1][0] if chosen and chosen[1] else ""
