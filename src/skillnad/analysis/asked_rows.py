"""Which rows a question selects, and what is wrong with it: the event, the period, the conditions, what is ongoing."""

from collections.abc import Iterator

from skillnad.analysis.asked_columns import AskedColumns
from skillnad.analysis.question_problems import not_there
from skillnad.analysis.questions import ONGOING, Selection, Where
from skillnad.analysis.selection import event_of
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import SPAN, Population, SnapshotColumn, SnapshotTable
from skillnad.lib.errors import Problem


def selection_problems(columns: AskedColumns, selection: Selection) -> Iterator[Problem]:
    if selection.event == ONGOING:
        yield from _ongoing(columns, selection)
    elif selection.event or selection.period:
        yield from columns.date("ASK-004", event_of(selection))
    for where in selection.where:
        yield from columns.where(where)
        yield from there_problems(columns.table, where, selection.period)


def _ongoing(columns: AskedColumns, selection: Selection) -> Iterator[Problem]:
    yield from span_problems(columns.table)
    if selection.period is None:
        yield Problem(
            "ASK-016",
            sv="Frågan gäller pågående, men säger inte när. Ange en period, till exempel 2025.",
            en="The question is about what is ongoing, but does not say when. Give a period, such as 2025.",
        )


def there_problems(table: SnapshotTable, where: Where, period: Period | None) -> Iterator[Problem]:
    """A unit is asked about when it was there. Who names every one asks for what is known, and about none of them."""
    if period is None or where.column not in table.columns or _names_all(table.columns[where.column], where):
        return
    for level in table.columns[where.column].levels:
        before = level.first_day is not None and level.first_day >= period.end
        after = level.last_day is not None and level.last_day < period.start
        if level.code in where.codes and (before or after):
            yield not_there(level, period)


def _names_all(column: SnapshotColumn, where: Where) -> bool:
    named = {level.code for level in column.levels} - column.unknown
    return len(named) > 1 and named <= set(where.codes)


def span_problems(table: SnapshotTable) -> Iterator[Problem]:
    """What is ongoing has a first and a last day, and the snapshot has both."""
    if table.population not in SPAN:
        yield _no_span(table.population)
        return
    absent = [day for day in SPAN[table.population] if day not in table.columns]
    if absent:
        yield _no_days(table.population, absent)


def _no_days(population: Population, absent: list[str]) -> Problem:
    first, last = SPAN[population]
    days = ", ".join(absent)
    return Problem(
        "ASK-018",
        sv=f"Det går inte att säga vad som pågår i {population}: det kräver {first} och {last}, och "
        f"ögonblicksbilden saknar {days}. Importera {days}, eller fråga om det som påbörjats i perioden.",
        en=f"What is ongoing among {population} cannot be told: that takes {first} and {last}, and the "
        f"snapshot lacks {days}. Import {days}, or ask about what began in the period.",
    )


def _no_span(population: Population) -> Problem:
    spans = ", ".join(SPAN)
    return Problem(
        "ASK-011",
        sv=f"{population} har ingen första och sista dag, så inget pågår. Fråga om {spans}.",
        en=f"{population} have no first and last day, so nothing is ongoing. Ask about {spans}.",
    )
