"""A cell of an answer file as an answer. What cannot be one comes back as UNSHOWN, so that no message repeats it.

A column is an item's id (`sdq1`; a cell of a matrix `hours.client.mon`), one option of a multiple choice or a rank
order (`q3.1`), or the words to an option that asks for them (`q3.8.words`). In one cell, several codes stand with `;`,
`,`, `>` or spaces between; of a rank order, the first first.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from skillnad.instruments.answer_kinds import NUMBERS, check_answer
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.conditions import Answer
from skillnad.instruments.model import Instrument

UNSHOWN = "(det som står i cellen)"
"""Stands for what is not a code, in the place of the cell: a message may repeat it."""
WORDS = ".words"
SLOT = "slot."
CHOSEN = {"1": True, "true": True, "ja": True, "x": True, "0": False, "false": False, "nej": False}
"""What stands in the column of one option, in any case."""

_SHORT = re.compile(r"[A-Za-z]{0,2}[0-9.,-]{0,5}")
_SEPARATORS = re.compile(r"[;,>\s]+")
_NO_DECIMALS = re.compile(r"[.,]0+$")
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:\.\d{1,9})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OLDEST = 3  # digits of an age
_SHORT_NUMBER = 5  # digits of a number that a message may repeat: of a birth date it may not


def option_columns(item: Item) -> dict[str, str]:
    """The columns of a question that may have one for each option, with the option's code."""
    if item.kind not in (ItemKind.MULTIPLE, ItemKind.RANK):
        return {}
    return {f"{item.id}.{option.code}": option.code for option in item.options}


def item_columns(instrument: Instrument) -> dict[str, Item]:
    """Every column that answers may stand in, with the question that it answers."""
    return {name: item for item in instrument.items.values() for name in (item.id, *option_columns(item))}


def by_any_name(columns: Iterable[str]) -> dict[str, str]:
    """Columns by what a file may call them, in small letters: `hours.mon` is `hours__mon` too, as forms write it."""
    names = list(columns)
    return {name.replace(".", "__").lower(): name for name in names} | {name.lower(): name for name in names}


def words_about(instrument: Instrument) -> dict[str, frozenset[str]]:
    """The columns about a row that have a code of the instrument's, with the codes that may stand there."""
    spoken = frozenset(language for variant in instrument.variants.values() for language in variant.languages)
    slots = {f"{SLOT}{slot.id}": frozenset(each.code for each in slot.choices) for slot in instrument.slots.values()}
    known = {"perspective": frozenset(instrument.perspectives), "variant": frozenset(instrument.variants)}
    return {**known, "language": spoken, **slots}


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


def answer_in(item: Item, cells: Mapping[str, str]) -> Answer | None:
    """What a row (its cells by column) answers to a question: in its own cell, or in those of its options together."""
    own = cells.get(item.id, "")
    if own:
        return _not_long(item, answer_of(item, own))
    return answer_of_options(item, {code: cells.get(name, "") for name, code in option_columns(item).items()})


def _not_long(item: Item, answer: Answer | None) -> Answer | None:
    """The answer; a long number that cannot stand here may be a person's, and no message repeats it."""
    long = isinstance(answer, Decimal) and len(answer.as_tuple().digits) > _SHORT_NUMBER
    return UNSHOWN if answer is not None and long and any(check_answer(item, answer)) else answer


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
