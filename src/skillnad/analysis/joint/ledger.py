"""The ledger of releases: what was asked of which snapshot, and keyed names of the groups that were shown and hidden,
chained, so that a later snapshot's answers are safe beside an earlier one's.

A row of a snapshot has no name that lasts to the next snapshot. A group of two snapshots is the same people where its
canonical name and its number are; where the number is another by less than the threshold, nearly all of them are the
same, and the few that are not are a group that a reader of both gets by subtracting. What is written is an HMAC of name
and number, under a key that lies elsewhere: the ledger alone tells neither which groups were shown nor their numbers.
Each line has a seal over itself and the line before.
"""

import hmac
import json
import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.ledger_book import Book, damaged, other_people
from skillnad.analysis.joint.releases import Release
from skillnad.lib.locks import file_lock

KEY_BYTES = 32
Counts = Mapping[Name, float]


@dataclass(frozen=True)
class Said:
    """What earlier releases have said of some groups.

    `shown` and `hidden`: with the number that they have now, or so near what was hidden that it stays hidden; `moved`:
    the numbers they were shown with, another by less than the threshold; `near`: all whose number is another by so
    little. `answers`: in which release.
    """

    shown: frozenset[Name] = frozenset()
    hidden: frozenset[Name] = frozenset()
    moved: Mapping[Name, tuple[float, ...]] = field(default_factory=dict)
    near: frozenset[Name] = frozenset()
    answers: Mapping[Name, str] = field(default_factory=dict)

    @property
    def known(self) -> frozenset[Name]:
        """All groups that something was said of, with this number or one near it."""
        return self.shown | self.hidden | self.near


@dataclass(frozen=True)
class Ledger:
    """A file of lines, oldest first. `key` is the installation's; `municipality` is whose people it is about, where
    that is known."""

    file: Path
    key: bytes = field(repr=False)
    municipality: str = ""

    def record(self, release: Release, shown: Counts, hidden: Counts) -> None:
        """One release more. One that is there already is not written again.

        Raises UserError: DISC-019 where the ledger is damaged, or sealed with another key, DISC-026 where it is of
        another municipality.
        """
        with file_lock(self.file.with_suffix(".lock")):
            book = self._book()
            if release.key in book.releases:
                return
            line = {
                **release.as_data(),
                "municipality": self.municipality,
                "shown": sorted(self._mark(name, count) for name, count in shown.items()),
                "hidden": sorted(self._mark(name, count) for name, count in hidden.items()),
                "before": book.seal,
            }
            sealed = {**line, "seal": self._seal(line)}
            self._append(sealed)
            book.add(sealed, release, self.file)

    def releases(self) -> list[Release]:
        """All of them, oldest first. Raises UserError as `record`."""
        return list(self._book().releases.values())

    def said_of(self, counts: Counts, within: int = 1, of: Collection[str] | None = None) -> Said:
        """Of groups as they are now, in all releases or those `of` the keys: shown where one showed that number,
        hidden where one hid it and none has shown it; and of numbers that are another by less than `within`. Raises
        UserError as `record`."""
        book, found = self._book(), _Found()
        for name, count in counts.items():
            told = book.told(self._mark(name, count), of)
            if told:
                found.same(name, told)
                continue
            for number in _near(count, within):
                found.nearly(name, number, book.told(self._mark(name, number), of), within)
        return found.said()

    def _mark(self, name: Name, count: float) -> str:
        text = f"{json.dumps(name, ensure_ascii=False)[:-1]}, {float(count)!r}]"
        return self._mac(b"group", text.encode())

    def _book(self) -> Book:
        return Book.read(self.file, (self.key, self.municipality), self._checked)

    def _checked(self, line: Mapping[str, Any], number: int) -> None:
        """Raises UserError (DISC-019, DISC-026)."""
        told = {name: value for name, value in line.items() if name != "seal"}
        if not hmac.compare_digest(str(line.get("seal", "")), self._seal(told)):
            raise damaged(number)
        of = line.get("municipality", "")
        if of and self.municipality and of != self.municipality:
            raise other_people(number)

    def _append(self, line: Mapping[str, Any]) -> None:
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, separators=(",", ":")) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def _seal(self, line: Mapping[str, Any]) -> str:
        return self._mac(b"line", json.dumps(line, sort_keys=True, separators=(",", ":")).encode())

    def _mac(self, purpose: bytes, content: bytes) -> str:
        return hmac.digest(self.key, purpose + b"\0" + content, "sha256").hex()


@dataclass
class _Found:
    shown: set[Name] = field(default_factory=set)
    hidden: set[Name] = field(default_factory=set)
    moved: dict[Name, tuple[float, ...]] = field(default_factory=dict)
    near: set[Name] = field(default_factory=set)
    answers: dict[Name, str] = field(default_factory=dict)

    def same(self, name: Name, told: Mapping[str, bool]) -> None:
        open_ones = [answer for answer, shown in told.items() if shown]
        (self.shown if open_ones else self.hidden).add(name)
        self.answers[name] = (open_ones or [*told])[0]

    def nearly(self, name: Name, number: float, told: Mapping[str, bool], within: int) -> None:
        """A gap of a large number stays one: it hides a small one, and what is shown near it would tell about it."""
        if not told:
            return
        self.near.add(name)
        self.answers.setdefault(name, next(iter(told)))
        if any(told.values()):
            self.moved[name] = (*self.moved.get(name, ()), number)
        elif number >= within:
            self.hidden.add(name)

    def said(self) -> Said:
        return Said(
            frozenset(self.shown), frozenset(self.hidden - self.shown), self.moved, frozenset(self.near), self.answers
        )


def _near(count: float, within: int) -> Iterable[float]:
    """Nearest first."""
    return (number for step in range(1, within) for number in (count - step, count + step) if number > 0)


def numbers_of(names: Iterable[Name], counts: Counts) -> dict[Name, float]:
    """The numbers of those of the names that anybody is in: that nobody is in a group is said of any."""
    return {name: counts[name] for name in names if counts.get(name)}
