"""TOML as text, as a person would have laid it out: plain keys first, then tables, lists of tables one to a line."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONG: Final = 60
"""A list whose text is longer than so many characters has its members on lines of their own."""


def toml_text(table: Mapping[str, Any]) -> str:
    """The text of a file that `tomllib` reads as `table`: texts, numbers, flags, dates, lists and tables."""
    return "\n".join(_lines(table, ())).strip() + "\n"


def _lines(table: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    later: dict[str, Any] = {}
    for key, content in table.items():
        if isinstance(content, Mapping) or (_tables(content) and not path):
            later[key] = content
        else:
            yield f"{_key(key)} = {_listed(content)}"
    for key, content in later.items():
        inner = (*path, key)
        name = ".".join(map(_key, inner))
        if isinstance(content, Mapping):
            yield from ("", f"[{name}]", *_lines(content, inner))
            continue
        for one in content:
            yield from ("", f"[[{name}]]", *(f"{_key(part)} = {_listed(said)}" for part, said in one.items()))


def _tables(content: Any) -> bool:
    return isinstance(content, list) and bool(content) and all(isinstance(part, Mapping) for part in content)


def _listed(content: Any) -> str:
    """A value after its key; a long list of tables stands on lines of its own."""
    if _tables(content) and len(_value(content)) > _LONG:
        return "\n".join(["[", *(f"    {_value(part)}," for part in content), "]"])
    return _value(content)


def _value(content: Any) -> str:
    if isinstance(content, bool):
        return "true" if content else "false"
    if isinstance(content, str):
        return _quoted(content)
    if isinstance(content, date):
        return content.isoformat()
    if isinstance(content, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in content.items()) + " }"
    if isinstance(content, list | tuple):
        return "[" + ", ".join(map(_value, content)) + "]"
    return _number(content)


def _number(number: float) -> str:
    whole = isinstance(number, int) or number.is_integer()
    return str(int(number)) if whole else repr(number)


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    """JSON's escapes are TOML's too, all but one: TOML wants the character DEL escaped as well."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
