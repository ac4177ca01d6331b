"""What the tables of an instrument's questions are, found among those that a part of a report has."""

from skillnad.analysis.comparisons.questions import Comparison, ResponseRate
from skillnad.analysis.questions import Count, Share
from skillnad.analysis.results import TOTAL, YES, LevelKind, MeasureKind, ProtectedTable
from skillnad.codebook.snapshot_schema import SnapshotColumn
from skillnad.lib.text import either
from skillnad.reports.outline import Tables
from skillnad.reports.reading import Number, cell, count
from skillnad.reports.views import BLANK, Cell


def rate_of(tables: Tables, column: str) -> ProtectedTable | None:
    """How many of those who were asked answered."""
    return next((t for t in tables if isinstance(t.question, ResponseRate) and t.question.question == column), None)


def answers_of(tables: Tables, column: str) -> ProtectedTable | None:
    """How many gave each answer."""
    return next((t for t in tables if isinstance(t.question, Count) and t.question.by == (column,)), None)


def good_of(tables: Tables, column: str) -> ProtectedTable | None:
    """The share of good answers, alone or between groups."""
    return next((t for t in tables if _is_of(t, column)), None)


def _is_of(table: ProtectedTable, column: str) -> bool:
    question = table.question
    return isinstance(question, Comparison | Share) and _share(question).of.column == column


def _share(question: Comparison | Share) -> Share:
    of = question.of if isinstance(question, Comparison) else question
    if not isinstance(of, Share):
        raise TypeError("only shares are good answers")
    return of


def good_words(column: SnapshotColumn) -> str:
    """The good answers as a reader has them: "Mycket nöjd eller Ganska nöjd"."""
    return either([level.sv for level in column.levels if level.code in column.good])


def unsure(table: ProtectedTable | None) -> Number:
    """How many answered that they do not know; None where it is hidden."""
    if table is None:
        return None
    levels = [level for level in table.axes[0].levels if level.kind is LevelKind.UNKNOWN and level.code != "not_asked"]
    counts = [count(table, level.code) for level in levels]
    return None if any(each is None for each in counts) else sum(each for each in counts if each is not None)


def part(table: ProtectedTable | None, code: str = TOTAL) -> Number:
    """The share of a group, or of all."""
    if table is None:
        return None
    return cell(table, "share", YES) if isinstance(table.question, Share) else cell(table, "share", code)


def whole_of(table: ProtectedTable | None, code: str = TOTAL) -> Number:
    """How many a share is of: those who say what they think."""
    return None if table is None else cell(table, "whole", code)


def ends_of(table: ProtectedTable | None, code: str = TOTAL) -> tuple[float, float] | None:
    """The share's 95 per cent interval, where it can be shown."""
    if table is None or isinstance(table.question, Share):
        return None
    low, high = (cell(table, f"share_{end}", code) for end in ("low", "high"))
    return None if low is None or high is None else (float(low), float(high))


def share_cell(table: ProtectedTable | None, code: str = TOTAL) -> Cell:
    """With its interval in brackets; blank where it is a share of nothing."""
    if table is not None and whole_of(table, code) == 0:
        return BLANK
    value = part(table, code)
    return Cell(value, MeasureKind.SHARE, ends=None if value is None else ends_of(table, code))
