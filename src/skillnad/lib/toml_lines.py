"""Which line of a TOML file a key stands on: tomllib reads the values but forgets the lines.

A path is what it takes to reach the value in tomllib's result: `("variable", 2, "values", 0, "code")`. The walk
relies on tomllib having read the same text, so it needs to understand only what is well formed (TOML 1.0).
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]+|#[^\n]*)*")
_STRING = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})'
    r"|'''[\s\S]*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
)
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(r"[^,\]}\n#]+")
_PLACE = re.compile(r"\(at line (\d+)")


@dataclass(frozen=True)
class TomlLines:
    """Line numbers, from 1, by path."""

    lines: Mapping[Path, int]

    def of(self, *path: str | int) -> int:
        """The line of `path`, or of the nearest thing around it that the file has."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def toml_lines(text: str) -> TomlLines:
    """The lines of every table, key and array item of `text`, which tomllib has accepted."""
    walk = _Walk(text)
    walk.document()
    return TomlLines(walk.found)


def line_of_fault(error: Exception, text: str) -> int:
    """The line that tomllib stopped on, from its message; the last line where it ran out of text."""
    match = _PLACE.search(str(error))
    return int(match[1]) if match else max(1, len(text.splitlines()))


class _Walk:
    """One pass over the text. `base` is the table that plain keys belong to; `counts` has the arrays of tables."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.breaks = [match.start() for match in re.finditer(r"\n", text)]
        self.base: Path = ()
        self.counts: dict[Path, int] = {}
        self.found: dict[Path, int] = {}

    def document(self) -> None:
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                self.header()
            else:
                self.pair(self.base)
            self.blank()

    def header(self) -> None:
        many = self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        line = self.line()
        keys = self.key()
        self.at += 2 if many else 1
        self.base = self.opened(keys) if many else self.resolved(keys)
        self.note(self.base, line)

    def opened(self, keys: list[str]) -> Path:
        """The path of a new item of an array of tables."""
        array = (*self.resolved(keys[:-1]), keys[-1])
        self.counts[array] = self.counts.get(array, 0) + 1
        return (*array, self.counts[array] - 1)

    def resolved(self, keys: list[str]) -> Path:
        """The path of a header's keys: an array of tables on the way means its latest item."""
        path: Path = ()
        for key in keys:
            path = (*path, key)
            if path in self.counts:
                path = (*path, self.counts[path] - 1)
        return path

    def pair(self, table: Path) -> None:
        line = self.line()
        path = (*table, *self.key())
        self.note(path, line)
        self.at += 1  # the equals sign
        self.blank()
        self.value(path)

    def key(self) -> list[str]:
        """A dotted key; the walk ends on what follows it."""
        parts = []
        while True:
            self.blank()
            parts.append(self.key_part())
            self.blank()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def key_part(self) -> str:
        if quoted := self.take(_STRING):
            return str(tomllib.loads(f"k = {quoted}")["k"])
        return self.take(_BARE)

    def value(self, path: Path) -> None:
        if self.take(_STRING):
            return
        opening = self.text[self.at]
        if opening == "[":
            self.array(path)
        elif opening == "{":
            self.inline(path)
        else:
            self.take(_SCALAR)

    def array(self, path: Path) -> None:
        index = 0
        while self.inside("]"):
            self.note((*path, index), self.line())
            self.value((*path, index))
            index += 1

    def inline(self, path: Path) -> None:
        while self.inside("}"):
            self.pair(path)

    def inside(self, closing: str) -> bool:
        """Step over an opening bracket or a comma to the next item; at `closing`, step past it and say no."""
        self.blank()
        if self.text[self.at] in "[{,":
            self.at += 1
            self.blank()
        if self.text[self.at] == closing:
            self.at += 1
            return False
        return True

    def note(self, path: Path, line: int) -> None:
        """A path keeps its first line; so do the tables that a dotted key or a header makes on the way."""
        for length in range(1, len(path) + 1):
            self.found.setdefault(path[:length], line)

    def blank(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if not match:
            return ""
        self.at = match.end()
        return match[0]

    def line(self) -> int:
        return bisect_right(self.breaks, self.at - 1) + 1 if self.at else 1
