"""Many tables at once: every coded column of a population against every other, for every unit.

    tables = Cube(snapshot, Population.INTERVENTIONS).pairs(by="unit")
    tables["legal_sex", "origin"]          # counts[unit, sex, origin]
    tables.up({"A": "Norr", "B": "Norr"})  # the same by the units' administration

The counts are raw, as a RawTable's are: they are for `analysis` (protection, rankings, pages), never to be shown. What
is shown is `shown_cube`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from skillnad.analysis.index.layout import UNIT, Index, Integers
from skillnad.analysis.index.masks import has_any
from skillnad.analysis.index.opening import counted_on, index_of
from skillnad.analysis.index.pairs import PairCounts, pair_counts
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, Axis
from skillnad.analysis.shown_cube import not_coded
from skillnad.analysis.snapshot import Snapshot
from skillnad.codebook.snapshot_schema import Column, Population

CODED = (Column.CODE, Column.CODES)


@dataclass(frozen=True)
class PairTables:
    """Every pair of `columns` for each of `places`: codes of the column that was asked by, the missing and TOTAL last.

    `tables[one, other]` is counts[place, level of one, level of other], and `tables[one]` counts[place, level]; levels
    stand as on `axes[column]` with the missing last of them, and the total after. A place's own table is that of the
    population's rows there, so what does not overlap adds up over places.
    """

    by: str
    places: tuple[str, ...]
    axes: Mapping[str, Axis]
    counts: PairCounts

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.axes)

    def __getitem__(self, wanted: str | tuple[str, str]) -> Integers:
        return self.counts.single(wanted) if isinstance(wanted, str) else self.counts.table(*wanted)

    def up(self, above: Mapping[str, str], by: str = "") -> "PairTables":
        """The tables of what stands above: unit to administration, committee or municipality, by the places' codes.

        Rows of a place that `above` does not name are those of the missing. Raises ValueError of tables whose places
        overlap.
        """
        if not _shares_out(self.counts, len(self.places)):
            raise ValueError("places that overlap do not add up")
        parents = [*dict.fromkeys(above.values()), MISSING_LEVEL]
        of_place = [parents.index(above.get(place, MISSING_LEVEL)) for place in self.places[:-1]]
        summed = _summed(self.counts, of_place, len(parents))
        return PairTables(by or self.by, (*parents, TOTAL), self.axes, summed)

    def __add__(self, other: "PairTables") -> "PairTables":
        """The tables of two partitions of one population."""
        if (self.by, self.places) != (other.by, other.places):
            raise ValueError("tables of different places do not add up")
        return PairTables(self.by, self.places, self.axes, self.counts + other.counts)

    def __repr__(self) -> str:
        return f"PairTables({len(self.axes)} columns by {self.by or 'nothing'}, {len(self.places)} places)"


@dataclass(frozen=True)
class Cube:
    """One population of a snapshot, ready to be counted whole."""

    snapshot: Snapshot
    population: Population

    @cached_property
    def index(self) -> Index:
        return index_of(self.snapshot, self.population)

    @property
    def columns(self) -> tuple[str, ...]:
        """The coded columns but the unit, which tables are by."""
        held = self.snapshot.table(self.population).columns.values()
        return tuple(column.id for column in held if column.kind in CODED and column.id != UNIT)

    def pairs(self, by: str = "", columns: Sequence[str] = ()) -> PairTables:
        """Every pair of `columns` (all of them where none are named), in one pass over the rows.

        `by` is `unit`, another coded column, or nothing: then there is one place, TOTAL. Raises UserError ASK-001 where
        a column is none of the coded ones.
        """
        names = tuple(columns) or tuple(column for column in self.columns if column != by)
        self._check([*names, *([by] if by not in ("", UNIT) else [])])
        axes = {name: self.snapshot.axis(self.population, name) for name in names}
        counts = self._counted(lambda index: self._pairs(index, by, names))
        return self._by(by, counts, axes) if by else PairTables("", (TOTAL,), axes, counts)

    def _counted(self, count: Callable[[Index], PairCounts]) -> PairCounts:
        """Of an index that is built now, while its file is made to last."""
        held = vars(self)
        if "index" in held:
            return count(self.index)
        held["index"], counts = counted_on(self.snapshot, self.population, count)
        return counts

    def _pairs(self, index: Index, by: str, names: Sequence[str]) -> PairCounts:
        if by not in ("", UNIT):
            return self._by_masks(index, by, names)
        counts = pair_counts(index, names)
        return _summed(counts, _missing_last(len(counts.rows)), len(counts.rows)) if by else _total(counts)

    def _by_masks(self, index: Index, by: str, names: Sequence[str]) -> PairCounts:
        """A pass a level: a multi-select's levels overlap."""
        levels = len(self.snapshot.axis(self.population, by).levels)
        places = [*range(1, levels), 0]
        parts = [_total(pair_counts(index, names, has_any(index, by, [place]))) for place in places]
        return _stacked([*parts, _total(pair_counts(index, names))])

    def _by(self, by: str, counts: PairCounts, axes: Mapping[str, Axis]) -> PairTables:
        levels = self.snapshot.axis(self.population, by).levels
        return PairTables(by, (*(level.code for level in levels), TOTAL), axes, counts)

    def _check(self, names: Sequence[str]) -> None:
        for name in names:
            if name not in self.columns:
                raise not_coded(name, self.columns)


def _missing_last(units: int) -> list[int]:
    """Where each unit of an index goes: there the missing one is first."""
    return [units - 1, *range(units - 1)]


def _summed(counts: PairCounts, of_place: Sequence[int], places: int) -> PairCounts:
    """The places' counts in `places` new ones, and the total after them."""

    def summed(parts: Integers) -> Integers:
        new = np.zeros((places + 1, parts.shape[1]), np.int64)
        np.add.at(new, np.asarray(of_place, np.int64), parts[: len(of_place)])
        new[-1] = new[:-1].sum(axis=0)
        return new

    return _each(counts, summed)


def _total(counts: PairCounts) -> PairCounts:
    return _each(counts, lambda parts: parts.sum(axis=0, keepdims=True))


def _stacked(counts: Sequence[PairCounts]) -> PairCounts:
    return PairCounts(
        counts[0].columns,
        np.concatenate([part.rows for part in counts]),
        np.concatenate([part.bitmaps for part in counts]),
        np.concatenate([part.cells for part in counts]),
    )


def _each(counts: PairCounts, change: Callable[[Integers], Integers]) -> PairCounts:
    rows = change(counts.rows[:, None])[:, 0]
    return PairCounts(counts.columns, rows, change(counts.bitmaps), change(counts.cells))


def _shares_out(counts: PairCounts, places: int) -> bool:
    """Are a place's rows no other's?"""
    return places > 1 and int(counts.rows[:-1].sum()) == int(counts.rows[-1])
