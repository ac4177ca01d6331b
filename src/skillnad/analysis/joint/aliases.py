"""Groups that no table has and a reader knows all the same, since what follows of them follows between tables.

Those of known units are all there are, where a table prints that nobody lacks a unit: the group has one more name,
without the condition. And those of some values are known where each value has a group of its own: so many of them as
have a unit are no more than that.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.groups import Condition, Group, Whole
from skillnad.analysis.joint.sets import Among, Values, among, minus

MOST_CODES = 4
"""So many values can be missing from what a condition allows, each of them nobody's."""


def aliases(groups: Mapping[Name, Group], values: Mapping[Name, float], whole: Whole) -> dict[Name, Group]:
    """For each such group's name what it is without the condition; of several conditions without all of them."""
    needless = _Needless((group for name, group in groups.items() if not values[name]), whole)
    found: dict[Name, Group] = {}
    for name, group in groups.items():
        if values[name] and not group.people:
            least = needless.without(group)
            if least != group:
                found[name] = least
    return found


class _Needless:
    """Conditions that everybody meets, as those who do not are nobody. What a condition leaves out is worked out once,
    whatever else a group's conditions are."""

    def __init__(self, nobodys: Iterable[Group], whole: Whole) -> None:
        self.whole = whole
        self.left: dict[tuple[str, Condition], tuple[Condition, ...]] = {}
        self.beside: dict[tuple[str, Condition], list[frozenset[Condition]]] = defaultdict(list)
        for group in nobodys:
            if not group.people:
                for condition in group.where:
                    self.beside[group.of, condition].append(frozenset(group.where) - {condition})

    def without(self, group: Group) -> Group:
        for condition in group.where:
            if self._is_needless(group, condition):
                return self.without(group.without(condition[0]))
        return group

    def _is_needless(self, group: Group, condition: Condition) -> bool:
        """Is every value that the condition leaves out nobody's, of the group or of one that it lies in?"""
        key = group.of, condition
        if key not in self.left:
            left = self._left_out(group, *condition)
            self.left[key] = left if all((group.of, one) in self.beside for one in left) else ()
        left = self.left[key]
        if not left:
            return False
        own = set(group.where)
        return all(any(others <= own for others in self.beside[group.of, one]) for one in left)

    def _left_out(self, group: Group, feature: str, held: Values) -> tuple[Condition, ...]:
        """The other values, one by one; nothing where they are too many, or not told apart."""
        all_of = self.whole(group.without(feature), feature) if isinstance(held, Among) else None
        left = minus(all_of, held) if all_of and isinstance(held, Among) else None
        if left is None or left.stretches or not 0 < len(left.codes) <= MOST_CODES:
            return ()
        return tuple((feature, among(code)) for code in left.codes)


def sums_of_values(groups: Mapping[Name, Group], values: Mapping[Name, float]) -> dict[Name, tuple[Group, float]]:
    """What a group of several codes of a column lies in, whatever another of its features is, where no table has that
    and each code alone is in one; with how many it is of."""
    found: dict[Name, tuple[Group, float]] = {}
    seen: set[Name] = set()
    for group in groups.values():
        several = [feature for feature, held in group.where if _has_several(held)]
        if not group.people and several and len(group.where) > 1:
            for rest, feature in group.lines:
                if rest not in seen and several != [feature]:
                    seen.add(rest)
                    found |= _summed(group.without(feature), groups, values)
    return found


def _summed(
    group: Group, groups: Mapping[Name, Group], values: Mapping[Name, float]
) -> Iterator[tuple[Name, tuple[Group, float]]]:
    if group.name in groups:
        return
    name = group.name
    for place, (feature, held) in enumerate(group.where, start=1):
        if isinstance(held, Among) and _has_several(held):
            before, after = name[:place], name[place + 1 :]
            parts = [(*before, f"{feature}={among(code)}", *after) for code in held.codes]
            if all(part in groups for part in parts):
                yield name, (group, sum(values[part] for part in parts))
                return


def _has_several(held: Values) -> bool:
    return isinstance(held, Among) and len(held.codes) > 1 and not held.stretches
