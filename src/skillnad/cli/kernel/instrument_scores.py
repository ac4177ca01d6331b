"""A file of answers scored: every row that can be, and of the others where and why.

Rows are scored as columns (`instruments.vectors`); only those that are refused meet `check_answers`, for its words.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from skillnad.cli.kernel.instrument_answers import AnswerFile
from skillnad.cli.kernel.instrument_columns import Sheets
from skillnad.codebook.identity_in_text import contains_identity
from skillnad.instruments.answer_cells import age_of
from skillnad.instruments.answers import check_answers
from skillnad.instruments.columns import Column, Flags, asked_columns, chosen, refused, valued
from skillnad.instruments.model import Instrument
from skillnad.instruments.scoring import rule_in_words
from skillnad.instruments.vectors import NO_BAND, ScoreColumn, band_columns, score_columns
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import either, meant, nearest, shown

PLACES = 6
"""Decimals that are written of a mean."""


@dataclass(frozen=True)
class Refusal:
    """A row that was not scored. `problem` says why, without what the cell holds."""

    row: int
    column: str
    problem: Problem


@dataclass(frozen=True)
class Scored:
    """`scores`: a row for each sheet that could be scored, in the file's order. `lacking`: questions without column."""

    scores: pl.DataFrame
    refusals: tuple[Refusal, ...]
    rows: int
    refused: int
    lacking: tuple[str, ...]


@dataclass
class _Made:
    """The columns that are being filled, each as long as the file."""

    rows: int
    numbers: dict[str, NDArray[np.float64]] = field(default_factory=dict)
    codes: dict[str, NDArray[Any]] = field(default_factory=dict)

    def number(self, name: str, at: NDArray[np.int64], values: NDArray[np.float64]) -> None:
        self.numbers.setdefault(name, np.full(self.rows, np.nan))[at] = values

    def code(self, name: str, at: NDArray[np.int64], places: NDArray[Any], codes: list[str]) -> None:
        words = np.array([*codes, None], object)  # -1, no band, is the last
        self.codes.setdefault(name, np.full(self.rows, None, object))[at] = words[places]


def score_file(instrument: Instrument, answers: AnswerFile, perspective: str = "", on: Collection[str] = ()) -> Scored:
    """Raises UserError (INSTR-059) where it is not told who has answered."""
    sheets = Sheets.of(instrument, answers.table)
    who = who_answered(instrument, sheets, perspective)
    wrong, problems = wrong_rows(sheets, who)
    made = _Made(sheets.rows)
    lacking: dict[str, None] = {}
    for name in instrument.perspectives:
        at = np.flatnonzero(who == name)
        if len(at):
            lacking |= dict.fromkeys(sheets.lacking(name))
            wrong[at] |= _score(sheets.at(at), name, at, made, on)
    refusals = [
        *broken_rows(answers),
        *refusals_of(sheets, answers.rows, who, np.flatnonzero(wrong).tolist(), problems),
    ]
    frame = _frame(instrument, sheets, answers.rows, who, made).filter(pl.Series(~wrong))
    rows, refused_rows = sheets.rows + len(answers.broken), int(wrong.sum()) + len(answers.broken)
    return Scored(frame, tuple(sorted(refusals, key=lambda each: each.row)), rows, refused_rows, tuple(lacking))


def check_counted(instrument: Instrument, on: Collection[str]) -> None:
    """Raises UserError where there is nothing to count (INSTR-014), or nothing of such a name (INSTR-059)."""
    off = [score.id for score in instrument.scores.values() if score.off]
    for name in on:
        if name not in off:
            guess = nearest(name, off)
            raise UserError.of(
                "INSTR-059",
                where=instrument.id,
                sv=f"”{shown(name)}” är ingen poäng som räknas först när någon ber om det.{meant(guess)} "
                f"{_only(off)[0]}",
                en=f"'{shown(name)}' is no score that is counted only when asked for.{meant(guess, 'en')} "
                f"{_only(off)[1]}",
            )
    if instrument.no_sum or not (instrument.scores or instrument.shares):
        why_sv = "får inte räknas ihop" if instrument.no_sum else "har inga poäng och inga andelar"
        why_en = "must not be added up" if instrument.no_sum else "has no scores and no shares"
        raise UserError.of(
            "INSTR-014",
            where=instrument.id,
            sv=f"{instrument.title_sv} {why_sv}. Redovisa svaren fråga för fråga.",
            en=f"{instrument.title_en} {why_en}. Report the answers item by item.",
        )


def _only(off: list[str]) -> tuple[str, str]:
    """Which scores may be asked for."""
    if not off:
        return "Instrumentet har ingen sådan; ta bort --with.", "The instrument has none; remove --with."
    return f"Skriv --with {either(off)}.", f"Write --with {either(off, 'en')}."


