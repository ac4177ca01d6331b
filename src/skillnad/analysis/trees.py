"""Divided by the organisation of a day: `unit@2024-12-31`, `committee@2024-12-31`, or `unit@` for the snapshot's day.

A question is written so; before it is asked the units are put together as the snapshot's tree says (`codebook.trees`),
into groups by name: `merged:unit@2024-12-31:Norr=A,A1,A2;…`. All that ask a snapshot pass `on_tree`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.merged import MERGED, MOST_CHARACTERS, ON, OTHERS, TREE_LEVELS, TREE_OF, Merged
from skillnad.analysis.questions import Where
from skillnad.codebook.snapshot_schema import Manifest, SnapshotColumn
from skillnad.codebook.trees import NO_HISTORY, committees_on, lines_on
from skillnad.lib.errors import UserError
from skillnad.lib.text import shown

AskedT = TypeVar("AskedT", bound=Asked)
_ONE, _SEVERAL = ("rows", "columns"), ("by",)
_IN_NAMES = str.maketrans({";": ",", "=": "–", ":": "–"})

Groups = Iterator[tuple[str, tuple[str, ...]]]


def on_tree(question: AskedT, manifest: Manifest) -> AskedT:
    """The question with the units put together wherever it is divided by a day's organisation; any other is as it was.

    Raises UserError: ASK-090 no such level, ASK-091 no such day, ASK-092 no history, ASK-093 in a condition, ASK-094 a
    unit whose code has a comma.
    """
    resolved: AskedT = _resolved(question, lambda name: of_tree(name, manifest).name if is_of_tree(name) else name)
    return resolved


def by_the_days_units(question: AskedT, manifest: Manifest) -> AskedT:
    """The question divided by the units of the snapshot's day in place of those that the rows have, where any unit
    goes on with another's work: a series over the reorganisation stays whole."""
    if not manifest.tree.successions:
        return question
    units = of_tree(f"{TREE_OF}{ON}", manifest).name
    regrouped: AskedT = _resolved(question, lambda name: units if name == TREE_OF else name)
    return regrouped


def is_of_tree(name: str) -> bool:
    """Does the name mean the organisation of a day, before it is put together?"""
    return ON in name and not name.startswith(f"{MERGED}:")


def of_tree(name: str, manifest: Manifest) -> Merged:
    """The groups of units behind `unit@2024-12-31`. Raises UserError as `on_tree`."""
    level, _, told = name.partition(ON)
    if level not in TREE_LEVELS:
        raise _no_level(name)
    if manifest.tree == NO_HISTORY:
        raise _no_history(level)
    day = _day(told, manifest)
    groups = tuple(_named(_groups(level, manifest, day), _known(manifest)))
    return Merged(TREE_OF, groups, f"{level}{ON}{day.isoformat()}")


def days_of_change(manifest: Manifest) -> tuple[date, ...]:
    """The days until the snapshot's that units have begun as they are, in order: where one tree ends and another
    begins."""
    first = {spell.first_day for spell in manifest.tree.spells} | {each.day for each in manifest.tree.successions}
    return tuple(sorted(day for day in first if day and day <= manifest.as_of))


def _resolved(part: Any, named: Callable[[str], str]) -> Any:
    """The question, or a part of one, with the columns that divide it renamed."""
    changes = {each.name: _changed(each.name, getattr(part, each.name), named) for each in fields(part)}
    new = {name: value for name, value in changes.items() if value is not getattr(part, name)}
    return replace(part, **new) if new else part


def _changed(field: str, value: Any, named: Callable[[str], str]) -> Any:
    if isinstance(value, Where):
        _check_condition(value)
    elif field in _ONE and isinstance(value, str):
        return named(value)
    elif field in _SEVERAL:
        columns = tuple(map(named, value))
        return value if columns == value else columns
    elif field == "where":
        for where in value:
            _check_condition(where)
    elif field in ("of", "selection") and is_dataclass(value):
        return _resolved(value, named)
    return value


def _day(told: str, manifest: Manifest) -> date:
    if not told:
        return manifest.as_of
    try:
        day = date.fromisoformat(told)
    except ValueError:
        raise _no_day(told, manifest) from None
    if day > manifest.as_of or day.isoformat() != told:
        raise _no_day(told, manifest)
    return day


def _known(manifest: Manifest) -> SnapshotColumn | None:
    """The column of units, the same in every table that has it."""
    return next((table.columns[TREE_OF] for table in manifest.tables.values() if TREE_OF in table.columns), None)


