"""The questions of a previewed form as the page draws them: what kind of field, which pictures, what is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from skillnad.instruments.asked import ItemKind
from skillnad.instruments.pictures import picture_path, safe_svg
from skillnad.instruments.vocabulary import UNITS
from skillnad.instruments.wording import PutForm, PutQuestion
from skillnad.web.analyst.preview_choices import ANSWER

FIELDS: Final[Mapping[ItemKind, str]] = {
    ItemKind.SINGLE: "radio",
    ItemKind.SCALE: "radio",
    ItemKind.MULTIPLE: "checkbox",
    ItemKind.RANK: "rank",
    ItemKind.ANALOGUE: "range",
    ItemKind.NUMBER: "number",
    ItemKind.DURATION: "number",
    ItemKind.DATE: "date",
    ItemKind.TEXT: "text",
}


@dataclass(frozen=True)
class Box:
    """One answer that can be chosen. The picture is beside its words, never in place of them."""

    code: str
    words: str
    picture: SafeString
    checked: bool
    specify: bool


@dataclass(frozen=True)
class Field:
    """How one question, or one cell of a matrix, is answered. `places` are the ranks of a rank order."""

    name: str
    kind: str
    label: str
    boxes: tuple[Box, ...] = ()
    places: tuple[int, ...] = ()
    least: str = ""
    most: str = ""
    step: str = ""
    value: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Block:
    """A question with its field; or a matrix with a row of fields for each of its rows."""

    put: PutQuestion
    kind: str
    text: str
    number: str
    field: Field | None
    rows: tuple[tuple[str, tuple[Field, ...]], ...] = ()

    @property
    def help_id(self) -> str:
        """What the help is called; "" where there is none, or where it stands in what is read out."""
        read_out = self.kind == "telephone" and self.put.spoken
        return f"hjalp-{self.put.item.matrix or self.put.item.id}" if self.put.help and not read_out else ""


def blocks(form: PutForm, folders: Sequence[Path], answered: Mapping[str, list[str]]) -> list[Block]:
    """The form's questions in order, the cells of a matrix together."""
    found = []
    for name, group in groupby(form.questions, key=lambda put: put.item.matrix or put.item.id):
        questions = list(group)
        first = questions[0]
        rows = tuple(_rows(name, questions, folders, answered)) if first.item.matrix else ()
        field = None if rows else _field(first, first.item.label_sv, folders, answered)
        number = first.number if first.number[:1].isdigit() else ""
        found.append(Block(first, form.variant.kind, first.text or first.item.label_sv, number, field, rows))
    return found


def _rows(
    matrix: str, questions: list[PutQuestion], folders: Sequence[Path], answered: Mapping[str, list[str]]
) -> Iterator[tuple[str, tuple[Field, ...]]]:
    by_id = {put.item.id: put for put in questions}
    first = questions[0]
    for row, label in first.rows.items():
        cells = [(by_id.get(f"{matrix}.{row}.{column}"), words) for column, words in first.columns.items()]
        yield label, tuple(_field(put, words, folders, answered) for put, words in cells if put is not None)


def _field(put: PutQuestion, label: str, folders: Sequence[Path], answered: Mapping[str, list[str]]) -> Field:
    item = put.item
    name = f"{ANSWER}{item.id}"
    given = answered.get(name, [])
    kind = FIELDS[item.kind]
    measured = {"unit": UNITS.get(item.unit_of_measure, item.unit_of_measure)} if kind in ("number", "range") else {}
    return Field(
        name,
        kind,
        label,
        tuple(_boxes(put, folders, given)),
        tuple(range(1, len(item.options) + 1)) if kind == "rank" else (),
        least=_plain(item.least),
        most=_plain(item.most),
        step=_plain(10.0**-item.decimals),
        value=given[0] if given and kind in ("number", "range", "date") else "",
        **measured,
    )


def _boxes(put: PutQuestion, folders: Sequence[Path], given: list[str]) -> Iterator[Box]:
    specifies = {option.code for option in put.item.options if option.specify}
    for option in put.options:
        drawn = _picture(option.picture, folders)
        yield Box(option.code, option.words, drawn, option.code in given, option.code in specifies)


def _picture(name: str, folders: Sequence[Path]) -> SafeString:
    path = picture_path(name, folders) if name else None
    return mark_safe(safe_svg(path)) if path else SafeString("")  # noqa: S308 (`safe_svg` lets nothing but drawing by)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
