"""What one table is of, in a line that can stand alone on a page or in a file: "Insatser 2025, efter problematik"."""

from collections.abc import Sequence

from skillnad.analysis import questions as asked
from skillnad.analysis.column_words import column_words
from skillnad.analysis.comparisons.in_words import asked_first, asked_last
from skillnad.analysis.comparisons.opponents import compared_levels
from skillnad.analysis.comparisons.questions import REST, Asked, Comparative, Comparison, plain
from skillnad.analysis.questions import ONGOING, Change, Duration, Flow, Question, Sum
from skillnad.analysis.reference_points import POOLED
from skillnad.analysis.results import Axis, ProtectedTable
from skillnad.codebook.days_in_words import period_words
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.text import capitalised, lowered

ROWS = {
    Population.CLIENTS: ("person", "personer"),
    Population.CASES: ("ärende", "ärenden"),
    Population.INTERVENTIONS: ("insats", "insatser"),
    Population.FOLLOW_UPS: ("uppföljning", "uppföljningar"),
    Population.REVIEWS: ("omprövning eller övervägande", "omprövningar och överväganden"),
    Population.COSTS: ("kostnadspost", "kostnadsposter"),
    Population.ANSWERS: ("svarstillfälle", "svarstillfällen"),
}
"""One row of each population, and many."""
_OWN_AXES = ("flow", "month")
TOGETHER = "räknat från olika utgångspunkter"
CALENDARS = {"month": "månad", "quarter": "kvartal", "year": "år"}


def rows_of(table: ProtectedTable) -> str:
    """What is counted: "ärenden", or "personer" where clients are."""
    question = table.question
    if isinstance(question, Flow):
        return ROWS[question.population][1]
    people = question.selection.people or isinstance(question, Change)
    return ROWS[Population.CLIENTS if people else question.selection.population][1]


def listed(words: Sequence[str]) -> str:
    """ "a", "a och b", "a, b och c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} och {words[-1]}"


def headline(table: ProtectedTable) -> str:
    """Rows, period and columns in one line of Swedish."""
    question = table.question
    rows = f"{_first(question)}{rows_of(table)}{_when(plain(question))}"
    names = [axis_words(axis) for axis in table.axes if axis.id not in _OWN_AXES]
    line = f"{rows}, efter {listed(names)}" if names else rows
    line += asked_last(question)
    return capitalised(f"{line}, {TOGETHER}" if is_pooled(table) else line)


def is_pooled(table: ProtectedTable) -> bool:
    """Are answers put together that count from different points?"""
    return any(left.reason == POOLED for left in table.left_out)


def hidden_rest(table: ProtectedTable) -> str:
    """What would do where so much is hidden that no group can be compared with all the others; else nothing."""
    question = table.question
    if not isinstance(question, Comparison) or question.against != REST or table.axes[0].multiple:
        return ""
    groups = compared_levels(table.axes[0])
    compared = [table.cells["difference"].get((level.code,), 0) for level in groups]
    sizes = table.cells["whole" if "whole" in table.cells else "count"]
    shown = [level for level in groups if sizes.get((level.code,))]
    if len(groups) < 3 or len(shown) < 2 or any(value is not None for value in compared):
        return ""
    largest = max(shown, key=lambda level: sizes[level.code,] or 0)
    return (
        "Ingen grupp går att jämföra med alla övriga: grupper är dolda, så hur det är bland de övriga går inte att "
        f"säga. Jämför i stället med en grupp som visas, till exempel ”{largest.label}” (--against {largest.code})."
    )


def axis_words(axis: Axis) -> str:
    """A column's name inside a sentence; the calendar of a date is "månad", "kvartal" or "år"."""
    step, colon, _ = axis.id.partition(":")
    return CALENDARS[step] if colon and step in CALENDARS else lowered(axis.label)


def _first(question: Asked) -> str:
    if isinstance(question, Comparative):
        return asked_first(question)
    match question:
        case Duration(start, end):
            return f"dagar från {column_words(start)} till {column_words(end)}, "
        case Change(between=(first, last)):
            return f"förändring från {first} till {last}, "
        case Change():
            return "förändring från första till sista tillfället, "
        case Flow():
            return "pågående, nya och avslutade "
        case asked.Sequence():
            return "vägar för "
        case Sum(of):
            return f"summa av {column_words(of)}, "
        case _:
            return ""


def _when(question: Question) -> str:
    if isinstance(question, Flow):
        return f" {period_words(question.period)}{_picked(question)}"
    selection = question.selection
    if selection.period is None:
        return _picked(question)
    words = period_words(selection.period)
    went_on = f" som pågick någon gång under {words}"
    return f"{went_on if selection.event == ONGOING else f' {words}'}{_picked(question)}"


def _picked(question: Question) -> str:
    """A word of warning where the table is of some rows only."""
    where = question.where if isinstance(question, Flow) else question.selection.where
    return ", ett urval" if where else ""
