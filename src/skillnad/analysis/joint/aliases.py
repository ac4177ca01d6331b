"""Groups that no table has and a reader knows all the same, since what follows of them follows between tables.

Those of known units are all there are, where a table prints that nobody lacks a unit: the group has one more name,
without the condition. And those of some values are known where each value has a group of its own: so many of them as
have a unit are no more than that.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.groups import Group, Whole
from skillnad.analysis.joint.sets import Among, among, minus

MOST_CODES = 4
"""So many values can be missing from what a condition allows, each of them nobody's."""


def aliases(groups: Mapping[Name, Group], values: Mapping[Name, float], whole: Whole) -> dict[Name, Group]:
    """For each such group's name what it is without the condition; of several conditions without all of them."""
    nobodys = {name for name, group in groups.items() if not values[name] and not group.people}
    found: dict[Name, Group] = {}
    for name, group in groups.items():
        if values[name] and not group.people:
            least = _without_needless(group, nobodys, whole)
            if least != group:
                found[name] = least
    return found


def _without_needless(group: Group, nobodys: set[Name], whole: Whole) -> Group:
    for feature, held in group.where:
        if isinstance(held, Among) and _is_all(group.without(feature), feature, held, nobodys, whole):
            return _without_needless(group.without(feature), nobodys, whole)
    return group


def _is_all(rest: Group, feature: str, held: Among, nobodys: set[Name], whole: Whole) -> bool:
    """Is every value that the condition leaves out nobody's, of the group or of one that it lies in?"""
    all_of = whole(rest, feature)
    left = minus(all_of, held) if all_of else None
    if left is None or left.stretches or not 0 < len(left.codes) <= MOST_CODES:
        return False
    return all(any(name in nobodys for name in _around(rest, feature, among(code))) for code in left.codes)


def _around(rest: Group, feature: str, held: Among) -> Iterator[Name]:
    """The names of those with the value among all that the group lies in."""
    for number in range(len(rest.where) + 1):
        for some in combinations(rest.where, number):
            yield Group(rest.of, some).having((feature, held)).name


def sums_of_values(groups: Mapping[Name, Group], values: Mapping[Name, float]) -> dict[Name, tuple[Group, float]]:
    """What a group of several codes of a column lies in, whatever another of its features is, where no table has that
    and each code alone is in one; with how many it is of."""
    found: dict[Name, tuple[Group, float]] = {}
    for group in groups.values():
        several = [held for held in group.where if isinstance(held[1], Among) and len(held[1].codes) > 1]
        if not group.people and several and len(group.where) > 1:
            for feature, _ in group.where:
                found |= _summed(group.without(feature), groups, values)
    return found


def _summed(
    group: Group, groups: Mapping[Name, Group], values: Mapping[Name, float]
) -> Iterator[tuple[Name, tuple[Group, float]]]:
    if group.name in groups:
        return
    for feature, held in group.where:
        if isinstance(held, Among) and len(held.codes) > 1 and not held.stretches:
            rest = group.without(feature)
            parts = [rest.having((feature, among(code))).name for code in held.codes]
            if all(part in groups for part in parts):
                yield group.name, (group, sum(values[part] for part in parts))
                return
