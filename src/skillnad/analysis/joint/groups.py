"""A group of rows, or of people, by what they have in common: the canonical name of a cell of any table."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.sets import Among, Values

Condition = tuple[str, Values]
PEOPLE = "people of "


@dataclass(frozen=True)
class Group:
    """Everything of one kind (`of`: rows of a population, people with such rows) that meets all conditions, one a
    feature. A feature that is not named may be anything."""

    of: str
    where: tuple[Condition, ...] = ()

    @cached_property
    def name(self) -> Name:
        """What the group is called in a joint system; equal for equal groups alone."""
        return (self.of, *(f"{feature}={values}" for feature, values in self.where))

    @cached_property
    def lines(self) -> tuple[tuple[Name, str], ...]:
        """Each feature, after what groups have in common that differ from this in it alone."""
        name = self.name
        places = enumerate(self.where, start=1)
        return tuple(((*name[:place], *name[place + 1 :]), feature) for place, (feature, _) in places)

    @property
    def people(self) -> bool:
        """One of them can be in several groups that exclude each other for rows."""
        return self.of.startswith(PEOPLE)

    def having(self, *conditions: Condition) -> "Group":
        """Those of the group that meet the conditions too."""
        held = dict(self.where)
        for feature, values in conditions:
            mine = held.get(feature)
            held[feature] = values if mine is None else _met(mine, values)
        return Group(self.of, tuple(sorted(held.items(), key=lambda condition: condition[0])))

    def without(self, feature: str) -> "Group":
        """The same, whatever the feature is."""
        return Group(self.of, tuple(condition for condition in self.where if condition[0] != feature))

    def values(self, feature: str) -> Values | None:
        return dict(self.where).get(feature)

    def within(self, other: "Group") -> bool:
        """Do its conditions say that whoever is in it is in the other?"""
        held = dict(self.where)
        return self.of == other.of and all(
            feature in held and _within(held[feature], values) for feature, values in other.where
        )


Whole = Callable[[Group, str], Among | None]
"""All that a feature can be, of a group's rows."""


def _met(one: Values, other: Values) -> Values:
    if isinstance(one, Among):
        return one.meet(other) if isinstance(other, Among) else one
    return one if isinstance(other, Among) else one.meet(other)


def _within(one: Values, other: Values) -> bool:
    if isinstance(one, Among):
        return isinstance(other, Among) and one.within(other)
    return not isinstance(other, Among) and one.within(other)
