"""What is asked, as the model has it: items, options, conditions, perspectives, variants and slots of one file.

Every function takes a table whose keys are known; what is missing or no known word is added to its findings, and
what is returned can be held and shown all the same.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from skillnad.instruments.asked import (
    Ages,
    Choice,
    Clause,
    Condition,
    Direction,
    Item,
    ItemKind,
    Means,
    Option,
    OptionSet,
    Perspective,
    Slot,
    Variant,
)
from skillnad.instruments.keys import KEYS
from skillnad.instruments.vocabulary import WHO
from skillnad.lib.text import shown
from skillnad.lib.toml_files import Checked, checked, tables
from skillnad.lib.toml_words import code_of, english

VARIANTS = ("adult", "child", "easy_read", "picture", "telephone", "guardian")
NOT_ASKED = ("outside", "none")
BASES = ("binding", "advice")

IDENTIFIER: Final = re.compile(r"(?!.*__)[a-z][a-z0-9_]{0,39}(?<!_)")


def identifier(table: Checked, key: str = "id") -> str:
    """The text of `key`; a problem where it cannot be part of a column's name."""
    name = table.required(key)
    if name and not IDENTIFIER.fullmatch(name):
        table.add(
            "INSTR-005",
            key,
            sv=f"”{shown(name)}” kan inte vara ett id. Skriv små bokstäver a–z, siffror och enkla _, högst 40 tecken.",
            en=f"'{shown(name)}' cannot be an id. Write lower case a–z, digits and single _, at most 40 characters.",
        )
    return name


def named(table: Checked) -> tuple[str, str, str]:
    """The id and the two names that most tables begin with."""
    return identifier(table), table.required("sv"), english(table)


def inner(table: Checked, key: str, kind: str) -> Checked | None:
    """The table under `key`, checked as a `kind`; None where there is none."""
    if key not in table.data:
        return None
    return checked(table.source, (*table.path, key), table.get(key), KEYS[kind], table.findings)


def ages_from(table: Checked, key: str) -> Ages | None:
    found = inner(table, key, "ages")
    if found is None:
        return None
    first, last = found.get("first", 0), found.get("last")
    if last is not None and last < first:
        found.add(
            "INSTR-003",
            "last",
            sv=f"Åldrarna slutar ({last}) före sin början ({first}). Byt plats på dem.",
            en=f"The ages end ({last}) before they begin ({first}). Swap them.",
        )
    return Ages(first, last)


def condition_from(table: Checked, key: str) -> Condition:
    """`{ all = [{ item, in }], any = […] }`; a condition that is not there always holds."""
    found = inner(table, key, "when")
    if found is None:
        return Condition()
    parts = {part: tuple(map(_clause_from, tables(found, part, KEYS["clause"]))) for part in ("all", "any")}
    return Condition(parts["all"], parts["any"])


def _clause_from(table: Checked) -> Clause:
    compared = [key for key in ("in", "not_in", "at_least", "at_most") if key in table.data]
    if (len(compared) != 1 and compared != ["at_least", "at_most"]) or table.get(compared[0]) == []:
        table.add(
            "INSTR-010",
            sv="Ett villkor jämför på ett sätt: in, not_in, at_least eller at_most (eller båda de sista). "
            'Skriv till exempel { item = "fraga1", in = ["1", "2"] }.',
            en="A clause compares in one way: in, not_in, at_least or at_most (or both of the last). "
            'Write for example { item = "question1", in = ["1", "2"] }.',
        )
    return Clause(
        table.required("item"),
        frozenset(table.get("in", ())),
        frozenset(table.get("not_in", ())),
        _float(table.get("at_least")),
        _float(table.get("at_most")),
    )


def option_from(table: Checked) -> Option:
    return Option(
        code=code_of(table),
        sv=table.required("sv"),
        en=english(table),
        means=table.choice("meaning", Means, Means.VALUE),
        points=_float(table.get("score")),
        exclusive=table.get("exclusive", False),
        specify=table.get("specify", False),
    )


def options_from(table: Checked) -> tuple[Option, ...]:
    return tuple(map(option_from, tables(table, "options", KEYS["option"])))


