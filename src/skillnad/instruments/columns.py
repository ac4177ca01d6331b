"""Many sheets of one perspective as columns of whole numbers: what was answered, what was asked, what is refused.

A column's `codes` say which option was answered by its place among the item's options, or one of the negative numbers
below. `steps` has numbers in whole steps (10^-decimals of the item), and the options of a multiple choice as bits.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from skillnad.instruments.answer_kinds import NUMBERS, check_answer, limits_of
from skillnad.instruments.asked import Ages, Clause, Condition, Item, ItemKind, Means
from skillnad.instruments.conditions import Answer, belongs, codes_of, number_of
from skillnad.instruments.exact import exact, read_number
from skillnad.instruments.model import Instrument, Rule

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

NOT_ANSWERED = -1
UNREADABLE = -2  # something that cannot be answered here
NUMBER = -3  # `steps` says what
SIGNS = 3
"""How many negative codes there are: tables of options end with as many places, where negative indices lead."""
NO_AGE = -1


@dataclass(frozen=True)
class Column:
    """The answers of every row to one item. A code is less than the number of options, and not under NUMBER."""

    codes: NDArray[np.integer]
    steps: Whole | None = None

    @property
    def answered(self) -> Flags:
        return self.codes != NOT_ANSWERED

    def only(self, rows: Flags) -> "Column":
        """With no answer on the other rows."""
        return Column(np.where(rows, self.codes, NOT_ANSWERED), self.steps)

    def numbers(self) -> Whole:
        if self.steps is None:
            return np.zeros(len(self.codes), np.int64)
        return self.steps


def column_of(item: Item, answers: Iterable[Answer | None]) -> Column:
    """Answers as read, as a column; what `check_answer` refuses is UNREADABLE."""
    encoded = [_encoded(item, answer) for answer in answers]
    codes = np.array([code for code, _ in encoded], np.int16)
    return Column(codes, np.array([steps for _, steps in encoded], np.int64))


def _encoded(item: Item, answer: Answer | None) -> tuple[int, int]:
    if answer is None or answer == "":
        return NOT_ANSWERED, 0
    if any(check_answer(item, answer)):
        return UNREADABLE, 0
    places = {option.code: place for place, option in enumerate(item.options)}
    if item.kind is ItemKind.MULTIPLE:
        return NUMBER, sum(1 << places[code] for code in codes_of(answer))
    if isinstance(answer, str):
        return places.get(answer, NUMBER), 0
    number = number_of(answer)
    return NUMBER, int(number * 10**item.decimals) if number is not None else 0


@dataclass(frozen=True)
class AskedColumns:
    """The columns of what was asked: an answer to what was not asked counts as none."""

    rows: int
    columns: Mapping[str, Column]
    asked: Mapping[str, Flags | bool]


def asked_columns(instrument: Instrument, perspective: str, columns: Mapping[str, Column]) -> AskedColumns:
    """The columns of each item that the perspective is asked; an item without column was not answered."""
    rows = len(next(iter(columns.values())).codes) if columns else 0
    nothing = Column(np.full(rows, NOT_ANSWERED, np.int8))
    found: dict[str, Column] = {}
    asked: dict[str, Flags | bool] = {}
    for name, item in instrument.items.items():
        if not belongs(item, perspective):
            continue
        column = columns.get(name, nothing)
        asked[name] = held = hold(instrument, item.when, found, rows)
        found[name] = column if held is True else column.only(np.broadcast_to(held, rows))
    return AskedColumns(rows, found, asked)


def hold(instrument: Instrument, condition: Condition, columns: Mapping[str, Column], rows: int) -> Flags | bool:
    """On which rows `condition` holds; True where there is nothing to hold."""
    if not condition.all and not condition.any:
        return True
    every = [_met(instrument.items[clause.item], clause, columns, rows) for clause in condition.all]
    some = [_met(instrument.items[clause.item], clause, columns, rows) for clause in condition.any]
    held = reduce(np.logical_and, every, np.ones(rows, np.bool_))
    return held & reduce(np.logical_or, some) if some else held


def _met(item: Item, clause: Clause, columns: Mapping[str, Column], rows: int) -> Flags:
    column = columns.get(item.id)
    if column is None:  # not a question to this perspective
        return np.full(rows, not clause.in_ and clause.at_least is None and clause.at_most is None)
    met = ~chosen(item, column, clause.not_in)
    if clause.in_:
        met &= chosen(item, column, clause.in_)
    return met & _within(item, column, clause)


def chosen(item: Item, column: Column, codes: frozenset[str]) -> Flags:
    """The rows where one of `codes` was answered."""
    places = [place for place, option in enumerate(item.options) if option.code in codes]
    if item.kind is ItemKind.MULTIPLE:
        return (column.codes == NUMBER) & (column.numbers() & sum(1 << place for place in places) != 0)
    table = np.zeros(len(item.options) + SIGNS, np.bool_)
    table[places] = True
    return table[column.codes]


def _within(item: Item, column: Column, clause: Clause) -> Flags:
    if clause.at_least is None and clause.at_most is None:
        return np.ones(len(column.codes), np.bool_)
    low = None if clause.at_least is None else exact(clause.at_least)
    high = None if clause.at_most is None else exact(clause.at_most)
    numbers = [read_number(option.code) for option in item.options]
    inside = [n is not None and (low is None or n >= low) and (high is None or n <= high) for n in numbers]
    within = np.array(inside + [False] * SIGNS, np.bool_)[column.codes]
    if item.kind in NUMBERS:
        scale = 10**item.decimals
        number = column.codes == NUMBER
        if low is not None:
            number &= column.numbers() >= ceil(low * scale)
        if high is not None:
            number &= column.numbers() <= floor(high * scale)
        within |= number
    return within


def refused(
    instrument: Instrument, perspective: str, columns: Mapping[str, Column], ages: Whole | None = None
) -> Flags:
    """The rows that `check_answers` would refuse. `ages` in whole years, NO_AGE where unknown."""
    shown = asked_columns(instrument, perspective, columns)
    wrong = np.zeros(shown.rows, np.bool_)
    for name, column in columns.items():
        wrong |= column.answered & ~np.broadcast_to(shown.asked.get(name, False), shown.rows)
        wrong |= _impossible(instrument.items[name], column)
    for missing in _lacking(instrument, shown):
        wrong |= missing
    for rule in instrument.rules:
        wrong |= _broken(instrument, rule, shown)
    return wrong if ages is None else wrong | _outside_ages(instrument, perspective, ages)


def _impossible(item: Item, column: Column) -> Flags:
    wrong = column.codes == UNREADABLE
    if item.kind in NUMBERS:
        low, high = (int(limit * 10**item.decimals) for limit in limits_of(item))
        steps = column.numbers()
        wrong |= (column.codes == NUMBER) & ((steps < low) | (steps > high))
    if item.kind is ItemKind.MULTIPLE:
        alone = chosen(item, column, frozenset(option.code for option in item.options if option.exclusive))
        steps = column.numbers()
        wrong |= alone & (steps & (steps - 1) != 0)
    return wrong


def _lacking(instrument: Instrument, shown: AskedColumns) -> Iterator[Flags]:
    for name, column in shown.columns.items():
        item = instrument.items[name]
        if item.required:
            empty = ~column.answered
            if item.kind is ItemKind.MULTIPLE:
                empty |= (column.codes == NUMBER) & (column.numbers() == 0)
            yield empty & shown.asked[name]


def _broken(instrument: Instrument, rule: Rule, shown: AskedColumns) -> Flags:
    names = (*rule.sum_of, rule.at_most_item)
    if any(name not in shown.columns for name in names):
        return np.zeros(shown.rows, np.bool_)
    columns = [shown.columns[name] for name in names]
    most = max(instrument.items[name].decimals for name in names)
    steps = [
        column.numbers() * 10 ** (most - instrument.items[name].decimals)
        for name, column in zip(names, columns, strict=True)
    ]
    known = reduce(np.logical_and, [column.codes == NUMBER for column in columns])
    return known & (sum(steps[:-1]) > steps[-1])


def _outside_ages(instrument: Instrument, perspective: str, ages: Whole) -> Flags:
    asked_of = instrument.perspectives[perspective]
    own = asked_of.ages if asked_of.answered_by == "client" else None
    wrong = np.zeros(len(ages), np.bool_)
    for limits in (own, asked_of.about_ages):
        if limits is not None:
            wrong |= (ages != NO_AGE) & ~in_ages(limits, ages)
    return wrong


def in_ages(limits: Ages, ages: Whole) -> Flags:
    """The rows whose age is known and within the limits."""
    inside: Flags = (ages != NO_AGE) & (ages >= limits.first)
    return inside if limits.last is None else inside & (ages <= limits.last)


def valued(item: Item, column: Column) -> Flags:
    """The rows whose answer is a value. Several options are one, unless they all say the same of not being one."""
    if item.kind is ItemKind.MULTIPLE:
        silent = [_bits(item, means) for means in Means if means is not Means.VALUE]
        steps = column.numbers()
        none = [(steps & bits != 0) & (steps & ~bits == 0) for bits in silent]
        return (column.codes == NUMBER) & ~reduce(np.logical_or, none)
    if item.kind not in NUMBERS and all(option.means is Means.VALUE for option in item.options):
        return column.codes >= 0
    table = [*(option.means is Means.VALUE for option in item.options), True, False, False]  # NUMBER is one
    return np.array(table, np.bool_)[column.codes]


def said(item: Item, column: Column, *kinds: Means) -> Flags:
    """The rows whose one option says one of `kinds`."""
    return chosen(item, column, frozenset(option.code for option in item.options if option.means in kinds))


def _bits(item: Item, means: Means) -> int:
    return sum(1 << place for place, option in enumerate(item.options) if option.means is means)
