"""The rows of a form made elsewhere as questions, each construct that has no counterpart told by its row."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from skillnad.exchange.forms.xlsform_choices import Lists
from skillnad.exchange.forms.xlsform_conditions import Compared, condition_read, joined_conditions
from skillnad.exchange.forms.xlsform_expressions import Joined, NoCounterpart, Test, parsed
from skillnad.exchange.forms.xlsform_reading import Reading, Table
from skillnad.exchange.forms.xlsform_scores import score_read
from skillnad.exchange.forms.xlsform_table import Group, Node, SheetRow, kind_of
from skillnad.exchange.forms.xlsform_words import (
    ABOUT_THE_FILLING,
    APART,
    GROUP,
    INSTEAD,
    INTRO,
    PLAIN,
    REFUSED,
    SELECTS,
    WORDS,
)
from skillnad.instruments.asked import ItemKind
from skillnad.lib.text import meant, nearest, shown

_OTHER: Final = ("or_other", "or specify other")
_YES, _NO = ("yes", "true", "true()"), ("", "no", "false", "false()")
_KNOWN_COLUMNS: Final = frozenset(
    ("type", "name", "label", "hint", "required", "relevant", "constraint", "parameters", "calculation", "disabled")
)
_REFUSED_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "choice_filter": ("svarsalternativ som beror på ett annat svar (choice_filter)", "a choice_filter"),
    "repeat_count": ("ett antal upprepningar (repeat_count)", "a repeat_count"),
    "trigger": ("en beräkning som startas av ett svar (trigger)", "a trigger"),
}
_ALONE = re.compile(r"not\(\s*selected\(\.,\s*'([^']+)'\)\s+and\s+count-selected\(\.\)\s*>\s*1\s*\)")
_ROUNDED = re.compile(r"(?:\s+and\s+)?\.\s*=\s*round\(\.,\s*(\d)\)")
_PARAMETER = re.compile(r"(\w+)\s*=\s*([^\s;,]+)")
_DECIMALS: Final = 2
"""Of a number for which the form does not say how many."""


class Questions:
    """Reads the tree of a survey into `reading`."""

    def __init__(self, reading: Reading, lists: Lists) -> None:
        self.reading = reading
        self.lists = lists
        self.note: dict[str, str] = {}

    def all(self, nodes: Sequence[Node]) -> None:
        self._nodes(nodes, "", {})

    def _nodes(self, nodes: Sequence[Node], group: str, when: Table) -> None:
        for node in nodes:
            if isinstance(node, Group):
                self._group(node, group, when)
            else:
                self._row(node, group, when)

    def _group(self, node: Group, outer: str, when: Table) -> None:
        columns(node.row, self.reading)
        inner = self._when(node.row, when)
        if cells := matrix_cells(node):
            self._matrix(node, cells, outer, inner)
            return
        if outer:
            self.reading.lose(node.row.get("name"), "grupper inuti grupper", "groups inside groups")
        self._nodes(node.children, self._group_id(node.row), inner)

    def _group_id(self, row: SheetRow) -> str:
        name = row.get("name")
        own = name.removeprefix(GROUP).partition(APART)[0] if name.startswith(GROUP) else name
        words = self.reading.main(row, "label") or own
        if own not in self.reading.groups:
            english = self.reading.others(row, "label").get("en", "")
            found = own if name.startswith(GROUP) else self.reading.named(own or f"group_{row.number}", row)
            self.reading.groups[own] = {"id": found, "sv": words or found} | ({"en": english} if english else {})
        return str(self.reading.groups[own]["id"])

    def _row(self, row: SheetRow, group: str, when: Table) -> None:
        kind = kind_of(row)
        first, plain = kind.split(" ")[0], kind.casefold()
        if row.get("disabled").casefold() in _YES or plain in ("end repeat", "end loop"):
            return
        columns(row, self.reading)
        if plain == "note":
            self._note(row)
        elif plain in ABOUT_THE_FILLING:
            self.reading.lose(row.get("name") or plain, "vad telefonen noterar själv", "what a telephone notes itself")
        elif plain in REFUSED or first in REFUSED:
            self.reading.no_counterpart(row, *REFUSED.get(plain, REFUSED.get(first, ("", ""))))
        elif plain == "calculate":
            self._calculated(row)
        elif plain in PLAIN or select_of(kind):
            self._question(row, group, when)
        else:
            self._unknown(row, kind)

    def _unknown(self, row: SheetRow, kind: str) -> None:
        guess = nearest(kind, (*SELECTS, *PLAIN, "note", "begin group", "calculate"))
        self.reading.no_counterpart(
            row, f"typen ”{shown(kind)}”{_guessed(guess, 'sv')}", f"the type '{shown(kind)}'{_guessed(guess, 'en')}"
        )

    def _note(self, row: SheetRow) -> None:
        """What stands before the first question is the introduction; a later note is the next question's help."""
        text = self.reading.main(row, "label")
        if not self.reading.items and not self.reading.intro:
            self.reading.intro = {"sv": text, **self.reading.others(row, "label")}
            self.reading.unchecked = row.get("name").removeprefix(INTRO).split(APART)[1:]
            if not row.get("name").startswith(INTRO):
                self.reading.lose(
                    row.get("name"), "en not som blir inledningen", "a note that becomes the introduction"
                )
            return
        self.note = {"sv": text, **self.reading.others(row, "label")}
        self.reading.lose(row.get("name"), "noter som blir nästa frågas hjälptext", "notes that become the next help")

    def _calculated(self, row: SheetRow) -> None:
        score = None if row.get("relevant") else score_read(row, self.reading)
        if score is None:
            self.reading.no_counterpart(
                row,
                "en beräkning som inte är en summa eller ett medelvärde av frågor",
                "a calculation that is no sum or mean of questions",
            )
            return
        self.reading.places["score", len(self.reading.scores)] = row
        self.reading.scores.append(score)

    def _question(self, row: SheetRow, group: str, when: Table) -> None:
        name = row.get("name")
        if self._own_words(name) or self._instead(row):
            return
        if not name:
            self.reading.fault(row, "Frågan saknar namn (name). Skriv ett.", "The question has no name. Write one.")
            return
        table = {"id": self.reading.named(name, row), **self._answered(row, name), **self.reading.label(row)}
        condition = self._when(row, when)
        help_text = "\n".join(filter(None, (self.note.get("sv"), self.reading.main(row, "hint"))))
        self.note = {}
        self._add(table, row, group, condition, help_text)
        self.reading.say(table["id"], row)
        self._say_options(table, row, name)

    def _add(self, table: Table, row: SheetRow, group: str, when: Table, help_text: str = "") -> None:
        extra = {"group": group, "help": help_text, "when": when, "required": self._required(row)}
        self.reading.places["item", len(self.reading.items)] = row
        self.reading.items.append(table | {key: content for key, content in extra.items() if content})

    def _answered(self, row: SheetRow, owner: str) -> Table:
        """The kind of a question with its options or limits; the condition of a later one may name it."""
        kind = kind_of(row)
        several = False
        options: list[Table] = []
        if chosen := select_of(kind):
            sort, words = chosen
            several = sort is not ItemKind.SINGLE
            given, options = self.lists.given(words[0] if words else "", owner, row)
            if " ".join(words[1:]) in _OTHER:
                options.append({"code": "other", "sv": "Annat", "en": "Other", "specify": True})
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
            self.reading.no_counterpart(row, "en linje med andra steg än 1, 0.1 eller 0.01", "a range with other steps")
            return {"kind": "vas", "min": 0, "max": 10}
        return {"kind": "vas", "min": least, "max": most, **({"decimals": decimals} if decimals else {})}

    def _limits(self, row: SheetRow, text: str, decimals: int) -> Table:
        """The ends of a number; one that the form leaves open begins at 0 here."""
        table: Table = {}
        try:
            whole = parsed(text) if text else None
            parts = whole.parts if isinstance(whole, Joined) and whole.word == "and" else (whole,) if whole else ()
            for part in parts:
                if not isinstance(part, Test) or part.name or part.sort not in ("<", "<=", ">", ">="):
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

    def _instead(self, row: SheetRow) -> bool:
        """Codes beside a number: the question before is the number's, and has none yet."""
        owner, chosen = row.get("name").removesuffix(INSTEAD), select_of(kind_of(row))
        if owner == row.get("name") or not self._follows(owner) or not chosen:
            return False
        table = self.reading.items.pop()
        given, options = self.lists.given(chosen[1][0] if chosen[1] else "", owner, row)
        for option in options:
            option.setdefault("meaning", "not_applicable")
        self.reading.items.append(table | given)
        self._say_options(table | given, row, owner)
        return True

    def _follows(self, owner: str) -> bool:
        """Whether the question of this name is the last that has been read."""
        return bool(self.reading.items) and self.reading.items[-1]["id"] == self.reading.ids.get(owner)

    def _own_words(self, name: str) -> bool:
        """The words that an option of the question before asks for."""
        owner, _, code = name.removesuffix(WORDS).rpartition(APART)
        if not name.endswith(WORDS) or not self._follows(owner):
            return False
        last = self.reading.items[-1]
        sets = {table["id"]: table["options"] for table in self.reading.option_sets}
        for option in last.get("options") or sets.get(last.get("option_set"), ()):
            if option["code"] == code:
                option["specify"] = True
                return True
        return False

    def _when(self, row: SheetRow, outer: Table) -> Table:
        try:
            return joined_conditions(outer, condition_read(row.get("relevant"), self.reading.known))
        except NoCounterpart as error:
            part = shown(str(error), 40)
            self.reading.no_counterpart(row, f"villkoret vid ”{part}”", f"the condition at '{part}'")
            return outer

    def _required(self, row: SheetRow) -> bool:
        said = row.get("required").casefold().replace(" ", "")
        if said not in (*_YES, *_NO):
            self.reading.no_counterpart(row, "ett villkor för att svaret krävs", "a condition for being required")
        return said in _YES

    def _say_options(self, table: Table, row: SheetRow, owner: str) -> None:
        chosen = select_of(kind_of(row))
        if not chosen or not chosen[1]:
            return
        part, name = ("option_sets", table["option_set"]) if "option_set" in table else ("items", table["id"])
        for code, said in self.lists.said(chosen[1][0]).items():
            words = self.reading.words[code][part]
            words[name] = said if part == "option_sets" else {**words.get(name, {}), "options": said}

    def _matrix(self, node: Group, cells: Sequence[SheetRow], group: str, when: Table) -> None:
        """A group of groups with alike cells: our own way to write a matrix."""
        row, first = node.row, cells[0]
        own = row.get("name")
        rows = [child.row for child in node.children if isinstance(child, Group)]
        width = len(cells) // len(rows)
        name = self.reading.named(own, row)
        cell = self._answered(first, own)
        table = {
            "id": name,
            "kind": "matrix",
            **self.reading.label(row),
            "rows": [self._part(each) for each in rows],
            "columns": [self._part(each) for each in cells[:width]],
            "cell": cell,
        }
        del self.reading.known[first.get("name")]
        for each in cells:
            part, place = each.get("name").split(APART)[1:]
            codes = self.lists.options.get((select_of(kind_of(each)) or ("", [""]))[1][0], [])
            known = Compared(f"{name}.{part}.{place}", tuple(one["code"] for one in codes), cell.get("decimals", 0))
            self.reading.known[each.get("name")] = known
        self._add(table, first, group, when, self.reading.main(row, "hint"))
        self.reading.places["item", len(self.reading.items) - 1] = row
        self.reading.say(name, row)

    def _part(self, row: SheetRow) -> Table:
        english = self.reading.others(row, "label").get("en", "")
        name = row.get("name").rpartition(APART)[2]
        return {"id": name, "sv": self.reading.main(row, "label") or name} | ({"en": english} if english else {})


