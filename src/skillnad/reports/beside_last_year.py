"""A period beside the same days of the year before: the question, its sentence and its table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from skillnad.analysis.calendars import CALENDARS, Calendar
from skillnad.analysis.comparisons.questions import Asked, Comparison
from skillnad.analysis.figures import POINTS_UNIT, interval
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.questions import Selection, Share, Where
from skillnad.analysis.results import YES, MeasureKind, ProtectedTable
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population
from skillnad.reports.counting import counted_how, rows_counted
from skillnad.reports.numbers import percent
from skillnad.reports.outline import Ask, Tables
from skillnad.reports.reading import Number, cell, known
from skillnad.reports.views import BLANK, Cell, Group, Heading, Row, View
from skillnad.reports.wording import TOO_FEW

TESTED = (
    "Andelen är av dem som har uppgift. Om de två skiljer sig mer än slumpen brukar ge är prövat med 95 procents "
    "intervall (Newcombe). Insatser för samma person liknar varandra: det är inräknat."
)
OF_WHAT = (Heading("Insatser med uppgift"), Heading("Andel"))


def against_last_year(of: Callable[[Selection, str], Comparison], rows: Population, event: str) -> Ask:
    """A month, a quarter or a year against that of the year before; of other periods the plain share alone.

    `of` makes the comparison of a selection by a column.
    """

    def ask(period: Period) -> Asked:
        calendar = _calendar(period)
        if calendar is None:
            plain = of(Selection(rows, period, event), event).of
            return replace(plain, by=())
        before = period.a_year_before()
        by = f"{calendar.unit}:{event}"
        codes = tuple(calendar.code(calendar.ordinal(each.start)) for each in (before, period))
        selection = Selection(rows, Period(before.start, period.end), event, (Where(by, codes),))
        return replace(of(selection, by), against=codes[0])

    return ask


@dataclass(frozen=True)
class LastYearBeside:
    """How the answer is told and shown; `words` is what the share is of: "Andelen insatser där …"."""

    words: str

    def say(self, tables: Tables) -> tuple[str, ...]:
        (table,) = tables
        if isinstance(table.question, Share):
            share = cell(table, "share", YES)
            return (TOO_FEW,) if share is None else (f"{self.words} var {percent(share)}.",)
        before, now = _codes(table)
        share, earlier = cell(table, "share", now), cell(table, "share", before)
        if share is None:
            return (TOO_FEW,)
        beside = f", mot {percent(earlier)} under {_when(before)}" if earlier is not None else ""
        # in one piece, so that a summary never has the two figures without what they can carry
        return (" ".join((f"{self.words} var {percent(share)} under {_when(now)}{beside}.", *_verdict(table, now))),)

    def show(self, tables: Tables, caption: str) -> View:
        (table,) = tables
        if isinstance(table.question, Share):
            row = Row("Perioden", (_count(known(table)), _share(cell(table, "share", YES))))
            return View(caption, "Period", OF_WHAT, (Group((row,)),))
        rows = [Row(_when(code), (_count(cell(table, "whole", code)), *_shares(table, code))) for code in _codes(table)]
        return View(caption, "Period", OF_WHAT, (Group(tuple(rows)),))


def how_it_was_tried(table: ProtectedTable) -> str:
    """Which rows, and how the two are tested."""
    if not isinstance(table.question, Comparison):
        return counted_how(table)
    return f"{rows_counted(table)} {TESTED}"


def _verdict(table: ProtectedTable, code: str) -> tuple[str, ...]:
    """Whether the two differ by more than chance gives, and by how much."""
    found = cell(table, "verdict", code)
    if found is None:
        return ()
    verdict = list(Verdict)[int(found)]
    if verdict is Verdict.TOO_FEW_TO_TELL:
        return ("De är för få för att avgöra om det är en förändring eller slumpen.",)
    if verdict is Verdict.NO_DIFFERENCE_SHOWN:
        return ("Ingen skillnad är visad.",)
    low, high = cell(table, "difference_low", code), cell(table, "difference_high", code)
    told = "Skillnaden är större än vad slumpen brukar ge"
    if low is None or high is None:
        return (f"{told}.",)
    return (f"{told}: {interval(MeasureKind.POINTS, low, high, difference=True)} {POINTS_UNIT}.",)


def _codes(table: ProtectedTable) -> tuple[str, str]:
    """The year before, and the period."""
    where = table.question.selection.where if isinstance(table.question, Comparison) else ()
    before, now = next(each.codes for each in where if each.column == table.axes[0].id)
    return (before, now) if before < now else (now, before)


def _shares(table: ProtectedTable, code: str) -> tuple[Cell]:
    return (_share(cell(table, "share", code)),) if (code,) in table.cells["share"] else (BLANK,)


def _share(value: Number) -> Cell:
    return Cell(value, MeasureKind.SHARE)


def _count(value: Number) -> Cell:
    return Cell(value)


def _when(code: str) -> str:
    return period_words(Period.parse(code))


def _calendar(period: Period) -> Calendar | None:
    """The calendar that has the period as one of its units."""
    for calendar in CALENDARS.values():
        if Period.parse(calendar.code(calendar.ordinal(period.start))) == period:
            return calendar
    return None
