"""A mapping as frozen data: which files an extract has, what their rows speak of, and which column is which field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import PurePath

from skillnad.register.imports.fields import LINK, PARENT, Field, Record, above

REJECTED = "avvisade-"
"""How the name of a file of rejected rows begins; it can be corrected and imported with the same mapping."""

YES = frozenset({"j", "ja", "1", "x", "true", "sant", "y", "yes"})
"""What counts as yes where a mapping does not say, in lower case."""


_NUMBER = re.compile(r"-\d+$")


class Unknown(StrEnum):
    """What happens where the data has a value that the mapping does not know."""

    REFUSE = "refuse"
    REJECT = "reject"
    MISSING = "missing"


@dataclass(frozen=True)
class Key:
    """The columns that name a record within the source. `identity` is the one that holds identity numbers."""

    record: Record
    columns: tuple[str, ...]
    identity: str | None = None
    none_when_missing: bool = False
    line: int = 1


@dataclass(frozen=True)
class Source:
    """Where a field's values come from. Texts to compare with (`codes`, `missing`, `yes`) are folded already."""

    field: Field
    column: str | None = None
    value: str | None = None
    options: Mapping[str, str] = made(default_factory=dict)  # column -> code
    codes: Mapping[str, tuple[str, ...]] | None = None
    missing: frozenset[str] = frozenset()
    yes: frozenset[str] = YES
    split: str | None = None
    unknown: Unknown = Unknown.REFUSE
    date: str | None = None
    name: str | None = None
    whole_ore: bool = False
    from_identity: bool = False
    line: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings it reads."""
        own = (self.column,) if self.column else tuple(self.options)
        return own + ((self.name,) if self.name else ())


@dataclass(frozen=True)
class Where:
    """Only rows whose cell is (or is not) one of `values` are read."""

    column: str
    values: frozenset[str]
    wanted: bool = True


@dataclass(frozen=True)
class FileSpec:
    """One `[[file]]` of a mapping. `latest_date` is the last day that a date in it can be, where the mapping says."""

    match: str
    keys: Mapping[Record, Key]
    sources: tuple[Source, ...]
    where: tuple[Where, ...] = ()
    optional: bool = False
    encoding: str | None = None
    separator: str | None = None
    decimal: str = ","
    sheet: str | None = None
    skip_rows: int = 0
    union: bool = False
    latest_date: date | None = None
    line: int = 1

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that the mapping names for this file, once, in the mapping's order."""
        keys = (column for key in self.keys.values() for column in key.columns)
        sources = (column for source in self.sources for column in source.columns)
        return tuple(dict.fromkeys((*keys, *(where.column for where in self.where), *sources)))

    def creates(self, record: Record) -> bool:
        """Whether a row can bring a new record of this kind: it needs the key of something that stands above it, and
        more to do with the record than that a review points at it."""
        upper = above(record)
        if record not in self.keys or self._only_points_at(record):
            return False
        return not upper or any(each in self.keys for each in upper)

    def _only_points_at(self, record: Record) -> bool:
        linked = any(LINK.get(each) is record for each in self.keys)
        below = any(PARENT[each] is record for each in self.keys)
        return linked and not below and not any(source.field.record is record for source in self.sources)

    def takes(self, name: str) -> bool:
        """Whether a file of this name is meant, also when it comes back with corrected rows."""
        if fnmatchcase(name.lower(), self.match.lower()):
            return True
        if not name.startswith(REJECTED):
            return False
        stem = PurePath(name.removeprefix(REJECTED)).stem.lower()
        stems = (stem, _NUMBER.sub("", stem))  # several deliveries' rejected rows are numbered
        pattern = rejected_stem(PurePath(self.match).stem, self.sheet).lower()
        return any(fnmatchcase(each, pattern) for each in stems)


@dataclass(frozen=True)
class ExtractMapping:
    """A whole mapping file. `name` is the source: keys are unique within it."""

    name: str
    title: str
    files: tuple[FileSpec, ...]
    municipality: str | None = None
    digest: str = ""


def rejected_stem(stem: str, sheet: str | None) -> str:
    """What a file of rejected rows is named for: each named sheet of a workbook has its own."""
    return f"{stem}.{sheet}" if sheet and not stem.startswith(REJECTED) else stem


def folded(text: str) -> str:
    """A cell or a mapped value as they are compared: case and surrounding or repeated blanks make no difference."""
    return " ".join(text.split()).casefold()
