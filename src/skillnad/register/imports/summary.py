"""What came of an import: counts of rows, of records and of rules, and what was delivered of each variable."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from skillnad.register.imports.rules import RULES

DELIVERED = "leverans.json"
Words = Mapping[str, str]


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
        """The summary as people read it: rows of the files, records of the register, rules, columns left unread."""
        words = _EN if language == "en" else _SV
        rehearsed = [words["rehearsed"]] if self.dry_run else []
        return [
            self.title,
            *rehearsed,
            *self._rows(words),
            *self._records(words),
            *self._rules(words, language),
            *self._unread(words),
        ]

    def _rows(self, words: Words) -> Iterator[str]:
        yield words["rows"]
        counts = {
            "read": self.read,
            "skipped": self.skipped,
            "accepted": self.accepted,
            "row_new": self.new,
            "row_changed": self.changed,
            "row_unchanged": self.unchanged,
            "row_warned": self.warned,
            "rejected": self.rejected,
        }
        for name, count in counts.items():
            if count or name != "skipped":
                indent = "    " if name.startswith("row_") else "  "
                yield f"{indent + words[name]:<{_LABEL}}{_grouped(count, words)}"

    def _records(self, words: Words) -> Iterator[str]:
        if not self.records:
            return
        heads = "".join(f"{words[name]:>{_NUMBER}}" for name in ("new", "changed", "unchanged"))
        yield f"{words['records']:<{_LABEL}}{heads}"
        for name, count in self.records.items():
            counts = "".join(_grouped(each, words) for each in (count.new, count.changed, count.unchanged))
            yield f"  {words[name]:<{_LABEL - 2}}{counts}"
        yield f"  {words['rows_and_records']}"

    def _rules(self, words: Words, language: str) -> Iterator[str]:
        if self.rules:
            yield words["rules"]
        for code, rows in self.rules.items():
            yield f"  {words[RULES[code].severity]} {code} ({rows}): {RULES[code].text(language)}"

    def _unread(self, words: Words) -> Iterator[str]:
        unread = [each for each in self.files if each.unused]
        if unread:
            yield words["unread"]
        for each in unread:
            yield f"  {each.name}: {', '.join(each.unused)}"


def _grouped(count: int, words: Words) -> str:
    return f"{f'{count:,}'.replace(',', words['thousands']):>{_NUMBER}}"


def record_name(record: str, language: str = "sv") -> str:
    """What records of this kind are called, in the plural."""
    return (_EN if language == "en" else _SV)[record]


_LABEL, _NUMBER = 26, 13
_SV = {
    "rehearsed": "På prov: ingenting är lagrat. Så här skulle det bli:",
    "rows": "Rader i filerna",
    "read": "lästa",
    "skipped": "bortvalda",
    "accepted": "godtagna",
    "row_new": "med nya poster",
    "row_changed": "med ändrade poster",
    "row_unchanged": "utan ändringar",
    "row_warned": "med varning",
    "rejected": "avvisade",
    "records": "Poster i registret",
    "new": "nya",
    "changed": "ändrade",
    "unchanged": "oförändrade",
    "client": "klienter",
    "case": "ärenden",
    "intervention": "insatser",
    "follow_up": "uppföljningar",
    "review": "omprövningar",
    "cost": "kostnader",
    "rows_and_records": "En rad kan ge flera poster (klient, ärende, insats), och flera rader samma post.",
    "rules": "Regler som rader bryter mot (antal rader)",
    "reject": "avvisar",
    "warn": "varnar",
    "unread": "Kolumner som mappningen inte läser",
    "thousands": " ",
}
_EN = {
    "rehearsed": "A rehearsal: nothing is stored. This is what would come of it:",
    "rows": "Rows of the files",
    "read": "read",
    "skipped": "left out",
    "accepted": "accepted",
    "row_new": "with new records",
    "row_changed": "with changed records",
    "row_unchanged": "without changes",
    "row_warned": "with a warning",
    "rejected": "rejected",
    "records": "Records of the register",
    "new": "new",
    "changed": "changed",
    "unchanged": "unchanged",
    "client": "clients",
    "case": "cases",
    "intervention": "interventions",
    "follow_up": "follow-ups",
    "review": "reviews",
    "cost": "costs",
    "rows_and_records": "A row can give several records (client, case, intervention), and several rows the same one.",
    "rules": "Rules that rows break (number of rows)",
    "reject": "rejects",
    "warn": "warns",
    "unread": "Columns that the mapping does not read",
    "thousands": ",",
}
