"""Is this comparison one that the snapshot can answer? If not: what is wrong, in the analyst's words, and what
would do.

The plain question inside is checked by whoever counts it; here is what is said of setting groups beside each other.
"""

from collections.abc import Iterator
from math import inf

from skillnad.analysis.calendars import calendar_of, with_known
from skillnad.analysis.comparisons.adjusted.checks import adjusted_problems
from skillnad.analysis.comparisons.checks_groups import group_problems
from skillnad.analysis.comparisons.drawn_checks import drawn_problems
from skillnad.analysis.comparisons.questions import REST, Comparative, Comparison, Funnel, OverTime, Ranking
from skillnad.analysis.comparisons.seen import COMES_LATE
from skillnad.analysis.made_columns import with_made
from skillnad.analysis.question_problems import COMPARED_OF, FOLLOWED_OF, PLACED_OF
from skillnad.analysis.questions import Count, Duration, Share
from skillnad.analysis.selection import late_entries, selection_of
from skillnad.codebook.snapshot_schema import Manifest, SnapshotTable
from skillnad.lib.errors import Problem, UserError


def check_comparative(manifest: Manifest, question: Comparative) -> None:
    """Raises a UserError (ASK-036 …) that holds every problem found."""
    if (found_of := kind_problem(question)) is not None:
        raise UserError(found_of)
    stored = manifest.tables.get(selection_of(question).population)
    asked = (*question.by, *(question.adjusted_for if isinstance(question, Comparison) else ()))
    table = with_made(with_known(stored), asked) if stored else None
    found = [*_problems(table, question), *group_problems(manifest, table, question)] if table else []
    problems = tuple(dict.fromkeys(found))
    if problems:
        raise UserError(*problems)


def kind_problem(question: Comparative) -> Problem | None:
    """Is it about another kind of question than it can be, which nothing but Python lets through?"""
    match question:
        case Comparison() if not isinstance(question.of, Share | Duration):
            return COMPARED_OF
        case Ranking() | Funnel() if not isinstance(question.of, Share):
            return PLACED_OF
        case OverTime() if not isinstance(question.of, Count | Share | Duration):
            return FOLLOWED_OF
    return None


def _problems(table: SnapshotTable, question: Comparative) -> Iterator[Problem]:
    if isinstance(question, Comparison | Ranking | Funnel | OverTime) and len(question.by) != 1:
        yield Problem(
            "ASK-036",
            sv="Det som jämförs delas in efter en uppgift, varken fler eller färre. Ange en, till exempel legal_sex "
            "eller unit.",
            en="What is compared is divided by one column, no more and no fewer. Give one, such as legal_sex or unit.",
        )
        return
    if isinstance(question, OverTime) and not calendar_of(question.by[0]):
        yield Problem(
            "ASK-037",
            sv=f"En följd över tid delas in efter månad, kvartal eller år av ett datum, inte efter {question.by[0]}. "
            "Ange till exempel month:end_date.",
            en=f"A course over time is divided by the month, quarter or year of a date, not by {question.by[0]}. Give "
            "month:end_date, for instance.",
        )
    if isinstance(question, Comparison):
        yield from _comparison(table, question)


def _comparison(table: SnapshotTable, question: Comparison) -> Iterator[Problem]:
    if isinstance(question.of, Duration) and late_entries(question.of):
        yield COMES_LATE
    by = question.by[0]
    if question.against != REST and by in table.columns:
        codes = [level.code for level in table.columns[by].levels]
        if question.against not in codes:
            yield Problem(
                "ASK-038",
                sv=f"Det går inte att jämföra med ”{question.against[:20]}”: {by} har ingen sådan kod. Koderna är "
                f"{', '.join(codes[:60])}.",
                en=f"There is no comparing with '{question.against[:20]}': {by} has no such code. The codes are "
                f"{', '.join(codes[:60])}.",
            )
        yield from _alone(question, by)
    yield from _relevant(question)
    yield from adjusted_problems(table, question)
    yield from drawn_problems(table, question)


def _alone(question: Comparison, by: str) -> Iterator[Problem]:
    """Where the rows are those of the group alone, there is none but itself to compare with."""
    for where in question.selection.where:
        if where.column == by and set(where.codes) <= {question.against}:
            yield Problem(
                "ASK-039",
                sv=f"Frågan jämför {by} {question.against} med sig själv: urvalet har bara den. Ta bort villkoret, "
                "eller lägg till det som den ska jämföras med.",
                en=f"The question compares {by} {question.against} with itself: the selection has no other. Remove "
                "the condition, or add what it is to be compared with.",
            )


def _relevant(question: Comparison) -> Iterator[Problem]:
    of_share = isinstance(question.of, Share)
    if question.relevant is None or 0 < question.relevant < (1 if of_share else inf):
        return
    shares = (
        "En skillnad mellan andelar som spelar roll är mellan 0 och 1. Ange till exempel 0.05 för fem procentenheter.",
        "A relevant difference of shares is between 0 and 1. Give 0.05 for five percentage points, for instance.",
    )
    days = (
        "En skillnad mellan tider som spelar roll är ett antal dagar över 0. Ange till exempel 14 för två veckor.",
        "A relevant difference of times is a number of days above 0. Give 14 for two weeks, for instance.",
    )
    sv, en = shares if of_share else days
    yield Problem("ASK-046", sv=sv, en=en)
