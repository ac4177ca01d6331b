"""What must hold of names that become columns: one each, and none that a file of answers or scores has itself."""

from collections.abc import Iterator
from typing import Final

from skillnad.instruments.parsing import Parsed
from skillnad.instruments.references import BAND_SET, ITEM, SCORE, SHARE, Sort
from skillnad.lib.text import capitalised, shown

OF_ANSWERS: Final = frozenset(
    (
        *("key", "date", "perspective", "variant", "language", "age", "occasion", "mode"),
        *("identity", "client", "case", "intervention", "follow_up", "unit", "provider"),
    )
)
"""Columns of a file of answers that say which sheet a row is, and whom it is about."""

OF_SCORES: Final = frozenset(("row", "key", "perspective", "version"))
"""Columns of a file of scores beside the scores."""


def check_names(parsed: Parsed) -> None:
    """Questions, scores, bands and shares share their names (INSTR-027): each is a column of the same tables."""
    first: dict[str, Sort] = {}
    for kind, sort, name in _columns(parsed):
        other = first.setdefault(name, sort)
        taken = OF_ANSWERS if sort is ITEM else OF_SCORES
        if name in taken or other is not sort:
            sv, en = _of_files(name, sort) if name in taken else _of_both(name, sort, other)
            parsed.place(kind, name).add("INSTR-027", "id", sv=sv, en=en)


def _of_files(name: str, sort: Sort) -> tuple[str, str]:
    sv, en = ("svar", "answers") if sort is ITEM else ("poäng", "scores")
    return (
        f"”{name}” är namnet på en kolumn som filer med {sv} har själva. Ge {sort.sv} ett annat id, som {name}_1.",
        f"'{name}' is the name of a column that files of {en} have themselves. Give the {sort.en} another id, such as "
        f"{name}_1.",
    )


def _of_both(name: str, sort: Sort, other: Sort) -> tuple[str, str]:
    name = shown(name)
    return (
        f"{capitalised(sort.sv)} och {other.sv} heter båda ”{name}”, och skulle bli samma kolumn. Ge {sort.sv} ett "
        "annat id.",
        f"The {sort.en} and the {other.en} are both called '{name}', and would be one column. Give the {sort.en} "
        "another id.",
    )


def _columns(parsed: Parsed) -> Iterator[tuple[str, Sort, str]]:
    """Kind of table, sort of thing, and id, in the order in which a definition has them."""
    instrument = parsed.instrument
    for name in dict.fromkeys(item.matrix or item.id for item in instrument.items.values()):
        yield "item", ITEM, name
    for name in instrument.scores:
        yield "score", SCORE, name
    for bands in instrument.band_sets:
        yield "band_set", BAND_SET, bands.id
    for share in instrument.shares:
        yield "share", SHARE, share.id
