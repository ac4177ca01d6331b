"""What every row of a table surely has on a column that can have several values: who reads the conditions knows it.

Rows that were chosen for having 1 or 2 among their problems have one of the two, each of them. So a table of their
problems has one of the two at least on every row; and where they were chosen for 1 alone, as many have 1 as there are.
Of a share the same goes for those in whom it holds.
"""

from dataclasses import dataclass

from skillnad.analysis.merged import merged_of, ungrouped
from skillnad.analysis.questions import Question, Share, Where
from skillnad.analysis.results import YES, Axis, Key, LevelKind
from skillnad.analysis.selection import selection_of

Levels = frozenset[str]


@dataclass(frozen=True)
class Surely:
    """Levels of an axis of which each row has one at least: `always`, and (`where_yes`) those in whom a share holds."""

    always: frozenset[Levels] = frozenset()
    where_yes: frozenset[Levels] = frozenset()

    def of(self, key: Key) -> list[Levels]:
        """Of the rows of a cell, in an order of their own."""
        return sorted(self.always | (self.where_yes if YES in key[:1] else frozenset()), key=sorted)


def surely_held(question: Question, axis: Axis) -> Surely:
    """Nothing where every level that names something is among those that are chosen: then nobody lacks one."""
    of = (question.of,) if isinstance(question, Share) else ()
    return Surely(_levels(axis, selection_of(question).where), _levels(axis, of))


def _levels(axis: Axis, conditions: tuple[Where, ...]) -> frozenset[Levels]:
    named = {level.code for level in axis.levels if level.kind is LevelKind.VALUE}
    told = (_of_codes(axis, where.codes) for where in conditions if where.column == ungrouped(axis.id))
    return frozenset(levels for levels in told if not named <= levels)


def _of_codes(axis: Axis, codes: tuple[str, ...]) -> Levels:
    made, unknown = merged_of(axis.id), frozenset(each.code for each in axis.levels if each.kind is LevelKind.UNKNOWN)
    return frozenset(made.level_of(code, unknown) if made else code for code in codes)
