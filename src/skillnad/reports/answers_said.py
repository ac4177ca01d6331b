"""Sentences about what people have answered: how many did, what they say, and which groups stand at the ends."""

from collections.abc import Sequence

from skillnad.analysis.comparisons.questions import ResponseRate
from skillnad.analysis.figures import interval
from skillnad.analysis.headline import listed
from skillnad.analysis.results import Level, MeasureKind, ProtectedTable
from skillnad.codebook.snapshot_schema import SnapshotColumn
from skillnad.lib.text import either, lowered
from skillnad.reports.answers_read import answers_of, ends_of, good_of, part, rate_of
from skillnad.reports.numbers import percent, whole
from skillnad.reports.outline import Say, Tables
from skillnad.reports.reading import added, cell, known, named, share
from skillnad.reports.wording import TOO_FEW, UNTESTED, quoted

NOBODY = "Ingen fick frågan under perioden."
NOT_SHOWN = "Hur många som svarade kan inte visas."


def named_first(name: str, say: Say) -> Say:
    """The same, with what it is about before the first sentence, which may stand alone: "Nöjdhet: av 1 300 …"."""

    def said(tables: Tables) -> tuple[str, ...]:
        sentences = say(tables)
        return (f"{name}: {lowered(sentences[0])}", *sentences[1:]) if sentences else ()

    return said


def in_short(columns: Sequence[SnapshotColumn], titles: dict[str, str]) -> Say:
    """The shares of good answers of all questions in one sentence."""

    def say(tables: Tables) -> tuple[str, ...]:
        told = [
            f"{percent(found)} om ”{titles[column.id]}”"
            for column in columns
            if (found := part(good_of(tables, column.id))) is not None
        ]
        if not told:
            return (TOO_FEW,)
        return (f"Andelen bra svar är {listed(told)}.", *_who_answered(tables, columns[0], titles[columns[0].id]))

    return say


def _who_answered(tables: Tables, column: SnapshotColumn, title: str) -> tuple[str, ...]:
    rate = rate_of(tables, column.id)
    asked, answered, of_asked = (None if rate is None else cell(rate, name) for name in ("asked", "answered", "rate"))
    if asked is None or answered is None or of_asked is None:
        return ()
    return (f"{whole(answered)} av {whole(asked)} svarade på frågan ”{title}” ({percent(of_asked)}).",)


def question_told(column: SnapshotColumn) -> Say:
    """How many answered, and how they are divided into good answers and bad ones."""

    def say(tables: Tables) -> tuple[str, ...]:
        table = answers_of(tables, column.id)
        return (*_opinion(table, column), *answered(rate_of(tables, column.id)))

    return say


def answered(table: ProtectedTable | None) -> tuple[str, ...]:
    """ "1 377 av 2 370 som fick frågan svarade (58 %)."."""
    if table is None:
        return ()
    asked, number, rate = (cell(table, name) for name in ("asked", "answered", "rate"))
    if asked == 0:
        return (NOBODY,)
    if asked is None or number is None or rate is None:
        return (NOT_SHOWN,)
    return (f"{whole(number)} av {whole(asked)} som fick frågan svarade ({percent(rate)}).",)


def _opinion(table: ProtectedTable | None, column: SnapshotColumn) -> tuple[str, ...]:
    """ "Av 1 300 som hade en uppfattning svarade 52 % ”…” eller ”…” och 12 % ”…” eller ”…”."."""
    if table is None or not column.good:
        return ()
    of = known(table)
    bad = _bad(column)
    told = [
        f"{percent(found)} {_words(column, codes)}"
        for codes in (column.good, bad)
        if codes and (found := added([share(table, code) for code in codes])) is not None
    ]
    if not told or of == 0:
        return ()
    who = "Av dem" if of is None else f"Av {whole(of)}"
    return (f"{who} som hade en uppfattning svarade {listed(told)}.",)


def _bad(column: SnapshotColumn) -> tuple[str, ...]:
    """As many from the other end of the scale as are good at the one."""
    return column.order[len(column.order) - len(column.good) :] if len(column.order) >= 2 * len(column.good) else ()


def _words(column: SnapshotColumn, codes: Sequence[str]) -> str:
    return either([f"”{level.sv}”" for level in column.levels if level.code in codes])


def groups_told(column: SnapshotColumn) -> Say:
    """The share of good answers with its interval, and the ends of each table's groups."""

    def say(tables: Tables) -> tuple[str, ...]:
        table = good_of(tables, column.id)
        found, ends = part(table), ends_of(table)
        if found is None:
            return (TOO_FEW,)
        sure = f" (95 procents intervall {interval(MeasureKind.SHARE, *ends)})" if ends else ""
        first = f"Andelen är {percent(found)}{sure} av dem som hade en uppfattning."
        ends_told = [sentence for each in tables if (sentence := _ends(each, "share"))]
        return (first, *ends_told, *((UNTESTED,) if ends_told else ()))

    return say


def rates_told(tables: Tables) -> tuple[str, ...]:
    """How many answered of all, and where most and fewest did."""
    return (*answered(tables[0]), *(sentence for table in tables if (sentence := _ends(table, "rate"))))


def _ends(table: ProtectedTable, measure: str) -> str:
    """The groups that have the highest and the lowest share, of those that can be shown."""
    if not table.axes:
        return ""
    groups = [level for level in named(table) if not _empty(table, level)]
    shown = [(level, found) for level in groups if (found := cell(table, measure, level.code)) is not None]
    if len(shown) < 2:
        return ""
    (high, most), (low, least) = max(shown, key=_share_of), min(shown, key=_share_of)
    if percent(most) == percent(least):
        return ""
    among = "" if len(shown) == len(groups) else ", av dem som kan visas,"
    what = "Svarsfrekvensen" if measure == "rate" else "Andelen"
    told = f"{quoted(high)} ({percent(most)}) och lägst för {quoted(low)} ({percent(least)})"
    return f"{what} efter {lowered(table.axes[0].label)} är{among} högst för {told}."


def _empty(table: ProtectedTable, level: Level) -> bool:
    of = "asked" if isinstance(table.question, ResponseRate) else "whole"
    return cell(table, of, level.code) == 0


def _share_of(found: tuple[Level, int | float]) -> int | float:
    return found[1]
