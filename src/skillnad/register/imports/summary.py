"""What came of an import: counts of rows, of records and of rules, and what was delivered of each variable."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from skillnad.register.imports.rules import RULES

DELIVERED = "leverans.json"


@dataclass(frozen=True)
class FileRead:
    """One file: how it was read, and which of its columns no mapping names."""

    name: str
    sha256: str
    size: int
    rows: int
    encoding: str
    separator: str
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class RecordCount:
    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class VariableCount:
    """Of `rows` records that the delivery brought, `filled` have a value; `distinct` values (single codes) in all.
    `unmapped` rows of the files had a value that the mapping gives no code."""

    rows: int
    filled: int
    distinct: int
    unmapped: int = 0


@dataclass(frozen=True)
class ImportSummary:
    """Counts are rows of the files unless they say otherwise: read = skipped + accepted + rejected, and
    accepted = new + changed + unchanged. `run` is None for a rehearsal."""

    source: str
    title: str
    dry_run: bool
    files: tuple[FileRead, ...]
    read: int
    skipped: int
    accepted: int
    warned: int
    rejected: int
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    records: Mapping[str, RecordCount] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    variables: Mapping[str, VariableCount] = field(default_factory=dict)
    rejected_files: tuple[str, ...] = ()
    run: int | None = None

    @property
    def exit_status(self) -> int:
        """0: every row is stored; 1: stored, with rows rejected."""
        return 1 if self.rejected else 0

    def as_json(self) -> str:
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def delivered(self) -> dict[str, Any]:
        """What `skillnad codebook gaps` compares with the codebook."""
        return {"variables": {name: asdict(count) for name, count in self.variables.items()}}

    def write_delivered(self, out: Path) -> Path:
        out.mkdir(parents=True, exist_ok=True)
        path = out / DELIVERED
        content = {"source": self.source, **self.delivered()}
        path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        return path

    def lines(self, language: str = "sv") -> list[str]:
        """The summary as people read it."""
        english = language == "en"
        heads = _HEADS_EN if english else _HEADS_SV
        counts = (
            self.read,
            self.skipped,
            self.accepted,
            self.warned,
            self.rejected,
            self.new,
            self.changed,
            self.unchanged,
        )
        shown = [(head, count) for head, count in zip(heads, counts, strict=True) if count or head != heads[1]]
        lines = [self.title, *(f"  {head:<12}{count:>10}" for head, count in shown)]
        for name, count in self.records.items():
            lines.append(f"  {name}: {heads[5]} {count.new}, {heads[6]} {count.changed}, {heads[7]} {count.unchanged}")
        for code, rows in self.rules.items():
            lines.append(f"  {code} ({rows}): {RULES[code].text(language)}")
        for each in self.files:
            if each.unused:
                word = "columns not read" if english else "kolumner som inte läses"
                lines.append(f"  {each.name}: {word}: {', '.join(each.unused)}")
        return lines


_HEADS_SV = ("lästa", "bortvalda", "godtagna", "varnade", "avvisade", "nya", "ändrade", "oförändrade")
_HEADS_EN = ("read", "left out", "accepted", "warned", "rejected", "new", "changed", "unchanged")
