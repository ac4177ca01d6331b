"""What a form loses on its way through another format: the parts by which what came back differs from what went out.

The list is made by comparing, never by promising: an export reads its own file back as a stranger would.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Final

from skillnad.exchange.forms.losses_words import WORDS
from skillnad.instruments.asked import Condition
from skillnad.instruments.model import Instrument
from skillnad.lib.text import listed, shown

_SHOWN: Final = 5
"""So many ids are named; of more, how many there are."""

_OURS: Final = ("digest", "local")
"""Follow from the rest, or from where the files lie."""

_TWICE_NAMED: Final = ("groups.*", "theory.*")
"""What has a Swedish and an English name, and nothing else."""


@dataclass(frozen=True)
class Loss:
    """One kind of part that does not come along. `where` names the parts that have it, `path` the model's fields
    ("items.*.direction"; empty of what the model has no field for)."""

    where: str
    sv: str
    en: str
    path: str = ""

    def text(self, language: str = "sv") -> str:
        what = self.en if language == "en" else self.sv
        return f"{what}: {self.where}" if self.where else what


def between(original: Instrument, returned: Instrument) -> tuple[Loss, ...]:
    """A loss for each kind of field in which `returned` is not as `original`."""
    found: dict[str, list[str]] = {}
    for path, key in _differences(original, returned, "", ""):
        if path not in _OURS:
            found.setdefault(path, []).append(key)
    return tuple(Loss(_named(keys), *words_of(path), path) for path, keys in found.items())


def words_of(path: str) -> tuple[str, str]:
    """What the field is called in Swedish and English; of a part's own fields where they have no words the part's."""
    while path not in WORDS and "." in path:
        path = path.rpartition(".")[0]
    return WORDS.get(path, (path, path))


def _named(keys: list[str]) -> str:
    names = [shown(key) for key in dict.fromkeys(filter(None, keys))]
    return ", ".join([*names[:_SHOWN], f"+{len(names) - _SHOWN}"]) if len(names) > _SHOWN else listed(names or [""])


def _differences(first: Any, second: Any, path: str, key: str) -> Iterator[tuple[str, str]]:
    """The fields that differ, each with the outermost part that has it."""
    parts, others = _by_key(first), _by_key(second)
    if isinstance(first, Condition) and isinstance(second, Condition):
        if same(first) != same(second):
            yield path, key
    elif is_dataclass(first) and type(first) is type(second):
        for field in fields(first):
            inner = f"{path}.{field.name}" if path else field.name
            yield from _differences(getattr(first, field.name), getattr(second, field.name), inner, key)
    elif parts is not None and others is not None:
        yield from _of_parts(parts, others, path, key)
    elif path in _TWICE_NAMED:
        for language, said, heard in zip(("sv", "en"), first, second, strict=True):
            yield from _differences(said, heard, f"{path}.{language}", key)
    elif first != second:
        yield path, key


def same(condition: Condition) -> Condition:
    """A condition in one of the ways that say the same: one alternative is none."""
    return Condition((*condition.all, *condition.any)) if len(condition.any) == 1 else condition


def _of_parts(first: Mapping[str, Any], second: Mapping[str, Any], path: str, key: str) -> Iterator[tuple[str, str]]:
    both = [name for name in first if name in second]
    for name in dict.fromkeys((*first, *second)):
        if name not in both:
            yield path, key or name
    if both != [name for name in second if name in first]:
        yield path, key
    for name in both:
        yield from _differences(first[name], second[name], f"{path}.*", key or name)


def _by_key(content: Any) -> Mapping[str, Any] | None:
    """Parts by id or code, or None where `content` is no collection of named parts."""
    if isinstance(content, Mapping):
        return content
    if not isinstance(content, tuple) or not all(map(is_dataclass, content)):
        return None
    names: list[Any] = [getattr(part, "id", getattr(part, "code", getattr(part, "version", None))) for part in content]
    return dict(zip(names, content, strict=True)) if all(isinstance(name, str) for name in names) else None
