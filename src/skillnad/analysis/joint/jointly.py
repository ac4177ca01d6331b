"""The gaps of several tables together: safe against a reader of them all, or not shown.

Each table is protected alone first. What is hidden in one is hidden in all; then the joint reader is asked what follows
all the same, and gaps are added until nothing does. A table with something that no gaps can keep from following is
withheld whole. An audit of everything stands last, and fails closed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.audit import Claim
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern, protect_counts
from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.mending import Mending
from skillnad.analysis.joint.named import NamedTable
from skillnad.analysis.joint.union import Union
from skillnad.analysis.joint.watching import Watch

ROUNDS = 30
"""So many times what was mended is looked at again; then the tables with what is still unmet are withheld."""
Alone = Mapping[str, Mapping[str, Pattern]]
"""Each table's patterns, by the table's key and by what is counted in it."""
Told = Callable[[int, int], None]
"""Told which round it is, and how many promises were still broken."""


def nobody(_round: int, _unmet: int) -> None:
    """Progress that nobody is told."""


@dataclass(frozen=True)
class JointPattern:
    """`hidden` by canonical names; `withheld` are keys of tables of which nothing may be shown."""

    hidden: frozenset[Name]
    withheld: frozenset[str]
    rounds: int

    def of(self, table: NamedTable, key: str) -> dict[str, Pattern]:
        """Each part's pattern in the table's own names, as `protection.protect_table` takes it."""
        return {kind: self._part(table, kind, key in self.withheld) for kind in table.parts}

    def _part(self, table: NamedTable, kind: str, withheld: bool) -> Pattern:
        part = table.parts[kind]
        own = {name for name, canonical in part.names.items() if canonical in part.groups}
        hidden = frozenset(own if withheld else (name for name in own if part.names[name] in self.hidden))
        return Pattern(hidden, 0, withheld=withheld)


def alone(table: NamedTable, policy: Policy) -> dict[str, Pattern]:
    """The patterns of one table, as if there were no other."""
    return {kind: protect_counts(part.told, policy) for kind, part in table.parts.items()}


@dataclass
class Jointly:
    """`shown` and `hidden` are what earlier answers have shown and hidden: the one cannot be hidden any more, and the
    other must stay hidden. Tables of `settled` have been answered, and are never withheld."""

    union: Union
    policy: Policy
    alone: Alone
    shown: Collection[Name] = frozenset()
    hidden: Collection[Name] = frozenset()
    settled: Collection[str] = frozenset()
    progress: Told = nobody
    withheld: set[str] = field(default_factory=set)

    def pattern(self) -> JointPattern:
        """Safe, and the same for the same tables in whatever order they come. Raises UserError (DISC-002)."""
        self.withheld |= {key for key, parts in self.alone.items() if any(part.withheld for part in parts.values())}
        rounds = 0
        while True:
            hidden, left, more = self._settled_without_withheld()
            rounds += more
            if not left:
                return JointPattern(frozenset(hidden), frozenset(self.withheld), rounds)
            blamed = self._blamed(left)
            if not blamed:
                raise Contradicted(left)
            self.withheld |= blamed

    def _settled_without_withheld(self) -> tuple[set[Name], list[Claim], int]:
        """The gaps; and what they still do not keep."""
        told = self.union.only(key for key in self.union.tables if key not in self.withheld)
        hidden = self._first(told)
        mending = Mending(told.system, self.policy, hidden, frozenset(self.shown) - hidden)
        watch = Watch(told.system, self.policy)
        for turn in range(ROUNDS):
            unmet = watch.unmet(hidden)
            self.progress(turn, len(unmet))
            if not unmet:
                return hidden, self._objected(told, hidden), turn
            before = len(hidden)
            mending.stuck = []
            mending.mend(unmet)
            if len(hidden) == before:
                return hidden, mending.stuck or unmet, turn
        return hidden, watch.unmet(hidden), ROUNDS

    def _first(self, told: Union) -> set[Name]:
        """All that is hidden in any table alone, and what was hidden before."""
        hidden = set(self.hidden)
        for key, table in told.tables.items():
            for kind, pattern in self.alone.get(key, {}).items():
                hidden |= {table.parts[kind].names[name] for name in pattern.hidden}
        return hidden

    def _objected(self, told: Union, hidden: set[Name]) -> list[Claim]:
        """The last audit: a reader that has seen nothing before."""
        return Watch(told.system, self.policy).unmet(hidden)

    def _blamed(self, left: Collection[Claim]) -> set[str]:
        """The tables that stand where something cannot be kept; never one that has been answered."""
        found: set[str] = set()
        for claim in left:
            found |= self.union.near(claim.name) - set(self.settled) - self.withheld
        return found


class Contradicted(Exception):
    """What was answered before cannot be kept safe, whatever is withheld now. Says nothing of any value."""

    def __init__(self, left: Collection[Claim]) -> None:
        super().__init__()
        self.names = [claim.name for claim in left]
