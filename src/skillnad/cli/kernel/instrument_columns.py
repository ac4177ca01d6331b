"""The text of a file of answers as the columns that are scored, and one row of it as a sheet for its reasons.

Each different text of a column is read once: a million sheets have few different answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from skillnad.instruments.answer_cells import (
    SLOT,
    age_of,
    answer_in,
    answer_of,
    answer_of_options,
    option_columns,
    shown_code,
    words_about,
)
from skillnad.instruments.answers import AnswerSheet
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.columns import NO_AGE, NOT_ANSWERED, NUMBER, UNREADABLE, Column, column_of
from skillnad.instruments.conditions import Answer, belongs
from skillnad.instruments.model import Instrument


@dataclass(frozen=True)
class Texts:
    """A column of text as its different texts, and which of them each row has."""

    different: list[str]
    places: NDArray[np.int64]

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> "Texts":
        encoded = column.combine_chunks().dictionary_encode()
        if isinstance(encoded, pa.ChunkedArray):
            encoded = encoded.combine_chunks()
        return cls(
            [text.strip() for text in encoded.dictionary.to_pylist()], encoded.indices.to_numpy().astype(np.int64)
        )

    def __getitem__(self, row: int) -> str:
        return self.different[self.places[row]]

    def at(self, rows: NDArray[np.int64]) -> "Texts":
        return Texts(self.different, self.places[rows])


@dataclass(frozen=True)
class Sheets:
    """Rows of answers to one instrument, as text by column."""

    instrument: Instrument
    texts: Mapping[str, Texts]
    rows: int

    @classmethod
    def of(cls, instrument: Instrument, table: pa.Table) -> "Sheets":
        texts = {name: Texts.of(table[name]) for name in table.column_names}
        return cls(instrument, texts, table.num_rows)

    def at(self, rows: NDArray[np.int64]) -> "Sheets":
        return Sheets(self.instrument, {name: texts.at(rows) for name, texts in self.texts.items()}, len(rows))

    @cached_property
    def items(self) -> list[Item]:
        """The items that have a column, or one for each option."""
        return [item for item in self.instrument.items.values() if self._has(item)]

    def lacking(self, perspective: str) -> list[str]:
        """The items of a perspective that have no column; free text is not missed."""
        asked = (item for item in self.instrument.items.values() if belongs(item, perspective))
        return [item.id for item in asked if item.kind is not ItemKind.TEXT and not self._has(item)]

    def _has(self, item: Item) -> bool:
        return item.id in self.texts or any(name in self.texts for name in option_columns(item))

    def columns(self) -> dict[str, Column]:
        return {item.id: self.column(item) for item in self.items}

    def column(self, item: Item) -> Column:
        """The answers of every row to one item."""
        of_options = self._option_texts(item)
        if item.id not in self.texts:
            return _marked(item, of_options, self.rows)
        own = self._own(item)
        return _else(own, _marked(item, of_options, self.rows)) if of_options else own

    def _own(self, item: Item) -> Column:
        texts = self.texts[item.id]
        read = column_of(item, [answer_of(item, text) for text in texts.different])
        steps = np.zeros(len(read.codes), np.int64) if read.steps is None else read.steps
        return Column(read.codes[texts.places], steps[texts.places] if steps.any() else None)

    def ages(self) -> NDArray[np.int64] | None:
        """In whole years, NO_AGE where none is told; None where the file tells none at all."""
        if "age" not in self.texts:
            return None
        texts = self.texts["age"]
        known = [NO_AGE if (age := age_of(text)) is None else age for text in texts.different]
        return np.array(known, np.int64)[texts.places]

    def told(self, name: str, row: int) -> str:
        return self.texts[name][row] if name in self.texts else ""

    def sheet(self, row: int, perspective: str) -> AnswerSheet:
        """One row, for `check_answers` to say what is wrong with it."""
        answers = {item.id: self._answer(item, row) for item in self.items}
        slots = {name.removeprefix(SLOT): self._word(name, row) for name in self.texts if name.startswith(SLOT)}
        return AnswerSheet(
            self.instrument.id,
            self.instrument.version,
            perspective,
            {name: answer for name, answer in answers.items() if answer is not None},
            variant=self._word("variant", row),
            language=self._word("language", row),
            age=age_of(self.told("age", row)),
            slots={name: code for name, code in slots.items() if code},
        )

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        """The words that the columns about a row may have."""
        return words_about(self.instrument)

    def _word(self, name: str, row: int) -> str:
        return self.shown_word(name, self.told(name, row))

    def shown_word(self, name: str, text: str) -> str:
        """A word that the column may have, or what may be repeated of another."""
        return text if text in self.words[name] else shown_code(text)

    def _answer(self, item: Item, row: int) -> Answer | None:
        return answer_in(item, {name: self.told(name, row) for name in (item.id, *option_columns(item))})

    def _option_texts(self, item: Item) -> dict[str, Texts]:
        return {code: self.texts[name] for name, code in option_columns(item).items() if name in self.texts}


def _else(own: Column, other: Column) -> Column:
    """Of each row its own answer, else the other's, as `answer_in` has it of a single row."""
    steps = np.where(own.answered, own.numbers(), other.numbers())
    return Column(np.where(own.answered, own.codes, other.codes), steps if steps.any() else None)


def _marked(item: Item, texts: Mapping[str, Texts], rows: int) -> Column:
    """One column of the columns that its options have."""
    if item.kind is ItemKind.RANK:
        names = list(texts)
        read = [answer_of_options(item, dict(zip(names, cells, strict=True))) for cells in _together(texts)]
        return column_of(item, read)
    places = {option.code: place for place, option in enumerate(item.options)}
    steps = np.zeros(rows, np.int64)
    filled, wrong = np.zeros(rows, np.bool_), np.zeros(rows, np.bool_)
    for code, each in texts.items():
        read = [answer_of_options(item, {code: text}) for text in each.different]
        steps |= np.array([(mark == [code]) << places[code] for mark in read], np.int64)[each.places]
        filled |= np.array([mark is not None for mark in read], np.bool_)[each.places]
        wrong |= np.array([isinstance(mark, str) for mark in read], np.bool_)[each.places]
    codes = np.where(wrong, UNREADABLE, np.where(filled, NUMBER, NOT_ANSWERED)).astype(np.int16)
    return Column(codes, steps)


def _together(texts: Mapping[str, Texts]) -> Iterator[tuple[Any, ...]]:
    """The cells of each row."""
    columns = [np.array(each.different, object)[each.places] for each in texts.values()]
    yield from zip(*columns, strict=True)
