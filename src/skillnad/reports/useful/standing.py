"""On which step each unit stands, read off what the steps' protected tables show and nothing else.

The steps are tried in order, and the first whose figure can be used is the unit's. "Can be used" is said of shown
numbers alone (`Rule`): two registers that show the same tables have every unit on the same steps. So the choice tells a
reader nothing, and neither does it matter that the true counts would have chosen otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.questions import CrossTable
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Level, ProtectedTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.shares_of_all import is_of_all
from skillnad.reports.reading import Number, count, known, named, share, values
from skillnad.reports.useful.ladder import Ladder, Step


@dataclass(frozen=True)
class Rule:
    """When a figure is of use: it is of `least` answers or more, and the answers that it shows are at least the part
    `told` of them. 1.0 asks for every answer."""

    least: int = 10
    told: float = 0.5


USUAL = Rule()


@dataclass(frozen=True)
class Figure:
    """What a step shows: of how many, and each answer's count and share; None is a gap."""

    of: Number
    answers: tuple[tuple[Level, Number, Number], ...]

    def meets(self, rule: Rule) -> bool:
        if self.of is None or self.of < rule.least:
            return False
        seen = sum(found for _, found, part in self.answers if found is not None and part is not None)
        return seen >= rule.told * self.of


@dataclass(frozen=True)
class Standing:
    """A unit, the step that it stands on, and the figure there; `parent` is what the figure is of on the last step."""

    unit: Level
    step: Step
    figure: Figure | None
    parent: Level | None = None


@dataclass(frozen=True)
class Steps:
    """The ladder's protected tables; one that the snapshot cannot answer is None."""

    ladder: Ladder
    answers: ProtectedTable | None
    groups: ProtectedTable | None
    longer: ProtectedTable | None


def steps_of(ladder: Ladder, tables: Sequence[ProtectedTable]) -> Steps:
    """The tables in their places, in whatever order they come."""
    asked = {table.question: table for table in tables}
    answers = next((question for question in asked if _rows(question) == ladder.column), None)
    grouped = sorted((question for question in asked if _rows(question) == ladder.grouped), key=_days)
    short = grouped[0] if grouped and (answers is None or _days(grouped[0]) == _days(answers)) else None
    longer = grouped[-1] if grouped and grouped[-1] is not short else None
    return Steps(ladder, *(asked[question] if question else None for question in (answers, short, longer)))


def _rows(question: Asked) -> str:
    return question.rows if isinstance(question, CrossTable) else ""


def _days(question: Asked) -> int:
    period = selection_of(question).period
    return period.days if period else 0


def standings(steps: Steps, rule: Rule = USUAL) -> tuple[Standing, ...]:
    """Every unit that has answers, or may have, in the organisation's order."""
    tables = [table for table in (steps.answers, steps.groups, steps.longer) if table is not None]
    units = {unit.code: unit for table in tables for unit in named(table, 1)}
    return tuple(
        _standing(steps, unit, rule) for unit in units.values() if any(_asked(table, unit.code) for table in tables)
    )


def _asked(table: ProtectedTable, unit: str) -> bool:
    """Is it not known that the unit has no answers?"""
    return count(table, TOTAL, unit) != 0


def _standing(steps: Steps, unit: Level, rule: Rule) -> Standing:
    own = ((Step.ANSWERS, steps.answers), (Step.GROUPS, steps.groups), (Step.LONGER, steps.longer))
    for step, table in own:
        figure = figure_of(table, unit.code) if table else None
        if figure and figure.meets(rule):
            return Standing(unit, step, figure)
    parent = parent_of(steps.longer, unit.code) if steps.longer else None
    figure = figure_of(steps.longer, TOTAL, parent.code) if steps.longer and parent else None
    if figure and figure.meets(rule):
        return Standing(unit, Step.PARENT, figure, parent)
    return Standing(unit, Step.NOWHERE, None)


def figure_of(table: ProtectedTable, *places: str) -> Figure:
    """The figure of a unit, or of all units of a parent."""
    answers = tuple(
        (level, count(table, level.code, *places), share(table, level.code, *places)) for level in values(table.axes[0])
    )
    of = known(table, TOTAL, *places)
    return Figure(count(table, TOTAL, *places) if of is None and is_of_all(table) else of, answers)


def parent_of(table: ProtectedTable, unit: str) -> Level | None:
    """What the unit is a part of: the one parent that its rows have, shown or not. None where it has had several, or
    where the table is of some units alone, for then a parent's rows are not all there."""
    question = table.question
    if not isinstance(question, CrossTable) or not question.by:
        return None
    if any(where.column == question.columns for where in question.selection.where):
        return None
    axis = table.axes[2]
    held = [level for level in axis.levels if count(table, TOTAL, unit, level.code) != 0]
    return held[0] if len(held) == 1 and held[0].code != MISSING_LEVEL else None
