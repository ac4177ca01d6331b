"""What scoring a file leaves: the scores, what gave each of them, and the rows that could not be scored."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from skillnad.cli.kernel.instrument_answers import AnswerFile
from skillnad.cli.kernel.instrument_scores import Refusal, Scored, rules_of
from skillnad.codebook.identity_in_text import hide_identities
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import UserError
from skillnad.lib.text import either, listed, shown

KINDS: Final = (".csv", ".parquet")
REFUSED: Final = ("row", "column", "code", "reason")
TOLD: Final = 10
"""Refused rows that are told on the screen; all of them are in the file."""


def check_out(out: Path, answers: Path, endings: Sequence[str] = KINDS) -> None:
    """Raises UserError before anything is read where it could not be written."""
    if out.suffix.lower() not in endings:
        raise UserError.of(
            "INSTR-050",
            where=out.name,
            sv=f"Filen skrivs som {either(endings)}. Ge den en sådan ändelse.",
            en=f"The file is written as {either(endings, 'en')}. Give it such an ending.",
        )
    if out.resolve() == answers.resolve() or not out.resolve().parent.is_dir():
        raise UserError.of(
            "INSTR-050",
            where=str(out),
            sv="Skriv till en annan fil än svaren, i en mapp som finns.",
            en="Write to another file than the answers', in a folder that is there.",
        )


def write_scored(out: Path, instrument: Instrument, scored: Scored, answers: AnswerFile) -> list[Path]:
    """`scores.csv`, `scores.regler.csv` and, where a row was refused, `scores.avvisade.csv`: none of an earlier run."""
    if out.suffix.lower() == ".parquet":
        scored.scores.write_parquet(out)
    else:
        _write(scored.scores, out, answers.delimiter)
    rules = out.with_name(f"{out.stem}.regler.csv")
    _write(rules_of(instrument, scored.scores), rules, answers.delimiter)
    return [out, rules, *write_refused(out, scored.refusals, answers.delimiter)]


def write_refused(out: Path, refusals: Sequence[Refusal], delimiter: str = ";") -> list[Path]:
    """The rows that were refused, in a file beside `out`; no such file where there are none."""
    path = out.with_name(f"{out.stem}.avvisade.csv")
    if not refusals:
        path.unlink(missing_ok=True)
        return []
    _write(_refused(refusals), path, delimiter)
    return [path]


def _write(frame: pl.DataFrame, path: Path, delimiter: str) -> None:
    """As the answers were: where cells end with a semicolon, numbers have a comma."""
    frame.write_csv(path, separator=delimiter, decimal_comma=delimiter == ";")


def _refused(refusals: Sequence[Refusal]) -> pl.DataFrame:
    rows = [(each.row, each.column, each.problem.code, each.problem.sv) for each in refusals]
    return pl.DataFrame(rows, schema=dict(zip(REFUSED, (pl.Int64, *[pl.String] * 3), strict=True)), orient="row")


def said_of(answers: AnswerFile, scored: Scored, language: str) -> Iterator[str]:
    """What is told on the screen: columns that were not read, questions without column, the rows that were refused."""
    english = language == "en"
    if answers.unread:
        names = listed([shown(name) for name in answers.unread], language)
        yield hide_identities(
            f"Columns that no question has were not read: {names}."
            if english
            else f"Kolumner som ingen fråga har är inte lästa: {names}."
        )
    if scored.lacking:
        names = listed(list(scored.lacking), language)
        yield (
            f"Questions without a column count as not answered: {names}."
            if english
            else f"Frågor utan kolumn räknas som obesvarade: {names}."
        )
    yield from told_of(answers.name, scored.refusals, scored.rows, scored.refused, language)


def told_of(name: str, refusals: Sequence[Refusal], rows: int, refused: int, language: str) -> Iterator[str]:
    """How many rows were taken, and the first of those that were not."""
    if not refused:
        return
    yield (
        f"{rows - refused} of {rows} rows were counted. Not counted:"
        if language == "en"
        else f"{rows - refused} av {rows} rader är räknade. Inte räknade:"
    )
    for each in refusals[:TOLD]:
        column = f", kolumn {each.column}" if each.column else ""
        yield f"{each.problem.code} {name}, rad {each.row}{column}: " + (
            each.problem.en if language == "en" else each.problem.sv
        )
    rest = Counter(each.problem.code for each in refusals[TOLD:])
    if rest:
        codes = listed([f"{number} {code}" for code, number in rest.most_common()], language)
        yield f"… and {codes}." if language == "en" else f"… och {codes}."
