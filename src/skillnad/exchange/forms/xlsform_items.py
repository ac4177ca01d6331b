"""The rows of a form made elsewhere as questions, each construct that has no counterpart told by its row."""

from collections.abc import Mapping, Sequence
from typing import Final

from skillnad.exchange.forms.xlsform_answers import Answers, list_of, select_of
from skillnad.exchange.forms.xlsform_choices import Lists
from skillnad.exchange.forms.xlsform_conditions import condition_read, joined_conditions
from skillnad.exchange.forms.xlsform_expressions import NoCounterpart, NotThere
from skillnad.exchange.forms.xlsform_matrices import matrix_cells, matrix_table, say_axes
from skillnad.exchange.forms.xlsform_order import Order
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
from skillnad.lib.text import meant, nearest, shown

_YES, _NO = ("yes", "true", "true()"), ("", "no", "false", "false()")
_KNOWN_COLUMNS: Final = frozenset(
    ("type", "name", "label", "hint", "required", "relevant", "constraint", "parameters", "calculation", "disabled")
)
_REFUSED_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "choice_filter": ("svarsalternativ som beror på ett annat svar (choice_filter)", "a choice_filter"),
    "repeat_count": ("ett antal upprepningar (repeat_count)", "a repeat_count"),
    "trigger": ("en beräkning som startas av ett svar (trigger)", "a trigger"),
}


class Questions:
    """Reads the tree of a survey into `reading`."""

    def __init__(self, reading: Reading, lists: Lists) -> None:
        self.reading = reading
        self.lists = lists
        self.answers = Answers(reading, lists)
        self.notes: list[SheetRow] = []
        self.order = Order(())

    def all(self, nodes: Sequence[Node]) -> None:
        self.order = Order(nodes)
        self._nodes(nodes, "", {})
        for note in self.notes:
            self.reading.lose(note.get("name"), "noter efter den sista frågan", "notes after the last question")

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
        if row.get("relevant"):
            self.reading.lose(row.get("name"), "villkor för noter, som visas för alla", "conditions of notes")
        if not self.reading.items and not self.reading.intro:
            self.reading.intro = self._said(row, "label")
            self.reading.unchecked = row.get("name").removeprefix(INTRO).split(APART)[1:]
            if not row.get("name").startswith(INTRO):
                self.reading.lose(row.get("name"), "en not som blir inledningen", "a note that becomes the intro")
            return
        self.notes.append(row)

    def _said(self, row: SheetRow, column: str) -> dict[str, str]:
        return {"sv": self.reading.main(row, column), **self.reading.others(row, column)}

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
        table = {"id": self.reading.named(name, row), **self.answers.of(row, name), **self.reading.label(row)}
        condition = self._when(row, when)
        help_text = self._help(row)
        self._add(table, row, group, condition, help_text["sv"])
        self.reading.say(table["id"], row, help_text)
        self._say_options(table, row)

    def _matrix(self, node: Group, cells: Sequence[SheetRow], group: str, when: Table) -> None:
        for cell in cells:
            columns(cell, self.reading)
        table, axes = matrix_table(node, cells, self.answers)
        help_text = self._help(node.row)
        self._add(table, cells[0], group, when, help_text["sv"])
        self.reading.places["item", len(self.reading.items) - 1] = node.row
        self.reading.say(table["id"], node.row, help_text)
        say_axes(table["id"], axes, self.reading)
        self._say_options({**table["cell"], "id": table["id"]}, cells[0])

    def _help(self, row: SheetRow) -> dict[str, str]:
        """By language, the notes before a question and its hint."""
        notes, self.notes = self.notes, []
        for note in notes:
            self.reading.lose(
                note.get("name"), "noter som blir nästa frågas hjälptext", "notes that become the next help"
            )
        said = [*(self._said(note, "label") for note in notes), self._said(row, "hint")]
        languages = dict.fromkeys(code for words in said for code in words)
        return {code: "\n".join(filter(None, (words.get(code) for words in said))) for code in languages}

    def _add(self, table: Table, row: SheetRow, group: str, when: Table, help_text: str = "") -> None:
        extra = {"group": group, "help": help_text, "when": when, "required": self._required(row)}
        self.reading.places["item", len(self.reading.items)] = row
        self.reading.items.append(table | {key: content for key, content in extra.items() if content})

    def _instead(self, row: SheetRow) -> bool:
        """Codes beside a number: the question before is the number's, and has none yet."""
        owner = owner_of(row)
        if owner == row.get("name") or not self._follows(owner) or not list_of(row):
            return False
        table = self.reading.items.pop()
        given, options = self.lists.given(list_of(row), owner, row)
        for option in options:
            option.setdefault("meaning", "not_applicable")
        self.reading.items.append(table | given)
        self._say_options(table | given, row)
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
            self._no_condition(row, error)
            return outer

    def _no_condition(self, row: SheetRow, error: NoCounterpart) -> None:
        fault = self.order.fault(row, str(error)) if isinstance(error, NotThere) else None
        if fault is not None:
            code, sv, en = fault
            self.reading.findings.add(code, self.reading.where(row), sv=sv, en=en)
            return
        part = shown(str(error), 40)
        self.reading.no_counterpart(row, f"villkoret vid ”{part}”", f"the condition at '{part}'")

    def _required(self, row: SheetRow) -> bool:
        said = row.get("required").casefold().replace(" ", "")
        if said not in (*_YES, *_NO):
            self.reading.no_counterpart(row, "ett villkor för att svaret krävs", "a condition for being required")
        return said in _YES

    def _say_options(self, table: Table, row: SheetRow) -> None:
        """Note the words of a question's options in the other languages."""
        part, name = ("option_sets", table["option_set"]) if "option_set" in table else ("items", table["id"])
        for code, said in self.lists.said(list_of(row)).items():
            words = self.reading.words[code][part]
            words[name] = said if part == "option_sets" else {**words.get(name, {}), "options": said}


def owner_of(row: SheetRow) -> str:
    """The name of the question that a row with a list belongs to."""
    return row.get("name").removesuffix(INSTEAD)


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
