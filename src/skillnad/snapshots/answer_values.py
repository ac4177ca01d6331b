"""The sheets of one version and perspective as values of snapshot columns: levels, numbers, bands, reference points.

A value stands for a sheet by its place in the list that was given. The counting is `instruments.vectors`'s.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillnad.codebook.snapshot_schema import MISSING, Column, SnapshotColumn
from skillnad.instruments.asked import Item, ItemKind
from skillnad.instruments.columns import NO_AGE, NUMBER, AskedColumns, asked_columns, column_of
from skillnad.instruments.conditions import Answers
from skillnad.instruments.model import Instrument
from skillnad.instruments.vectors import NO_BAND, band_columns, score_columns
from skillnad.snapshots.answer_columns import (
    NONE,
    NOT_ASKED,
    Asked,
    band_column,
    held,
    item_column,
    items_behind,
    rank_columns,
    reference_slots,
    score_column,
    slot_column,
)


@dataclass(frozen=True)
class Sheet:
    """One submission, as `occasions` has placed it: `row` is the occasion's. `age` in whole years, None if unknown."""

    row: int
    client: int | None
    day: date
    answers: Answers
    slots: Mapping[str, str] = field(default_factory=dict)
    age: int | None = None


@dataclass(frozen=True)
class Values:
    """A column and what each sheet has in it: a level's place, the places of several, a number, a date, or None."""

    column: SnapshotColumn
    values: Sequence[Any]


def values_of(asked: Asked, sheets: Sequence[Sheet]) -> Iterator[Values]:
    """Every column that the sheets give values of, but changes: those take several sheets."""
    instrument = asked.instrument
    columns = {
        name: column_of(item, [sheet.answers.get(name) for sheet in sheets])
        for name, item in instrument.items.items()
        if held(item)
    }
    shown = asked_columns(instrument, asked.perspective, columns)
    for name in shown.columns:
        item = instrument.items[name]
        if item.kind is ItemKind.RANK:
            yield from _ranks(asked, item, shown, sheets)
        elif held(item):
            yield Values(item_column(asked, item), _of_item(asked, item, shown, sheets))
    yield from _scores(asked, shown, sheets)
    yield from _reference_points(asked, sheets)


def _of_item(asked: Asked, item: Item, shown: AskedColumns, sheets: Sequence[Sheet]) -> Sequence[Any]:
    column = item_column(asked, item)
    put = np.broadcast_to(shown.asked[item.id], len(sheets))
    match column.kind:
        case Column.NUMBER:
            return _numbers(item, shown)
        case Column.DATE:
            return [_day(sheet.answers.get(item.id)) if was else None for sheet, was in zip(sheets, put, strict=True)]
        case Column.CODES:
            return _several(item, column, shown, put)
        case _:
            return _levels(column, item, shown, put)


def _levels(column: SnapshotColumn, item: Item, shown: AskedColumns, put: NDArray[np.bool_]) -> Sequence[int]:
    """Options stand last among the levels, after the numbers where those are levels too, and before who was not asked.

    What cannot be read counts as no answer: an import refuses it."""
    answered = shown.columns[item.id]
    places = {level.code: place for place, level in enumerate(column.levels, start=MISSING + 1)}
    own = [places[option.code] for option in item.options]
    table = np.array([*own, MISSING, MISSING, MISSING], np.int16)  # negative codes lead to the end
    found = table[answered.codes]
    scale = 10**item.decimals
    for row in np.flatnonzero(answered.codes == NUMBER):
        found[row] = places.get(f"{int(answered.numbers()[row]) / scale:g}", MISSING)
    found[~put] = places[NOT_ASKED]
    whole: list[int] = found.tolist()
    return whole


