"""What a comparative question asks, in Swedish: "Skillnader i måluppfyllelse", "Rangordning, måluppfyllelse"."""

from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.drawn_words import drawn_last
from skillnad.analysis.comparisons.opponents import against_whom
from skillnad.analysis.comparisons.questions import (
    Asked,
    Chart,
    Comparative,
    Comparison,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
    plain,
)
from skillnad.analysis.figures import POINTS_UNIT, figure
from skillnad.analysis.questions import Duration, Question, Share, Where
from skillnad.analysis.results import Axis, MeasureKind, ProtectedTable
from skillnad.codebook.loading import load_codebook
from skillnad.lib.text import listed

LONGEST = 60
"""Letters of a value's name that a title has room for."""
THE_REST = "övriga"
CHARTS = {Chart.RUN: "seriediagram", Chart.CONTROL: "styrdiagram"}


def asked_first(question: Comparative) -> str:
    """What stands before the rows that are counted: "skillnader i måluppfyllelse: "."""
    of = subject(plain(question))
    match question:
        case Comparison():
            return f"skillnader i {of}: "
        case Paired(first, second):
            return f"två bedömningar, {condition(first)} och {condition(second)}: "
        case ResponseRate(asked):
            return f"svarsfrekvens, {column_words(asked)}: "
        case _:
            return f"{', '.join(filter(None, (_kind(question), of)))}: "


def _kind(question: Ranking | Funnel | OverTime) -> str:
    match question:
        case Ranking():
            return "rangordning"
        case Funnel():
            return "trattdiagram"
        case OverTime(chart=chart):
            return CHARTS[chart]


def asked_last(question: Asked) -> str:
    """What a comparison is adjusted for, the smallest difference that matters where it is not the usual one, and what
    its rows are a sample of."""
    if not isinstance(question, Comparison):
        return ""
    sample = f", {drawn_last(question.drawn)}" if question.drawn else ""
    return f"{_adjusted(question)}{_relevant(question)}{sample}"


def _relevant(question: Comparison) -> str:
    """How much matters: ", där 3,0 procentenheter spelar roll"."""
    if question.relevant is None:
        return ""
    points = isinstance(question.of, Share)
    size = figure(MeasureKind.POINTS if points else MeasureKind.DAYS, question.relevant)
    return f", där {size} {POINTS_UNIT if points else 'dagar'} spelar roll"


def _adjusted(question: Comparison) -> str:
    if not question.adjusted_for:
        return ""
    return f", justerat för {listed([column_words(column) for column in question.adjusted_for])}"


def unused(table: ProtectedTable) -> list[str]:
    """What the question asks to be adjusted for and the model lacks."""
    return [left.column for left in table.left_out if left.column]


def opponent(question: Comparison, group: Axis) -> str:
    """What each group is compared with: "övriga", a level's name, or of two groups the second one's."""
    other = against_whom(question, group)
    return next((level.label for level in group.levels if level.code == other), other) if other else THE_REST


def subject(question: Question) -> str:
    """What is compared: "måluppfyllelse", "dagar från aktualisering till beslut"; nothing of a plain count."""
    match question:
        case Share(of=of):
            return condition(of)
        case Duration(start=start, end=end):
            return f"dagar från {column_words(start)} till {column_words(end)}"
        case _:
            return ""


def condition(of: Where) -> str:
    """A column, with its value where there is one that a title has room for."""
    values = value_names(of)
    short = len(values) == 1 and len(values[0]) <= LONGEST
    return f"{column_words(of.column)}{f' ”{values[0]}”' if short else ''}"


def value_names(of: Where) -> list[str]:
    """Each value's name, or its code where the codebook has none of it."""
    codebook = load_codebook()
    names = {value.code: value.sv for value in codebook[of.column].values} if of.column in codebook else {}
    return [names.get(code, code) for code in of.codes]
