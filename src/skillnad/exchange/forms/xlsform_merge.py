"""A form that was written here and changed elsewhere: what was changed there, and of all else what stands in our sheet.

Three instruments are compared: the original, what a stranger reads in the form as it was written, and in the form as it
came back. Where the last two agree the original stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

from skillnad.exchange.forms.definition_tables import definition_of
from skillnad.exchange.forms.folders import Folder
from skillnad.exchange.forms.json_form import form_from_json, json_form
from skillnad.instruments.asked import Item, Option
from skillnad.instruments.model import Instrument

Part = TypeVar("Part")

_BY_ID: Final = ("items", "option_sets", "matrices", "groups")
_PLAIN: Final = ("id", "version", "title_sv", "intro")
"""What a form says of the whole; its other words of it are made up when it is read."""


def merged(original: Folder, written: Folder, returned: Folder, file: str) -> Folder:
    """The original with the changes between `written` and `returned`. Raises UserError where the two do not fit:
    a score of a question that was taken out, a condition on a code that is no more."""
    instrument = _instrument(original.instrument, written.instrument, returned.instrument)
    texts = _words(original.texts, written.texts, returned.texts)
    folder = Folder(instrument, definition_of(instrument), texts, original.cases, original.licence)
    return form_from_json(json_form(folder), file)


def _instrument(original: Instrument, written: Instrument, returned: Instrument) -> Instrument:
    sides = (original, written, returned)
    parts: dict[str, Any] = {name: _parts(*(getattr(side, name) for side in sides)) for name in _BY_ID}
    order = [*returned.items, *parts["items"]] if set(original.items) <= set(written.items) else parts["items"]
    parts["items"] = {name: parts["items"][name] for name in dict.fromkeys(order)}
    noted = () if written.version == returned.version else returned.versions
    parts["versions"] = (*original.versions, *noted)
    return replace(original, **parts, **_fields(original, written, returned, _PLAIN))


def _parts(original: Mapping[str, Part], written: Mapping[str, Part], returned: Mapping[str, Part]) -> dict[str, Part]:
    """By id: those that came back, and those that were never sent."""
    kept = {name: part for name, part in original.items() if name in returned or name not in written}
    return {
        name: _part(original[name], written[name], returned[name])
        if name in original and name in written and name in returned
        else kept.get(name) or returned[name]
        for name in dict.fromkeys((*kept, *returned))
    }


def _words(original: Any, written: Any, returned: Any) -> Any:
    """As `_part`, of files of words: tables in tables, where what was never sent stays."""
    if written == returned:
        return original
    if not all(isinstance(side, Mapping) for side in (original, written, returned)):
        return returned
    kept = {key: part for key, part in original.items() if key in returned or key not in written}
    sent = [key for key, part in returned.items() if key in original or part != written.get(key)]
    both = {key: _words(original.get(key), written.get(key), returned[key]) for key in sent}
    return {**kept, **both}


def _part(original: Any, written: Any, returned: Any) -> Any:
    """The original where nobody has changed it; of a part with fields, each field by itself."""
    if written == returned:
        return original
    if is_dataclass(original) and not isinstance(original, type):
        part = replace(original, **_fields(original, written, returned, [field.name for field in fields(original)]))
        reworded = isinstance(part, Item) and part.text != getattr(original, "text", "")
        return replace(part, standard="") if reworded else part  # no longer what was published
    if _options(original) and _options(written) and _options(returned):
        sides = ({option.code: option for option in side} for side in (original, written, returned))
        return tuple(_parts(*sides).values())
    return returned


def _fields(original: Any, written: Any, returned: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: _part(*(getattr(one, name) for one in (original, written, returned))) for name in names}


def _options(content: Any) -> bool:
    return isinstance(content, tuple) and bool(content) and all(isinstance(part, Option) for part in content)
