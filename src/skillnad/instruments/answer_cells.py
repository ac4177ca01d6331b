"""A cell of an answer file as an answer. What cannot be one comes back as UNSHOWN, so that no message repeats it.

A column is an item's id (`sdq1`; a cell of a matrix `hours.client.mon`), one option of a multiple choice or a rank
order (`q3.1`), or the words to an option that asks for them (`q3.8.words`). In one cell, several codes stand with `;`,
`,`, `>` or spaces between; of a rank order, the first first.
"""

import re
from collections.abc import Mapping
from decimal import Decimal

from skillnad.instruments.answer_kinds import NUMBERS
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.conditions import Answer
from skillnad.instruments.model import Instrument

UNSHOWN = "(det som står i cellen)"
"""Stands for what is not a code, in the place of the cell: a message may repeat it."""
WORDS = ".words"
CHOSEN = {"1": True, "true": True, "ja": True, "x": True, "0": False, "false": False, "nej": False}
"""What stands in the column of one option, in any case."""

_SHORT = re.compile(r"[A-Za-z]{0,2}[0-9.,-]{0,5}")
_SEPARATORS = re.compile(r"[;,>\s]+")
_NO_DECIMALS = re.compile(r"[.,]0+$")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OLDEST = 3  # digits of an age


def option_columns(item: Item) -> dict[str, str]:
    """The columns of a question that may have one for each option, with the option's code."""
    if item.kind not in (ItemKind.MULTIPLE, ItemKind.RANK):
        return {}
    return {f"{item.id}.{option.code}": option.code for option in item.options}


def words_columns(instrument: Instrument) -> dict[str, str]:
    """The columns of words, with what they are called: of free text, and of options that ask for words."""
    found = {}
    for item in instrument.items.values():
        if item.kind is ItemKind.TEXT:
            found[item.id] = item.label_sv
        asking = (option for option in item.options if option.specify)
        found |= {f"{item.id}.{option.code}{WORDS}": f"{item.label_sv}: {option.sv}" for option in asking}
    return found


def option_of_words(column: str) -> tuple[str, str]:
    """The item and the code that a column of words to an option is of; an item and no code, of free text."""
    if not column.endswith(WORDS):
        return column, ""
    item, _, code = column.removesuffix(WORDS).rpartition(".")
    return item, code


def answer_of(item: Item, text: str) -> Answer | None:
    """A cell as an answer, None where it is empty; words as they are."""
    if not text:
        return None
    if item.kind is ItemKind.TEXT:
        return text
    if item.kind in (ItemKind.MULTIPLE, ItemKind.RANK):
        codes = [_code(item, part) for part in _SEPARATORS.split(text) if part]
        return codes if item.kind is ItemKind.MULTIPLE else _in_order(codes)
    if item.kind in NUMBERS and item.option(text) is None:
        return _number(text)
    return text if item.kind is ItemKind.DATE and _DAY.fullmatch(text) else _code(item, text)


def answer_of_options(item: Item, cells: Mapping[str, str]) -> Answer | None:
    """What the cells of a question's options (by code) say together; None where all are empty."""
    filled = {code: cell for code, cell in cells.items() if cell}
    if not filled:
        return None
    if item.kind is ItemKind.RANK:
        ranks = {code: age_of(_NO_DECIMALS.sub("", cell)) for code, cell in filled.items()}
        return UNSHOWN if None in ranks.values() else {code: rank or 0 for code, rank in ranks.items()}
    marks = {code: CHOSEN.get(_NO_DECIMALS.sub("", cell).lower()) for code, cell in filled.items()}
    return UNSHOWN if None in marks.values() else [code for code, mark in marks.items() if mark]


def age_of(text: str) -> int | None:
    """Whole years, or None of what says none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _OLDEST else None


def shown_code(text: str) -> str:
    """What may be repeated of a cell that is no answer: at most two letters and a short number."""
    return text if _SHORT.fullmatch(text) else UNSHOWN


def _code(item: Item, text: str) -> str:
    """The option's code; "1.0" is 1, as some programs write whole numbers where a column has gaps."""
    if item.option(text):
        return text
    whole = _NO_DECIMALS.sub("", text)
    return whole if item.option(whole) else shown_code(text)


def _in_order(codes: list[str]) -> Answer:
    return {code: rank for rank, code in enumerate(codes, 1)} if len(set(codes)) == len(codes) else UNSHOWN


def _number(text: str) -> Answer:
    plain = text.replace(",", ".").replace("−", "-").replace("\u00a0", "").replace(" ", "")
    return Decimal(plain) if _NUMBER.fullmatch(plain) else shown_code(text)