def _groups(level: str, manifest: Manifest, day: date) -> Groups:
    if level == TREE_OF:
        yield from ((line.name, line.units) for line in lines_on(manifest.tree, day))
        return
    names = _committee_names(manifest)
    for codes, units in committees_on(manifest.tree, day).items():
        yield " + ".join(names.get(code, code) for code in codes.split(" + ")), units


def _committee_names(manifest: Manifest) -> Mapping[str, str]:
    columns = (table.columns["committee"] for table in manifest.tables.values() if "committee" in table.columns)
    return {level.code: level.sv for column in columns for level in column.levels}


def _named(groups: Iterable[tuple[str, tuple[str, ...]]], stored: SnapshotColumn | None) -> Groups:
    """The groups that have units in the snapshot, each under a name of its own that can head a column."""
    known = {level.code for level in stored.levels} if stored else set()
    taken = {OTHERS, "*", "+", "", *(stored.unknown if stored else ())}
    for name, units in groups:
        codes = tuple(code for code in units if code in known)
        if unreadable := [code for code in codes if set(code) & set(",;")]:
            raise _no_list(unreadable[0])
        if codes:
            own = _own_name(name, codes[0], taken)
            taken.add(own)
            yield own, codes


def _own_name(name: str, code: str, taken: Iterable[str]) -> str:
    """At most 60 characters: of many units the first and how many more there are. Where two have one name, the code of
    the first unit stands beside."""
    plain = "".join(letter for letter in name.translate(_IN_NAMES) if letter.isprintable()).strip()
    first, *others = plain.split(" + ")
    if len(plain) > MOST_CHARACTERS and others:
        more = f" + {len(others)} till"
        plain = f"{_cut(first, MOST_CHARACTERS - len(more))}{more}"
    plain = _cut(plain, MOST_CHARACTERS)
    if plain not in taken:
        return plain
    beside = f" ({code.translate(_IN_NAMES)})"
    return f"{_cut(plain, MOST_CHARACTERS - len(beside))}{beside}".strip()


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _check_condition(where: Where) -> None:
    if is_of_tree(where.column):
        raise UserError.of(
            "ASK-093",
            sv="En dags organisation delar in en tabell och kan inte vara villkor. Skriv enheternas koder i villkoret: "
            "unit med en kod eller flera.",
            en="The organisation of a day divides a table and is no condition. Write the units' codes in the "
            "condition: unit with one code or more.",
        )


def _no_list(code: str) -> UserError:
    return UserError.of(
        "ASK-094",
        sv=f"Enhetens kod ”{shown(code)}” har komma eller semikolon, och kan inte stå i en grupp. Ge enheten en annan "
        "kod i mappningen av underlaget, och läs in det på nytt.",
        en=f"The unit's code '{shown(code)}' has a comma or a semicolon, and cannot stand in a group. Give the unit "
        "another code in the extract's mapping, and import it again.",
    )


def _no_level(name: str) -> UserError:
    return UserError.of(
        "ASK-090",
        sv=f"{shown(name)} går inte att dela in efter: bara enheter och nämnder har en organisation på en dag. Skriv "
        "unit@2024-12-31 eller committee@2024-12-31.",
        en=f"{shown(name)} is nothing to divide by: only units and committees have an organisation on a day. Write "
        "unit@2024-12-31 or committee@2024-12-31.",
    )


def _no_day(told: str, manifest: Manifest) -> UserError:
    return UserError.of(
        "ASK-091",
        sv=f"”{shown(told)}” är ingen dag som ögonblicksbilden vet organisationen för. Skriv en dag som 2024-12-31, "
        f"senast {manifest.as_of}.",
        en=f"'{shown(told)}' is no day that the snapshot knows the organisation of. Write a day such as 2024-12-31, "
        f"{manifest.as_of} at the latest.",
    )


def _no_history(level: str) -> UserError:
    return UserError.of(
        "ASK-092",
        sv=f"Ögonblicksbilden känner ingen omorganisation, så organisationen är densamma alla dagar. Använd {level}, "
        "eller berätta om omorganisationen (`skillnad organisation import`) och gör en ny ögonblicksbild.",
        en=f"The snapshot knows of no reorganisation, so the organisation is the same on all days. Use {level}, or "
        "tell of the reorganisation (`skillnad organisation import`) and make a new snapshot.",
    )
