"""The rows of a file as sheets that can be stored, or the reasons why they cannot.

A reason names the row, the column and a code, and never what a cell holds: a name in the wrong column stays there.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from skillnad.collection.files import Row
from skillnad.collection.models import SUBJECTS
from skillnad.collection.subjects import Subject, Subjects, UnknownError
from skillnad.instruments.answer_cells import (
    SLOT,
    UNSHOWN,
    age_of,
    answer_in,
    option_of_words,
    words_about,
    words_columns,
)
from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.conditions import codes_of
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import Problem

LINKED = "linked"
LONGEST_TEXT = 10_000
"""Characters of one free answer."""
FIRST_DAY = date(1990, 1, 1)


@dataclass(frozen=True)
class Refusal:
    """`column` is empty where the whole row is meant."""

    row: int
    column: str
    code: str
    sv: str
    en: str


@dataclass(frozen=True, repr=False)
class Ready:
    """A row that can be stored. `words` are the free answers, by item; `key` is the file's own. Never printed."""

    row: int
    key: str
    answered: date
    occasion: str
    subject: Subject
    sheet: AnswerSheet
    told_age: int | None
    words: Mapping[str, str]


@dataclass(frozen=True)
class Reader:
    """What it takes to read a row. `today` is the last day on which answers can have been given."""

    instrument: Instrument
    subjects: Subjects
    today: date

    def read(self, rows: Sequence[Row]) -> tuple[list[Ready], list[Refusal]]:
        """Each row is in one of the two; a key that stands on several rows refuses them all."""
        times = Counter(row.cells["key"] for row in rows if row.cells)
        ready, refused = [], []
        for row in rows:
            found = self._row(row, times)
            if isinstance(found, Ready):
                ready.append(found)
            else:
                refused.extend(found)
        return ready, refused

    def _row(self, row: Row, times: Mapping[str, int]) -> "Ready | list[Refusal]":
        if not row.cells:
            return [_refusal(row, "", "INSTR-050", *_CELLS)]
        problems = [*self._about(row, times)]
        try:
            subject = self.subjects.of(row.cells)
        except UnknownError as unknown:
            subject = Subject()
            problems.append(_refusal(row, unknown.column, "INSTR-061", *_UNKNOWN[unknown.why]))
        else:
            problems += self._person(row, subject)
        answered = _day(row.cells["date"])
        sheet = self._sheet(row.cells, subject, answered)
        problems += [_of_problem(row, self.instrument, problem) for problem in check_answers(self.instrument, sheet)]
        problems += self._unasked_words(row, sheet)
        if problems or answered is None:
            return problems
        words = {name: row.cells[name] for name in self._words if row.cells.get(name)}
        return Ready(
            row=row.number,
            key=row.cells["key"],
            answered=answered,
            occasion=row.cells.get("occasion", ""),
            subject=subject,
            sheet=sheet,
            told_age=age_of(row.cells.get("age", "")),
            words=words,
        )

    def _about(self, row: Row, times: Mapping[str, int]) -> Iterator[Refusal]:
        """What is wrong with the columns that are about the row."""
        cells = row.cells
        if not cells["key"]:
            yield _refusal(row, "key", "INSTR-060", *_NO_KEY)
        elif times[cells["key"]] > 1:
            yield _refusal(row, "key", "INSTR-060", *_KEY_TWICE)
        answered = _day(cells["date"])
        if answered is None or not FIRST_DAY <= answered <= self.today:
            yield _refusal(row, "date", "INSTR-051", *_NO_DAY)
        if cells.get("age") and age_of(cells["age"]) is None:
            yield _refusal(row, "age", "INSTR-051", *_NO_AGE)
        if cells.get("occasion") and cells["occasion"] not in {each.id for each in self.instrument.occasions}:
            yield _refusal(row, "occasion", "INSTR-059", *_NO_OCCASION)
        if cells.get("mode", LINKED) not in ("", LINKED):
            yield _refusal(row, "mode", "INSTR-063", *_NOT_LINKED)
        for name in self._words:
            if len(cells.get(name, "")) > LONGEST_TEXT:
                yield _refusal(row, name, "INSTR-051", *_LONG)

    def _unasked_words(self, row: Row, sheet: AnswerSheet) -> Iterator[Refusal]:
        """Words to an option that was not chosen."""
        for name in self._words:
            item, code = option_of_words(name)
            if code and row.cells.get(name) and code not in codes_of(sheet.answers.get(item)):
                yield _refusal(row, name, "INSTR-053", *_NOT_CHOSEN)

    def _person(self, row: Row, subject: Subject) -> Iterator[Refusal]:
        needed = self.instrument.person and self.instrument.about in _ABOUT_PEOPLE
        if needed and not any(f"{name}_id" in subject.ids for name in SUBJECTS):
            yield _refusal(row, "identity", "INSTR-062", *_NOBODY)

    @cached_property
    def _words(self) -> list[str]:
        return list(words_columns(self.instrument))

    @cached_property
    def _codes(self) -> Mapping[str, frozenset[str]]:
        return words_about(self.instrument)

    def _sheet(self, cells: Mapping[str, str], subject: Subject, answered: date | None) -> AnswerSheet:
        instrument, known = self.instrument, self._codes
        told = {name: answer_in(item, cells) for name, item in instrument.items.items()}
        return AnswerSheet(
            instrument=instrument.id,
            version=instrument.version,
            perspective=_perspective(instrument, cells),
            answers={name: answer for name, answer in told.items() if answer is not None},
            variant=_known(cells.get("variant", ""), known["variant"]),
            language=_known(cells.get("language", ""), known["language"]),
            age=_age(cells, subject, answered),
            slots={
                name.removeprefix(SLOT): _known(cells[name], codes)
                for name, codes in known.items()
                if name.startswith(SLOT) and cells.get(name)
            },
        )


