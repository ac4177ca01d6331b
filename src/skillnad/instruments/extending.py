"""A municipality's own additions to an instrument of the catalogue: `extends = "bbic"` in a folder of the same name.

What is there is never changed: items, sets, scores and bands are added, each with an id of its own.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from skillnad.instruments.content import digest_of
from skillnad.instruments.model import Instrument
from skillnad.instruments.parsing import Parsed
from skillnad.lib.text import listed, shown

ADDED: Final = (
    "group",
    "option_set",
    "slot",
    "variant",
    "item",
    "score",
    "band_set",
    "change",
    "share",
    "pair",
    "rule",
    "occasion",
    "theory",
)
"""The tables that an addition may have."""

_ALLOWED: Final = {"schema", "id", "version", "extends", "source", "note_sv", "version_note", *ADDED}
_BY_ID: Final = ("groups", "option_sets", "slots", "variants", "items", "matrices", "scores", "changes", "theory")
_IN_ORDER: Final = ("band_sets", "shares", "pairs", "rules", "occasions")


def extended(base: Instrument, addition: Parsed) -> Parsed:
    """`base` with what `addition` adds; the places are the addition's, whose lines a reader can mend.

    Adds INSTR-025 for what would change the standard: keys of the whole, and ids that the base has.
    """
    _check_keys(addition)
    _check_names(base, addition)
    added = addition.instrument
    instrument = replace(
        base,
        version=f"{base.version}+{added.version}",
        versions=added.versions,
        extends=base.id,
        local=True,
        **_joined(base, added),
    )
    return Parsed(replace(instrument, digest=digest_of(instrument)), addition.top, addition.places)


def _joined(base: Instrument, added: Instrument) -> dict[str, Any]:
    """The base's parts first, so that conditions may name them; nothing of the base's gives way."""
    by_id = {name: {**getattr(added, name), **getattr(base, name)} for name in _BY_ID}
    ordered = {name: _first(getattr(base, name), parts) for name, parts in by_id.items()}
    return ordered | {name: (*getattr(base, name), *getattr(added, name)) for name in _IN_ORDER}


def _first(base: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: parts[name] for name in dict.fromkeys((*base, *parts))}


def _check_keys(addition: Parsed) -> None:
    for key in addition.top.data:
        if key not in _ALLOWED:
            addition.top.add(
                "INSTR-025",
                key,
                sv=f"”{key}” är standardens och kan inte ändras av ett tillägg. Ta bort raden. "
                f"Här får stå {listed(ADDED)}.",
                en=f"'{key}' is the standard's and cannot be changed by an addition. Remove the line. "
                f"Here may stand {listed(ADDED, 'en')}.",
            )


def _check_names(base: Instrument, addition: Parsed) -> None:
    taken = _taken(base)
    for (kind, name), table in addition.places.items():
        if (kind, name) in taken and table.get("id") == name:
            table.add(
                "INSTR-025",
                "id",
                sv=f"”{shown(name)}” finns redan i ”{base.id}” och kan inte ändras. Ge tillägget ett annat id.",
                en=f"'{shown(name)}' is in '{base.id}' already and cannot be changed. Give the addition another id.",
            )


def _taken(base: Instrument) -> set[tuple[str, str]]:
    parts = {
        "group": base.groups,
        "option_set": base.option_sets,
        "slot": base.slots,
        "variant": base.variants,
        "item": {**base.items, **base.matrices},
        "score": base.scores,
        "change": base.changes,
        "theory": base.theory,
        "band_set": {part.id for part in base.band_sets},
        "share": {part.id for part in base.shares},
        "pair": {part.id for part in base.pairs},
        "rule": {part.id for part in base.rules},
        "occasion": {part.id for part in base.occasions},
    }
    return {(kind, name) for kind, names in parts.items() for name in names}
