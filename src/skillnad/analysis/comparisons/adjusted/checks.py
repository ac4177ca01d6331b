"""Can a comparison be adjusted as it asks to be? If not: what is wrong, and what would do."""

from collections.abc import Iterator

from skillnad.analysis.comparisons.adjusted_days.checks import times_problems
from skillnad.analysis.comparisons.questions import Adjusted, Comparison
from skillnad.analysis.merged import merged_of, merged_problems, ungrouped
from skillnad.analysis.questions import Duration, Share
from skillnad.codebook.snapshot_schema import Column, SnapshotTable
from skillnad.lib.errors import Problem


def adjusted_problems(table: SnapshotTable, question: Comparison) -> Iterator[Problem]:
    if not question.adjusted_for:
        if question.standard or question.way is Adjusted.STANDARD:
            yield _standardised_for_nothing()
        return
    yield from _background(table, question)
    yield from _groups(table, question.by[0])
    if isinstance(question.of, Duration):
        yield from times_problems(question, question.of)
        return
    if question.way is Adjusted.STANDARD:
        yield from _strata(table, question)
    if question.standard and not _fit(table, question):
        yield _wrong_weights(question)


def _background(table: SnapshotTable, question: Comparison) -> Iterator[Problem]:
    taken = {ungrouped(question.by[0]), *([question.of.of.column] if isinstance(question.of, Share) else [])}
    own = [ungrouped(column) for column in question.adjusted_for]
    for column in question.adjusted_for:
        stored, made = table.columns.get(ungrouped(column)), merged_of(column)
        coded = stored is not None and stored.kind in (Column.CODE, Column.CODES)
        if stored and coded and made:
            yield from merged_problems(made, stored)
        if ungrouped(column) in taken or own.count(ungrouped(column)) > 1 or not coded:
            yield Problem(
                "ASK-041",
                sv=f"Det går inte att justera för {column[:40]}: det ska vara en kodad uppgift i samma population som "
                "inte redan är med i frågan. Välj till exempel age_group, legal_sex eller problem.",
                en=f"There is no adjusting for {column[:40]}: it takes a coded column of the same population that is "
                "not in the question already. Choose age_group, legal_sex or problem, for instance.",
            )


def _groups(table: SnapshotTable, by: str) -> Iterator[Problem]:
    if by in table.columns and table.columns[by].kind is Column.CODES:
        yield Problem(
            "ASK-042",
            sv=f"Grupperna i {by} går in i varandra: en rad kan vara i flera. Då går det inte att säga vad var och en "
            f"skulle ha haft för andel med samma bakgrund. Jämför utan justering, eller välj ut ett värde av {by} i "
            "urvalet och dela in efter en uppgift med ett värde per rad.",
            en=f"The groups of {by} overlap: a row can be in several. What share each would have had with the same "
            f"background cannot be told then. Compare without adjusting, or choose a value of {by} in the selection "
            "and divide by a column with one value a row.",
        )


def _strata(table: SnapshotTable, question: Comparison) -> Iterator[Problem]:
    for column in question.adjusted_for:
        if column in table.columns and table.columns[column].kind is Column.CODES:
            yield Problem(
                "ASK-043",
                sv=f"Det går inte att standardisera för {column}: en rad kan ha flera värden och skulle räknas i flera "
                "delar. Ta bort uppgiften, eller justera med modellen, som klarar flera värden (utan --standard på "
                "kommandoraden; i Python way=Adjusted.MODEL).",
                en=f"There is no standardising for {column}: a row can have several values, and would count in several "
                "strata. Leave it out, or adjust by the model, which takes several values (without --standard on the "
                "command line; way=Adjusted.MODEL in Python).",
            )


def _fit(table: SnapshotTable, question: Comparison) -> bool:
    """Whether the weights are of the strata that the question asks for, each once, and of somebody."""
    columns = [table.columns.get(column) for column in question.adjusted_for]
    codes = [{level.code for level in column.levels} for column in columns if column]
    strata = [weight.levels for weight in question.standard]
    known = all(
        len(levels) == len(codes) and all(code in own for code, own in zip(levels, codes, strict=True))
        for levels in strata
    )
    people = [weight.people for weight in question.standard]
    once = len(set(strata)) == len(strata)
    return question.way is Adjusted.STANDARD and known and once and min(people) >= 0 and sum(people) > 0


def _wrong_weights(question: Comparison) -> Problem:
    columns = ", ".join(column[:40] for column in question.adjusted_for)
    return Problem(
        "ASK-044",
        sv="Vikterna passar inte frågan. En standardpopulation har en vikt för varje del: en kod vardera för "
        f"{columns}, i den ordningen, varje del en gång, och ett antal personer som inte är negativt. Den hör till "
        "direkt standardisering (way=Adjusted.STANDARD).",
        en=f"The weights do not fit the question. A standard population has a weight for each stratum: a code each of "
        f"{columns}, in that order, each stratum once, and a number of people that is not negative. It belongs to "
        "direct standardisation (way=Adjusted.STANDARD).",
    )


def _standardised_for_nothing() -> Problem:
    return Problem(
        "ASK-045",
        sv="Frågan ska standardiseras men säger inte för vad. Ange adjusted_for (på kommandoraden --adjust), till "
        "exempel age_group, eller jämför utan standardisering.",
        en="The question is to be standardised but does not say for what. Give adjusted_for (--adjust on the command "
        "line), such as age_group, or compare without standardising.",
    )
