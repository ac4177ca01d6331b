"""What releases of other snapshots have said of groups, against how many they are now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.ledger import Counts, Heard


@dataclass(frozen=True)
class Said:
    """`shown`: with the number that they have now; `hidden`: with that number, and shown in no release. `near`: all
    whose number is another by less than `said_of` was told; `moved`: those that were shown so."""

    shown: frozenset[Name] = frozenset()
    hidden: frozenset[Name] = frozenset()
    near: frozenset[Name] = frozenset()
    moved: frozenset[Name] = frozenset()

    @property
    def known(self) -> frozenset[Name]:
        """All that something was said of, with this number or one near it."""
        return self.shown | self.hidden | self.near


def said_of(counts: Counts, heard: Mapping[Name, Sequence[Heard]], within: float) -> Said:
    """A group that was told with the number that it has now has not moved, whatever else was told of it."""
    same = {name for name, told in heard.items() if any(one.number == counts[name] for one in told)}
    shown = {name for name in same if any(one.shown and one.number == counts[name] for one in heard[name])}
    near = {name for name in heard.keys() - same if any(_near(one, counts[name], within) for one in heard[name])}
    moved = {name for name in near if any(one.shown and _near(one, counts[name], within) for one in heard[name])}
    return Said(frozenset(shown), frozenset(same - shown), frozenset(near), frozenset(moved))


def _near(one: Heard, count: float, within: float) -> bool:
    return 0 < abs(one.number - count) < within
