"""A ledger's lines as they were read: every line's seal is looked at once a process, and again when the file is another
than the one that was read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillnad.analysis.joint.releases import Release
from skillnad.lib.errors import UserError

Checked = Callable[[Mapping[str, Any], int], None]
"""Raises UserError of a line, by its number, that does not agree with its seal."""
Stamp = tuple[int, int, int] | None


@dataclass
class Book:
    """`marks`: in which releases each keyed name stands, whether it was shown there, and its sealed number."""

    seal: str = ""
    releases: dict[str, Release] = field(default_factory=dict)
    marks: dict[str, dict[str, tuple[bool, str]]] = field(default_factory=dict)
    stamp: Stamp = None

    @classmethod
    def read(cls, file: Path, as_whose: tuple[bytes, str], checked: Checked) -> "Book":
        """`as_whose`: with which key, and of which municipality. Raises UserError as `checked`, and DISC-019 of a line
        that cannot be read or that does not follow on the one before."""
        stamp, place = _stamp(file), (file.absolute(), *as_whose)
        book = _READ.get(place)
        if book is None or book.stamp != stamp:
            book = cls(stamp=stamp)
            for number, text in enumerate(_lines(file), start=1):
                line = _read(text, number)
                checked(line, number)
                if line.get("before") != book.seal:
                    raise damaged(number)
                book._take(line, _release(line, number))
            _READ[place] = book
        return book

    def add(self, line: Mapping[str, Any], release: Release, file: Path) -> None:
        """A line that has been written now."""
        self._take(line, release)
        self.stamp = _stamp(file)

    def _take(self, line: Mapping[str, Any], release: Release) -> None:
        self.releases[release.key] = release
        for kind in ("hidden", "shown"):
            for mark, sealed in line[kind].items():
                self.marks.setdefault(mark, {})[release.key] = kind == "shown", sealed
        self.seal = line["seal"]


_READ: dict[tuple[Path, bytes, str], Book] = {}


def _stamp(file: Path) -> Stamp:
    try:
        told = file.stat()
    except FileNotFoundError:
        return None
    return told.st_ino, told.st_size, told.st_mtime_ns


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _read(text: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        raise damaged(number) from None
    if not isinstance(line, dict):
        raise damaged(number)
    return line


def _release(line: Mapping[str, Any], number: int) -> Release:
    try:
        return Release.from_data(line)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise damaged(number) from None


def damaged(number: int) -> UserError:
    return UserError.of(
        "DISC-019",
        where=f"liggaren, rad {number}",
        sv="Raden stämmer inte med sitt sigill: liggaren är skadad, eller hör till en annan installation. Inget nytt "
        "visas. Lägg tillbaka liggaren och nyckelfilen från säkerhetskopian.",
        en="The line does not agree with its seal: the ledger is damaged, or another installation's. Nothing new is "
        "shown. Restore the ledger and the key file from the backup.",
    )


def other_people(number: int) -> UserError:
    return UserError.of(
        "DISC-026",
        where=f"liggaren, rad {number}",
        sv="Liggaren gäller en annan kommun än ögonblicksbilden, så svaret kan inte vägas mot det som har visats. "
        "Inget nytt visas. Lägg tillbaka kommunens egen liggare från säkerhetskopian; varje kommun har sin.",
        en="The ledger is of another municipality than the snapshot, so the answer cannot be weighed against what has "
        "been shown. Nothing new is shown. Restore the municipality's own ledger from the backup; each has one.",
    )
