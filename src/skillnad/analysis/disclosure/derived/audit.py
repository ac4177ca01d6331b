"""The auditor of derived numbers: objects to each that tells of a count what the counts that are shown do not.

A number is a constraint. Where every table that agrees with the shown counts meets it, it tells nothing; else it is an
objection. A number that the auditor has no account of, or that stands beside a gap that it is made of, is one too.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from skillnad.analysis.comparisons.questions import Comparison, Paired, ResponseRate
from skillnad.analysis.disclosure.derived.bands import told_bands
from skillnad.analysis.disclosure.derived.facts import Cell, Fact, facts_of
from skillnad.analysis.disclosure.derived.numbers import How, Number, number_of
from skillnad.analysis.disclosure.derived.reader import Reader
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.measures import QUANTILES
from skillnad.analysis.questions import Duration, Question
from skillnad.analysis.results import TOTAL, Key, MeasureKind, ProtectedTable

NEAR = 1e-6
FOUR = ("both", "only_first", "only_second", "neither")
SHARES_OF_PAIRS = ("first", "second", "agreement")
"""Made of sums of the four, which can be known where they are not: their constraints say what they tell."""


@dataclass(frozen=True)
class Objection:
    """Where a number stands that tells too much, and what it tells (a word, never a number)."""

    cell: Cell
    why: str


UNKNOWN = "unknown"  # the auditor does not know what it is made of
BESIDE = "beside a gap"  # a count that it is made of is a gap
NARROWS = "narrows"  # some table with the same counts has another number
BAND = "band"  # how many ended between two limits follows, and is small
FEW = "few"  # of fewer rows than it takes


def objections(table: ProtectedTable, policy: Policy, plain: ProtectedTable | None = None) -> list[Objection]:
    """What the table's derived numbers tell of hidden counts; none means that they tell nothing. `plain` is the
    protected answer to the question that a comparison is made of, where its reader can have that too."""
    if policy.own_area:
        return []
    found = [Objection(cell, why) for cell, why in (*_numbers(table, policy), *_narrowing(table, policy, plain))]
    return [*found, *(Objection(cell, BAND) for cell in told_bands([table], policy))]


def objections_together(tables: Sequence[ProtectedTable], policy: Policy) -> list[Objection]:
    """What several tables' derived numbers tell together, of the counts of each that are shown.

    A number that follows from its own table's counts adds nothing to what the counts of all of them tell, and that is
    for the joint protection of counts. What is left is times: of the same rows with other limits, each limit's share
    tells how many ended between two that stand in different tables.
    """
    alike: dict[Question, list[ProtectedTable]] = {}
    for table in tables:
        if isinstance(table.question, Duration):
            alike.setdefault(replace(table.question, within=()), []).append(table)
    bands = [Objection(cell, BAND) for same in alike.values() for cell in told_bands(same, policy)]
    return list(dict.fromkeys([*(one for table in tables for one in objections(table, policy)), *bands]))


def _numbers(table: ProtectedTable, policy: Policy) -> Iterator[tuple[Cell, str]]:
    for measure in table.measures:
        number = number_of(measure.id, signal=measure.kind is MeasureKind.SIGNAL)
        for key, value in table.cells[measure.id].items():
            why = value is not None and _wrong(table, number, (measure.id, key), policy)
            if why:
                yield (measure.id, key), why


def _wrong(table: ProtectedTable, number: Number | None, cell: Cell, policy: Policy) -> str:
    """Why a number may not stand where it does, whatever it is."""
    if number is None:
        return UNKNOWN
    if number.how in (How.FOLLOWS, How.APART, How.OF_TWO):
        keys = [cell[1], *(_opponent(table) if number.how is How.OF_TWO else ())]
        gaps = (_gap(table, name, key) for name in _made_of(table, cell) for key in keys)
        return BESIDE if any(gaps) else ""
    if number.how is How.ROWS:
        return "" if _enough(table, cell, policy) else FEW
    return ""


def _made_of(table: ProtectedTable, cell: Cell) -> tuple[str, ...]:
    """The counts that a number of a comparison is made of."""
    names = {measure.id for measure in table.measures}
    if isinstance(table.question, ResponseRate):
        return ("asked", "answered") if cell[0].startswith("rate") else ("part", "answered")
    if isinstance(table.question, Paired):
        return () if cell[0].startswith(SHARES_OF_PAIRS) else FOUR
    if "part" not in names and cell[0] == "value":
        return ("count",) if "count" in names else ()
    return tuple(name for name in ("part", "whole") if name in names)


def _opponent(table: ProtectedTable) -> list[Key]:
    """What groups are compared with: one of them, or all the others, which are all but the group itself."""
    question = table.question
    return [(question.against or TOTAL,)] if isinstance(question, Comparison) else []


def _gap(table: ProtectedTable, measure: str, key: Key) -> bool:
    return key in table.cells[measure] and table.cells[measure][key] is None


def _enough(table: ProtectedTable, cell: Cell, policy: Policy) -> bool:
    """As many rows as a quantile takes, where its table says how many there are."""
    name, key = cell
    if key not in table.cells.get("count", {}):
        whole = table.cells.get("whole", {}).get(key)
        return name == "limit" or (whole is not None and whole >= policy.quantile_minimum)
    rows = table.cells["count"][key]
    if name.startswith("km_"):
        still_open = table.cells["open"][key]
        return rows is not None and still_open is not None and rows + still_open >= policy.quantile_minimum
    return rows is not None and rows >= policy.rows_for(QUANTILES.get(name, 0.5))


def _narrowing(table: ProtectedTable, policy: Policy, plain: ProtectedTable | None) -> Iterator[tuple[Cell, str]]:
    reader = Reader(table, policy, plain)
    for fact in facts_of(table, policy):
        if not _follows(reader, fact):
            yield fact.cell, NARROWS


def _follows(reader: Reader, fact: Fact) -> bool:
    known = reader.knows(fact.terms)
    low, high = (known, known) if known is not None else reader.interval(fact.terms)
    return low >= fact.low - NEAR and high <= fact.high + NEAR
