"""Can times be adjusted as a comparison asks? If not: what is wrong, and what would do."""

from collections.abc import Iterator

from skillnad.analysis.comparisons.adjusted_days.limits import LIMITS
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.questions import Duration
from skillnad.lib.errors import Problem


def times_problems(question: Comparison, of: Duration) -> Iterator[Problem]:
    """Of a comparison of times that names a background."""
    if question.way is not Adjusted.MODEL or question.standard:
        yield Problem(
            "ASK-040",
            sv="Tider justeras med modellen, inte genom direkt standardisering. Ta bort standardiseringen, eller fråga "
            "efter en andel i stället för tiden.",
            en="Times are adjusted by the model, not by direct standardisation. Leave out the standardisation, or ask "
            "for a share instead of the time.",
        )
    if len(set(of.within)) > 1 or not set(of.within) <= set(LIMITS):
        yield _wrong_limit()
    if question.relevant is not None:
        yield Problem(
            "ASK-066",
            sv="Justerade tider jämförs som andelar inom en gräns, och där är det fem procentenheter som spelar roll. "
            "Ta bort det antal dagar som frågan anger (relevant), eller jämför utan justering.",
            en="Adjusted times are compared as shares within a limit, of which five percentage points matter. Leave "
            "out the number of days that the question gives (relevant), or compare without adjusting.",
        )


def _wrong_limit() -> Problem:
    *most, last = map(str, LIMITS)
    return Problem(
        "ASK-065",
        sv=f"Tider justeras inom en gräns i taget: {', '.join(most)} eller {last} dagar. Ange en av dem, eller ingen: "
        "då är gränsen medianen för alla.",
        en=f"Times are adjusted within one limit at a time: {', '.join(most)} or {last} days. Give one of them, or "
        "none: the limit is then the median of all.",
    )
