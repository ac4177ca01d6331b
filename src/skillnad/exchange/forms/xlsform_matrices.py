"""A group of groups with alike questions in a form made elsewhere: a matrix, as our own forms write one."""

from collections.abc import Mapping, Sequence
from typing import Final

from skillnad.exchange.forms.xlsform_answers import Answers, list_of
from skillnad.exchange.forms.xlsform_conditions import Compared
from skillnad.exchange.forms.xlsform_reading import Reading, Table
from skillnad.exchange.forms.xlsform_table import Group, SheetRow, kind_of
from skillnad.exchange.forms.xlsform_words import APART, PLAIN

_ALIKE: Final = ("type", "constraint", "required", "parameters")


def matrix_cells(node: Group) -> list[SheetRow]:
    """The cells of a group that is a matrix, by rows; none where it is another group.

    Its groups are called `name__row`, their questions `name__row__column`, and all are asked alike.
    """
    rows = [_row_cells(child, node.row.get("name")) for child in node.children if isinstance(child, Group)]
    cells = [cell for row in rows for cell in row]
    if len(rows) != len(node.children) or not cells or not all(map(_plain, cells)):
        return []
    headings = {tuple((_last(cell), tuple(sorted(cell.said("label").items()))) for cell in row) for row in rows}
    alike = {tuple(cell.get(column) for column in _ALIKE) for cell in cells}
    return cells if len(headings) == 1 and len(alike) == 1 else []


def _row_cells(group: Group, name: str) -> list[SheetRow]:
    """The questions of one row, where it holds nothing else and is called as a row of the matrix `name`."""
    own = group.row.get("name")
    cells = [cell for cell in group.children if isinstance(cell, SheetRow)]
    named = all(cell.get("name").rpartition(APART)[0] == own for cell in cells)
    whole = named and len(cells) == len(group.children) and own.rpartition(APART)[0] == name
    return cells if whole and name and APART not in name and not group.row.get("relevant") else []


def _plain(cell: SheetRow) -> bool:
    """Whether a cell is a question that nothing else hangs on."""
    asks = bool(list_of(cell)) or kind_of(cell).casefold() in PLAIN
    return asks and not cell.get("relevant") and not cell.said("hint")


def _last(row: SheetRow) -> str:
    return row.get("name").rpartition(APART)[2]


def matrix_table(
    node: Group, cells: Sequence[SheetRow], answers: Answers
) -> tuple[Table, Mapping[str, list[SheetRow]]]:
    """The table of the matrix, and the rows that name its rows and columns. Conditions may name its cells."""
    reading, own = answers.reading, node.row.get("name")
    rows = [child.row for child in node.children if isinstance(child, Group)]
    axes = {"rows": rows, "columns": list(cells[: len(cells) // len(rows)])}
    name = reading.named(own, node.row)
    cell = answers.of(cells[0], own)
    known = reading.known[cells[0].get("name")]
    for each in cells:
        place = ".".join((name, *each.get("name").split(APART)[-2:]))
        reading.known[each.get("name")] = Compared(place, known.codes, known.decimals, known.several)
    named = {axis: [_named(row, reading) for row in rows] for axis, rows in axes.items()}
    return {"id": name, "kind": "matrix", **reading.label(node.row), **named, "cell": cell}, axes


def _named(row: SheetRow, reading: Reading) -> Table:
    english = reading.others(row, "label").get("en", "")
    table = {"id": _last(row), "sv": reading.main(row, "label") or _last(row)}
    return table | ({"en": english} if english else {})


def say_axes(name: str, axes: Mapping[str, Sequence[SheetRow]], reading: Reading) -> None:
    """Note the words of a matrix's rows and columns in the other languages."""
    for axis, rows in axes.items():
        for row in rows:
            said = reading.others(row, "label")
            for code in reading.languages.codes.values():
                words = reading.words[code]["items"].setdefault(name, {}).setdefault(axis, {})
                words[_last(row)] = said.get(code, "")
                if code not in said:
                    reading.lacking[code].append(row.get("name"))