def select_of(kind: str) -> tuple[ItemKind, list[str]] | None:
    """The kind of a type that names a list, and the words after it; None of any other type."""
    for key in sorted(SELECTS, key=len, reverse=True):
        if kind.casefold().startswith(f"{key} "):
            return SELECTS[key], kind[len(key) :].split()
    return None


def owner_of(row: SheetRow) -> str:
    """The name of the question that a row with a list belongs to."""
    return row.get("name").removesuffix(INSTEAD)


def matrix_cells(node: Group) -> list[SheetRow]:
    """The cells of a group that is a matrix, by rows; none where it is another group.

    Its groups are called `name__row`, their questions `name__row__column`, and all are asked alike.
    """
    name, cells, across = node.row.get("name"), [], set()
    for child in node.children:
        if (
            not isinstance(child, Group)
            or child.row.get("name").rpartition(APART)[0] != name
            or child.row.get("relevant")
        ):
            return []
        own = [one for one in child.children if isinstance(one, SheetRow)]
        across.add(tuple(one.get("name").removeprefix(f"{child.row.get('name')}{APART}") for one in own))
        cells += own if len(own) == len(child.children) else []
    told = {
        tuple(one.get(column) for column in ("type", "constraint", "required", "relevant", "parameters"))
        for one in cells
    }
    whole = len(across) == 1 and len(told) == 1 and not any(APART in part for part in next(iter(across)))
    return cells if cells and whole and len(cells) == len(next(iter(across))) * len(node.children) else []


def columns(row: SheetRow, reading: Reading) -> None:
    """Say of each other column of a row whether it only looks different, or asks what cannot be asked here."""
    for column in dict.fromkeys(column for column, _ in row.cells):
        if column in _REFUSED_COLUMNS:
            reading.no_counterpart(row, *_REFUSED_COLUMNS[column])
        elif column == "calculation" and kind_of(row) != "calculate":
            reading.no_counterpart(row, "ett svar som räknas ut", "an answer that is calculated")
        elif column not in _KNOWN_COLUMNS:
            reading.lose(column, "kolumner i bladet survey", "columns of the sheet survey")


def _guessed(guess: str | None, language: str) -> str:
    return meant(guess, language).rstrip("?").replace(" Menade du", ", menade du").replace(" Did", ", did")
