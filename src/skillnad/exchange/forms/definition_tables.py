"""An instrument written back as the tables of its definition.toml: the reverse of `instruments.parsing`.

What has its default is left out, as whoever writes the file by hand would.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from skillnad.exchange.forms.definition_scores import band_set_table, change_table, pair_table, rule_table, score_table
from skillnad.exchange.forms.definition_words import (
    ages_table,
    condition_table,
    filled,
    listed_names,
    option_set_table,
    option_table,
)
from skillnad.instruments.asked import Direction, Item, Matrix, Perspective, Slot, Variant
from skillnad.instruments.model import Instrument, Occasion, Share, VersionNote

Table = dict[str, Any]

_WHOLE: Final = (
    "id",
    "version",
    "title_sv",
    "title_en",
    "purpose_sv",
    "purpose_en",
    "intro",
    "answered_by",
    "about",
    "kind",
    "source",
    "note_sv",
)
_ITEM: Final = ("number", "group", "standard", "text", "help", "help_source")


def definition_of(instrument: Instrument) -> Table:
    """The tables that `instrument_from` makes an equal instrument of. An addition to another instrument (`extends`)
    cannot be told from what it adds to, so that what is written is both together."""
    return {
        "schema": 1,
        **filled({key: getattr(instrument, key) for key in _WHOLE}),
        **filled({key: getattr(instrument, key) for key in ("no_sum", "never_average", "sensitive")}),
        **({} if instrument.person else {"person": "none"}),
        **({} if instrument.verified else {"verified": False}),
        "licence": _licence(instrument),
        **filled({name: written(instrument) for name, written in _LISTED.items()}),
    }


def _licence(instrument: Instrument) -> Table:
    licence = instrument.licence
    return {
        "kind": licence.kind,
        "holder": licence.holder,
        "texts": licence.texts,
        "confirm": licence.confirm,
        **filled({"note_sv": licence.note_sv, "electronic": licence.electronic}),
        **({} if licence.verified else {"verified": False}),
    }


def _occasion(occasion: Occasion) -> Table:
    table = {"id": occasion.id, "sv": occasion.sv, "en": occasion.en, "when": occasion.when}
    days = {"days": occasion.days, "every_days": occasion.every_days}
    return table | {key: number for key, number in days.items() if number is not None}


def _perspective(perspective: Perspective) -> Table:
    table = {key: getattr(perspective, key) for key in ("id", "sv", "en", "answered_by")}
    return table | ages_table("ages", perspective.ages) | ages_table("about_ages", perspective.about_ages)


def _variant(variant: Variant) -> Table:
    return {
        "id": variant.id,
        "kind": variant.kind,
        **filled({"base": variant.base}),
        "sv": variant.sv,
        "en": variant.en,
        **ages_table("ages", variant.ages),
        **filled({"perspectives": list(variant.perspectives)}),
        "languages": list(variant.languages),
    }


def _slot(slot: Slot) -> Table:
    return {
        "id": slot.id,
        "standard": slot.standard,
        "from": slot.source,
        "default": slot.default,
        **filled({"reference": slot.reference, "names": slot.names}),
        "choices": [
            {
                "code": choice.code,
                "sv": choice.sv,
                **filled({"dated_sv": choice.dated_sv}),
                **({} if choice.when is None else {"when": condition_table(choice.when)}),
            }
            for choice in slot.choices
        ],
    }


def _items(instrument: Instrument) -> list[Table]:
    """The questions in order; a matrix stands where its first cell does."""
    tables: list[Table] = []
    written: set[str] = set()
    for item in instrument.items.values():
        if item.matrix not in written:
            tables.append(_item(item, instrument))
        if item.matrix:
            written.add(item.matrix)
    return tables


def _item(item: Item, instrument: Instrument) -> Table:
    matrix = instrument.matrices.get(item.matrix)
    answered = _answered(item, instrument)
    named = matrix or item
    return {
        "id": named.id,
        **({"kind": "matrix"} if matrix else answered),
        "label_sv": named.label_sv,
        "label_en": named.label_en,
        **filled({key: getattr(item, key) for key in _ITEM}),
        **filled({"when": condition_table(item.when)}),
        **_exceptions(item),
        **(_cells(matrix, answered) if matrix else {}),
    }


def _exceptions(item: Item) -> Table:
    flags = {key: getattr(item, key) for key in ("required", "confidential", "sensitive", "adapt", "partial", "basis")}
    return {
        **filled(flags),
        **filled({"perspectives": list(item.perspectives)}),
        **({} if item.not_asked == "outside" else {"not_asked": item.not_asked}),
    }


def _answered(item: Item, instrument: Instrument) -> Table:
    """What an answer can be; a question's direction is left out where it is its option set's."""
    shared = instrument.option_sets.get(item.option_set)
    usual = shared.direction if shared else Direction.NONE
    options = {} if item.option_set else filled({"options": [option_table(option) for option in item.options]})
    limits = {"min": item.least, "max": item.most}
    return {
        "kind": str(item.kind),
        **filled({"option_set": item.option_set}),
        **options,
        **({} if item.direction is usual else {"direction": str(item.direction)}),
        **{key: limit for key, limit in limits.items() if limit is not None},
        **filled({"decimals": item.decimals, "unit_of_measure": item.unit_of_measure}),
    }


def _cells(matrix: Matrix, answered: Table) -> Table:
    return {"rows": listed_names(matrix.rows), "columns": listed_names(matrix.columns), "cell": answered}


def _share(share: Share) -> Table:
    return {"id": share.id, "sv": share.sv, "en": share.en, "item": share.item, "codes": sorted(share.codes)}


def _version_note(note: VersionNote) -> Table:
    table = {"version": note.version, "date": note.date, "sv": note.sv}
    return table | filled({"breaks": sorted(note.breaks)})


def _each(parts: Iterable[Any], write: Callable[[Any], Table]) -> list[Table]:
    return [write(part) for part in parts]


def _names(names: Mapping[str, tuple[str, str]]) -> list[Table]:
    return listed_names((name, *words) for name, words in names.items())


_LISTED: Final[Mapping[str, Callable[[Instrument], list[Table]]]] = {
    "occasion": lambda said: _each(said.occasions, _occasion),
    "perspective": lambda said: _each(said.perspectives.values(), _perspective),
    "variant": lambda said: _each(said.variants.values(), _variant),
    "slot": lambda said: _each(said.slots.values(), _slot),
    "option_set": lambda said: _each(said.option_sets.values(), option_set_table),
    "group": lambda said: _names(said.groups),
    "theory": lambda said: _names(said.theory),
    "item": _items,
    "score": lambda said: _each(said.scores.values(), score_table),
    "share": lambda said: _each(said.shares, _share),
    "band_set": lambda said: _each(said.band_sets, band_set_table),
    "change": lambda said: _each(said.changes.values(), change_table),
    "pair": lambda said: _each(said.pairs, pair_table),
    "rule": lambda said: _each(said.rules, rule_table),
    "version_note": lambda said: _each(said.versions, _version_note),
}
