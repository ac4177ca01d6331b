"""What became of a file of answers: counts, and the refused rows by code and column."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from skillnad.collection.sheets import Refusal
from skillnad.lib.text import listed, shown


@dataclass(frozen=True)
class AnswerImport:
    """Counts of rows. `words` is how many free answers the stored rows have; `unread` are columns of no question."""

    instrument: str
    version: str
    source: str
    dry_run: bool
    read: int
    new: int
    changed: int
    unchanged: int
    words: int
    refusals: tuple[Refusal, ...] = ()
    unread: tuple[str, ...] = ()
    run: int | None = None

    @property
    def refused(self) -> int:
        return len({refusal.row for refusal in self.refusals})

    @property
    def accepted(self) -> int:
        return self.read - self.refused

    @property
    def exit_status(self) -> int:
        """0: every row is stored; 1: stored, with rows refused; 2: no row could be, and nothing is changed."""
        if not self.refused:
            return 0
        return 1 if self.accepted else 2

    def as_dict(self) -> dict[str, Any]:
        names = ("instrument", "version", "source", "dry_run", "read", "new", "changed", "unchanged", "words", "run")
        told = {name: getattr(self, name) for name in names}
        return {**told, "refused": self.refused, "codes": self.codes(), "unread": list(self.unread)}

    def codes(self) -> dict[str, int]:
        """How many rows each code refuses."""
        rows = {(refusal.code, refusal.row) for refusal in self.refusals}
        return dict(sorted(Counter(code for code, _ in rows).items()))

    def lines(self, language: str = "sv") -> list[str]:
        """The summary as people read it."""
        words = _WORDS[language]
        counts = ("read", "new", "changed", "unchanged", "refused", "words")
        found = [f"  {words[name]:<24}{getattr(self, name):>10}" for name in counts]
        codes = [f"    {code}: {rows}" for code, rows in self.codes().items()]
        unread = [words["unread"].format(listed([shown(name) for name in self.unread], language))]
        return [
            f"{self.instrument} {self.version}, {self.source}",
            *([words["rehearsed"]] if self.dry_run else []),
            *found[:5],
            *codes,
            *found[5:],
            *(unread if self.unread else []),
        ]


def refusal_table(refusals: Sequence[Refusal], language: str = "sv") -> str:
    """The refused rows as CSV: row, column, code and reason; nothing of what the cells hold."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";", lineterminator="\n")
    writer.writerow(_HEADER[language])
    for one in sorted(refusals, key=lambda one: one.row):
        writer.writerow((one.row, one.column, one.code, one.en if language == "en" else one.sv))
    return table.getvalue()


_HEADER = {"sv": ("rad", "kolumn", "kod", "skäl"), "en": ("row", "column", "code", "reason")}
_WORDS = {
    "sv": {
        "read": "rader lästa",
        "new": "nya",
        "changed": "ändrade",
        "unchanged": "utan ändringar",
        "refused": "avvisade",
        "words": "svar i fritext",
        "rehearsed": "På prov: ingenting är lagrat. Så här skulle det bli:",
        "unread": "Kolumner som inte är frågor i instrumentet: {}",
    },
    "en": {
        "read": "rows read",
        "new": "new",
        "changed": "changed",
        "unchanged": "without changes",
        "refused": "refused",
        "words": "free answers",
        "rehearsed": "A rehearsal: nothing is stored. This is what would come of it:",
        "unread": "Columns that are no questions of the instrument: {}",
    },
}
