"""A report of a part of the organisation: the same questions, asked of the rows of some units, or of committees."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from skillnad.analysis.comparisons.questions import Asked, Comparison, Funnel, OverTime, Ranking
from skillnad.analysis.questions import CrossTable, Flow, Where
from skillnad.codebook.periods import Period
from skillnad.codebook.snapshot_schema import Manifest, SnapshotColumn, SnapshotLevel
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed
from skillnad.reports.outline import Ask, Outline, Part, ReportItem, supported

LEVELS = ("unit", "administration", "committee")
"""Columns of the organisation tree, the lowest level first; a snapshot need not have all of them."""


@dataclass(frozen=True)
class Places:
    """Some places of one level of the tree. `names` are for a reader, in the order of `codes`."""

    column: str
    codes: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def words(self) -> str:
        """ "Barn och familj öst och Ungdomsenheten"."""
        return listed(self.names)

    @property
    def where(self) -> Where:
        return Where(self.column, self.codes)


def places_of(manifest: Manifest, told: Sequence[str]) -> Places | None:
    """The places that codes or names mean, in the tree's order; None where none is told.

    Raises UserError: REP-023 for what the snapshot has no place for, REP-024 for places of more than one level.
    """
    if not told:
        return None
    found = [_found(manifest, each) for each in told]
    columns = {column.id for column, _ in found}
    if len(columns) > 1:
        raise _two_levels([level.sv for _, level in found])
    (column, _), chosen = found[0], {level.code for _, level in found}
    levels = [level for level in column.levels if level.code in chosen]
    return Places(column.id, tuple(level.code for level in levels), tuple(level.sv for level in levels))


def offered(manifest: Manifest) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a report can be of, by the name of its level, the highest first: codes that `places_of` takes, and names."""
    taken: set[str] = set()
    levels = []
    for column in _columns(manifest):
        own = [level for level in column.levels if level.code.casefold() not in taken]
        taken |= {level.code.casefold() for level in own}
        levels.append((column.sv, [(level.code, level.sv) for level in own]))
    return [level for level in reversed(levels) if level[1]]


def narrowed(outline: Outline, places: Places, manifest: Manifest, period: Period) -> Outline:
    """The outline asked of the places' rows alone. What sets the places themselves beside each other is left out where
    there is one of them."""
    chapters = []
    for chapter in outline.chapters:
        items = (_narrowed_item(item, places, period) for item in chapter.items)
        kept = tuple(item for item, was in zip(items, chapter.items, strict=True) if item.parts or not was.parts)
        chapters += [replace(chapter, items=kept)] if kept else []
    return supported(Outline(tuple(chapters)), manifest, period)


def _narrowed_item(item: ReportItem, places: Places, period: Period) -> ReportItem:
    parts = (part for part in item.parts if len(places.codes) > 1 or not _is_by(part, places.column, period))
    return replace(item, parts=tuple(_narrowed_part(part, places.where) for part in parts))


def _is_by(part: Part, column: str, period: Period) -> bool:
    """Are all the part's questions divided by the column?"""
    return all(column in _divided_by(ask(period)) for ask in part.asks)


def _divided_by(question: Asked) -> tuple[str, ...]:
    by: tuple[str, ...] = getattr(question, "by", ())
    return (*by, question.columns) if isinstance(question, CrossTable) else by


def _narrowed_part(part: Part, where: Where) -> Part:
    return replace(part, asks=tuple(_only(ask, where) for ask in part.asks))


def _only(ask: Ask, where: Where) -> Ask:
    return lambda period: with_condition(ask(period), where)


def with_condition(question: Asked, where: Where) -> Asked:
    """The question with one more condition on its rows."""
    match question:
        case Comparison() | Ranking() | Funnel() | OverTime():
            inner: Any = with_condition(question.of, where)
            return replace(question, of=inner)
        case Flow():
            return replace(question, where=(*question.where, where))
        case _:
            selection = replace(question.selection, where=(*question.selection.where, where))
            return replace(question, selection=selection)


def _columns(manifest: Manifest) -> Iterator[SnapshotColumn]:
    """The tree's columns, each as the first table that has it has it: the lowest level first."""
    tables = list(manifest.tables.values())
    for name in LEVELS:
        yield from [table.columns[name] for table in tables if name in table.columns][:1]


def _found(manifest: Manifest, told: str) -> tuple[SnapshotColumn, SnapshotLevel]:
    wanted = told.strip().casefold()
    every = [(column, level) for column in _columns(manifest) for level in column.levels]
    by_code = (each for each in every if each[1].code.casefold() == wanted)
    by_name = (each for each in every if each[1].sv.casefold() == wanted)
    found = next(chain(by_code, by_name), None)
    if found is None:
        raise _nowhere([level for _, level in every])
    return found


def _nowhere(levels: Sequence[SnapshotLevel]) -> UserError:
    known = ", ".join(f"{level.code} ({level.sv})" for level in levels)
    return UserError.of(
        "REP-023",
        where="--unit",
        sv=f"Ögonblicksbilden har ingen sådan enhet, förvaltning eller nämnd. Ange koden eller namnet på en av: "
        f"{known}.",
        en=f"The snapshot has no such unit, administration or committee. Give the code or the name of one of: {known}.",
    )


def _two_levels(names: Sequence[str]) -> UserError:
    told = ", ".join(names)
    return UserError.of(
        "REP-024",
        where="--unit",
        sv=f"{told} hör till olika nivåer i organisationen. En rapport gäller en nivå: ange bara enheter, bara "
        "förvaltningar eller bara nämnder, och gör en rapport för var och en av de andra.",
        en=f"{told} are of different levels of the organisation. A report is of one level: give only units, only "
        "administrations or only committees, and make a report for each of the others.",
    )
