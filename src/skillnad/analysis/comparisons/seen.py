"""Which durations can be compared row by row: those whose rows are seen from their first day.

Rows that had to last until a period to be there come under observation late, and early days are told by the few that
were seen then. In one curve that is counted right (`selection.late_entries`); of a difference between two, a reader
cannot see what comes of times and what of how many were seen early in each. The rows that began in a period tell it.
"""

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.questions import Duration
from skillnad.analysis.selection import late_entries
from skillnad.lib.errors import Problem, UserError

COMES_LATE = Problem(
    "ASK-080",
    sv="Tider för det som pågick i en period går inte att jämföra mellan grupper: det korta hann sluta före perioden "
    "och är inte med, och olika mycket i olika grupper. Jämför dem som började i perioden i stället: ta bort "
    "”pågående” (event), eller ange första dagens datum.",
    en="Durations of what was ongoing in a period cannot be compared between groups: what was short ended before the "
    "period and is not there, to a different extent in each. Compare those that began in the period: leave out "
    "ongoing (event), or give the date of the first day.",
)


def seen_from_the_first_day(question: Asked) -> Duration:
    """The question, where it is such a duration. Raises UserError ASK-080 of one whose rows come late, and TypeError of
    another kind of question."""
    if not isinstance(question, Duration):
        raise TypeError("only what a duration is asked of has lasted")
    if late_entries(question):
        raise UserError(COMES_LATE)
    return question
