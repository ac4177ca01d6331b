"""Columns by the names that people know: an id, or a Swedish or English label, in any case."""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from difflib import get_close_matches
from typing import Any, TypeVar, get_args

from skillnad.analysis.banded import DAYS, NUMBER
from skillnad.analysis.calendars import KNOWN, SEEN_THROUGH
from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.merged import MERGED, ON
from skillnad.analysis.questions import ONGOING, Question, Selection, Where
from skillnad.codebook.loading import load_codebook
from skillnad.codebook.model import Codebook
from skillnad.codebook.snapshot_schema import Manifest, Population
from skillnad.lib.errors import UserError

AskedT = TypeVar("AskedT", bound=Asked)
Labels = Mapping[str, tuple[str, ...]]
"""What each id may be called beside its id; the first label is Swedish."""

IN_INSTRUMENT = "__"
"""What stands between an instrument and its question in a column's id: `skr6__b3`, which may be written `skr6.b3`."""
_NEAR = 4
_ALIKE = 0.6
_SWEDISH = {"månad": "month", "kvartal": "quarter", "år": "year", "finns": KNOWN}
_THROUGH = {**{seen: seen for seen in SEEN_THROUGH}, **_SWEDISH}
_BANDS = {"dagar": DAYS, DAYS: DAYS, "tal": NUMBER, NUMBER: NUMBER}
_MERGED = ("grupper", MERGED)
_ONGOING = ("pågående", ONGOING)


def in_ids(question: AskedT, manifest: Manifest) -> AskedT:
    """The question with each column by its id. Raises UserError ASK-001 for a name that no column has."""
    known = _labels(manifest, _population(question))
    renamed: AskedT = _renamed(question, lambda name: column_id(name, known))
    return renamed


def column_id(name: str, known: Labels) -> str:
    """The id that `name` means; of `månad:Datum för beslut` the calendar's too, of `finns:Datum för beslut`, and of
    `grupper:Ursprung:Sverige=1,2`, of `dagar:start_date..end_date:7,30` and of `Enhet@2024-12-31`."""
    through, colon, rest = name.partition(":")
    if colon and through.strip().casefold() in _THROUGH:
        return f"{_THROUGH[through.strip().casefold()]}:{column_id(rest, known)}"
    if colon and through.strip().casefold() in _MERGED:
        column, _, groups = rest.partition(":")
        return f"{MERGED}:{column_id(column, known)}:{groups}"
    if colon and through.strip().casefold() in _BANDS:
        columns, _, limits = rest.partition(":")
        named = "..".join(column_id(column, known) for column in columns.split(".."))
        return f"{_BANDS[through.strip().casefold()]}:{named}:{limits}"
    level, at, day = name.partition(ON)
    if at:
        return f"{column_id(level, known)}{ON}{day.strip()}"
    if name.casefold() in _ONGOING:
        return ONGOING
    found = called(name, known) or called(name.replace(".", IN_INSTRUMENT), known)
    if name and not found:
        raise _nowhere(name, known)
    return found or ""


def called(name: str, known: Labels) -> str | None:
    """The id whose id or label is `name`, whatever its case."""
    wanted = _folded(name)
    by_id = (id for id in known if _folded(id) == wanted)
    by_label = (id for id, labels in known.items() if wanted in map(_folded, labels))
    return next(by_id, None) or next(by_label, None)


def near(name: str, known: Labels) -> list[str]:
    """`problem (Problematik)` and others that `name` may have meant: those that hold it, then those alike."""
    texts = {_folded(text): id for id, labels in reversed(list(known.items())) for text in (*labels, id)}
    wanted = _folded(name)
    holding = [id for text, id in texts.items() if len(wanted) > 1 and wanted in text]
    alike = [texts[text] for text in get_close_matches(wanted, texts, n=_NEAR, cutoff=_ALIKE)]
    return [f"{id} ({known[id][0]})" for id in dict.fromkeys((*alike, *holding))][:_NEAR]


def variable_id(name: str, codebook: Codebook) -> str:
    """A variable's id, by its id, number or label. Raises UserError CODE-001 with what is near."""
    known = {variable.id: (variable.sv, variable.en) for variable in codebook.variables.values()}
    numbers = {str(variable.number): variable.id for variable in codebook.variables.values() if variable.number}
    found = numbers.get(name) or called(name, known)
    if found:
        return found
    listing = "`skillnad codebook show`"
    hint_sv, hint_en = _hints(near(name, known), f"{listing} listar dem.", f"{listing} lists them.")
    raise UserError.of(
        "CODE-001",
        sv=f"Kodboken har ingen variabel ”{name[:40]}”. {hint_sv}",
        en=f"The codebook has no variable '{name[:40]}'. {hint_en}",
    )


def _renamed(part: Any, name: Callable[[str], str]) -> Any:
    """A question, or a part of one, with its columns renamed."""
    changes = {each.name: _changed(each.name, getattr(part, each.name), name) for each in fields(part)}
    return replace(part, **changes)


def _changed(field: str, value: Any, name: Callable[[str], str]) -> Any:
    if field in ("rows", "columns", "start", "end", "event", "question"):
        return name(value)
    if field == "of" and isinstance(value, str):
        return name(value)
    if field in ("by", "steps", "adjusted_for"):
        return tuple(name(column) for column in value)
    if field == "where":
        return tuple(Where(name(where.column), where.codes) for where in value)
    if isinstance(value, Where):
        return Where(name(value.column), value.codes)
    return _renamed(value, name) if isinstance(value, (Selection, *get_args(Question))) else value


def _population(question: Any) -> Population:
    selection = getattr(question, "selection", question)
    population: Population = selection.population
    return population


def _labels(manifest: Manifest, first: Population) -> Labels:
    """Every column of the snapshot, those of the asked population first, and what the municipality does not use."""
    tables = sorted(manifest.tables.values(), key=lambda table: table.population is not first)
    known: dict[str, tuple[str, ...]] = {}
    for table in tables:
        for column in table.columns.values():
            known.setdefault(column.id, (column.sv, column.en))
    codebook = load_codebook()
    unused = {id: codebook[id] for id in manifest.not_used if id in codebook}
    return known | {id: (variable.sv, variable.en) for id, variable in unused.items()}


def _nowhere(name: str, known: Labels) -> UserError:
    ids = ", ".join(known)
    hint_sv, hint_en = _hints(near(name, known), f"Kolumnerna är {ids}.", f"The columns are {ids}.")
    return UserError.of(
        "ASK-001",
        sv=f"Det finns ingen kolumn ”{name[:40]}”. {hint_sv}",
        en=f"There is no column '{name[:40]}'. {hint_en}",
    )


def _hints(found: list[str], sv: str, en: str) -> tuple[str, str]:
    if not found:
        return sv, en
    return f"Menade du {' eller '.join(found)}?", f"Did you mean {' or '.join(found)}?"


def _folded(text: str) -> str:
    return " ".join(text.replace("_", " ").split()).casefold()