def who_answered(instrument: Instrument, sheets: Sheets, told: str) -> NDArray[Any]:
    """Who has answered each row: the column says, else the option, else the only one there is."""
    known = list(instrument.perspectives)
    if told and told not in known:
        raise _which(
            instrument, f"Perspektivet ”{shown(told)}” finns inte.", f"There is no perspective '{shown(told)}'."
        )
    default = told or (known[0] if len(known) == 1 else "")
    if "perspective" in sheets.texts:
        texts = sheets.texts["perspective"]
        who = np.array([text or default for text in texts.different], object)[texts.places]
        if default or not (who == "").any():
            return who
        raise _which(instrument, "Några rader säger inte vem som har svarat.", "Some rows do not say who answered.")
    if not default:
        raise _which(instrument, "Det står inte vem som har svarat.", "It is not told who has answered.")
    return np.full(sheets.rows, default, object)


def _which(instrument: Instrument, sv: str, en: str) -> UserError:
    known = list(instrument.perspectives)
    return UserError.of(
        "INSTR-059",
        where=instrument.id,
        sv=f"{sv} Ange --perspective, eller en kolumn perspective: {either(known)}.",
        en=f"{en} Give --perspective, or a column perspective: {either(known, 'en')}.",
    )


def wrong_rows(sheets: Sheets, who: NDArray[Any]) -> tuple[Flags, Mapping[int, list[Problem]]]:
    """The rows that are wrong whatever they answer; and of what `check_answers` does not see, why, by row."""
    wrong = np.array([name not in sheets.instrument.perspectives for name in who.tolist()], np.bool_)
    problems: dict[int, list[Problem]] = {}
    for name, known in sheets.words.items():
        if name != "perspective":
            wrong |= _not_among(sheets, name, known)
    for name, problem in (("age", _AGE), ("date", _DATE), ("key", _IDENTITY)):
        for row in np.flatnonzero(_not_among(sheets, name, None)).tolist():
            problems.setdefault(row, []).append(problem)
    for row in _repeated(sheets, who):
        problems.setdefault(row, []).append(_TWICE)
    wrong[list(problems)] = True
    return wrong, problems


_AGE = Problem("INSTR-051", "Skriv åldern i hela år, som 34.", "Write the age in whole years, such as 34.", "age")
_DATE = Problem("INSTR-051", "Skriv datumet som 2026-02-28.", "Write the date as 2026-02-28.", "date")
_IDENTITY = Problem(
    "INSTR-060",
    "Nyckeln ser ut som ett personnummer eller samordningsnummer, och följer med i filen som skrivs. Ge varje rad ett "
    "löpnummer.",
    "The key looks like an identity number, and goes along into the file that is written. Give each row a number.",
    "key",
)
_TWICE = Problem(
    "INSTR-060",
    "Samma nyckel står på en rad ovanför. Varje rad ska ha sin egen; ta bort den ena.",
    "The same key stands on a row above. Each row must have its own; remove one of them.",
    "key",
)


def _not_among(sheets: Sheets, name: str, known: frozenset[str] | None) -> Flags:
    """The rows where something else stands than what may; `known` None: an age, a date or a key."""
    if name not in sheets.texts:
        return np.zeros(sheets.rows, np.bool_)
    texts = sheets.texts[name]
    right = {"age": _is_age, "date": _is_day, "key": _is_nobodys}.get(name, lambda text: text in (known or ()))
    return np.array([bool(text) and not right(text) for text in texts.different], np.bool_)[texts.places]


def _is_age(text: str) -> bool:
    return age_of(text) is not None


def _is_nobodys(key: str) -> bool:
    return not contains_identity(key)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _repeated(sheets: Sheets, who: NDArray[Any]) -> list[int]:
    """The rows whose key the same perspective has had before; two perspectives on one occasion share theirs."""
    if "key" not in sheets.texts:
        return []
    texts = sheets.texts["key"]
    pairs = pl.DataFrame({"key": texts.places, "who": who.tolist()}, schema={"key": pl.Int64, "who": pl.String})
    empty = np.array([not text for text in texts.different], np.bool_)[texts.places]
    first = pairs.select(pl.struct("key", "who").is_first_distinct()).to_series().to_numpy()
    again: list[int] = np.flatnonzero(~first & ~empty).tolist()
    return again


def _score(sheets: Sheets, perspective: str, at: NDArray[np.int64], made: _Made, on: Collection[str]) -> Flags:
    """Fill in what these rows, all of one perspective, count as; the rows that cannot be counted."""
    columns, ages = sheets.columns(), sheets.ages()
    wrong = refused(sheets.instrument, perspective, columns, ages)
    scores = score_columns(sheets.instrument, perspective, columns, on)
    for name, score in scores.items():
        made.number(name, at, score.values)
    _band(sheets.instrument, perspective, scores, ages, at, made)
    _share(sheets.instrument, perspective, columns, at, made)
    return wrong


