"""What can be read from the cells that a protected table shows, and no more: a gap in gives a gap out."""

from collections.abc import Sequence
from math import inf

from skillnad.analysis.questions import Flow
from skillnad.analysis.results import ANY_VALUE, TOTAL, Axis, Key, Level, LevelKind, ProtectedTable
from skillnad.analysis.shares_of_all import is_of_all

Number = int | float | None


def values(axis: Axis) -> tuple[Level, ...]:
    """The levels that name something: neither unknown nor missing."""
    return tuple(level for level in axis.levels if level.kind is LevelKind.VALUE)


def named(table: ProtectedTable, place: int = 0) -> tuple[Level, ...]:
    """The values of an axis, less those that the question's own conditions rule out."""
    axis, question = table.axes[place], table.question
    where = question.where if isinstance(question, Flow) else question.selection.where
    allowed = [set(condition.codes) for condition in where if condition.column == axis.id]
    return tuple(level for level in values(axis) if all(level.code in codes for codes in allowed))


def beside(axis: Axis) -> tuple[Level, ...]:
    """The levels outside denominators: unknown and missing."""
    return tuple(level for level in axis.levels if level.kind not in (LevelKind.VALUE, LevelKind.ANY))


def full_key(table: ProtectedTable, key: Key) -> Key:
    return key + (TOTAL,) * (len(table.axes) - len(key))


def cell(table: ProtectedTable, measure: str, *key: str) -> Number:
    """One cell; None where it is a gap or where the table has no such measure or cell."""
    return table.cells.get(measure, {}).get(full_key(table, key))


def count(table: ProtectedTable, *key: str) -> Number:
    return cell(table, "count", *key)


def known(table: ProtectedTable, *key: str, along: int = 0) -> Number:
    """The denominator of shares along an axis: everything but the unknown and the missing; a gap if any part is one.

    Of people, who can be in several levels, it is known where it was counted.
    """
    axis = table.axes[along]
    if any(level.kind is LevelKind.ANY for level in axis.levels):
        return _at(table, key, along, ANY_VALUE)
    if axis.multiple and not isinstance(table.question, Flow) and table.question.selection.people:
        return None
    whole = _at(table, key, along, TOTAL)
    outside = [_at(table, key, along, level.code) for level in beside(axis)]
    if whole is None or any(part is None for part in outside):
        return None
    return whole - sum(part for part in outside if part is not None)


def share(table: ProtectedTable, *key: str, along: int = 0) -> Number:
    """The table's own share where it has one, else what its shown counts give."""
    if "share" in table.cells:
        return cell(table, "share", *key)
    part, whole = count(table, *key), known(table, *key, along=along)
    if is_of_all(table):
        whole = count(table)
    return None if part is None or not whole else part / whole


def _at(table: ProtectedTable, key: Key, along: int, code: str) -> Number:
    full = list(full_key(table, key))
    full[along] = code
    return count(table, *full)


def meaningless(table: ProtectedTable, measure: str, *key: str, along: int = 0) -> bool:
    """There is no such number, hidden or shown: a share of nothing, the median of no rows."""
    if measure in table.cells:
        return full_key(table, key) not in table.cells[measure]
    return measure == "share" and known(table, *key, along=along) == 0


def ranked(table: ProtectedTable, along: int = 0) -> tuple[tuple[Level, int | float], ...]:
    """The shown, nonzero values along an axis with their counts, most common first; ties in the codebook's order."""
    found = [(level, _at(table, (), along, level.code)) for level in named(table, along)]
    nonzero = [(level, number) for level, number in found if number]
    return tuple(sorted(nonzero, key=lambda pair: -pair[1]))


def hidden(table: ProtectedTable, along: int = 0) -> int:
    """How many values along an axis are gaps."""
    return sum(_at(table, (), along, level.code) is None for level in named(table, along))


def most_hidden(table: ProtectedTable) -> float:
    """The most that any gap among the values can be, as a reader can work out: 0 where nothing is hidden.

    Where each row has one value, it is what the shown numbers leave of the total; else there is no telling.
    """
    if not hidden(table):
        return 0
    axis, whole = table.axes[0], count(table)
    if axis.multiple or whole is None or len(table.axes) > 1:
        return inf
    return whole - sum(count(table, level.code) or 0 for level in axis.levels)


def most_common(table: ProtectedTable, along: int, most: int) -> tuple[Level, ...]:
    """At most `most` values along an axis, most common first; gaps after what is shown, zeros last. 0 is all values."""
    levels = named(table, along)
    order = sorted(levels, key=lambda level: _rank(_at(table, (), along, level.code)))
    return tuple(order[:most]) if most else tuple(order)


def _rank(found: Number) -> float:
    return 0.5 if found is None else -float(found) if found else 1.0


def added(parts: Sequence[Number]) -> Number:
    """The sum of shown numbers; a gap if any of them is one."""
    numbers = [part for part in parts if part is not None]
    return sum(numbers) if len(numbers) == len(parts) else None
