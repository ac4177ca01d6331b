"""A folder's definition as the model has it, with the table that each part was written in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, TypeVar

from skillnad.instruments.asked import Item, ItemKind, Matrix, OptionSet
from skillnad.instruments.content import digest_of
from skillnad.instruments.keys import DEFINITION, KEYS
from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing_items import (
    cell_answers,
    item_from,
    named,
    option_set_from,
    perspective_from,
    slot_from,
    variant_from,
)
from skillnad.instruments.parsing_scores import (
    band_set_from,
    change_from,
    pair_from,
    rule_from,
    score_from,
    share_from,
)
from skillnad.instruments.parsing_whole import licence_from, occasion_from, said_of, version_note_from
from skillnad.instruments.reading import Files, Findings
from skillnad.lib.text import shown
from skillnad.lib.toml_files import Checked, checked, tables

MOST_ITEMS: Final = 500
"""The largest of the catalogue has 67. A form of thousands is a mistake, or an attempt to keep the server busy."""


class _Known(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_Known)


@dataclass(frozen=True)
class Parsed:
    """An instrument and where each part of it stands: `places["item", "b2"]` is the table of the item b2.

    The cells of a matrix stand in the matrix's table.
    """

    instrument: Instrument
    top: Checked
    places: Mapping[tuple[str, str], Checked]

    def place(self, kind: str, name: str) -> Checked:
        """The table, or the whole file where it is the other instrument's that this one adds to."""
        return self.places.get((kind, name), self.top)


def instrument_from(
    files: Files, findings: Findings, option_sets: Mapping[str, OptionSet] | None = None
) -> Parsed | None:
    """The definition of `files`, or None where there is none to hold (with the problems added).

    `option_sets`: those of the instrument that this one adds to.
    """
    source = files.definition
    if source is None:
        return None
    top = checked(source, (), source.data, DEFINITION, findings)
    if _too_many(top):
        return None
    parts = _Parts(top)
    instrument = _instrument(files, top, parts, option_sets or {})
    return Parsed(replace(instrument, digest=digest_of(instrument)), top, parts.places)


class _Parts:
    """The listed tables of one definition, each read once and remembered by kind and id."""

    def __init__(self, top: Checked) -> None:
        self.top = top
        self.places: dict[tuple[str, str], Checked] = {}

    def listed(self, kind: str) -> list[Checked]:
        return tables(self.top, kind, KEYS[kind])

    def by_id(self, kind: str, parse: Callable[[Checked], Part]) -> dict[str, Part]:
        """The parts by id, in the file's order; the first of two with one id stays."""
        found: dict[str, Part] = {}
        for table in self.listed(kind):
            part = parse(table)
            if self.noted(kind, part.id, table):
                found[part.id] = part
        return found

    def noted(self, kind: str, name: str, table: Checked) -> bool:
        """Whether `name` is new among its kind; a problem where it stands twice."""
        first = self.places.setdefault((kind, name), table)
        if first is table or not name:
            return True
        line = first.source.lines.of(*first.path)
        table.add(
            "INSTR-006",
            "id",
            sv=f"[[{kind}]] ”{shown(name)}” står redan på rad {line}. Ge den här ett annat id, eller ta bort den ena.",
            en=f"[[{kind}]] '{shown(name)}' stands on line {line} already. Give this another id, or remove one.",
        )
        return False

    def items(self, sets: Mapping[str, OptionSet]) -> tuple[dict[str, Item], dict[str, Matrix]]:
        items: dict[str, Item] = {}
        matrices: dict[str, Matrix] = {}
        for table in self.listed("item"):
            item = item_from(table, sets)
            if not self.noted("item", item.id, table):
                continue
            if item.kind is not ItemKind.MATRIX:
                items[item.id] = item
                continue
            matrices[item.id] = matrix = _matrix(item, table)
            cells = _cells(item, matrix, cell_answers(table, sets))
            self.places.update({("item", cell.id): table for cell in cells})
            items.update({cell.id: cell for cell in cells})
        return items, matrices


def _instrument(files: Files, top: Checked, parts: _Parts, inherited: Mapping[str, OptionSet]) -> Instrument:
    option_sets = parts.by_id("option_set", option_set_from)
    items, matrices = parts.items({**inherited, **option_sets})
    return Instrument(
        **said_of(files, top),
        licence=licence_from(top),
        perspectives=parts.by_id("perspective", perspective_from),
        variants=parts.by_id("variant", variant_from),
        items=items,
        matrices=matrices,
        option_sets=option_sets,
        occasions=tuple(parts.by_id("occasion", occasion_from).values()),
        slots=parts.by_id("slot", slot_from),
        groups=_names(parts, "group"),
        theory=_names(parts, "theory"),
        scores=parts.by_id("score", score_from),
        band_sets=tuple(parts.by_id("band_set", band_set_from).values()),
        changes=parts.by_id("change", change_from),
        shares=tuple(parts.by_id("share", share_from).values()),
        pairs=tuple(parts.by_id("pair", pair_from).values()),
        rules=tuple(parts.by_id("rule", rule_from).values()),
        versions=tuple(map(version_note_from, parts.listed("version_note"))),
    )


def _names(parts: _Parts, kind: str) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for table in parts.listed(kind):
        name, sv, en = named(table)
        if parts.noted(kind, name, table):
            found[name] = (sv, en)
    return found


def _matrix(item: Item, table: Checked) -> Matrix:
    for key in ("rows", "columns"):
        if not table.get(key):
            table.missing(key, '[{ id = "first", sv = "…", en = "…" }]')
    rows, columns = (tuple(map(named, tables(table, key, KEYS["group"]))) for key in ("rows", "columns"))
    return Matrix(item.id, item.label_sv, item.label_en, rows, columns)


def _cells(item: Item, matrix: Matrix, answered: Mapping[str, Any]) -> list[Item]:
    """One item for each cell, by rows; all have the matrix's words and conditions."""
    return [
        replace(
            item,
            **answered,
            id=f"{item.id}.{row}.{column}",
            label_sv=f"{row_sv}, {column_sv}",
            label_en=f"{row_en}, {column_en}",
            matrix=item.id,
        )
        for row, row_sv, row_en in matrix.rows
        for column, column_sv, column_en in matrix.columns
    ]


def _too_many(top: Checked) -> bool:
    """Counted before anything is read of them, so that a form of thousands is refused at once."""
    items = top.get("item", [])
    cells = sum(
        len(item.get("rows", ())) * len(item.get("columns", ())) or 1
        for item in items
        if isinstance(item, Mapping) and _is_list(item.get("rows", [])) and _is_list(item.get("columns", []))
    )
    if cells <= MOST_ITEMS:
        return False
    top.add(
        "INSTR-023",
        "item",
        sv=f"Formuläret har {cells} frågor; ett instrument har högst {MOST_ITEMS}. Dela upp det på flera.",
        en=f"The form has {cells} questions; an instrument has at most {MOST_ITEMS}. Divide it into several.",
    )
    return True


def _is_list(content: object) -> bool:
    return isinstance(content, list)