_ABOUT_PEOPLE = ("person", "intervention")


def _perspective(instrument: Instrument, cells: Mapping[str, str]) -> str:
    """The row's own; of an instrument with one perspective, that."""
    if not cells.get("perspective") and len(instrument.perspectives) == 1:
        return next(iter(instrument.perspectives))
    return _known(cells.get("perspective", ""), instrument.perspectives) or UNSHOWN


def _known(code: str, known: Any) -> str:
    """A code that the instrument has, or nothing; of any other word no message repeats a letter."""
    return code if not code or code in known else UNSHOWN


def _age(cells: Mapping[str, str], subject: Subject, answered: date | None) -> int | None:
    """Of whom it is about: as told, or in whole years on the day by the birth date in the register."""
    if cells.get("age"):
        return age_of(cells["age"])
    if subject.born is None or answered is None or answered < subject.born:
        return None
    birthday_to_come = (answered.month, answered.day) < (subject.born.month, subject.born.day)
    return answered.year - subject.born.year - birthday_to_come


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-02-28") else None
    except ValueError:
        return None


def _of_problem(row: Row, instrument: Instrument, problem: Problem) -> Refusal:
    """The column of a problem: an item's, or where the row says what else is wrong."""
    return _refusal(row, "age" if problem.code == "INSTR-057" else problem.where, problem.code, problem.sv, problem.en)


def _refusal(row: Row, column: str, code: str, sv: str, en: str) -> Refusal:
    return Refusal(row.number, column, code, sv, en)


_CELLS = (
    "Raden har inte lika många celler som första raden. Se efter om ett citattecken eller en avskiljare är för mycket.",
    "The row does not have as many cells as the first row. See if a quotation mark or a separator is one too many.",
)
_NO_KEY = ("Raden saknar nyckel. Ge den en som är dess egen.", "The row has no key. Give it one of its own.")
_KEY_TWICE = (
    "Nyckeln finns på flera rader. Ge varje rad en egen, eller ta bort den som är fel.",
    "The key stands on several rows. Give each its own, or remove the wrong one.",
)
_NO_DAY = (
    "Dagen då svaren gavs ska stå som 2026-02-28, och inte ligga i framtiden.",
    "The day when the answers were given should stand as 2026-02-28, and not be in the future.",
)
_NO_AGE = ("Åldern ska vara hela år.", "The age should be whole years.")
_NO_OCCASION = (
    "Instrumentet har inget sådant tillfälle. Se dem med ”skillnad instrument show”.",
    "The instrument has no such occasion. See them with 'skillnad instrument show'.",
)
_NOT_LINKED = (
    "Bara svar som hör till en person i registret kan läsas in. Svar som är lämnade i förtroende eller anonymt får "
    "inte knytas till någon. Ta bort raden.",
    "Only answers that belong to a person of the register can be imported. Those given in confidence or anonymously "
    "must not be tied to anyone. Remove the row.",
)
_LONG = (
    f"Texten har mer än {LONGEST_TEXT} tecken. Korta den.",
    f"The text has more than {LONGEST_TEXT} characters. Shorten it.",
)
_NOT_CHOSEN = (
    "Här står ord till ett alternativ som inte är valt. Ta bort dem, eller rätta svaret.",
    "Here stand words to an option that is not chosen. Remove them, or mend the answer.",
)
_NOBODY = (
    "Raden säger inte vem svaren gäller. Fyll i identity, client, case, intervention eller follow_up.",
    "The row does not say whom the answers are about. Fill in identity, client, case, intervention or follow_up.",
)
_UNKNOWN = {
    "none": (
        "Det som står här finns inte i registret. Rätta det, eller läs in underlaget från verksamhetssystemet först.",
        "What stands here is not in the register. Mend it, or import the extract from the case system first.",
    ),
    "several": (
        "Nyckeln finns i flera av registrets källor. Ange vilken med --register.",
        "The key is in several of the register's sources. Say which with --register.",
    ),
    "other": (
        "Det som står här hör inte till samma person som radens andra kolumner. Rätta raden.",
        "What stands here is not of the same person as the row's other columns. Mend the row.",
    ),
}
