"""What may be answered to an item of each kind. Each check yields the problems of one answer (INSTR-051, 052, 056)."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.conditions import Answer, number_of
from skillnad.instruments.exact import decimals_of, exact
from skillnad.lib.errors import Problem
from skillnad.lib.text import either, listed

LARGEST = 10**9
"""Of a number that has no limit of its own: more is a slip of the keyboard."""
CODE = re.compile(r"[A-Za-z0-9.,-]{1,8}")
"""What may stand in a message: too short and too plain to tell of anyone."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
NUMBERS = (ItemKind.NUMBER, ItemKind.ANALOGUE, ItemKind.DURATION, ItemKind.MATRIX)


def check_answer(item: Item, answer: Answer) -> Iterator[Problem]:
    """The problems of an answer to an item that was asked."""
    yield from _KINDS[item.kind](item, answer)


def _one_of(item: Item, answer: Answer) -> Iterator[Problem]:
    if not isinstance(answer, str) or item.option(answer) is None:
        yield _out_of_range(item, answer)


def _several_of(item: Item, answer: Answer) -> Iterator[Problem]:
    if isinstance(answer, str) or not isinstance(answer, Sequence) or not _all_known(item, answer):
        yield _out_of_range(item, answer)
    elif len(answer) > 1 and any(option.exclusive for option in item.options if option.code in answer):
        alone = listed([option.code for option in item.options if option.exclusive])
        yield _problem(
            "INSTR-056",
            item.id,
            f"Svaret {alone} kan inte stå tillsammans med andra. Ta bort det, eller de andra.",
            f"The answer {alone} cannot stand beside others. Remove it, or the others.",
        )


def _ranked(item: Item, answer: Answer) -> Iterator[Problem]:
    places = range(1, len(item.options) + 1)
    if not isinstance(answer, Mapping) or not _all_known(item, answer):
        yield _out_of_range(item, answer)
    elif not _each_once(list(answer.values()), places):
        yield _problem(
            "INSTR-052",
            item.id,
            f"Varje rang får stå en gång och ska vara 1–{len(places)}. Rätta rangordningen.",
            f"Each rank may stand once and must be 1 to {len(places)}. Mend the order.",
        )
    elif not item.partial and len(answer) < len(places):
        yield _problem(
            "INSTR-052",
            item.id,
            f"Alla {len(places)} ska rangordnas. Fyll i dem som saknas.",
            f"All {len(places)} must be ranked. Fill in those that are missing.",
        )


def _each_once(ranks: Sequence[object], places: range) -> bool:
    """What was read from a file can be anything: a rank that is a word, a list or a number with decimals."""
    known = {rank for rank in ranks if isinstance(rank, int) and rank in places}
    return len(known) == len(ranks)


def _all_known(item: Item, codes: Sequence[str] | Mapping[str, int]) -> bool:
    known = {code for code in codes if isinstance(code, str) and item.option(code)}
    return len(known) == len(codes)


def _number(item: Item, answer: Answer) -> Iterator[Problem]:
    if isinstance(answer, str):
        yield from _one_of(item, answer)
    elif isinstance(answer, bool) or not _fits(item, answer):
        yield _out_of_range(item, answer)


def _fits(item: Item, answer: Answer) -> bool:
    value = number_of(answer)
    if value is None:
        return False
    low, high = limits_of(item)
    places = decimals_of(value) if low <= value <= high else None
    return places is not None and places <= item.decimals


def limits_of(item: Item) -> tuple[Fraction, Fraction]:
    """The least and the largest number that may be answered."""
    least = -LARGEST if item.least is None else item.least
    return exact(least), exact(LARGEST if item.most is None else item.most)


def _day(item: Item, answer: Answer) -> Iterator[Problem]:
    if not isinstance(answer, str) or not _is_day(answer):
        yield _out_of_range(item, answer)


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _words(item: Item, answer: Answer) -> Iterator[Problem]:
    if not isinstance(answer, str):
        yield _out_of_range(item, answer)


_KINDS: Mapping[ItemKind, Callable[[Item, Answer], Iterator[Problem]]] = {
    ItemKind.SINGLE: _one_of,
    ItemKind.SCALE: _one_of,
    ItemKind.MULTIPLE: _several_of,
    **dict.fromkeys(NUMBERS, _number),
    ItemKind.RANK: _ranked,
    ItemKind.DATE: _day,
    ItemKind.TEXT: _words,
}


def _out_of_range(item: Item, answer: Answer) -> Problem:
    told = "" if item.kind is ItemKind.TEXT else _as_code(answer)
    sv, en = _allowed(item)
    return _problem(
        "INSTR-051",
        item.id,
        f"Svaret{told and ' ' + told} kan inte ges här. Skriv {sv}.",
        f"The answer{told and ' ' + told} cannot be given here. Write {en}.",
    )


def _as_code(answer: Answer) -> str:
    """The answer, if it is a code or a number that tells nothing more; else nothing."""
    if not isinstance(answer, str):
        number = number_of(answer)
        answer = f"{float(number):.6g}" if number is not None and abs(number) < LARGEST else ""
    return answer if CODE.fullmatch(answer) else ""


def _allowed(item: Item) -> tuple[str, str]:
    codes = [option.code for option in item.options]
    if item.kind in NUMBERS:
        return _allowed_numbers(item, codes)
    if item.kind is ItemKind.DATE:
        return "ett datum som 2026-02-28", "a date such as 2026-02-28"
    if item.kind is ItemKind.TEXT:
        return "text", "text"
    return either(codes), either(codes, "en")


def _allowed_numbers(item: Item, codes: list[str]) -> tuple[str, str]:
    low, high = (f"{float(limit):g}" for limit in limits_of(item))
    sv = (
        f"ett tal {low}–{high} med högst {item.decimals} decimal{'er' if item.decimals > 1 else ''}"
        if item.decimals
        else f"ett helt tal {low}–{high}"
    )
    en = (
        f"a number {low} to {high} with at most {item.decimals} decimals"
        if item.decimals
        else f"a whole number {low} to {high}"
    )
    return either([sv, *codes]), either([en, *codes], "en")


def _problem(code: str, where: str, sv: str, en: str) -> Problem:
    return Problem(code=code, sv=sv, en=en, where=where)
