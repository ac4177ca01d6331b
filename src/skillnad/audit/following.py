"""One segment of the log, followed from seal to seal. Pure: rows come in, what is wrong goes out."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from skillnad.audit.chain import Sealing, canonical, content, list_digest
from skillnad.audit.entries import CLIENT, PEOPLE
from skillnad.audit.stored import Row

MOST = 20
"""Faults that are told one by one; the rest are counted."""
_REMEMBERED = 10_000
_WHOLE_SECOND = len("2026-03-02 09:30:00")


class Wrong(StrEnum):
    CHANGED = "changed"  # its seal is not of what it says
    INSERTED = "inserted"  # as changed, and the chain goes on without it
    GAP = "gap"  # what it follows is not the one before: see `judged`
    REMOVED = "removed"
    MOVED = "moved"
    PEOPLE = "people"  # the list beside it is not the one that it was written with


@dataclass(frozen=True)
class Fault:
    """`number` is the place in the log (the first is 1), `follows` the seal of the event that should stand before."""

    wrong: Wrong
    number: int
    row: int
    at: str
    follows: str = ""


@dataclass
class Followed:
    """How many events a segment has, the seal of its last, its first faults, and how many there are."""

    events: int = 0
    last: str = ""
    faults: list[Fault] = field(default_factory=list)
    wrong: int = 0

    def add(self, fault: Fault) -> None:
        self.wrong += 1
        if len(self.faults) < MOST:
            self.faults.append(fault)

    def after(self, events: int) -> "Followed":
        """With its faults numbered as the segment begins after so many events."""
        return replace(self, faults=[replace(each, number=each.number + events) for each in self.faults])


def follow(rows: Iterable[Row], listed: Iterable[tuple[int, int]], previous: str, sealing: Sealing) -> Followed:
    """Every event against its own seal, the seal before it, and the people that are listed beside it."""
    found, lists, texts = Followed(last=previous), _Lists(listed), _Texts()
    link, skipped = sealing.link, None
    for row in rows:
        number, at, by, action, purpose, kind, subjects, details, before, mac = row
        found.events += 1
        told_subjects, told_details = texts.of(subjects), texts.of(details)
        sealed = link(content(before, _moment(at), by, action, purpose, kind, told_subjects, told_details)).hex()
        whole = sealed == mac and before == found.last
        skipped = None if whole else _odd(found, row, skipped, sealed == mac)
        found.last = mac
        there = lists.of(number)
        if (kind == CLIENT or there or PEOPLE in told_details) and not _fits(there, kind, subjects, details, sealing):
            found.add(Fault(Wrong.PEOPLE, found.events, number, at))
    if lists.rest():
        found.add(Fault(Wrong.PEOPLE, found.events, 0, ""))
    return found


def _odd(found: Followed, row: Row, skipped: str | None, sealed: bool) -> str | None:
    """Note what is wrong with a row. `skipped` is the seal before the row above, where that one was changed: a row that
    follows it shows that the one above was put there. Gives the same of this row for the next."""
    number, at, before, last = row[0], row[1], row[8], found.last
    put_in = skipped is not None and before == skipped
    if put_in and found.faults[-1:]:
        found.faults[-1] = replace(found.faults[-1], wrong=Wrong.INSERTED)
    if not sealed:
        found.add(Fault(Wrong.CHANGED, found.events, number, at))
        return last
    if not put_in:
        found.add(Fault(Wrong.GAP, found.events, number, at, follows=before))
    return None


def _fits(there: list[int], kind: str, subjects: str, details: str, sealing: Sealing) -> bool:
    """Whether the list beside an event is what the event says. What it says has a seal of its own."""
    try:
        if kind == CLIENT and (alone := subjects[1:-1]).isdecimal():  # most events
            return there == [sealing.person(int(alone))]
        if kind == CLIENT:
            return there == sealing.people(int(each) for each in json.loads(subjects))
        said = json.loads(details).get(PEOPLE)
        return bool(not there if said is None else said == {"count": len(there), "sha256": list_digest(there)})
    except (ValueError, TypeError, AttributeError):
        return False


class _Lists:
    """The lists of a segment, taken in the order of their events. A row of an event that is not there, or out of its
    order, is left over."""

    def __init__(self, listed: Iterable[tuple[int, int]]) -> None:
        self._rows: Iterator[tuple[int, int]] = iter(listed)
        self._left_over = False
        self._next = next(self._rows, None)

    def of(self, event: int) -> list[int]:
        found: list[int] = []
        while self._next is not None and self._next[0] <= event:
            if self._next[0] == event:
                found.append(self._next[1])
            else:
                self._left_over = True
            self._next = next(self._rows, None)
        return found

    def rest(self) -> bool:
        return self._left_over or self._next is not None


class _Texts:
    """The canonical text of stored JSON. Lists of numbers, and what was met before, need no reading."""

    def __init__(self) -> None:
        self._met: dict[str, str] = {}

    def of(self, stored: str) -> str:
        if stored[:1] == "[" and '"' not in stored:
            return stored.replace(", ", ",")
        known = self._met.get(stored)
        if known is None:
            known = _read(stored)
            if len(self._met) < _REMEMBERED:
                self._met[stored] = known
        return known


def _read(stored: str) -> str:
    try:
        return canonical(json.loads(stored))
    except ValueError:
        return stored  # was never written so, and its seal will say so


def _moment(at: str) -> str:
    """As `chain.moment` writes it; SQLite leaves out a fraction that is nothing."""
    fraction = ".000000" if len(at) == _WHOLE_SECOND else ""
    return f"{at[:10]}T{at[11:]}{fraction}+00:00"
