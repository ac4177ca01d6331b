"""What is wrong with setting such groups, points or judgements beside each other, and what would do."""

from collections.abc import Iterator
from datetime import date

from skillnad.analysis.calendars import calendar_of, known_of
from skillnad.analysis.comparisons.questions import (
    REST,
    Chart,
    Comparative,
    Comparison,
    Funnel,
    OverTime,
    Paired,
    Ranking,
    ResponseRate,
    plain,
)
from skillnad.analysis.formulas import control_charts, run_charts
from skillnad.analysis.question_problems import NO_PEOPLE_SET_BESIDE
from skillnad.analysis.questions import ONGOING, Duration, Share
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.analysis.selection import event_of
from skillnad.analysis.validation import check_question
from skillnad.codebook.snapshot_schema import Column, Manifest, SnapshotTable
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown

LEAST = {Chart.RUN: run_charts.LEAST, Chart.CONTROL: control_charts.LEAST}
"""How many points centre and limits are made of at the least."""


def group_problems(manifest: Manifest, table: SnapshotTable, question: Comparative) -> Iterator[Problem]:
    """Every problem of a question that is divided as it should be."""
    if not isinstance(question, ResponseRate) and isinstance(plain(question), Share) and question.selection.people:
        yield NO_PEOPLE_SET_BESIDE
    if isinstance(question, Comparison | Ranking | Funnel) and len(question.by) != 1:
        return
    match question:
        case Comparison():
            yield from _against(table, question, manifest.as_of)
            yield from _alone(table, question)
        case Ranking() | Funnel():
            yield from _overlapping(table, question)
            yield from _alone(table, question)
            if isinstance(question, Funnel):
                yield from _target(question)
        case OverTime():
            yield from _baseline(question)
            yield from _cut_short(question)
        case Paired():
            yield from _judgements(manifest, table, question)
        case ResponseRate():
            yield from _asked(question)


def _several(table: SnapshotTable, column: str) -> bool:
    return column in table.columns and table.columns[column].kind is Column.CODES


def _against(table: SnapshotTable, question: Comparison, as_of: date) -> Iterator[Problem]:
    by, against = question.by[0], question.against
    if against == REST:
        return
    if _several(table, by):
        yield Problem(
            "ASK-054",
            sv=f"En rad kan ha flera värden av {by}, så två av dem är inte skilda grupper. Jämför varje värde med alla "
            "andra rader i stället: ange inget att jämföra med.",
            en=f"A row can have several values of {by}, so two of them are not groups apart. Compare each value with "
            "all other rows instead: give nothing to compare with.",
        )
    if by in table.columns and against in table.columns[by].unknown:
        yield Problem(
            "ASK-055",
            sv=f"{by} {against} betyder att ingen vet, så det är ingen grupp att jämföra med. Ange en annan kod.",
            en=f"{by} {against} means that nobody knows, so it is no group to compare with. Give another code.",
        )
    through = calendar_of(by)
    if through and through.calendar.read(against) is None:
        example = through.calendar.code(through.calendar.ordinal(as_of))
        yield Problem(
            "ASK-056",
            sv=f"Det går inte att jämföra {by} med ”{shown(against)}”. Koderna ser ut som {example}.",
            en=f"There is no comparing {by} with '{shown(against)}'. The codes look like {example}.",
        )
    if any(where.column == by and against not in where.codes for where in question.selection.where):
        yield Problem(
            "ASK-057",
            sv=f"Urvalet har inte med {by} {shown(against)}, som de andra ska jämföras med. Lägg till koden i "
            "villkoret, eller ange en som är med.",
            en=f"The selection leaves out {by} {shown(against)}, which the others are to be compared with. Add the "
            "code to the condition, or give one that is in it.",
        )


def _alone(table: SnapshotTable, question: Comparison | Ranking | Funnel) -> Iterator[Problem]:
    """Of one group there is nothing to compare; of overlapping ones the others are all who are not in it."""
    by = question.by[0]
    unknown = table.columns[by].unknown if by in table.columns else frozenset[str]()
    for where in question.selection.where:
        named = set(where.codes) - unknown - {MISSING_LEVEL}
        against = isinstance(question, Comparison) and question.against != REST
        if where.column == by and len(named) < 2 and not against and not _several(table, by):
            yield Problem(
                "ASK-058",
                sv=f"Urvalet har bara en grupp av {by}, så det finns ingen annan att jämföra den med. Ta bort "
                "villkoret, eller lägg till fler koder.",
                en=f"The selection has one group of {by} alone, so there is no other to compare it with. Remove the "
                "condition, or add more codes.",
            )


