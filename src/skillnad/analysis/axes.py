"""The axes of a question's table, the same for every engine."""

from dataclasses import replace
from enum import StrEnum

from skillnad.analysis.calendars import CALENDARS, calendar_of
from skillnad.analysis.formulas.shares import OVER
from skillnad.analysis.questions import Change, Count, CrossTable, Flow, Percent, Question, Share
from skillnad.analysis.results import ANY_VALUE, MISSING_LEVEL, NO, UNKNOWN_OUTCOME, YES, Axis, Level, LevelKind
from skillnad.analysis.selection import by_of, calendar_period, selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.periods import Period

FLOW_AXIS = "flow"
MONTH_AXIS = "month"


class FlowKind(StrEnum):
    """The levels of a Flow's own axis: ongoing at start + new - closed = ongoing at end."""

    ONGOING_START = "ongoing_start"
    NEW = "new"
    CLOSED = "closed"
    ONGOING_END = "ongoing_end"


class ChangeKind(StrEnum):
    """The levels of a Change's own axis."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"
    NOT_KNOWN = "unknown"  # at one of the occasions, or both


_CHANGE_LABELS = {
    ChangeKind.BETTER: ("Bättre", "Better"),
    ChangeKind.SAME: ("Oförändrat", "Unchanged"),
    ChangeKind.WORSE: ("Sämre", "Worse"),
    ChangeKind.NOT_KNOWN: ("Inte känt vid båda tillfällena", "Not known on both occasions"),
}
_FLOW_LABELS = {
    FlowKind.ONGOING_START: ("Pågående vid periodens början", "Ongoing at the start"),
    FlowKind.NEW: ("Nya", "New"),
    FlowKind.CLOSED: ("Avslutade", "Closed"),
    FlowKind.ONGOING_END: ("Pågående vid periodens slut", "Ongoing at the end"),
}


def axes_of(snapshot: Snapshot, question: Question, *, language: str = "sv") -> tuple[Axis, ...]:
    """The axes of the question's RawTable, in its order. The question has passed `check_question`.

    Where clients are counted every axis is `multiple`: one client can have rows in several levels.
    """
    selection = selection_of(question)
    columns = tuple(
        snapshot.axis(selection.population, column, within=_within(question, column), language=language)
        for column in by_of(question)
    )
    if isinstance(question, CrossTable) and question.outside:
        columns = (_outside(columns[0], question.outside), *columns[1:])
    if selection.people:
        columns = tuple(replace(axis, multiple=True) for axis in _with_any(question, columns, language))
    return _own_axes(snapshot, question, language) + columns


def shares_along(question: Question) -> tuple[int, ...]:
    """The places of the axes that a table's shares are taken along; none where it has none, or is a Share."""
    if isinstance(question, Count):
        return OVER[Percent.COLUMNS] if question.shares else ()
    percent = question.percent if isinstance(question, CrossTable) else Percent.NONE
    return OVER.get(percent, ())


def outcome_of(question: Share, axis: Axis) -> dict[str, str]:
    """Which outcome each level of the share's column stands for; `yes` wins where a row holds several levels."""
    kinds = {LevelKind.VALUE: NO, LevelKind.UNKNOWN: UNKNOWN_OUTCOME, LevelKind.MISSING: MISSING_LEVEL}
    levels = _outside(axis, question.outside).levels
    return {level.code: YES if level.code in question.of.codes else kinds[level.kind] for level in levels}


def changed(order: tuple[str, ...], first: str, last: str) -> ChangeKind:
    """From one code to another, where `order` is from best to worst; what is not in it is not known."""
    if first not in order or last not in order:
        return ChangeKind.NOT_KNOWN
    further = order.index(last) - order.index(first)
    if not further:
        return ChangeKind.SAME
    return ChangeKind.WORSE if further > 0 else ChangeKind.BETTER


def _outside(axis: Axis, codes: tuple[str, ...]) -> Axis:
    """The axis where `codes` stand outside denominators, as what nobody knows does."""
    levels = (replace(level, kind=LevelKind.UNKNOWN) if level.code in codes else level for level in axis.levels)
    return replace(axis, levels=tuple(levels))


def _with_any(question: Question, axes: tuple[Axis, ...], language: str) -> tuple[Axis, ...]:
    """The axes that shares of people are taken along, with a level for any value before the missing one."""
    over = shares_along(question)
    if not over:
        return axes
    level = Level(ANY_VALUE, "Any value" if language == "en" else "Känd uppgift", LevelKind.ANY)
    made = {place: (*axes[place].levels[:-1], level, axes[place].levels[-1]) for place in over}
    return tuple(replace(axis, levels=made.get(place, axis.levels)) for place, axis in enumerate(axes))


def flow_periods(question: Flow) -> tuple[tuple[str, Period], ...]:
    """The months of a monthly flow, by code, cut to its period so that they share out its days."""
    if not question.monthly:
        return ()
    month = CALENDARS["month"]
    return tuple(
        (
            month.code(month.ordinal(whole.start)),
            Period(max(whole.start, question.period.start), min(whole.end, question.period.end)),
        )
        for whole in question.period.months()
    )


def _within(question: Question, column: str) -> Period | None:
    through = calendar_of(column)
    return calendar_period(question, through.column) if through else None


def _own_axes(snapshot: Snapshot, question: Question, language: str) -> tuple[Axis, ...]:
    if isinstance(question, Share):
        return (_outcome_axis(snapshot, question, language),)
    if isinstance(question, Change):
        return (_change_axis(snapshot, question, language),)
    if isinstance(question, Flow):
        flow = _flow_axis(language)
        return (_month_axis(question, language), flow) if question.monthly else (flow,)
    return ()


def _outcome_axis(snapshot: Snapshot, question: Share, language: str) -> Axis:
    column = snapshot.axis(question.selection.population, question.of.column, language=language)
    english = language == "en"
    either = " or " if english else " eller "
    chosen = [level.label for level in column.levels if level.code in question.of.codes]
    outside = [level.label for level in column.levels if level.code in question.outside]
    if not outside or any(level.kind is LevelKind.UNKNOWN for level in column.levels):
        outside.append("Not known" if english else "Vet ej")
    return Axis(
        id=f"share:{question.of.column}",
        label=column.label,
        levels=(
            Level(YES, either.join(chosen)),
            Level(NO, "Other" if english else "Annat"),
            Level(UNKNOWN_OUTCOME, either.join(outside), LevelKind.UNKNOWN),
            column.levels[-1],
        ),
        sensitive=column.sensitive,
    )


def _change_axis(snapshot: Snapshot, question: Change, language: str) -> Axis:
    column = snapshot.axis(question.selection.population, question.of, language=language)
    place = 1 if language == "en" else 0
    levels = tuple(
        Level(kind.value, labels[place], LevelKind.UNKNOWN if kind is ChangeKind.NOT_KNOWN else LevelKind.VALUE)
        for kind, labels in _CHANGE_LABELS.items()
    )
    return Axis(f"change:{question.of}", column.label, levels, sensitive=column.sensitive)


def _flow_axis(language: str) -> Axis:
    place = 1 if language == "en" else 0
    levels = tuple(Level(kind.value, labels[place]) for kind, labels in _FLOW_LABELS.items())
    return Axis(FLOW_AXIS, "Flow" if language == "en" else "Flöde", levels, multiple=True)


def _month_axis(question: Flow, language: str) -> Axis:
    levels = CALENDARS["month"].levels(question.period.start, question.period.last_day, language)
    return Axis(MONTH_AXIS, "Month" if language == "en" else "Månad", levels, multiple=True)
