"""Which rows a question is about: its population, its event, and why rows are left out."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.questions import ONGOING, CrossTable, Duration, Flow, Question, Selection, Sequence
from skillnad.analysis.results import LeftOut
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import EVENT, SPAN, Population


class Reason(StrEnum):
    """Why a row that meets every `where` is no part of the answer."""

    NO_EVENT_DATE = "no_event_date"  # nobody can say whether it falls in the period
    NO_FIRST_DAY = "no_first_day"  # of a span or a duration
    END_BEFORE_START = "end_before_start"
    OPEN = "open"  # a duration that has not ended
    NOT_BEGUN = "not_begun"  # it is open, and begins after the snapshot's day
    NO_CLIENT = "no_client"  # nobody knows whose it is
    ONE_OCCASION = "one_occasion"  # there is no other day to compare with
    OTHER_OCCASION = "other_occasion"  # neither the first nor the last that is compared
    NO_NUMBER = "no_number"  # nothing to sum


@dataclass(frozen=True)
class Span:
    """Two date columns: the first day and the last day of something. No last day: it goes on."""

    first: str
    last: str


def selection_of(question: Asked) -> Selection:
    """A question's selection; a Flow takes every row of its population that meets `where`."""
    if isinstance(question, Flow):
        return Selection(question.population, where=question.where)
    return question.selection


def by_of(question: Question) -> tuple[str, ...]:
    """The columns that a question is asked by, beside its own axes."""
    if isinstance(question, Sequence):
        return ()
    return (question.rows, question.columns, *question.by) if isinstance(question, CrossTable) else question.by


def event_of(selection: Selection) -> str:
    """The date column that must fall in the period (not for ONGOING)."""
    return selection.event or EVENT[selection.population]


def span_of(population: Population) -> Span:
    """The first and the last day of a row of the population. Raises KeyError where its rows have no span."""
    return Span(*SPAN[population])


def calendar_period(question: Question, column: str) -> Period | None:
    """The period that a date column is known to fall in, by the question's own selection."""
    selection = selection_of(question)
    if selection.period and selection.event != ONGOING and event_of(selection) == column:
        return selection.period
    return None


def follows_open(question: Duration) -> bool:
    """Can a row of the question be open? Not where the rows are those that ended in a period."""
    selection = question.selection
    return selection.period is None or selection.event == ONGOING or event_of(selection) != question.end


def late_entries(question: Duration) -> Period | None:
    """The period that the rows had to last until to be there, if any.

    Among what is ongoing some day in a period the long are more than they are among what begins: what ended before the
    period was never seen. A row is at risk from the number of days that it had lasted on the period's first day.
    """
    return question.selection.period if question.selection.event == ONGOING else None


def late_by(question: Duration, first: date) -> int:
    """From which of its days a row that begins on `first` is at risk; 0 from the first one."""
    period = late_entries(question)
    return max(0, (period.start - first).days) if period else 0


def span_problem(first: date | None, last: date | None) -> Reason | None:
    """Why a span has no place in time, if so. A last day may be the first day; it may not be before it."""
    if first is None:
        return Reason.NO_FIRST_DAY
    return Reason.END_BEFORE_START if last is not None and last < first else None


def touches(first: date, last: date | None, period: Period) -> bool:
    """Is any day of the span in the period?"""
    return first < period.end and (last is None or last >= period.start)


def left_out(rows: Mapping[Reason, int]) -> tuple[LeftOut, ...]:
    """The reasons that at least one row has, in the order of `Reason`."""
    counts = Counter(rows)
    return tuple(LeftOut(reason.value, counts[reason]) for reason in Reason if counts[reason])
