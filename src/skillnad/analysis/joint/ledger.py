"""The ledger of releases: what was asked of which snapshot, and the groups that were shown and hidden, under keyed
names and with sealed numbers, chained, so that a later snapshot's answers are safe beside an earlier one's.

A row of a snapshot has no name that lasts to the next snapshot; a group has its canonical name. What is written is an
HMAC of that, and the number under a pad that follows from the key, which lies elsewhere: the ledger alone tells neither
which groups were counted nor how many they were. Each line has a seal over itself and the line before.
"""

import hmac
import json
import os
import struct
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from skillnad.analysis.disclosure.system import Name
from skillnad.analysis.joint.ledger_book import Book, damaged, other_people
from skillnad.analysis.joint.releases import Release
from skillnad.lib.locks import file_lock

KEY_BYTES = 32
MARK = 32
"""So many hexadecimal digits name a group."""
Counts = Mapping[Name, float]


class Heard(NamedTuple):
    """What one release said of a group: how many it was, and whether that was shown."""

    release: str
    number: float
    shown: bool


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
                "shown": self._sealed_numbers(release.key, shown),
                "hidden": self._sealed_numbers(release.key, hidden),
                "before": book.seal,
            }
            sealed = {**line, "seal": self._seal(line)}
            self._append(sealed)
            book.add(sealed, release, self.file)

    def releases(self) -> list[Release]:
        """All of them, oldest first. Raises UserError as `record`."""
        return list(self._book().releases.values())

    def heard(self, names: Iterable[Name], of: Collection[str] | None = None) -> dict[Name, list[Heard]]:
        """What all releases have said of the groups, or those `of` the keys; nothing of a group that none has. Raises
        UserError as `record`."""
        book, found = self._book(), {}
        for name in names:
            mark = self._mark(name)
            told = [(key, *one) for key, one in book.marks.get(mark, {}).items() if of is None or key in of]
            if told:
                found[name] = [Heard(key, self._number(key, mark, sealed), shown) for key, shown, sealed in told]
        return found

    def _sealed_numbers(self, release: str, counts: Counts) -> dict[str, str]:
        marks = {self._mark(name): float(count) for name, count in counts.items()}
        return {mark: _xor(struct.pack(">d", marks[mark]), self._pad(release, mark)).hex() for mark in sorted(marks)}

    def _number(self, release: str, mark: str, sealed: str) -> float:
        (number,) = struct.unpack(">d", _xor(bytes.fromhex(sealed), self._pad(release, mark)))
        return float(number)

    def _pad(self, release: str, mark: str) -> bytes:
        return hmac.digest(self.key, f"number\0{release}\0{mark}".encode(), "sha256")[:8]

    def _mark(self, name: Name) -> str:
        return self._mac(b"group", json.dumps(name, ensure_ascii=False).encode())[:MARK]

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


def _xor(one: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(one, other, strict=True))
