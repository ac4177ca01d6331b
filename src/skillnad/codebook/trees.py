"""Units through reorganisations: which there were on a day, and which of all units go together as one line, so that a
series that crosses a reorganisation stays whole.

A unit's rows keep the unit that did the work. Seen on the tree of a day, each unit is counted in a line: with the unit
that it became, or was, that day. Where a split leaves no saying which of the new ones a row would belong to, they are
one line together: nothing is shared out by guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class UnitSpell:
    """A unit under one name in one place of the tree, from a first day to a last; None where there is none."""

    code: str
    name: str
    committee: str
    administration: str = ""
    first_day: date | None = None
    last_day: date | None = None

    def there_on(self, day: date) -> bool:
        return (self.first_day or day) <= day <= (self.last_day or day)


@dataclass(frozen=True)
class Succession:
    """A unit's work that another goes on with from `day`: one to several is a split, several to one a merger."""

    predecessor: str
    successor: str
    day: date


@dataclass(frozen=True)
class TreeHistory:
    """All spells of all units, in order of time within each unit, and who follows whom."""

    spells: tuple[UnitSpell, ...] = ()
    successions: tuple[Succession, ...] = ()


NO_HISTORY = TreeHistory()
"""Of a tree that was never reorganised, or that nobody has told of."""


@dataclass(frozen=True)
class Line:
    """What is counted together on the tree of a day: the units that were there then (`shown`), and all whose rows count
    there (`units`), both sorted. A line without any `shown` is of units that ended without a successor, or had not
    begun."""

    name: str
    shown: tuple[str, ...]
    units: tuple[str, ...]


def units_on(history: TreeHistory, day: date) -> dict[str, UnitSpell]:
    """The units that there were on the day, by code, each as it was then."""
    return {spell.code: spell for spell in history.spells if spell.there_on(day)}


def lines_on(history: TreeHistory, day: date) -> tuple[Line, ...]:
    """Every unit in exactly one line, in order of the lines' names."""
    there = units_on(history, day)
    latest = {spell.code: spell for spell in history.spells}
    groups = _joined(latest, ({code, *_counted_with(history, code, there, day)} for code in latest))
    return tuple(sorted((_line(group, there, latest) for group in groups), key=lambda line: (line.name, line.units)))


def committees_on(history: TreeHistory, day: date) -> dict[str, tuple[str, ...]]:
    """The units whose rows count in each committee on the tree of the day, by the committee's code. A line that lies in
    two committees is under both codes, joined by ` + `."""
    there = units_on(history, day)
    latest = {spell.code: spell for spell in history.spells}
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines_on(history, day):
        spells = [there[code] for code in line.shown] or [latest[code] for code in line.units]
        found[" + ".join(sorted({spell.committee for spell in spells}))] += line.units
    return {committee: tuple(sorted(units)) for committee, units in sorted(found.items())}


def _counted_with(history: TreeHistory, code: str, there: Mapping[str, UnitSpell], day: date) -> frozenset[str]:
    """The units of the day that the unit became; where it became none of them, those that it came from. A unit that is
    there itself goes with what it has given away by then, and with what it has taken over since."""
    after, before = defaultdict(set), defaultdict(set)
    for succession in history.successions:
        if code not in there or succession.day <= day:
            after[succession.predecessor].add(succession.successor)
        if code not in there or succession.day > day:
            before[succession.successor].add(succession.predecessor)
    if code in there:
        return _nearest(code, after, there) | _nearest(code, before, there)
    return _nearest(code, after, there) or _nearest(code, before, there)


def _nearest(code: str, following: Mapping[str, set[str]], there: Mapping[str, UnitSpell]) -> frozenset[str]:
    found, seen, waiting = set(), {code}, [code]
    while waiting:
        for other in following.get(waiting.pop(), set()) - seen:
            seen.add(other)
            if other in there:
                found.add(other)
            else:
                waiting.append(other)
    return frozenset(found)


def _joined(codes: Iterable[str], together: Iterable[set[str]]) -> list[frozenset[str]]:
    """The codes in groups, such that those that are anywhere together are in the same."""
    group_of = {code: frozenset({code}) for code in codes}
    for some in together:
        whole = frozenset().union(*(group_of[code] for code in some))
        group_of.update(dict.fromkeys(whole, whole))
    return list(dict.fromkeys(group_of.values()))


def _line(group: frozenset[str], there: Mapping[str, UnitSpell], latest: Mapping[str, UnitSpell]) -> Line:
    shown = tuple(sorted(group & there.keys()))
    names = sorted(there[code].name for code in shown) or sorted(latest[code].name for code in group)
    return Line(" + ".join(names), shown, tuple(sorted(group)))


def faults_of(history: TreeHistory) -> Iterator[tuple[str, str]]:
    """What no tree can have, as (kind, unit's code): "overlap" two spells of a unit on the same day, "circular" a unit
    that follows itself by way of others, "unknown" a succession of a unit that has no spell, "before" a unit that
    follows another before that one began."""
    by_unit: dict[str, list[UnitSpell]] = defaultdict(list)
    for spell in sorted(history.spells, key=_begins):
        by_unit[spell.code].append(spell)
    for code, spells in by_unit.items():
        if any((one.last_day or date.max) >= _begins(other) for one, other in pairwise(spells)):
            yield "overlap", code
    for succession in history.successions:
        unknown = {succession.predecessor, succession.successor} - by_unit.keys()
        yield from (("unknown", code) for code in sorted(unknown))
        if not unknown and succession.day < _begins(by_unit[succession.predecessor][0]):
            yield "before", succession.predecessor
    yield from (("circular", code) for code in _circular(history.successions))


def _begins(spell: UnitSpell) -> date:
    return spell.first_day or date.min


def _circular(successions: Iterable[Succession]) -> Iterator[str]:
    after = defaultdict(set)
    for succession in successions:
        after[succession.predecessor].add(succession.successor)
    for code in sorted(after):
        reached: set[str] = set()
        waiting = [code]
        while waiting:
            more = after[waiting.pop()] - reached
            reached |= more
            waiting += [other for other in more if other in after]
        if code in reached:
            yield code
