"""What can be wrong with a release."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

Coordinates = tuple[str, ...]


class Counted(Protocol):
    """A table of inner cells as it was given to be protected."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def counts(self) -> Mapping[Coordinates, int]: ...


class Released(Protocol):
    """A table as it was released."""

    @property
    def name(self) -> str: ...
    @property
    def columns(self) -> tuple[str, ...]: ...
    @property
    def rows(self) -> tuple[tuple[Coordinates, int | None], ...]: ...


class Publication(Protocol):
    """A release: its tables, and pairs (child column, parent column)."""

    @property
    def tables(self) -> tuple[Released, ...]: ...
    @property
    def groupings(self) -> tuple[tuple[str, str], ...]: ...


class Wrong(StrEnum):
    """SMALL: a small number is shown. UNTRUE: what is shown is not what was counted. APART: the same people are shown
    in one place and hidden in another. SUM: what is shown does not add up. UNKNOWN: the truth has no such cell, or the
    release lacks one. EXACT: a gap follows. NARROW: a small number cannot be all that was promised. ALONE: a gap
    follows for someone who is alone in another cell. UNSURE: not shown to be safe within the budget."""

    SMALL = "small"
    UNTRUE = "untrue"
    APART = "apart"
    SUM = "sum"
    UNKNOWN = "unknown"
    EXACT = "exact"
    NARROW = "narrow"
    ALONE = "alone"
    UNSURE = "unsure"

    @property
    def sv(self) -> str:
        return _WORDS[self]


_WORDS = {
    Wrong.SMALL: "ett litet tal visas",
    Wrong.UNTRUE: "det som visas är inte det som räknats",
    Wrong.APART: "samma människor visas på ett ställe och döljs på ett annat",
    Wrong.SUM: "det som visas summerar inte",
    Wrong.UNKNOWN: "cellen finns bara i publiceringen eller bara i underlaget",
    Wrong.EXACT: "luckan går att räkna ut",
    Wrong.NARROW: "det lilla talet går att ringa in snävare än vad som lovas",
    Wrong.ALONE: "luckan går att räkna ut för den som är ensam i en annan cell",
    Wrong.UNSURE: "luckan kunde inte visas vara säker inom den tid som gavs",
}


@dataclass(frozen=True)
class Objection:
    """Where and what; never a number."""

    wrong: Wrong
    table: str
    coordinates: Coordinates
    columns: tuple[str, ...]

    @property
    def sv(self) -> str:
        told = zip(self.columns, self.coordinates, strict=True)
        place = ", ".join(f"{column}={value}" for column, value in told if value != "Total") or "hela tabellen"
        return f"{self.table}, {place}: {self.wrong.sv}"
