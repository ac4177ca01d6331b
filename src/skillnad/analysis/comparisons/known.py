"""Which rows a comparison is of: those whose group is known, and of which it is known what is compared.

A comparison is of no others. Left in, a few of whom something is not known would hide most of it: small numbers are
hidden, and so is what they follow from. What is asked stays as it is; this is what is counted for it.

How many are left out is told where neither number is small: with the number of all rows, which any table tells, the one
would follow from the other. Rows of a sample are not chosen so: those who did not answer are part of it.
"""

from collections.abc import Collection
from dataclasses import replace

from skillnad.analysis.calendars import KNOWN, THERE, calendar_of
from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Asked, Comparison, Funnel, Ranking, ResponseRate, plain
from skillnad.analysis.comparisons.unknown_rows import Unknown
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.made_columns import with_made
from skillnad.analysis.merged import ungrouped
from skillnad.analysis.own_instrument import as_narrowed, of_own_instrument
from skillnad.analysis.questions import Change, Count, Duration, Question, Selection, Share, Where
from skillnad.analysis.results import MISSING_LEVEL, NO, TOTAL, YES, Axis, LeftOut, LevelKind, RawTable
from skillnad.codebook.snapshot_schema import Column, Manifest, SnapshotTable

NAMELESS = (LevelKind.UNKNOWN, LevelKind.MISSING)


def counted(question: Asked, manifest: Manifest) -> Question:
    """The plain question that is counted: of the rows that are compared, where groups are, and of those that were asked
    where it is of how many have answered, or of how answers have changed. What is asked of an instrument is counted of
    its own occasions."""
    asked = plain(question)
    if isinstance(question, ResponseRate):
        return _of_the_asked(question.of, question.question, manifest)
    if isinstance(asked, Change):
        return _of_the_asked(asked, asked.of, manifest)
    asked = of_own_instrument(asked, manifest)
    table = manifest.tables.get(asked.selection.population) if isinstance(asked, Share | Duration) else None
    if table is None or not isinstance(asked, Share | Duration) or not between_groups(question):
        return asked
    conditions = [_known(column, table) for column in asked.by]
    if not isinstance(asked, Share):
        return replace(asked, selection=_narrowed(asked.selection, conditions))
    outcome = _known(asked.of.column, table, asked.outside)
    if outcome is None or set(outcome.codes) <= set(asked.of.codes):
        return replace(asked, selection=_narrowed(asked.selection, conditions))
    return replace(asked, selection=_narrowed(asked.selection, [*conditions, outcome]), outside=())


def _of_the_asked(asked: Count | Share | Change, of: str, manifest: Manifest) -> Question:
    """Who was never put a question has not left it unanswered, and a day when it was not put is no occasion of it."""
    table = manifest.tables.get(asked.selection.population)
    column = table.columns.get(of) if table else None
    if column is None or not column.not_asked:
        return asked
    put = (*(level.code for level in column.levels if level.code != column.not_asked), MISSING_LEVEL)
    return replace(asked, selection=_narrowed(asked.selection, [Where(column.id, put)]))


def between_groups(question: Asked) -> bool:
    """Is it one that sets the rows of groups beside each other, and stands for no others?"""
    sample = isinstance(question, Comparison) and question.drawn is not None
    return isinstance(question, Comparison | Ranking | Funnel) and not sample


def _known(column: str, table: SnapshotTable, outside: Collection[str] = ()) -> Where | None:
    """The condition that the column is known; None where it always is, and where there is no such column."""
    through = calendar_of(column)
    if through:
        return Where(f"{KNOWN}:{through.column}", (THERE,)) if through.column in table.columns else None
    name = ungrouped(column)
    stored = with_made(table, (name,)).columns.get(name)
    if stored is None or stored.kind not in (Column.CODE, Column.CODES):
        return None
    away = {*stored.unknown, *outside}
    codes = tuple(level.code for level in stored.levels if level.code not in away)
    return Where(name, codes) if codes else None


def _narrowed(selection: Selection, conditions: Collection[Where | None]) -> Selection:
    held = selection.where
    more = [
        known
        for known in conditions
        if known and not any(own.column == known.column and set(own.codes) <= set(known.codes) for own in held)
    ]
    return replace(selection, where=(*held, *dict.fromkeys(more)))


def beside_known(question: Asked, counted: Question) -> tuple[Question, ...]:
    """What tells how many rows are left out: all rows that are asked about, and the compared ones; none where these are
    all that there is."""
    asked = as_narrowed(plain(question), counted)
    if counted == asked or not between_groups(question):
        return ()
    match asked, counted:
        case Share(), Share():
            return replace(asked, by=()), replace(counted, by=())
        case Duration(), Duration():
            return Count(asked.selection), Count(counted.selection)
    return ()


def of_the_known(made: Made, beside: tuple[RawTable, ...], policy: Policy) -> Made:
    """The comparison without levels that nobody compared is in, and with how many were left out: those whom no period
    can claim are told of as in any table of all rows, since the difference would be of those not known."""
    if not beside:
        return made
    everyone, compared = beside
    without_place = {left.reason: _unless_small(left.rows, policy) for left in everyone.left_out}
    told = [
        replace(left, rows=without_place.get(left.reason, left.rows))
        for left in made.left_out
        if left.reason not in set(Unknown)
    ]
    return replace(_of_the_named(made), left_out=(*told, *_left_out(everyone, compared, policy)))


def _unless_small(rows: int | None, policy: Policy) -> int | None:
    return None if rows is None or policy.small(rows) else rows


def _left_out(everyone: RawTable, compared: RawTable, policy: Policy) -> tuple[LeftOut, ...]:
    """Both or neither, since they add up to a number that a reader can have."""
    share = isinstance(everyone.question, Share)
    whole = everyone.counts[(TOTAL,) * len(everyone.axes)]
    answered, left = (_answered(table) if share else table.counts[()] for table in (everyone, compared))
    rows = {Unknown.NO_OUTCOME: whole - answered, Unknown.NO_GROUP: answered - left}
    if any(policy.small(number) for number in rows.values()):
        return tuple(LeftOut(reason.value, None) for reason in (rows if share else (Unknown.NO_GROUP,)))
    return tuple(LeftOut(reason.value, number) for reason, number in rows.items() if number)


def _answered(table: RawTable) -> int:
    return table.counts[YES,] + table.counts[NO,]


def _of_the_named(made: Made) -> Made:
    """A level of whom nobody knows has nobody here, and says nothing of how many there are."""
    axes = tuple(_named(axis) for axis in made.axes)
    inside = [{TOTAL, *(level.code for level in axis.levels)} for axis in axes]
    cells = {
        measure: {
            key: value
            for key, value in column.items()
            if all(code in codes for code, codes in zip(key, inside, strict=True))
        }
        for measure, column in made.cells.items()
    }
    return replace(made, axes=axes, cells=cells)


def _named(axis: Axis) -> Axis:
    return replace(axis, levels=tuple(level for level in axis.levels if level.kind not in NAMELESS))