def _band(
    instrument: Instrument,
    perspective: str,
    scores: Mapping[str, ScoreColumn],
    ages: NDArray[np.int64] | None,
    at: NDArray[np.int64],
    made: _Made,
) -> None:
    codes = {bands.id: [band.code for band in bands.bands] for bands in instrument.band_sets}
    for name, places in band_columns(instrument, perspective, scores, ages).items():
        if (places != NO_BAND).any():
            made.code(name, at, places, codes[name])


def _share(
    instrument: Instrument, perspective: str, columns: Mapping[str, Column], at: NDArray[np.int64], made: _Made
) -> None:
    """1 where the answer is one of the share's, 0 where it is another value, nothing where it is none."""
    shown_columns = asked_columns(instrument, perspective, columns).columns
    for share in instrument.shares:
        if share.item in shown_columns:
            item, column = instrument.items[share.item], shown_columns[share.item]
            inside = chosen(item, column, share.codes).astype(np.float64)
            made.number(share.id, at, np.where(valued(item, column), inside, np.nan))


def broken_rows(answers: AnswerFile) -> Iterator[Refusal]:
    problem = Problem(
        "INSTR-050",
        "Raden har inte lika många celler som rubrikraden. Sätt citattecken om en cell som har ett skiljetecken i sig, "
        "eller lägg till det som saknas.",
        "The row does not have as many cells as the header. Put quotes around a cell that has a delimiter in it, or "
        "add what is missing.",
    )
    return (Refusal(row, "", problem) for row in answers.broken)


def refusals_of(
    sheets: Sheets, rows: list[int], who: NDArray[Any], at: list[int], known: Mapping[int, list[Problem]]
) -> Iterator[Refusal]:
    for place in at:
        sheet = sheets.sheet(place, sheets.shown_word("perspective", who[place]))
        problems = [*known.get(place, ()), *check_answers(sheets.instrument, sheet)]
        if not problems:
            raise ValueError("a row is refused as a column that nothing is wrong with as a sheet")
        yield from (Refusal(rows[place], problem.where, problem) for problem in problems)


def _frame(instrument: Instrument, sheets: Sheets, rows: list[int], who: NDArray[Any], made: _Made) -> pl.DataFrame:
    """Row and key, scores, bands, shares, and the version that they are counted by."""
    columns: dict[str, pl.Series] = {"row": pl.Series(rows, dtype=pl.Int64)}
    if "key" in sheets.texts:
        texts = sheets.texts["key"]
        columns["key"] = pl.Series(texts.different, dtype=pl.String).gather(texts.places)
    if len(instrument.perspectives) > 1:
        columns["perspective"] = pl.Series(who.tolist(), dtype=pl.String)
    columns |= {name: _numbers(values) for name, values in made.numbers.items()}
    columns |= {name: pl.Series(codes.tolist(), dtype=pl.String) for name, codes in made.codes.items()}
    version = pl.Series([f"{instrument.id} {instrument.version}"], dtype=pl.String)
    return pl.DataFrame({**columns, "version": version.new_from_index(0, sheets.rows)})


def _numbers(values: NDArray[np.float64]) -> pl.Series:
    """Whole numbers where all of them are; nothing where there is no value."""
    series = pl.Series(values).fill_nan(None)
    known = values[~np.isnan(values)]
    return series.cast(pl.Int64) if (known == np.floor(known)).all() else series.round(PLACES)


def rules_of(instrument: Instrument, scored: pl.DataFrame) -> pl.DataFrame:
    """What gave each score, band and share of a file: a row a column."""
    rows = [row for row in _rules(instrument) if row[0] in scored.columns]
    names = ("column", "label", "rule", "source")
    frame = pl.DataFrame(rows, schema={**dict.fromkeys(names, pl.String), "verified": pl.Boolean}, orient="row")
    told = {"instrument": f"{instrument.id} {instrument.version}", "digest": instrument.digest}
    return frame.with_columns(**{name: pl.lit(text) for name, text in told.items()})


def _rules(instrument: Instrument) -> Iterator[tuple[str, str, str, str, bool]]:
    sure = instrument.verified
    for score in instrument.scores.values():
        yield score.id, score.sv, rule_in_words(score), score.source, score.verified and sure
    for bands in instrument.band_sets:
        yield bands.id, bands.norm_group, f"band/{bands.score}", bands.source, bands.verified and sure
    for share in instrument.shares:
        yield share.id, share.sv, f"share/{share.item}={','.join(sorted(share.codes))}", instrument.source, sure
