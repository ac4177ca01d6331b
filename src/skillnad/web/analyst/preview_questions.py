"""The questions of a previewed form as the page draws them: what kind of field, which pictures, what is filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.pictures import picture_path, safe_svg
from skillnad.instruments.vocabulary import UNITS
from skillnad.instruments.wording import PutForm, PutQuestion
from skillnad.web.analyst.preview_choices import ANSWER

FIELDS: Final[Mapping[ItemKind, str]] = {
    ItemKind.SINGLE: "radio",
    ItemKind.SCALE: "radio",
    ItemKind.MULTIPLE: "checkbox",
    ItemKind.RANK: "rank",
    ItemKind.ANALOGUE: "line",
    ItemKind.NUMBER: "number",
    ItemKind.DURATION: "number",
    ItemKind.DATE: "date",
    ItemKind.TEXT: "text",
}
ON_LINE: Final[Mapping[str, str]] = {
    "sv": "Tryck på linjen där ditt svar är.",
    "en": "Press the line where your answer is.",
}
MOST_MARKS: Final = 200
"""Places on a line that a hand and a screen can tell apart; of more, the number is written."""


@dataclass(frozen=True)
class Box:
    """One answer that can be chosen; of a line, a place on it. A picture stands beside its words, never alone."""

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
    def how(self) -> str:
        """How an answer is given where that is not plain to see."""
        on_line = self.field is not None and self.field.kind == "line"
        return ON_LINE.get(self.put.language, "") if on_line else ""

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
    marks = tuple(_marks(item, given)) if item.kind is ItemKind.ANALOGUE else ()
    kind = FIELDS[item.kind] if marks or item.kind is not ItemKind.ANALOGUE else "number"
    measured = {"unit": UNITS.get(item.unit_of_measure, item.unit_of_measure)} if kind == "number" else {}
    return Field(
        name,
        kind,
        label,
        marks or tuple(_boxes(put, folders, given)),
        tuple(range(1, len(item.options) + 1)) if kind == "rank" else (),
        least=_plain(item.least),
        most=_plain(item.most),
        step=_plain(10.0**-item.decimals),
        value=given[0] if given and kind in ("number", "date") else "",
        **measured,
    )


def _boxes(put: PutQuestion, folders: Sequence[Path], given: list[str]) -> Iterator[Box]:
    specifies = {option.code for option in put.item.options if option.specify}
    for option in put.options:
        drawn = _picture(option.picture, folders)
        yield Box(option.code, option.words, drawn, option.code in given, option.code in specifies)


def _marks(item: Item, given: list[str]) -> Iterator[Box]:
    """The places on a line where an answer can be marked; none where they are too many to draw.

    Each is a choice of its own: a slider stands somewhere before anybody has answered, a choice does not.
    """
    if item.least is None or item.most is None:
        return
    steps = round((item.most - item.least) * 10**item.decimals)
    for step in range(steps + 1) if steps <= MOST_MARKS else ():
        code = f"{item.least + step / 10**item.decimals:.{item.decimals}f}"
        yield Box(code, code.replace(".", ","), SafeString(""), code in given, specify=False)


def _picture(name: str, folders: Sequence[Path]) -> SafeString:
    path = picture_path(name, folders) if name else None
    return mark_safe(safe_svg(path)) if path else SafeString("")  # noqa: S308 (`safe_svg` lets nothing but drawing by)


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}"
