"""The ledger of releases: keyed names of the groups that were shown and hidden, chained, so that a later snapshot's
answers agree with an earlier one's.

A row of a snapshot has no name that lasts to the next snapshot. A group counts as the same where its canonical name and
its number are: a closed year that nobody has corrected. What is written is an HMAC of both, under a key that lies
elsewhere: the ledger alone tells neither names nor numbers. Each line has a seal over itself and the line before.
"""

import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from skillnad.analysis.disclosure.system import Name
from skillnad.lib.errors import UserError
from skillnad.lib.locks import file_lock

KEY_BYTES = 32
Counts = Mapping[Name, float]


@dataclass(frozen=True)
class Said:
    """What earlier releases have said of some groups, and in which release (`answers`, by group)."""

    shown: frozenset[Name] = frozenset()
    hidden: frozenset[Name] = frozenset()
    answers: Mapping[Name, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ledger:
    """A file of lines, oldest first. `key` is the installation's, and is not in the file's folder."""

    file: Path
    key: bytes = field(repr=False)

    def record(self, answer: str, snapshot: str, shown: Counts, hidden: Counts) -> None:
        """One release more: `answer` is its ledger key. One that is there already is not written again.

        Raises UserError (DISC-019) where the ledger is damaged, or sealed with another key.
        """
        with file_lock(self.file.with_suffix(".lock")):
            lines = list(self._lines())
            if any(line["answer"] == answer for line in lines):
                return
            line = {
                "answer": answer,
                "snapshot": snapshot,
                "shown": sorted(self._marks(shown).values()),
                "hidden": sorted(self._marks(hidden).values()),
                "before": lines[-1]["seal"] if lines else "",
            }
            self._append({**line, "seal": self._seal(line)})

    def said_of(self, counts: Counts) -> Said:
        """Of groups as they are now: shown where an earlier release showed that number, hidden where it hid it and
        none has shown it. Raises UserError (DISC-019)."""
        told: dict[str, tuple[bool, str]] = {}
        for line in self._lines():
            told |= {mark: (False, line["answer"]) for mark in line["hidden"] if mark not in told}
            told |= {mark: (True, line["answer"]) for mark in line["shown"] if not told.get(mark, (False,))[0]}
        found = {name: told[mark] for name, mark in self._marks(counts).items() if mark in told}
        return Said(
            frozenset(name for name, (open_, _) in found.items() if open_),
            frozenset(name for name, (open_, _) in found.items() if not open_),
            {name: answer for name, (_, answer) in found.items()},
        )

    def _marks(self, counts: Counts) -> dict[Name, str]:
        told = {name: json.dumps([*name, float(count)], ensure_ascii=False) for name, count in counts.items()}
        return {name: self._mac(b"group", text.encode()) for name, text in told.items()}

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.file.exists():
            return
        before = ""
        for number, text in enumerate(self.file.read_text(encoding="utf-8").splitlines(), start=1):
            line = _read(text, number)
            seal = line.pop("seal", "")
            if line.get("before") != before or not hmac.compare_digest(seal, self._seal(line)):
                raise damaged(number)
            before = seal
            yield {**line, "seal": seal}

    def _append(self, line: Mapping[str, Any]) -> None:
        with self.file.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line, separators=(",", ":")) + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def _seal(self, line: Mapping[str, Any]) -> str:
        return self._mac(b"line", json.dumps(line, sort_keys=True, separators=(",", ":")).encode())

    def _mac(self, purpose: bytes, content: bytes) -> str:
        return hmac.digest(self.key, purpose + b"\0" + content, "sha256").hex()


def _read(text: str, number: int) -> dict[str, Any]:
    try:
        line = json.loads(text)
    except ValueError:
        raise damaged(number) from None
    if not isinstance(line, dict):
        raise damaged(number)
    return line


def damaged(number: int) -> UserError:
    return UserError.of(
        "DISC-019",
        where=f"liggaren, rad {number}",
        sv="Raden stämmer inte med sitt sigill: liggaren är skadad, eller hör till en annan installation. Inget nytt "
        "visas. Lägg tillbaka liggaren och nyckelfilen från säkerhetskopian.",
        en="The line does not agree with its seal: the ledger is damaged, or another installation's. Nothing new is "
        "shown. Restore the ledger and the key file from the backup.",
    )


def numbers_of(names: Iterable[Name], counts: Counts) -> dict[Name, float]:
    """The numbers of those of the names that anybody is in: that nobody is in a group is said of any."""
    return {name: counts[name] for name in names if counts.get(name)}
