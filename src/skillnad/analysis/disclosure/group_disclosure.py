"""What may not be told of a group as a whole: that all of it has one value of a sensitive column, or all but a few.

Of each group and value, those of the group who do not have the value are a latent cell, `rest`. Where it is 1 to
`all_but` - 1 it is small and protected like any small number; where it is 0 it must be able to be 1. That nobody has a
value is hidden as the value's own cell. The table's own auditor does not ask for a rest of 0, so it is asked for here.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from skillnad.analysis.disclosure.intervals import Intervals
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_counts
from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system
from skillnad.analysis.disclosure.work import TooMuch, Work

REST = "rest"
NEAR = 1e-6


@dataclass(frozen=True)
class Group:
    """One group along a sensitive column: `known` is what adds up to those who have a value there, and `values` the
    cells of its values."""

    known: tuple[tuple[Name, float], ...]
    values: tuple[Name, ...]


@dataclass(frozen=True)
class Guarded:
    """A system with the rests that matter, and what must be hidden for their sake. `whole`: the rests of 0, each with
    the cells that tell of it."""

    told: System
    forced: frozenset[Name]
    whole: tuple[tuple[Name, frozenset[Name]], ...] = ()


def guarded(told: System, groups: Iterable[Group], policy: Policy) -> Guarded:
    """The system with a rest for each group and value of which `policy` would not have it told."""
    cells: list[Cell] = []
    relations: list[Relation] = []
    forced: set[Name] = set()
    whole = []
    for group in groups:
        for value in group.values:
            rest = _rest(told, group, value)
            if policy.group_none and not _value(told, value) and rest:
                forced.add(value)
            if not _tells(told, group, rest, policy):
                continue
            name = (f"{REST}:", *value)
            cells.append(Cell(name, rest, latent=True))
            relations.append((*group.known, (value, -1.0), (name, -1.0)))
            if not rest:
                forced.add(name)
                whole.append((name, frozenset((value, *group.values, *(known for known, _ in group.known)))))
    more = _with(told, cells, relations) if cells else told
    return Guarded(more, frozenset(forced), tuple(whole))


def protect_groups(
    told: System, groups: Sequence[Group], policy: Policy, forced: frozenset[Name] = frozenset()
) -> Pattern:
    """As `protect_counts`, and no group is told of as a whole. Where that does not follow from what is hidden, all the
    cells of the group are hidden too; nothing is shown where that is not enough."""
    found = guarded(told, groups, policy)
    asked = forced | found.forced
    pattern = protect_counts(found.told, policy, asked)
    open_rests = _open(found, pattern.hidden, policy)
    if open_rests and not pattern.withheld:
        asked |= frozenset().union(*(cells for name, cells in found.whole if name in open_rests))
        pattern = protect_counts(found.told, policy, asked)
    if _open(found, pattern.hidden, policy) and not pattern.withheld:
        return _withheld(found.told, pattern)
    return pattern


def _open(found: Guarded, hidden: Collection[Name], policy: Policy) -> list[Name]:
    """The rests of 0 that a reader knows to be 0."""
    if not found.whole:
        return []
    reader = Intervals(found.told, hidden, float(policy.gap_floor), Work(policy.budget))
    return [name for name, _ in found.whole if not _may_be_one(reader, name)]


def _may_be_one(reader: Intervals, name: Name) -> bool:
    """Without an end is more than one, but no end found in time is no answer."""
    try:
        ends = reader.of({name: 1.0})
    except TooMuch:
        return False
    return ends is None or ends[1] >= 1 - NEAR


def _tells(told: System, group: Group, rest: float, policy: Policy) -> bool:
    """Is it of people at all, and nearly all of them?"""
    people = sum(factor * _value(told, name) for name, factor in group.known)
    return bool(people) and ((policy.group_all and rest == 0) or 0 < rest < policy.all_but)


def _rest(told: System, group: Group, value: Name) -> float:
    return sum(factor * _value(told, name) for name, factor in group.known) - _value(told, value)


def _value(told: System, name: Name) -> float:
    return float(told.values[told.position[name]])


def _with(told: System, cells: Sequence[Cell], relations: Sequence[Relation]) -> System:
    """The system with more cells and relations."""
    matrix, names = told.matrix, [cell.name for cell in told.cells]
    own = []
    for row in range(matrix.shape[0]):
        span = slice(matrix.indptr[row], matrix.indptr[row + 1])
        entries = zip(matrix.indices[span].tolist(), matrix.data[span].tolist(), strict=True)
        own.append(tuple((names[at], factor) for at, factor in entries))
    return system((*told.cells, *cells), (*own, *relations))


def _withheld(told: System, pattern: Pattern) -> Pattern:
    hidden = frozenset(cell.name for cell in told.cells if not cell.latent)
    return replace(pattern, hidden=hidden, withheld=True)
