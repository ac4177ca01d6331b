"""Tables of an instrument's question out of literal numbers: who answered, what, and the share of good answers.

The question is `goal_attainment`, whose good answers are 1 and 3, and x is "don't know", as in `compared_tables`.
"""

from collections.abc import Mapping

from made_tables import axis, frequency, made

from skillnad.analysis.comparisons.questions import ResponseRate
from skillnad.analysis.questions import Selection
from skillnad.analysis.results import TOTAL, ProtectedTable
from skillnad.codebook.snapshot_schema import Column, Population, SnapshotColumn, SnapshotLevel

ANSWERS = Selection(Population.ANSWERS)
WORDS = {
    "1": "Mycket nöjd",
    "3": "Ganska nöjd",
    "2": "Varken eller",
    "4": "Missnöjd",
    "5": "Mycket missnöjd",
    "x": "Vet inte",
}
QUESTION = SnapshotColumn(
    id="goal_attainment",
    kind=Column.CODE,
    sv="Nöjdhet (Sex frågor)",
    en="Satisfaction (Six questions)",
    levels=tuple(SnapshotLevel(code, words, words) for code, words in WORDS.items()),
    sensitive=True,
    order=("1", "3", "2", "4", "5"),
    good=("1", "3"),
)
TITLES = {QUESTION.id: "Nöjdhet"}


def given(numbers: Mapping[str, int | None], total: int | None = 0) -> ProtectedTable:
    """How many gave each answer."""
    return frequency(numbers, column=QUESTION.id, selection=ANSWERS, total=total)


def rates(groups: Mapping[str, tuple[int | None, int | None]], *, column: str = "unit") -> ProtectedTable:
    """Asked and answered by group; the key "" is of all, and without groups alone."""
    by = tuple(code for code in groups if code)
    found = {(code or TOTAL,) if by else (): numbers for code, numbers in groups.items()}
    shares = {key: (None if None in numbers else _part(*numbers)) for key, numbers in found.items() if numbers[0] != 0}
    cells = {
        "asked": {key: asked for key, (asked, _) in found.items()},
        "answered": {key: answered for key, (_, answered) in found.items()},
        "rate": shares,
        "rate_low": {key: None if share is None else share - 0.05 for key, share in shares.items()},
        "rate_high": {key: None if share is None else share + 0.05 for key, share in shares.items()},
    }
    question = ResponseRate(QUESTION.id, (), ANSWERS, (column,) if by else ())
    return made(question, (axis(column, *by),) if by else (), cells)


def _part(asked: int | None, answered: int | None) -> float:
    return (answered or 0) / (asked or 1)
