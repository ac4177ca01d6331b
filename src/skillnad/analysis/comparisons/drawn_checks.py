"""Can the rows of a comparison be such a sample? If not: what is wrong, in the analyst's words, and what would do."""

from collections.abc import Iterator, Mapping

from skillnad.analysis.comparisons.made import Counts
from skillnad.analysis.comparisons.questions import Comparison, Drawn
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.formulas.samples import Chosen
from skillnad.analysis.questions import Share
from skillnad.analysis.results import TOTAL, Axis, LevelKind
from skillnad.codebook.snapshot_schema import Column, SnapshotTable
from skillnad.lib.errors import Problem, UserError
from skillnad.lib.text import shown

LISTED = 60


def drawn_problems(table: SnapshotTable, question: Comparison) -> Iterator[Problem]:
    """What can be told without the rows."""
    drawn = question.drawn
    if drawn is None:
        return
    if not isinstance(question.of, Share) or question.adjusted_for:
        yield Problem(
            "ASK-047",
            sv="Ett urval räknas upp för andelar som inte justeras. Fråga efter en andel utan justering, eller lämna "
            "urvalet utanför frågan.",
            en="A sample stands for all in shares that are not adjusted. Ask for a share without adjusting, or leave "
            "the sample out of the question.",
        )
    yield from _of_how_many(drawn)
    if drawn.of_each:
        yield from _groups(table, question.by[0], drawn)


def check_drawn(drawn: Drawn, group: Axis, counts: Counts, groups: Mapping[str, Counted | None]) -> dict[str, int]:
    """How many each group that has rows is drawn of; none where they are all drawn together. Raises UserError: ASK-049
    where a sample is more than what it is drawn of, ASK-064 where a group's number is not told."""
    told = dict(drawn.of_each)
    named = [level.code for level in group.levels if level.kind is LevelKind.VALUE]
    silent = [code for code in named if told and code not in told and counts[TOTAL, code] != 0]
    unknown = [code for code in told if code not in named]
    if silent or unknown:
        raise UserError(_not_each(silent, unknown, named))
    parts = told or ({TOTAL: drawn.of_all} if drawn.of_all is not None else {})
    for code, people in parts.items():
        rows = counts[TOTAL, code]
        counted = groups[code]
        least = counted.whole if rows is None and counted else rows
        if least is not None and least > people:
            raise UserError(_too_many(code, int(least), people))
    return told


def _of_how_many(drawn: Drawn) -> Iterator[Problem]:
    told = (drawn.of_all is not None) + bool(drawn.of_each)
    if not drawn.chosen.at_random and told:
        yield Problem(
            "ASK-048",
            sv="De som ingår är inte dragna med lott, och talen gäller bara dem: hur många de andra är spelar ingen "
            "roll. Ta bort antalet (--of-all, --of-each).",
            en="Those included were not drawn by lot, and the figures are about them alone: how many the others are "
            "does not matter. Leave the number out (--of-all, --of-each).",
        )
    if told > 1 or (drawn.chosen is Chosen.BY_LOT and not told):
        yield Problem(
            "ASK-048",
            sv="Säg hur många urvalet är draget ur: alla tillsammans (--of-all 1400), eller varje grupp för sig om det "
            "lottades i varje grupp (--of-each A=300 --of-each B=200), men inte båda.",
            en="Say of how many the sample is drawn: all together (--of-all 1400), or each group where lots were drawn "
            "in each (--of-each A=300 --of-each B=200), but not both.",
        )
    numbers = [people for _, people in drawn.of_each]
    if min([1 if drawn.of_all is None else drawn.of_all, *numbers]) < 1:
        yield Problem(
            "ASK-048",
            sv="Antalet som urvalet är draget ur är minst 1. Ange hur många det fanns att dra ur, till exempel 1400.",
            en="The number that the sample is drawn of is 1 or more. Give how many there were to draw from, such as "
            "1400.",
        )


def _groups(table: SnapshotTable, by: str, drawn: Drawn) -> Iterator[Problem]:
    codes = [code for code, _ in drawn.of_each]
    column = table.columns.get(by)
    if len(set(codes)) < len(codes):
        yield Problem(
            "ASK-064",
            sv="Samma grupp har två antal. Ange ett för varje grupp.",
            en="The same group has two numbers. Give one of each group.",
        )
    if column is None:
        return
    known = [level.code for level in column.levels if level.code not in column.unknown]
    unknown = [code for code in codes if code not in known]
    if column.kind is Column.CODES:
        yield Problem(
            "ASK-064",
            sv=f"En rad kan ha flera värden av {by}, så det går inte att dra varje grupp för sig. Ange hur många alla "
            "är tillsammans (--of-all).",
            en=f"A row can have several values of {by}, so each group cannot be drawn by itself. Give how many all are "
            "together (--of-all).",
        )
    elif unknown and column.kind is Column.CODE:
        yield _not_each([], unknown, known)


def _not_each(silent: list[str], unknown: list[str], named: list[str]) -> Problem:
    there = ", ".join(named[:LISTED])
    if unknown:
        return Problem(
            "ASK-064",
            sv=f"Det finns ingen grupp ”{shown(unknown[0])}” att dra ur. Grupperna är {there or 'inga'}.",
            en=f"There is no group '{shown(unknown[0])}' to draw from. The groups are {there or 'none'}.",
        )
    first = shown(silent[0])
    return Problem(
        "ASK-064",
        sv=f"{first} har rader i urvalet, men det står inte hur många de är dragna ur. Ange också --of-each "
        f"{first}=ANTAL, eller välj bort gruppen.",
        en=f"{first} has rows in the sample, but not of how many they are drawn. Give --of-each {first}=NUMBER too, or "
        "leave the group out of the selection.",
    )


def _too_many(code: str, rows: int, people: int) -> Problem:
    where_sv, where_en = ("", "") if code == TOTAL else (f" i {shown(code)}", f" in {shown(code)}")
    return Problem(
        "ASK-049",
        sv=f"Urvalet{where_sv} har {rows} rader men ska vara draget ur {people}. Ange hur många det fanns att dra ur, "
        "eller välj bara de rader som drogs.",
        en=f"The sample{where_en} has {rows} rows but is told to be drawn of {people}. Give how many there were to "
        "draw from, or select the drawn rows alone.",
    )
