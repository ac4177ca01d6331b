"""What each cell of a raw table counts, in words that do not depend on the table: its group.

The group of a cell is what the question's selection says of every row, and what the cell's level on each axis says. So
women of a table by sex, and all of a table of women, are one group; and so are a year of one table and the period of
another.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from skillnad.analysis.axes import FLOW_AXIS, MONTH_AXIS, FlowKind, outcome_of
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.columns import (
    ANY_DAY,
    ENDED,
    IN_TIME,
    OPEN,
    Columns,
    days,
    length_of,
)
from skillnad.analysis.joint.groups import PEOPLE, Condition, Group
from skillnad.analysis.joint.sets import ENDLESS, Among, among, holding, stretch
from skillnad.analysis.paths import OTHER, PATH_AXIS
from skillnad.analysis.question_data import canonical_json
from skillnad.analysis.questions import ONGOING, Change, Duration, Flow, Question, Sequence, Share, Sum
from skillnad.analysis.relations import ANSWERED, BAND, KNOWN
from skillnad.analysis.results import (
    ANY_VALUE,
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    LevelKind,
    RawTable,
)
from skillnad.analysis.selection import event_of, selection_of, span_of
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Population

OUTCOME = "outcome"
"""The feature of what a share of people makes of each: nobody's rows alone say it."""


@dataclass(frozen=True)
class Naming:
    """The names of one table's cells. `outcome` is the axis of a Share's own column, with all its levels."""

    table: RawTable
    columns: Columns
    outcome: Axis | None = None

    @property
    def question(self) -> Question:
        return self.table.question

    def group(self, name: Name) -> Group:
        """The group of a cell, by the name that it has in the table's own system."""
        told = dict(self._levels(name))
        base = self.base()
        month = told.pop(MONTH_AXIS, TOTAL) if isinstance(self.question, Flow) else TOTAL
        if isinstance(self.question, Flow):
            return base.having(*self._flow(told.pop(FLOW_AXIS, TOTAL), month), *self._columns(told))
        return base.having(*self._columns(told))

    def base(self) -> Group:
        """All that the table is of; of a Duration those that have ended, which it counts."""
        question, selection = self.question, selection_of(self.question)
        if isinstance(question, Change):
            whole = canonical_json(replace(question, by=()))
            return Group(f"change {hashlib.sha256(whole.encode()).hexdigest()[:16]}")
        people = PEOPLE if selection.people else ""
        group = Group(f"{people}{selection.population.value}")
        group = group.having(*(self.columns.condition(where.column, where.codes) for where in selection.where))
        group = group.having(*self._in_period())
        if isinstance(question, Duration):
            return group.having((length_of(question.start, question.end), ENDED))
        return group.having((question.of, ANY_DAY)) if isinstance(question, Sum) else group

    def still_open(self, group: Group) -> Group:
        """Of a Duration's group, those that have not ended instead, with the bands that they were last seen in."""
        question = self.question
        assert isinstance(question, Duration)  # noqa: S101 - nothing else has any open
        feature = length_of(question.start, question.end)
        mine = group.values(feature)
        open_ones = group.without(feature).having((feature, OPEN))
        return open_ones if mine is None or mine == ENDED else open_ones.having((f"open {feature}", mine))

    def _in_period(self) -> Iterator[Condition]:
        selection = selection_of(self.question)
        if selection.period is None:
            return
        if selection.event == ONGOING:
            yield from _touching(selection.population, selection.period)
        else:
            yield event_of(selection), days(selection.period)

    def _levels(self, name: Name) -> Iterator[tuple[str, str]]:
        """The axis and the level of each part of a cell's name; totals stand in no group."""
        axes = sorted((*(axis.id for axis in self.table.axes), BAND), key=len, reverse=True)
        for part in name:
            axis = next(axis for axis in axes if part.startswith(f"{axis}="))
            code = part[len(axis) + 1 :]
            if code != TOTAL:
                yield axis, code

    def _columns(self, told: dict[str, str]) -> Iterator[Condition]:
        for axis, code in told.items():
            if axis == BAND:
                yield self._band(int(code))
            elif axis == PATH_AXIS:
                yield from self._path(code)
            elif isinstance(self.question, Share) and axis == f"share:{self.question.of.column}":
                yield self._outcome(self.question, code)
            elif isinstance(self.question, Change) and axis == f"change:{self.question.of}":
                yield axis, among(code)
            elif code == ANY_VALUE:
                yield self.columns.condition(axis, self._named(axis))
            else:
                yield self.columns.condition(axis, [code])

    def _named(self, axis_id: str) -> list[str]:
        axis = next(axis for axis in self.table.axes if axis.id == axis_id)
        return [level.code for level in axis.levels if level.kind is LevelKind.VALUE]

    def _band(self, band: int) -> Condition:
        question = self.question
        assert isinstance(question, Duration)  # noqa: S101 - nothing else has bands
        ends = [0, *(limit + 1 for limit in sorted(set(question.within))), ENDLESS]
        first, end = list(pairwise(ends))[band]
        return length_of(question.start, question.end), stretch(first, end)

    def _path(self, code: str) -> Iterator[Condition]:
        """A named path is a level of each step; the others together are of this question alone."""
        assert isinstance(self.question, Sequence)  # noqa: S101 - nothing else has paths
        if code == OTHER:
            yield f"other than {digest(self.question)}", among(code)
        else:
            steps = zip(self.question.steps, code.split(">"), strict=True)
            yield from (self.columns.condition(step, [level]) for step, level in steps)

    def _outcome(self, question: Share, code: str) -> Condition:
        """Where distinct people are counted, who has none of it in a group is no set of rows."""
        if selection_of(question).people and code in (NO, UNKNOWN_OUTCOME, MISSING_LEVEL):
            return f"{OUTCOME} {digest(replace(question, by=()))}", among(code)
        return outcome_condition(question, code, self.columns, self.outcome)

    def _flow(self, kind: str, month: str) -> list[Condition]:
        assert isinstance(self.question, Flow)  # noqa: S101 - nothing else flows
        period = self.question.period
        if month != TOTAL:
            whole = Period.parse(month)
            period = Period(max(whole.start, period.start), min(whole.end, period.end))
        return flow_conditions(self.question.population, kind, period)


