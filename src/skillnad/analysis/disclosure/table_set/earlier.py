"""Earlier releases of the same people beside a new one: what they show is known, and what they hid must stay safe.

A gap that no table of the new publication has is a number that nobody here knows. It is given one that fits everything
that is known, as small as can be, and is then tried as if it were small.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import cast

import numpy as np
from scipy.sparse import csr_array

from skillnad.analysis.disclosure.audit import NEAR, Claim, Reader, count_claims, objections
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.release import Coordinates, ProtectedRelease, ReleasedTable
from skillnad.analysis.disclosure.system import Cell, Name, System, system
from skillnad.analysis.disclosure.table_set.dimensions import dimensions_of
from skillnad.analysis.disclosure.table_set.fitting import fitted
from skillnad.analysis.disclosure.table_set.publication import Publication
from skillnad.analysis.disclosure.table_set.sums import Shape, sums_of
from skillnad.analysis.disclosure.table_set.tables import GivenTable
from skillnad.lib.errors import UserError
from skillnad.lib.text import listed

MOST = 5
MOST_BENEATH = 3_000
"""So many cells that no table has are looked at beside those that some table has."""


@dataclass(frozen=True, eq=False)
class Together:
    """A publication and what was released before it as one system. `kept`: cells that were shown. `gaps`: cells of the
    publication that were hidden. `unknown`: gaps that the publication has no count of; in `told` they are latent, since
    there is nothing to decide of them."""

    told: System
    kept: frozenset[Name] = frozenset()
    gaps: frozenset[Name] = frozenset()
    unknown: frozenset[Name] = frozenset()

    def objections(self, hidden: Collection[Name], policy: Policy) -> list[Name]:
        """What would be told too closely, of the publication or of what the earlier releases hid."""
        if not self.gaps and not self.unknown:
            return []
        read = self._read
        claims = [claim for claim in count_claims(self.told, hidden, policy) if claim.name not in self.unknown]
        before = self._before(policy)
        claims += (claim for name in sorted(self.unknown) for claim in _as_if_small(name, before.exact(name), policy))
        gaps, floor = frozenset(hidden) | self.unknown, float(policy.gap_floor)
        objected = set(objections(read, gaps, claims, floor))
        reader = Reader(read, gaps, floor)
        return [
            claim.name for claim in claims if claim.name in objected and not _holds(claim, reader.exact(claim.name))
        ]

    def beside(self, names: Collection[Name]) -> frozenset[Name]:
        """These, and all that stand in a relation with one of them."""
        held = np.array([cell.name in names for cell in self.told.cells], dtype=float)
        uses = csr_array(self.told.matrix != 0).astype(float)
        near = uses.T @ (uses @ held > 0).astype(float) > 0
        return frozenset(self.told.cells[place].name for place in np.flatnonzero(near | (held > 0)))

    def within_reach(self, policy: Policy) -> "Together":
        """Asks no more of a gap without a count than the earlier releases alone left open. Of a number between 3 and 10
        nobody can be made to believe 1: where 3 is what it was given, nothing would be safe. What was left open is
        still asked for by `objections`. Not where contributors are protected: there each may be one who is alone."""
        small = [cell.name for cell in self.told.cells if cell.name in self.unknown and policy.small(cell.value)]
        if policy.contributors or not small:
            return self
        before = self._before(policy)
        settled = {name for name in small if not _open(before.exact(name), policy)}
        cells = tuple(replace(cell, slack=cell.slack or cell.name in settled) for cell in self.told.cells)
        return replace(self, told=System(cells, self.told.matrix))

    @property
    def _read(self) -> System:
        """As a reader has it: what nobody has a count of is a gap like any other."""
        cells = (replace(cell, latent=cell.latent and cell.name not in self.unknown) for cell in self.told.cells)
        return System(tuple(cells), self.told.matrix)

    def _before(self, policy: Policy) -> Reader:
        """Who has the earlier releases alone."""
        return Reader(self._read, {cell.name for cell in self.told.cells} - self.kept, float(policy.gap_floor))


def _open(seen: tuple[float, float], policy: Policy) -> bool:
    """Whether it may be all that a small number must seem to be."""
    low, high = seen
    return low <= max(1.0, policy.gap_floor) + NEAR and high >= policy.threshold - NEAR


def _holds(claim: Claim, seen: tuple[float, float]) -> bool:
    """By the whole interval of one cell, which the auditor, who looks at many at once, may have seen less of."""
    low, high = seen
    if claim.secondary:
        return low <= claim.low - 1 + NEAR or high >= claim.high + 1 - NEAR
    return low <= claim.low + NEAR and high >= claim.high - NEAR


def _as_if_small(name: Name, before: tuple[float, float], policy: Policy) -> Iterator[Claim]:
    """What the earlier releases alone left open of a gap, where that may be a small number."""
    low, high = before
    if low < policy.threshold:
        yield Claim(name, max(low, 1.0), min(high, float(policy.threshold)))


def without_counts(against: Sequence[ProtectedRelease]) -> tuple[GivenTable, ...]:
    """The tables of earlier releases for their columns and values alone."""
    released = (table for release in against for table in release.tables)
    return tuple(
        GivenTable(table.name, table.layout, dict.fromkeys((row for row, _ in table.rows), 0)) for table in released
    )


def together(publication: Publication, against: Sequence[ProtectedRelease], *, under: bool = False) -> Together:
    """`publication` is made with the tables of `against` beside it. `under`: the cells that lie under all the tables
    are in it too, which no table has, as long as they are not too many. Raises UserError (DISC-055) where an earlier
    release is not of the same people."""
    released = [_Released(publication, release, table) for release in against for table in release.tables]
    own = [(table.dimensions, named) for table, named in zip(publication.tables, publication.named, strict=True)]
    shapes = [*own, *(each.shape for each in released)]
    beneath = _beneath(publication, shapes) if under else []
    if not against and not beneath:
        return Together(publication.told)
    shown = {name: count for each in released for name, count in each.shown.items()}
    gaps = frozenset(name for each in released for name in each.gaps)
    _check(publication, released, shown)
    relations = sums_of([*shapes, *beneath], publication.names)
    known = {**shown, **publication.counts}
    least = {name: 0.0 for _, named in beneath for name in named.flat if name and name not in known}
    least |= {name: each.least(name) for each in released for name in sorted(each.names) if name not in known}
    values = fitted(known, least, relations)
    if values is None and beneath:
        return together(publication, against)
    if values is None:
        raise _other_people(listed([each.table.name for each in released]), "")
    told = system((Cell(name, value, latent=name not in known) for name, value in values.items()), relations)
    return Together(told, frozenset(shown), gaps & publication.counts.keys(), gaps.difference(known))


def _beneath(publication: Publication, shapes: Sequence[Shape]) -> list[Shape]:
    """Everybody by all the columns that any of the tables has; nothing where one of them has all, or where that would
    be too many."""
    columns = {column for dimensions, _ in shapes for dimension in dimensions for column in dimension.columns}
    dimensions = dimensions_of(sorted(columns), publication.names.families)
    if prod(len(each.levels) for each in dimensions) > MOST_BENEATH:
        return []
    widest = max(len(dimensions) for dimensions, _ in shapes)
    return [(dimensions, publication.names.of(dimensions))] if widest < len(dimensions) else []


class _Released:
    """A table of an earlier release by the names of the new publication's cells."""

    def __init__(self, publication: Publication, release: ProtectedRelease, table: ReleasedTable) -> None:
        dimensions = dimensions_of(table.columns, publication.names.families)
        self.table, self.shape = table, (dimensions, publication.names.of(dimensions))
        self.floor = 1.0 if release.rules.get("zeros_printed", True) else 0.0
        self.names = {name for name in self.shape[1].flat if name}
        self.shown: dict[Name, int] = {}
        self.gaps: set[Name] = set()
        for row, count in table.rows:
            name = self._name(row)
            if name and count is None:
                self.gaps.add(name)
            elif name and count is not None:
                self.shown[name] = count

    def least(self, name: Name) -> float:
        return self.floor if name in self.gaps else 0.0

    def apart(self, counts: Mapping[Name, int]) -> list[Name]:
        """Where it says otherwise."""
        told = [name for name, count in self.shown.items() if counts.get(name, count) != count]
        return told + [name for name in sorted(self.gaps) if counts.get(name, self.floor) < self.floor]

    def _name(self, row: Coordinates) -> Name:
        values = dict(zip(self.table.columns, row, strict=True))
        levels = tuple(dimension.level_of(values) or 0 for dimension in self.shape[0])
        return cast(Name, self.shape[1][levels])


def _check(publication: Publication, released: Sequence[_Released], shown: Mapping[Name, int]) -> None:
    for each in released:
        apart = each.apart(publication.counts) or each.apart(shown)
        if apart:
            raise _other_people(each.table.name, "; ".join(", ".join(name) for name in apart[:MOST]))


def _other_people(where: str, cells: str) -> UserError:
    named = f": {cells}" if cells else ""
    return UserError.of(
        "DISC-055",
        where=f"--against, {where}",
        sv=f"Publiceringen säger annat om samma celler{named}. Gäller den andra människor eller en annan tid, ta bort "
        "den ur --against; är tal rättade, dra först tillbaka den.",
        en=f"The release says otherwise of the same cells{named}. Where it is of other people or another time, remove "
        "it from --against; where numbers are corrected, withdraw it first.",
    )
