"""A protected table as plain data and back: what the protected set stores, and what JSON shows."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from math import isinf
from typing import Any

from skillnad.analysis.figures import WORDS
from skillnad.analysis.leaving import check_may_leave
from skillnad.analysis.question_data import question_as_data, question_from_data
from skillnad.analysis.results import (
    Axis,
    Key,
    LeftOut,
    Level,
    LevelKind,
    Measure,
    MeasureKind,
    ProtectedTable,
    Provenance,
)
from skillnad.lib.errors import UserError

FORMAT = 1
GAP = ".."
"""What stands where a number is hidden."""
GAP_NOTE = "färre än fem, eller skyddar ett annat tal"
"""What a gap means, wherever one is shown."""


def table_as_data(table: ProtectedTable) -> dict[str, Any]:
    """Dictionaries, lists, texts and numbers. A gap is null; a cell without meaning is absent.

    Raises UserError (DISC-033) of one's own area, where nothing is hidden.
    """
    check_may_leave(table)
    return {
        "format": FORMAT,
        "question": question_as_data(table.question),
        "axes": [_axis_data(axis) for axis in table.axes],
        "measures": [_measure_data(measure) for measure in table.measures],
        "cells": {measure: _cells_data(cells) for measure, cells in table.cells.items()},
        "left_out": [_left_out_data(one) for one in table.left_out],
        "provenance": {
            "snapshot": table.provenance.snapshot,
            "as_of": table.provenance.as_of.isoformat(),
            "population": table.provenance.population,
            "ledger_key": table.provenance.ledger_key,
            "policy": table.provenance.policy,
        },
        "gap": GAP_NOTE,
    }


def parts_from_data(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a ProtectedTable is made of, for `analysis.door`. Raises UserError (DISC-004) where the data is damaged."""
    try:
        if data["format"] != FORMAT:
            raise ValueError("another format")
        return {
            "question": question_from_data(data["question"]),
            "axes": tuple(_axis(axis) for axis in data["axes"]),
            "measures": tuple(Measure(m["id"], m["label"], MeasureKind(m["kind"])) for m in data["measures"]),
            "cells": {measure: _cells(cells) for measure, cells in data["cells"].items()},
            "left_out": tuple(LeftOut(**one) for one in data["left_out"]),
            "provenance": _provenance(data["provenance"]),
        }
    except (KeyError, TypeError, ValueError, AttributeError, UserError):
        raise UserError.of(
            "DISC-004",
            sv="En sparad skyddad tabell är skadad och visas inte. Ta bort mappen ”protected” i ögonblicksbilden, så "
            "skyddas tabellerna på nytt.",
            en="A stored protected table is damaged and is not shown. Remove the folder 'protected' of the snapshot, "
            "and the tables are protected again.",
        ) from None


def _left_out_data(one: LeftOut) -> dict[str, Any]:
    """The column where it is about one."""
    return {name: value for name, value in asdict(one).items() if name != "column" or value}


def _axis_data(axis: Axis) -> dict[str, Any]:
    return {
        "id": axis.id,
        "label": axis.label,
        "levels": [{"code": level.code, "label": level.label, "kind": level.kind.value} for level in axis.levels],
        "multiple": axis.multiple,
        "sensitive": axis.sensitive,
    }


def _measure_data(measure: Measure) -> dict[str, Any]:
    """Where the number stands for words, they are told in the order of their numbers."""
    words = {"words": list(WORDS[measure.kind])} if measure.kind in WORDS else {}
    return {"id": measure.id, "label": measure.label, "kind": measure.kind.value, **words}


def _axis(data: Mapping[str, Any]) -> Axis:
    levels = tuple(Level(level["code"], level["label"], LevelKind(level["kind"])) for level in data["levels"])
    return Axis(data["id"], data["label"], levels, data["multiple"], data["sensitive"])


def _cells_data(cells: Mapping[Key, int | float | None]) -> list[dict[str, Any]]:
    return [{"key": list(key), "value": _finite(value)} for key, value in cells.items()]


def _finite(value: int | float | None) -> int | float | str | None:
    """JSON has no infinite numbers: an end that is nowhere is a text, "inf" or "-inf"."""
    return str(value) if value is not None and isinf(value) else value


def _cells(data: list[Mapping[str, Any]]) -> dict[Key, int | float | None]:
    return {tuple(cell["key"]): _number(cell["value"]) for cell in data}


def _number(value: Any) -> int | float | None:
    """Raises ValueError of another text than that of an infinite number."""
    if not isinstance(value, str):
        number: int | float | None = value
        return number
    if not isinf(float(value)):
        raise ValueError(value)
    return float(value)


def _provenance(data: Mapping[str, Any]) -> Provenance:
    return Provenance(
        snapshot=data["snapshot"],
        as_of=date.fromisoformat(data["as_of"]),
        population=data["population"],
        ledger_key=data["ledger_key"],
        policy=data["policy"],
    )
