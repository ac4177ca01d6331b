"""What is drawn, and what stands out, among a period's readings of people. Pure.

A pattern is no suspicion: who works at night reads at night. What the register has no knowledge of cannot be looked for
here: it has no names and no addresses, and so no neighbours and no namesakes.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

NIGHT_BEGINS, NIGHT_ENDS = 22, 6
"""Hours of the local clock."""
MANY_PROTECTED = 5
"""Different people with protected identity, read by one login in the period."""


@dataclass(frozen=True)
class Reading:
    """That a login (`by`) read a person, by the keyed name that the log has. One event may be several readings."""

    event: int
    by: str
    at: datetime
    person: int


@dataclass(frozen=True)
class Held:
    """A unit that a login has had: whose people they are, and from when to when (None: still) the login had it."""

    people: frozenset[int]
    spans: tuple[tuple[datetime, datetime | None], ...]


@dataclass(frozen=True)
class Circumstances:
    """What is known beside the log: people by keyed name, logins as the log calls them."""

    protected: frozenset[int] = frozenset()
    own: Mapping[str, int] = field(default_factory=dict)
    held: Mapping[str, Sequence[Held]] = field(default_factory=dict)


@dataclass(frozen=True)
class Pattern:
    """A login's first event of a kind, and how many there were."""

    reason: str
    event: int
    events: int


def drawn(events: Iterable[int], wanted: int, seed: str) -> list[int]:
    """So many of the events, each as likely. The same seed and log give the same events."""
    among = sorted(set(events))
    return sorted(random.Random(seed).sample(among, min(wanted, len(among))))


def patterns(readings: Iterable[Reading], known: Circumstances, zone: tzinfo) -> list[Pattern]:
    """One of each login and kind, in the order of the kinds."""
    events: dict[tuple[str, str], set[int]] = defaultdict(set)
    protected: dict[str, set[int]] = defaultdict(set)
    tests: dict[str, Callable[[Reading], bool]] = {
        "protected": lambda one: one.person in known.protected,
        "night": lambda one: is_night(one.at.astimezone(zone)),
        "left": lambda one: had_left(one, known.held.get(one.by, ())),
        "own": lambda one: known.own.get(one.by) == one.person,
    }
    for one in readings:
        for reason, fits in tests.items():
            if fits(one):
                events[reason, one.by].add(one.event)
        if one.person in known.protected:
            protected[one.by].add(one.person)
    order = list(tests)
    told = sorted(events, key=lambda each: (order.index(each[0]), each[1]))
    return [
        Pattern(reason, min(events[reason, by]), len(events[reason, by]))
        for reason, by in told
        if reason != "protected" or len(protected[by]) >= MANY_PROTECTED
    ]


def is_night(local: datetime) -> bool:
    return local.hour >= NIGHT_BEGINS or local.hour < NIGHT_ENDS


def had_left(one: Reading, held: Sequence[Held]) -> bool:
    """Whether the login had had a unit of the person's before, and had none of the person's units then."""
    spans = [span for each in held if one.person in each.people for span in each.spans]
    left = any(end is not None and end <= one.at for _, end in spans)
    return left and not any(begin <= one.at and (end is None or one.at < end) for begin, end in spans)
