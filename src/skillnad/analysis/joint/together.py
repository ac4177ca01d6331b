"""New answers beside each other and beside those that stand: one joint problem a population, and who is in the way."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern
from skillnad.analysis.joint.beside import Beside, beside
from skillnad.analysis.joint.jointly import Contradicted, Jointly, JointPattern, alone
from skillnad.analysis.joint.named import NamedTable, named_table
from skillnad.analysis.joint.standing import Standing
from skillnad.analysis.joint.starting import guards_more, starting
from skillnad.analysis.results import RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Population
from skillnad.lib.errors import UserError


@dataclass(frozen=True)
class Alone:
    """A table that is counted for an answer. Its gaps are found when they are asked for, and kept; so are its names."""

    raw: RawTable
    policy: Policy
    _named: dict[str, NamedTable] = field(default_factory=dict, repr=False, compare=False)

    def named(self, snapshot: Snapshot) -> NamedTable:
        """The table, counted on the snapshot, with its cells under their groups' names."""
        if snapshot.id not in self._named:
            self._named[snapshot.id] = named_table(snapshot, self.raw)
        return self._named[snapshot.id]

    @cached_property
    def patterns(self) -> Mapping[str, Pattern]:
        """As if there were no other table."""
        return alone(self.raw, self.policy)

    @cached_property
    def first(self) -> Mapping[str, Pattern]:
        """What is hidden whatever the others are."""
        return self.patterns if guards_more(self.raw, self.policy) else starting(self.raw, self.policy)


def numbered(key: str, place: int) -> str:
    """What a table is called that an answer was made of; most are made of one."""
    return f"{key}.{place}"


def together(
    snapshot: Snapshot,
    told: Mapping[str, Sequence[Alone]],
    standing: Standing,
    policy: Policy,
    *,
    or_refuse: bool = False,
) -> dict[str, list[Mapping[str, Pattern]]]:
    """The gaps of each answer's tables, by the answer's key. What cannot be safe beside the rest is withheld whole, or
    with `or_refuse` refused.

    Raises UserError: DISC-017, which says what stands in the way.
    """
    own = {numbered(key, place): one for key, ones in told.items() for place, one in enumerate(ones)}
    if policy.own_area or policy.way is not Way.SUPPRESS:
        return {key: [one.patterns for one in ones] for key, ones in told.items()}
    named = {name: one.named(snapshot) for name, one in own.items()}
    patterns: dict[str, Mapping[str, Pattern]] = {}
    for keys in _by_population(own):
        new = {key: named[key] for key in keys}
        found = _at_least(new, {key: own[key] for key in keys}, standing, policy)
        if or_refuse and found.stuck:
            raise _in_the_way(found.stuck, standing)
        patterns |= {key: found.of(named[key], key) for key in keys}
    return {key: [patterns[numbered(key, place)] for place in range(len(ones))] for key, ones in told.items()}


def _by_population(own: Mapping[str, Alone]) -> Iterable[list[str]]:
    """Tables of different populations have no groups in common."""
    found: dict[Population, list[str]] = defaultdict(list)
    for key, one in sorted(own.items()):
        found[selection_of(one.raw.question).population].append(key)
    return found.values()


def _at_least(
    new: Mapping[str, NamedTable], own: Mapping[str, Alone], standing: Standing, policy: Policy
) -> JointPattern:
    """From as few gaps as can be; from all that the tables have alone, where that leads nowhere."""
    told = beside(new, standing, policy)
    try:
        found = _population(told, {key: one.first for key, one in own.items()}, standing, policy)
    except UserError:
        found = None
    if found and not found.stuck:
        return found
    return _population(told, {key: one.patterns for key, one in own.items()}, standing, policy)


def _population(
    told: Beside,
    alone: Mapping[str, Mapping[str, Pattern]],
    standing: Standing,
    policy: Policy,
) -> JointPattern:
    try:
        return Jointly(told.union, policy, alone, told.shown, told.hidden, told.settled, safe=standing.safe).pattern()
    except Contradicted as stuck:
        raise _in_the_way(stuck.tables, standing) from None


def _in_the_way(tables: Iterable[str], standing: Standing) -> UserError:
    others_first = sorted(tables, key=lambda key: (key in standing.asked, key))
    earlier = [words for key in others_first if (words := standing.words(key))]
    sv, en = (f" ({words})" for words in earlier[0]) if earlier else ("", "")
    return UserError.of(
        "DISC-017",
        sv=f"Svaret kan inte visas bredvid ett som redan har visats{sv}: tillsammans skulle de röja ett litet tal. "
        "Fråga med färre eller grövre indelningar, eller om en större grupp.",
        en=f"The answer cannot be shown beside one that has been shown already{en}: together they would tell a small "
        "number. Ask with fewer or coarser columns, or of a larger group.",
    )