def _several(item: Item, column: SnapshotColumn, shown: AskedColumns, put: NDArray[np.bool_]) -> Sequence[list[int]]:
    places = {level.code: place for place, level in enumerate(column.levels, start=MISSING + 1)}
    own = [places[option.code] for option in item.options]
    unasked = [places[NONE if item.not_asked == "none" else NOT_ASKED]]
    answered = shown.columns[item.id]

    def chosen(row: int) -> list[int]:
        if not put[row]:
            return unasked
        if answered.codes[row] != NUMBER:
            return []
        bits = int(answered.numbers()[row])
        return [place for bit, place in enumerate(own) if bits >> bit & 1] or [places[NONE]]

    return [chosen(row) for row in range(len(put))]


def _numbers(item: Item, shown: AskedColumns) -> Sequence[float | None]:
    column, scale = shown.columns[item.id], 10**item.decimals
    there = column.codes == NUMBER
    return [int(step) / scale if known else None for step, known in zip(column.numbers(), there, strict=True)]


def _ranks(asked: Asked, item: Item, shown: AskedColumns, sheets: Sequence[Sheet]) -> Iterator[Values]:
    put = np.broadcast_to(shown.asked[item.id], len(sheets))
    readable = shown.columns[item.id].codes == NUMBER
    for code, column in rank_columns(asked, item).items():
        unasked = len(column.levels)
        yield Values(
            column,
            [
                (_rank(sheet.answers.get(item.id), code) if told else MISSING) if was else unasked
                for sheet, was, told in zip(sheets, put, readable, strict=True)
            ],
        )


def _rank(answer: Any, code: str) -> int:
    return int(answer.get(code, MISSING)) if isinstance(answer, Mapping) else MISSING


def _scores(asked: Asked, shown: AskedColumns, sheets: Sequence[Sheet]) -> Iterator[Values]:
    instrument = asked.instrument
    scores = score_columns(instrument, asked.perspective, shown.columns)
    for name, counted in scores.items():
        numbers = [None if np.isnan(value) else float(value) for value in counted.values]
        yield Values(score_column(asked, instrument.scores[name]), numbers)
    ages = np.array([NO_AGE if sheet.age is None else sheet.age for sheet in sheets], np.int64)
    for name, places in band_columns(instrument, asked.perspective, scores, ages).items():
        bands = next(each for each in instrument.band_sets if each.id == name)
        column = band_column(asked, bands)
        outside = np.array([bands.ages is not None and (s.age is None or s.age not in bands.ages) for s in sheets])
        found = np.where(places == NO_BAND, MISSING, places.astype(np.int16) + MISSING + 1)
        yield Values(column, np.where(outside, len(column.levels), found).tolist())


def _reference_points(asked: Asked, sheets: Sequence[Sheet]) -> Iterator[Values]:
    for slot in asked.instrument.slots.values():
        if slot.reference:
            column = slot_column(asked, slot)
            places = {level.code: place for place, level in enumerate(column.levels, start=MISSING + 1)}
            yield Values(column, [places.get(sheet.slots.get(slot.id, ""), MISSING) for sheet in sheets])


def referring(asked: Asked) -> dict[str, str]:
    """The columns whose answers count from a reference point, with the column that tells it."""
    instrument = asked.instrument
    found = {}
    for part, items in _with_items(instrument, asked.perspective):
        slots = [slot for item in items for slot in reference_slots(instrument, item)]
        if slots:
            found[asked.name(part)] = asked.name_of_slot(slots[0])
    for rule in instrument.changes.values():
        if asked.name(asked.changed(rule)) in found:
            found[asked.name_of_change(rule)] = found[asked.name(asked.changed(rule))]
    return found


def _with_items(instrument: Instrument, perspective: str) -> Iterator[tuple[Any, list[Item]]]:
    for item in instrument.items.values():
        yield item, [item]
    for score in instrument.scores.values():
        if not score.perspectives or perspective in score.perspectives:
            yield score, list(items_behind(instrument, score))


def _day(answer: Any) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) and answer else None
    except ValueError:
        return None
