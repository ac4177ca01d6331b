"""The gaps of several tables together: safe against a reader of them all, or not shown.

Each table has gaps of its own to start from. What is hidden in one is hidden in all; then the joint reader is asked
what follows all the same, and gaps are added until nothing does. What is shown is only what the reader's last look had
nothing to say of; a table with something that no gaps can keep from following says only what is known already, and
where not even that is safe it is withheld whole.
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
from skillnad.analysis.joint.worth import worth
from skillnad.analysis.measures import OPEN
from skillnad.analysis.protection import CLIENTS, ROWS, count_pattern
from skillnad.analysis.relations import open_system, people_system
from skillnad.analysis.results import RawTable

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
    """`hidden` are the groups that are, under every name; `withheld` are keys of tables of which nothing may be shown,
    and `stuck` those of tables that these could not be shown beside."""

    hidden: frozenset[Name]
    withheld: frozenset[str]
    rounds: int
    stuck: frozenset[str] = frozenset()

    def of(self, table: NamedTable, key: str) -> dict[str, Pattern]:
        """Each part's pattern in the table's own names, as `protection.protect_table` takes it."""
        return {kind: self._part(table, kind, key in self.withheld) for kind in table.parts}

    def _part(self, table: NamedTable, kind: str, withheld: bool) -> Pattern:
        part = table.parts[kind]
        own = {name for name, canonical in part.names.items() if canonical in part.groups}
        hidden = frozenset(own if withheld else (name for name in own if part.names[name] in self.hidden))
        return Pattern(hidden, 0, withheld=withheld)


def alone(raw: RawTable, policy: Policy) -> dict[str, Pattern]:
    """The patterns of one table by what is counted in it, as if there were no other."""
    patterns = {ROWS: count_pattern(raw, policy)}
    if OPEN in raw.values:
        patterns[OPEN] = protect_counts(open_system(raw), policy)
    if CLIENTS in raw.values:
        patterns[CLIENTS] = protect_counts(people_system(raw, CLIENTS), policy, forced=patterns[ROWS].hidden)
    return patterns


@dataclass
class Jointly:
    """`alone` is what each table hides to start from. `shown` and `hidden` are what earlier answers have shown and
    hidden: the one cannot be hidden any more, and the other must stay hidden. Tables of `settled` have been answered,
    and are never withheld. `safe` are components that have been audited before."""

    union: Union
    policy: Policy
    alone: Alone
    shown: Collection[Name] = frozenset()
    hidden: Collection[Name] = frozenset()
    settled: Collection[str] = frozenset()
    progress: Told = nobody
    safe: set[bytes] = field(default_factory=set)
    withheld: set[str] = field(default_factory=set)
    narrowed: set[str] = field(default_factory=set)
    stuck: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._told = self.union

    def pattern(self) -> JointPattern:
        """Safe, and the same for the same tables in whatever order they come. Raises UserError (DISC-002)."""
        self.withheld |= {key for key, parts in self.alone.items() if any(part.withheld for part in parts.values())}
        rounds = 0
        while True:
            hidden, left, more = self._settled_without_withheld()
            rounds += more
            if not left:
                return JointPattern(self._groups(hidden), frozenset(self.withheld), rounds, frozenset(self.stuck))
            near = self._near(left)
            self.stuck |= near.union(*(self._told.beside(claim.name) for claim in left))
            if not near - set(self.settled):
                raise Contradicted(self.stuck)
            self._say_less(near - set(self.settled))

    def _say_less(self, keys: set[str]) -> None:
        """Nothing but what is known already; of those that say no more than that, nothing."""
        more = {key for key in keys - self.narrowed if self._known_in(key)}
        self.narrowed |= more
        self.withheld |= set() if more else keys

    def _known_in(self, key: str) -> set[Name]:
        return {name for part in self.union.tables[key].parts.values() for name in part.groups} & set(self.shown)

    def _settled_without_withheld(self) -> tuple[set[Name], list[Claim], int]:
        """The gaps; and what they still do not keep."""
        told = self._told = self.union.only(key for key in self.union.tables if key not in self.withheld)
        hidden, shown = self._first(told), told.called(self.shown)
        if hidden & shown:
            raise Contradicted({key for name in hidden & shown for key in told.near(name)})
        mending: Mending | None = None
        watch = Watch(told.system, self.policy, self.safe)
        for turn in range(ROUNDS):
            unmet = watch.unmet(hidden, mending.moves if mending else ())
            self.progress(turn, len(unmet))
            if not unmet:
                return hidden, [], turn
            before = len(hidden)
            mending = mending or Mending(told.system, self.policy, hidden, shown, worth(told))
            mending.stuck = []
            mending.mend(unmet)
            if len(hidden) == before:
                return hidden, mending.stuck or unmet, turn
        return hidden, watch.unmet(hidden, mending.moves if mending else ()), ROUNDS

    def _first(self, told: Union) -> set[Name]:
        """All that is hidden in any table alone, and what was hidden before."""
        alone: set[Name] = set()
        for key, table in told.tables.items():
            for kind, pattern in self.alone.get(key, {}).items():
                part = table.parts[kind]
                alone |= set(part.groups) if key in self.narrowed else {part.names[name] for name in pattern.hidden}
        return told.called(self.hidden) | (told.called(alone) - told.called(self.shown))

    def _groups(self, hidden: set[Name]) -> frozenset[Name]:
        """The groups that the cells are of."""
        told = self._told
        return frozenset(name for name in told.groups if told.merged.same.get(name) in hidden)

    def _near(self, left: Collection[Claim]) -> set[str]:
        """The tables where something cannot be kept; of the new ones all, where it is not in any of them."""
        found = {key for claim in left for key in self._told.near(claim.name)}
        new = self.union.tables.keys() - set(self.settled) - self.withheld
        return found if found & new else found | new


class Contradicted(Exception):
    """What was answered before cannot be kept safe, whatever is withheld now. Says nothing of any value."""

    def __init__(self, tables: Collection[str]) -> None:
        super().__init__()
        self.tables = tables
