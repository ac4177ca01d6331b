"""The questions of an instrument, the period beside the same days of the year before: one table, and what changed."""

from collections.abc import Sequence

from skillnad.analysis.comparisons.questions import Comparison
from skillnad.analysis.figures import POINTS_UNIT, interval
from skillnad.analysis.formulas.verdicts import Verdict
from skillnad.analysis.headline import listed
from skillnad.analysis.results import YES, MeasureKind, ProtectedTable
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import SnapshotColumn
from skillnad.lib.text import capitalised
from skillnad.reports.answers_read import good_of, good_words, share_cell
from skillnad.reports.answers_shown import INTERVALS
from skillnad.reports.numbers import percent
from skillnad.reports.outline import Say, Show, Tables
from skillnad.reports.reading import Number, cell, known
from skillnad.reports.views import BLANK, Cell, Group, Heading, Row, View
from skillnad.reports.wording import TOO_FEW

NOTHING_SHOWN = "För ingen av frågorna är någon förändring sedan året före visad."
TRIED = (
    "Andelen är av dem som har svarat annat än ”vet inte”. Om de två åren skiljer sig mer än slumpen brukar ge är "
    "prövat för varje fråga, med 95 procents intervall (Newcombe), och det är inräknat att samma persons svar liknar "
    "varandra. Av tjugo frågor där ingenting har ändrats visar ungefär en ändå en skillnad."
)


def last_year_told(columns: Sequence[SnapshotColumn], titles: dict[str, str]) -> Say:
    """The shares of good answers in one sentence, and which have changed by more than chance gives."""

    def say(tables: Tables) -> tuple[str, ...]:
        now = [(column, _shares(good_of(tables, column.id))[0]) for column in columns]
        told = [f"{percent(found)} om ”{titles[column.id]}”" for column, found in now if found is not None]
        if not told:
            return (TOO_FEW,)
        changed = [words for column in columns if (words := _changed(good_of(tables, column.id), titles[column.id]))]
        compared = any(_earlier(good_of(tables, column.id)) is not None for column in columns)
        return (
            f"Andelen bra svar är {listed(told)}.",
            *changed,
            *((NOTHING_SHOWN,) if compared and not changed else ()),
        )

    return say


def last_year_shown(columns: Sequence[SnapshotColumn], titles: dict[str, str]) -> Show:
    """A row a question: how many answers, the share of good ones, and that of the year before."""

    def show(tables: Tables, caption: str) -> View:
        rows = tuple(_row(f"{titles[c.id]}: {good_words(c)}", good_of(tables, c.id)) for c in columns)
        headings = (Heading("Antal som vet"), Heading("Andel bra svar"), Heading("Året före"))
        return View(caption, "Fråga, och vad som är ett bra svar", headings, (Group(rows),), INTERVALS)

    return show


def _row(label: str, table: ProtectedTable | None) -> Row:
    codes = _codes(table) if table is not None else None
    if codes is None:
        return Row(label, (Cell(_how_many(table)), share_cell(table), BLANK))
    before, now = codes
    return Row(label, (Cell(_how_many(table)), share_cell(table, now), share_cell(table, before)))


def _codes(table: ProtectedTable) -> tuple[str, str] | None:
    """The year before and the period; None of a period that has no year before."""
    if not isinstance(table.question, Comparison):
        return None
    where = next(each for each in table.question.selection.where if each.column == table.axes[0].id)
    first, last = sorted(where.codes)
    return first, last


def _shares(table: ProtectedTable | None) -> tuple[Number, Number]:
    """Of the period, and of the year before."""
    if table is None:
        return None, None
    codes = _codes(table)
    if codes is None:
        return cell(table, "share", YES), None
    return cell(table, "share", codes[1]), cell(table, "share", codes[0])


def _earlier(table: ProtectedTable | None) -> Number:
    return _shares(table)[1]


def _how_many(table: ProtectedTable | None) -> Number:
    if table is None:
        return None
    codes = _codes(table)
    return known(table) if codes is None else cell(table, "whole", codes[1])


def _changed(table: ProtectedTable | None, title: str) -> str:
    """ "Bemötande har ändrats mer än vad slumpen brukar ge, mot 2024: 3,1 till 9,0 procentenheter."."""
    codes = None if table is None else _codes(table)
    if table is None or codes is None:
        return ""
    before, now = codes
    verdict = cell(table, "verdict", now)
    if verdict is None or list(Verdict)[int(verdict)] in (Verdict.TOO_FEW_TO_TELL, Verdict.NO_DIFFERENCE_SHOWN):
        return ""
    low, high = cell(table, "difference_low", now), cell(table, "difference_high", now)
    by = (
        ""
        if low is None or high is None
        else f": {interval(MeasureKind.POINTS, low, high, difference=True)} {POINTS_UNIT}"
    )
    when = period_words(Period.parse(before))
    return f"{capitalised(title)} har ändrats mer än vad slumpen brukar ge sedan {when}{by}."