def outcome_condition(question: Share, code: str, columns: Columns, axis: Axis | None) -> Condition:
    """What an outcome says of a share's column; yes goes before no, and no before not known."""
    assert axis is not None  # noqa: S101 - a Share has one
    of: dict[str, set[str]] = {YES: set(), NO: set(), UNKNOWN_OUTCOME: set(), MISSING_LEVEL: set()}
    for level, outcome in outcome_of(question, axis).items():
        of[outcome].add(level)
    of[KNOWN], of[ANSWERED] = of[YES] | of[NO], of[YES] | of[NO] | of[UNKNOWN_OUTCOME]
    feature, values = columns.condition(question.of.column, of[code])
    if isinstance(values, Among):
        return feature, values
    before = {NO: of[YES], UNKNOWN_OUTCOME: of[KNOWN]}.get(code, set())
    return feature, holding(of[code], before)


def _touching(population: Population, period: Period) -> Iterator[Condition]:
    """Some of its days are in the period."""
    span, start, end = span_of(population), period.start.toordinal(), period.end.toordinal()
    yield span.first, stretch(-ENDLESS, end)
    yield span.last, _from(start)
    yield length_of(span.first, span.last), IN_TIME


def flow_conditions(population: Population, kind: str, period: Period) -> list[Condition]:
    """What a level of a flow says of the first and the last day."""
    span, start, end = span_of(population), period.start.toordinal(), period.end.toordinal()
    in_time = (length_of(span.first, span.last), IN_TIME)
    if kind == FlowKind.NEW:
        return [(span.first, stretch(start, end)), in_time]
    if kind == FlowKind.CLOSED:
        return [(span.last, stretch(start, end)), in_time]
    at_start = kind == FlowKind.ONGOING_START
    first = stretch(-ENDLESS, start if at_start else end)
    last = _from(end if kind == FlowKind.ONGOING_END else start)
    return [(span.first, first), (span.last, last), in_time]


def _from(day: int) -> Among:
    """A last day no earlier, or none."""
    return Among(frozenset({MISSING_LEVEL}), stretch(day, ENDLESS).stretches)


def digest(question: Question) -> str:
    """What tells questions apart, short."""
    return hashlib.sha256(canonical_json(question).encode()).hexdigest()[:16]