def option_set_from(table: Checked) -> OptionSet:
    return OptionSet(
        id=identifier(table),
        direction=needed_direction(table),
        options=options_from(table),
        adapt=table.get("adapt", False),
        verified=table.get("verified", True),
        source=table.get("source", ""),
    )


def perspective_from(table: Checked) -> Perspective:
    return Perspective(
        *named(table),
        answered_by=needed_word(table, "answered_by", WHO),
        ages=ages_from(table, "ages"),
        about_ages=ages_from(table, "about_ages"),
    )


def variant_from(table: Checked) -> Variant:
    name, sv, en = named(table)
    return Variant(
        id=name,
        kind=needed_word(table, "kind", VARIANTS),
        sv=sv,
        en=en,
        base=table.get("base", False),
        ages=ages_from(table, "ages"),
        perspectives=tuple(table.get("perspectives", ())),
        languages=tuple(table.get("languages", ("sv",))),
    )


def slot_from(table: Checked) -> Slot:
    return Slot(
        id=identifier(table),
        standard=table.required("standard"),
        source=table.required("from"),
        default=table.required("default"),
        choices=tuple(map(_choice_from, tables(table, "choices", KEYS["choice"]))),
        reference=table.get("reference", False),
        names=table.get("names", ""),
    )


def _choice_from(table: Checked) -> Choice:
    when = condition_from(table, "when") if "when" in table.data else None
    return Choice(code_of(table), table.required("sv"), table.get("dated_sv", ""), when)


def item_from(table: Checked, option_sets: Mapping[str, OptionSet]) -> Item:
    """One question; a matrix is the question that `cells_from` divides."""
    return Item(
        id=identifier(table),
        label_sv=table.required("label_sv"),
        label_en=english(table, "label_en", "label_sv"),
        **_answered(table, option_sets),
        **_words(table),
        when=condition_from(table, "when"),
        required=table.get("required", False),
        perspectives=tuple(table.get("perspectives", ())),
        basis=table.word("basis", BASES, ""),
        confidential=table.get("confidential", False),
        sensitive=table.get("sensitive", False),
        adapt=table.get("adapt", False),
        partial=table.get("partial", False),
        not_asked=table.word("not_asked", NOT_ASKED, "outside"),
    )


def _words(table: Checked) -> dict[str, Any]:
    return {key: table.get(key, "") for key in ("number", "text", "standard", "help", "help_source", "group")}


def answer_kind(table: Checked) -> ItemKind:
    return ItemKind(needed_word(table, "kind", [str(kind) for kind in ItemKind]) or ItemKind.TEXT)


def _answered(table: Checked, option_sets: Mapping[str, OptionSet]) -> dict[str, Any]:
    """What an answer can be: of an item, or of the cells of a matrix."""
    shared = option_sets.get(table.get("option_set", ""))
    default = shared.direction if shared else Direction.NONE
    return {
        "kind": answer_kind(table),
        "options": shared.options if shared else options_from(table),
        "option_set": table.get("option_set", ""),
        "direction": table.choice("direction", Direction, default),
        "least": _float(table.get("min")),
        "most": _float(table.get("max")),
        "decimals": table.get("decimals", 0),
        "unit_of_measure": table.get("unit_of_measure", ""),
    }


def cell_answers(table: Checked, option_sets: Mapping[str, OptionSet]) -> dict[str, Any]:
    """What may stand in each cell of the matrix `table`."""
    cell = inner(table, "cell", "cell")
    if cell is None:
        table.missing("cell", '{ kind = "number", min = 0 }')
        return {"kind": ItemKind.NUMBER}
    return _answered(cell, option_sets)


def needed_direction(table: Checked) -> Direction:
    return Direction(needed_word(table, "direction", [str(one) for one in Direction]) or Direction.NONE)


def needed_word(table: Checked, key: str, words: Iterable[str]) -> str:
    """One of `words`; empty, with the problem added, where there is none or another."""
    known = list(words)
    if not table.get(key):
        table.missing(key, f'"{known[0]}"')
    return table.word(key, known, "")


def _float(number: float | None) -> float | None:
    return None if number is None else float(number)
