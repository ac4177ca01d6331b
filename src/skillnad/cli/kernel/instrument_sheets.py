"""`skillnad instrument answers`: sheets of answers from one kind of file to another, for SPSS, R and FHIR.

Rows that could not be scored are not passed on either; they are listed as they are by `score`.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from skillnad.cli.kernel.instrument_answers import AnswerFile, read_answers
from skillnad.cli.kernel.instrument_columns import Sheets
from skillnad.cli.kernel.instrument_scores import Refusal, broken_rows, refusals_of, who_answered, wrong_rows
from skillnad.codebook.identity_in_text import hide_identities
from skillnad.exchange.forms.answer_files import AnswerTable, answer_table, as_csv
from skillnad.exchange.forms.fhir_answers import as_response, from_response
from skillnad.exchange.forms.losses import Loss
from skillnad.exchange.results.answer_frames import as_parquet, as_sav
from skillnad.instruments.answers import AnswerSheet, check_answers
from skillnad.instruments.model import Instrument
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import either, listed, shown

RESPONSES: Final = (".json", ".ndjson")
"""QuestionnaireResponses: one, or one on each line."""


@dataclass(frozen=True)
class ReadSheets:
    """The sheets that may stand, their keys (none, or one each), and the rows that may not. `losses`: the columns that
    no file of answers gets."""

    sheets: Sequence[AnswerSheet]
    keys: Sequence[str]
    refusals: tuple[Refusal, ...]
    rows: int
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True)
class Written:
    content: bytes
    losses: Sequence[Loss]


def read_sheets(path: Path, instrument: Instrument, perspective: str = "") -> ReadSheets:
    """Of CSV as `score` reads it, or of FHIR responses. Raises UserError where the file as a whole cannot be read."""
    if path.suffix.lower() in RESPONSES:
        return _of_responses(path, instrument)
    return _of_rows(read_answers(path, instrument), instrument, perspective)


def _of_rows(answers: AnswerFile, instrument: Instrument, perspective: str) -> ReadSheets:
    sheets = Sheets.of(instrument, answers.table)
    who = who_answered(instrument, sheets, perspective)
    _, known = wrong_rows(sheets, who)
    found = {row: sheets.sheet(row, sheets.shown_word("perspective", who[row])) for row in range(sheets.rows)}
    wrong = [row for row, sheet in found.items() if row in known or check_answers(instrument, sheet)]
    left = [row for row in found if row not in set(wrong)]
    keys = [sheets.told("key", row) for row in left] if "key" in sheets.texts else []
    refusals = (*broken_rows(answers), *refusals_of(sheets, answers.rows, who, wrong, known))
    in_order = tuple(sorted(refusals, key=lambda each: each.row))
    rows = sheets.rows + len(answers.broken)
    return ReadSheets([found[row] for row in left], keys, in_order, rows, tuple(_left(answers, sheets)))


def _left(answers: AnswerFile, sheets: Sheets) -> Iterator[Loss]:
    """What the file says and a sheet of answers has no place for."""
    if "date" in sheets.texts:
        yield Loss("date", "dagen då svaren gavs", "the day when the answers were given")
    if answers.unread:
        names = hide_identities(listed([shown(name) for name in answers.unread]))
        yield Loss(names, "kolumner som ingen fråga har", "columns that no question has")


def _of_responses(path: Path, instrument: Instrument) -> ReadSheets:
    try:
        content = path.read_bytes()
    except OSError:
        raise UserError.of(
            "INSTR-050",
            where=path.name,
            sv="Filen finns inte, eller går inte att läsa. Se efter att namnet och mappen är rätt.",
            en="The file is not there, or cannot be read. See that its name and folder are right.",
        ) from None
    parts = content.splitlines() if path.suffix.lower() == ".ndjson" else [content]
    sheets, refusals = [], []
    for row, part in enumerate(parts, 1):
        problems: Sequence[Problem]
        try:
            sheet = from_response(part, instrument, path.name)
            problems = check_answers(instrument, sheet)
        except UserError as error:
            problems = error.problems
        else:
            sheets += [] if problems else [sheet]
        refusals += [Refusal(row, problem.where, problem) for problem in problems]
    return ReadSheets(sheets, [], tuple(refusals), len(parts))


def written_as(ending: str, instrument: Instrument, read: ReadSheets) -> Written:
    """The file's bytes. Raises UserError of an ending that no format has."""
    if ending not in ENDINGS:
        raise UserError.of(
            "INSTR-050",
            where="--out",
            sv=f"Svar skrivs som {either(list(ENDINGS))}. Ge filen en sådan ändelse.",
            en=f"Answers are written as {either(list(ENDINGS), 'en')}. Give the file such an ending.",
        )
    return ENDINGS[ending](instrument, read)


def _table(write: Callable[[AnswerTable], bytes]) -> Callable[[Instrument, ReadSheets], Written]:
    def written(instrument: Instrument, read: ReadSheets) -> Written:
        table = answer_table(instrument, read.sheets, read.keys)
        return Written(write(table), (*read.losses, *table.losses))

    return written


def _responses(instrument: Instrument, read: ReadSheets) -> Written:
    """A response on each line, as FHIR's bulk data has them. No key goes with it: a response names nobody, and what is
    written says so."""
    made = [as_response(instrument, sheet) for sheet in read.sheets]
    lines = [json.dumps(json.loads(each.text), ensure_ascii=False, separators=(",", ":")) for each in made]
    losses = [*read.losses, *([_KEY] if read.keys else []), *(loss for each in made for loss in each.losses)]
    return Written("".join(f"{line}\n" for line in lines).encode(), losses)


_KEY: Final = Loss(
    "key",
    "radernas nycklar (ett svar i FHIR namnger ingen; i .csv, .sav och .parquet följer de med)",
    "the keys of rows (a response in FHIR names nobody; in .csv, .sav and .parquet they go along)",
)


ENDINGS: Final[Mapping[str, Callable[[Instrument, ReadSheets], Written]]] = {
    ".sav": _table(as_sav),
    ".parquet": _table(as_parquet),
    ".csv": _table(as_csv),
    ".ndjson": _responses,
}
"""What answers can be written as, by the file's ending."""
