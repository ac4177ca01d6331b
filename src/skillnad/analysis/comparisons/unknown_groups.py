"""All the others of a group where there are rows of which nobody knows the group: in a sample, since they have been
drawn too. Other comparisons are of no such rows (`known`)."""

from math import inf

from skillnad.analysis.comparisons.made import Counts
from skillnad.analysis.comparisons.opponents import named_groups
from skillnad.analysis.comparisons.shares import Groups
from skillnad.analysis.formulas.proportions import Counted
from skillnad.analysis.results import TOTAL, Axis, LevelKind

MOST_UNKNOWN = 0.05
"""How large a part of the others may at most be rows of which nobody knows the group."""


def the_others(group: Axis, groups: Groups, counts: Counts, code: str) -> Counted | None:
    """Everyone who is in another group, or, where levels overlap, everyone of whom it is known and who is not in it.

    That is all but the group and those of whom nobody knows. Where the latter are hidden the other groups are added up
    instead. Where that cannot be either, those of whom nobody knows are left among the others if they are so few that
    it matters little; else nothing is said.
    """
    whole, own = groups[TOTAL], groups[code]
    if whole is None or own is None:
        return None
    outside = {level.code: groups[level.code] for level in group.levels if level.kind is not LevelKind.VALUE}
    if None in outside.values() and not group.multiple:
        added = _added([groups[one] for one in named_groups(group) if one != code])
        if added is not None:
            return added
    known = [own, *(counted for counted in outside.values() if counted is not None)]
    rest = Counted(whole.part - sum(one.part for one in known), whole.whole - sum(one.whole for one in known))
    among = sum(_at_most(group, counts, one) for one, counted in outside.items() if counted is None)
    return rest if among <= MOST_UNKNOWN * rest.whole else None


def _at_most(group: Axis, counts: Counts, code: str) -> float:
    """How many rows a hidden group can be at most: its own number, or all that are not shown. Where levels overlap that
    cannot be told; a number that is hidden there is a small one, since no other follows from it."""
    own = counts[TOTAL, code]
    if own is not None:
        return own
    shown = [counts[TOTAL, level.code] or 0 for level in group.levels]
    return 0 if group.multiple else (counts[TOTAL, TOTAL] or inf) - sum(shown)


def _added(counted: list[Counted | None]) -> Counted | None:
    shown = [one for one in counted if one is not None]
    if len(shown) < len(counted):
        return None
    return Counted(sum(one.part for one in shown), sum(one.whole for one in shown))
