"""The rows of an XLSForm's sheets, with where each stands and what it says in which language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from skillnad.exchange.forms.xlsform_own import Sheets
from skillnad.exchange.forms.xlsform_words import CHOICES, SETTINGS, SURVEY, language_of

_ALIASES: Final[Mapping[str, str]] = {
    "relevance": "relevant",
    "bind::relevant": "relevant",
    "bind::constraint": "constraint",
    "bind::required": "required",
    "bind::calculate": "calculation",
    "calculate": "calculation",
    "caption": "label",
    "value": "name",
    "tag": "name",
    "command": "type",
    "list name": "list_name",
    "control::appearance": "appearance",
    "readonly": "read_only",
    "set form id": "form_id",
    "set form title": "form_title",
    "title": "form_title",
    "id_string": "form_id",
}

_DEEPEST: Final = 20
"""Groups inside each other; more is a mistake."""

Key = tuple[str, str]
"""A column and its language, as the sheet names it ("" where it names none)."""


@dataclass(frozen=True)
class SheetRow:
    """One row; `number` as Excel counts. Cells without content are left out."""

    sheet: str
    number: int
    cells: Mapping[Key, str]

    def get(self, column: str) -> str:
        """The cell of a column that has no language."""
        return self.cells.get((column, ""), "")

    def said(self, column: str) -> dict[str, str]:
        """The words of a column by language as the sheet names it."""
        return {language: words for (name, language), words in self.cells.items() if name == column}


@dataclass(frozen=True)
class Group:
    """A row that begins a group, with what stands before its end."""

    row: SheetRow
    children: "tuple[Group | SheetRow, ...]" = field(default=())


Node = Group | SheetRow


@dataclass(frozen=True)
class Languages:
    """`main`: the column whose words become Swedish here; `codes`: the code of each other column that can be told."""

    main: str
    codes: Mapping[str, str]
    unknown: tuple[str, ...]


def table_of(sheets: Sheets, name: str) -> list[SheetRow]:
    """The rows of a sheet that have anything in them; a sheet that is not there has none."""
    rows = sheets.get(name, ())
    if not rows:
        return []
    keys = [_key(cell) for cell in rows[0]]
    found = []
    for number, row in enumerate(rows[1:], start=2):
        cells = {key: cell.strip() for key, cell in zip(keys, row, strict=False) if key[0] and cell.strip()}
        if cells:
            found.append(SheetRow(name, number, cells))
    return found


def _key(heading: str) -> Key:
    name = " ".join(heading.strip().casefold().split())
    if name in _ALIASES:
        return _ALIASES[name], ""
    column, _, language = heading.strip().partition("::")
    column = " ".join(column.casefold().split())
    if column in ("media", "bind", "control", "instance", "body", "big-image"):
        return name, ""
    return _ALIASES.get(column, column), language.strip()


def settings_of(sheets: Sheets) -> SheetRow:
    """The one row of the settings; an empty one where there is none."""
    return next(iter(table_of(sheets, SETTINGS)), SheetRow(SETTINGS, 2, {}))


def languages_of(sheets: Sheets) -> Languages:
    """Which column is the form's own language: Swedish, else the default language, else the first that has words."""
    rows = [*table_of(sheets, SURVEY), *table_of(sheets, CHOICES)]
    named = list(dict.fromkeys(language for row in rows for language in row.said("label")))
    default = settings_of(sheets).get("default_language")
    swedish = [name for name in named if language_of(name) == "sv"]
    main = next(iter([*swedish, *([default] if default in named else []), *named]), "")
    others = [name for name in named if name != main]
    codes = {name: language_of(name) for name in others if language_of(name) not in ("", "sv")}
    return Languages(main, codes, tuple(name for name in others if name not in codes))


def kind_of(row: SheetRow) -> str:
    """The type of a row in small letters, words apart by one space: `begin group`, `select_one extent`."""
    words = row.get("type").split()
    if not words:
        return ""
    first = words[0].casefold()
    if first in ("begin_group", "end_group", "begin_repeat", "end_repeat"):
        first = first.replace("_", " ")
    return " ".join([first, *words[1:]])


class Unbalanced(ValueError):
    """A group that is not ended, or an end of none; the row is where."""

    def __init__(self, row: SheetRow) -> None:
        super().__init__(str(row.number))
        self.row = row


def tree_of(rows: Sequence[SheetRow]) -> tuple[Node, ...]:
    """The rows with their groups. Raises Unbalanced."""
    inner, left = _children(iter(rows), None)
    if left is not None:
        raise Unbalanced(left)
    return inner


def _children(
    rows: Iterator[SheetRow], begun: SheetRow | None, depth: int = 0
) -> tuple[tuple[Node, ...], SheetRow | None]:
    """The nodes until the group's end, and the end that had no beginning."""
    nodes: list[Node] = []
    if begun is not None and depth > _DEEPEST:
        raise Unbalanced(begun)
    for row in rows:
        kind = kind_of(row).casefold()
        if kind == "begin group":
            nodes.append(Group(row, _children(rows, row, depth + 1)[0]))
        elif kind == "end group":
            return tuple(nodes), row if begun is None else None
        else:
            nodes.append(row)
    if begun is not None:
        raise Unbalanced(begun)
    return tuple(nodes), None