def _overlapping(table: SnapshotTable, question: Ranking | Funnel) -> Iterator[Problem]:
    by = question.by[0]
    if _several(table, by):
        yield Problem(
            "ASK-050",
            sv=f"En rad kan ha flera värden av {by}, så grupperna överlappar och kan inte ställas i ordning. Dela in "
            "efter en uppgift med ett värde per rad, till exempel unit eller provider.",
            en=f"A row can have several values of {by}, so the groups overlap and have no order. Divide by a column "
            "with one value a row, such as unit or provider.",
        )


def _target(question: Funnel) -> Iterator[Problem]:
    if question.target is not None and not 0 < question.target < 1:
        yield Problem(
            "ASK-051",
            sv="Målet är en andel mellan 0 och 1, så att det finns något att variera omkring. Ange till exempel 0.8 "
            "för 80 procent, eller inget mål.",
            en="The target is a share between 0 and 1, so that there is something to vary around. Give 0.8 for 80 per "
            "cent, for instance, or no target.",
        )


def _baseline(question: OverTime) -> Iterator[Problem]:
    least = LEAST[question.chart]
    if question.baseline and question.baseline < least:
        yield Problem(
            "ASK-052",
            sv=f"Mittlinje och gränser räknas på minst {least} punkter i det här diagrammet. Ange {least} eller "
            "fler (baseline), eller 0 för alla.",
            en=f"Centre and limits of this chart are made of {least} points at the least. Give {least} or more "
            "(baseline), or 0 for all.",
        )


def _cut_short(question: OverTime) -> Iterator[Problem]:
    """Of those whose other date is in the period only some have the followed date in a point: a change at either end
    would be the period's own."""
    followed = calendar_of(question.by[0]) if len(question.by) == 1 else None
    selection = question.selection
    if followed is None or selection.period is None:
        return
    chosen, day = event_of(selection), followed.column
    if chosen == day or (chosen == ONGOING and isinstance(question.of, Duration)):  # a time is followed from when seen
        return
    sv, en = ("det som pågick", "what was ongoing") if chosen == ONGOING else (chosen, chosen)
    yield Problem(
        "ASK-087",
        sv=f"Perioden gäller {sv}, men det som följs är {day}. Då är de första och sista punkterna bara en del av "
        f"dem, och ser ut som en förändring. Låt perioden gälla {day} (event).",
        en=f"The period is of {en}, but what is followed is {day}. The first and last points would be a part of them "
        f"alone, and look like a change. Let the period be of {day} (event).",
    )


def _judgements(manifest: Manifest, table: SnapshotTable, question: Paired) -> Iterator[Problem]:
    """Either is to be a share that the snapshot has; the door checks the first."""
    for column in (question.first.column, question.second.column):
        if _several(table, column):
            yield Problem(
                "ASK-053",
                sv=f"En rad kan ha flera värden av {column}, så det är inte ett omdöme. Jämför två uppgifter som "
                "har ett värde per rad.",
                en=f"A row can have several values of {column}, so it is not one judgement. Compare two columns that "
                "have one value a row.",
            )
    try:
        check_question(manifest, Share(question.second, question.selection, (question.first.column, *question.by)))
    except UserError as wrong:
        yield from wrong.problems


def _asked(question: ResponseRate) -> Iterator[Problem]:
    selection = question.selection
    told = known_of(question.question) is not None
    if told or any(where.column == question.question and MISSING_LEVEL not in where.codes for where in selection.where):
        yield Problem(
            "ASK-059",
            sv=f"Urvalet har bara dem som svarat på {question.question}, så alla har svarat. "
            f"{'Fråga efter andelen i stället.' if told else 'Ta bort villkoret.'}",
            en=f"The selection has only those who answered {question.question}, so all have. "
            f"{'Ask for the share instead.' if told else 'Remove the condition.'}",
        )
    if selection.people:
        yield Problem(
            "ASK-012",
            sv="Svarsfrekvensen gäller rader: samma person kan ha svarat en gång och inte en annan. Ta bort valet "
            "personer, eller fråga populationen clients.",
            en="The response rate is of rows: the same person can have answered once and not another time. Leave out "
            "people, or ask the population clients.",
        )
