"""Whom each group of a comparison is compared with."""

from collections.abc import Mapping

from skillnad.analysis.comparisons.questions import REST, Comparison
from skillnad.analysis.results import Axis, Level, LevelKind
from skillnad.lib.errors import UserError
from skillnad.lib.text import shown


def compared_levels(group: Axis) -> tuple[Level, ...]:
    """Those that somebody is in by name: not those of whom nobody knows."""
    return tuple(level for level in group.levels if level.kind is LevelKind.VALUE)


def named_groups(group: Axis) -> list[str]:
    return [level.code for level in compared_levels(group)]


def against_whom(question: Comparison, group: Axis) -> str:
    """The one group that others are compared with; REST where each is compared with all the others together.

    Of two groups the first is compared with the second: the other way around would be the same comparison once more.
    Where they overlap neither is all that the other is not.
    """
    named = named_groups(group)
    of_two = question.against == REST and len(named) == 2 and not group.multiple
    return named[1] if of_two else question.against


def opposed(question: Comparison, group: Axis) -> Mapping[str, str]:
    """Each group that is compared, and against whom. Raises UserError (ASK-056) where that is none of the groups."""
    named, other = named_groups(group), against_whom(question, group)
    if other not in (REST, *named):
        raise no_such_group(other, named)
    return {code: other for code in named if code != other}


def all_opposed(question: Comparison, group: Axis) -> Mapping[str, tuple[str, ...]]:
    """Each group that is compared, and all that it is compared with, of groups that do not overlap."""
    named = named_groups(group)
    of_each = opposed(question, group).items()
    return {code: (other,) if other else tuple(each for each in named if each != code) for code, other in of_each}


def no_such_group(against: str, named: list[str]) -> UserError:
    there = ", ".join(named[:60])
    return UserError.of(
        "ASK-056",
        sv=f"Det finns inget ”{shown(against)}” att jämföra med i svaret. Där finns {there or 'inga grupper'}.",
        en=f"There is no '{shown(against)}' to compare with in the answer. It has {there or 'no groups'}.",
    )
