"""What several tables tell of a group as a whole: that all of it, or all but a few, have one sensitive value.

Of a group with one such value, and the same group whatever its value, the rest is a cell: who has another. It may
stand in no table; and the two groups in one table each.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from skillnad.analysis.disclosure.group_disclosure import REST
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Cell, Name, Relation, System
from skillnad.analysis.joint.groups import Group
from skillnad.analysis.joint.sets import Among, Holding, Values, among
from skillnad.analysis.results import MISSING_LEVEL
from skillnad.codebook.snapshot_schema import SnapshotColumn

ColumnOf = Callable[[Group, str], SnapshotColumn | None]


@dataclass(frozen=True)
class Guarded(System):
    """`whole` are the cells of nobody that must be able to be somebody's."""

    whole: frozenset[Name] = frozenset()


def rests(
    groups: Mapping[Name, Group], values: Mapping[Name, float], policy: Policy, column_of: ColumnOf
) -> Iterator[tuple[Cell, Relation]]:
    """The rests that the policy would not have told, and how each follows."""
    for name, group in groups.items():
        for feature, held in group.where:
            column, whole = column_of(group, feature), group.without(feature)
            if column is None or whole.name not in groups or not policy.is_sensitive(feature, marked=column.sensitive):
                continue
            if _one_value(held, column):
                without = [one for one in _unknown(whole, feature, held, column) if one in groups]
                yield from _rest(name, whole.name, without, values, policy)


def _rest(
    name: Name, whole: Name, without: list[Name], values: Mapping[Name, float], policy: Policy
) -> Iterator[tuple[Cell, Relation]]:
    known = values[whole] - sum(values[one] for one in without)
    rest = known - values[name]
    if known and ((policy.group_all and not rest) or 0 < rest < policy.all_but):
        cell = Cell((f"{REST}:", *name), rest, latent=True)
        yield cell, ((whole, 1.0), (name, -1.0), *((one, -1.0) for one in without), (cell.name, -1.0))


def _one_value(held: Values, column: SnapshotColumn) -> bool:
    """That says something: neither missing nor “don't know”."""
    codes = _codes(held)
    return len(codes) == 1 and not codes & {MISSING_LEVEL, *column.unknown}


def _codes(held: Values) -> frozenset[str]:
    if isinstance(held, Holding):
        return next(iter(held.some)) if len(held.some) == 1 and not held.none else frozenset()
    return frozenset() if held.stretches else held.codes


def _unknown(whole: Group, feature: str, held: Values, column: SnapshotColumn) -> list[Name]:
    """The groups that are no part of those who have a value that is known. Who can have several can have both."""
    if whole.people:
        return []
    if isinstance(held, Among):
        return [whole.having((feature, among(code))).name for code in sorted({MISSING_LEVEL, *column.unknown})]
    return [whole.having((feature, Holding(frozenset({frozenset({MISSING_LEVEL})})))).name]
