"""Whom a sheet is about: rows of the register, found by what a file of answers calls them.

A person is found by the identity number, which is never kept: it is looked up by its keyed index. Other rows are found
by their key in the extract they came from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from skillnad.codebook.identity import parse_identity
from skillnad.codebook.identity_in_text import contains_identity
from skillnad.collection.files import WHERE, WHOM
from skillnad.lib.sealing import Keys
from skillnad.organisation.models import Provider, Unit
from skillnad.register.imports.keys import LONGEST
from skillnad.register.models import Case, Client, FollowUp, Intervention

LEVELS = ("client", "case", "intervention", "follow_up")
MANY = 500
"""How many keys are asked for at a time: databases have a limit."""
_MODELS: Mapping[str, type[Model]] = {
    "identity": Client,
    "client": Client,
    "case": Case,
    "intervention": Intervention,
    "follow_up": FollowUp,
}
_ABOVE: Mapping[str, Sequence[str]] = {  # from the row to those at and above it, the client first
    "identity": ("pk",),
    "client": ("pk",),
    "case": ("client_id", "pk"),
    "intervention": ("case__client_id", "case_id", "pk"),
    "follow_up": ("intervention__case__client_id", "intervention__case_id", "intervention_id", "pk"),
}
_BORN = {name: "__".join([*keys[0].split("__")[:-1], "client"]) for name, keys in _ABOVE.items() if len(keys) > 1}


class UnknownError(Exception):
    """The row's `column` names nothing that is in the register, or more than one thing, or something of another."""

    def __init__(self, column: str, why: str) -> None:
        self.column, self.why = column, why
        super().__init__(column)


@dataclass(frozen=True)
class Found:
    """A row of the register with those above it: `ids` by level, and the client's birth date."""

    ids: Mapping[str, int]
    born: date | None

    @property
    def level(self) -> str:
        return list(self.ids)[-1]


@dataclass(frozen=True)
class Subject:
    """Ids by the submission's own fields: at most one of LEVELS, and the unit and the provider that were told."""

    ids: Mapping[str, int] = field(default_factory=dict)
    born: date | None = None


class Subjects:
    """What the rows of a file name, looked up together; `of` then answers for one row.

    `source` is the register's source (an extract's mapping) that keys are of; every source where it is empty.
    """

    def __init__(self, rows: Iterable[Mapping[str, str]], keys: Keys, today: date, source: str = "") -> None:
        self._keys, self._today, self._source = keys, today, source
        told = list(rows)
        self._found = {name: self._rows(name, _texts(told, name)) for name in WHOM}
        self._places = {name: _codes(model) for name, model in (("unit", Unit), ("provider", Provider))}

    def of(self, cells: Mapping[str, str]) -> Subject:
        """Raises UnknownError."""
        named = {name: self._one(name, cells[name]) for name in WHOM if cells.get(name)}
        places = {f"{name}_id": self._place(name, cells[name]) for name in WHERE if cells.get(name)}
        if not named:
            return Subject(places)
        lowest = max(named.values(), key=lambda found: len(found.ids))
        for name, found in named.items():
            if any(lowest.ids[level] != row for level, row in found.ids.items()):
                raise UnknownError(name, "other")
        return Subject({f"{lowest.level}_id": lowest.ids[lowest.level], **places}, lowest.born)

    def _one(self, name: str, text: str) -> Found:
        found = self._found[name].get(self._stored(name, text), [])
        if len(found) != 1:
            raise UnknownError(name, "several" if found else "none")
        return found[0]

    def _place(self, name: str, code: str) -> int:
        if code not in self._places[name]:
            raise UnknownError(name, "none")
        return self._places[name][code]

    def _rows(self, name: str, texts: Sequence[str]) -> Mapping[Any, list[Found]]:
        by = "identity_index" if name == "identity" else "source_key"
        born = f"{_BORN[name]}__birth_date" if name in _BORN else "birth_date"
        found: dict[Any, list[Found]] = {}
        wanted = sorted({self._stored(name, text) for text in texts})
        for some in _in_turn(wanted):
            rows = _MODELS[name].everyone.filter(**{f"{by}__in": some})  # type: ignore[attr-defined]
            if self._source and name != "identity":
                rows = rows.filter(source=self._source)
            for key, birth_date, *ids in rows.values_list(by, born, *_ABOVE[name]):
                one = Found(dict(zip(LEVELS, ids, strict=False)), birth_date)
                found.setdefault(bytes(key) if by == "identity_index" else key, []).append(one)
        return found

    def _stored(self, name: str, text: str) -> Any:
        """What the register calls it: an identity by its index, and a key that may be one by a keyed name."""
        if name == "identity":
            return self._keys.blind_index(parse_identity(text, self._today).number)
        blind = len(text.encode()) > LONGEST or contains_identity(text)
        return self._keys.blind_text(f"key:{name}", text) if blind else text


def _texts(rows: Sequence[Mapping[str, str]], name: str) -> list[str]:
    return sorted({cells[name] for cells in rows if cells.get(name)})


def _codes(model: type[Unit | Provider]) -> Mapping[str, int]:
    return dict(model.objects.values_list("code", "pk"))


def _in_turn(keys: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(keys), MANY):
        yield keys[start : start + MANY]
