"""Which line of a JSON text a part stands on, as `lib.toml_lines` knows it of TOML."""

import re
from collections.abc import Mapping

from skillnad.lib.toml_lines import Path, TomlLines

_MARK = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^\s{}\[\],:"]+')


def json_lines(text: str, part: Path = ()) -> TomlLines:
    """The lines of what stands below `part`, by the path from there. `text` is JSON that has been read already."""
    lines: dict[Path, int] = {}
    stack: list[str | int] = []
    line, seen, key_next = 1, 0, False
    for match in _MARK.finditer(text):
        line += text.count("\n", seen, match.start())
        seen, mark = match.start(), match[0]
        if mark in "{[":
            stack.append("" if mark == "{" else 0)
            key_next = mark == "{"
        elif mark in "}]":
            stack.pop()
        elif mark == ",":
            key_next = isinstance(stack[-1], str)
            stack[-1] = stack[-1] if key_next else int(stack[-1]) + 1
        elif key_next and mark != ":":
            stack[-1], key_next = mark[1:-1], False
        if stack and not key_next and mark not in ",:]}":
            lines.setdefault(tuple(stack), line)
    return TomlLines(_below(lines, part))


def _below(lines: Mapping[Path, int], part: Path) -> dict[Path, int]:
    depth = len(part)
    return {path[depth:]: line for path, line in lines.items() if path[:depth] == part}
