"""What adds up in a raw table: its cells and relations as disclosure protects them.

Over a single-choice axis the levels add up to the total. Over a multi-select axis, and over any where distinct people
are counted, they overlap; a reader still knows that no level is more than the whole, and together they are no less. A
Flow's own axes are a chain: start + new = closed + end, and the end of a month is the start of the next.

Cells are named by axis, not by place, so that a table and the same table turned around are one and the same system.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from skillnad.analysis.axes import FLOW_AXIS, MONTH_AXIS, FlowKind
from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system
from skillnad.analysis.measures import OPEN, ended_within, open_within
from skillnad.analysis.questions import Duration, Flow
from skillnad.analysis.results import TOTAL, Axis, Key, Level, LevelKind, RawTable
from skillnad.analysis.selection import selection_of

BAND = "days"
"""The axis of the bands between a Duration's limits; its TOTAL is no other cell than the table's own."""
_BANDS = Axis(BAND, BAND, ())
START, NEW, CLOSED, END = (
    FlowKind.ONGOING_START.value,
    FlowKind.NEW.value,
    FlowKind.CLOSED.value,
    FlowKind.ONGOING_END.value,
)


def cell_name(axes: tuple[Axis, ...], key: Key) -> Name:
    """What a cell is called in every system of its table, whichever way the table is turned."""
    told = zip(axes, key, strict=True)
    return tuple(sorted(f"{axis.id}={code}" for axis, code in told if (axis.id, code) != (BAND, TOTAL)))


def band_name(axes: tuple[Axis, ...], key: Key, band: int) -> Name:
    """What the rows of a cell between two limits of a Duration are called; the first band is number 0."""
    return cell_name((_BANDS, *axes), (str(band), *key))


def count_system(table: RawTable) -> System:
    """The table's counts; those of a Duration with limits by band, since shares within limits tell of bands."""
    limits = _limits(table)
    if limits:
        return _banded(table, table.counts, [table.values[ended_within(limit)] for limit in limits])
    shared = selection_of(table.question).people
    return _Told(table.counts, table.axes, flow=isinstance(table.question, Flow), shared=shared).system()


def open_system(table: RawTable) -> System:
    """The rows of a Duration that have not ended, by the band that they were last seen in."""
    return _banded(table, table.values[OPEN], [table.values[open_within(limit)] for limit in _limits(table)])


def _limits(table: RawTable) -> list[int]:
    return sorted(set(table.question.within)) if isinstance(table.question, Duration) else []


def _banded(table: RawTable, whole: Mapping[Key, float | None], limits: list[Mapping[Key, float | None]]) -> System:
    """`limits` are how many rows lie within each limit, the least limit first."""
    up_to = [dict.fromkeys(whole, 0.0), *limits, whole]
    told = {
        (str(band), *key): (more[key] or 0) - (less[key] or 0)
        for band, (less, more) in enumerate(pairwise(up_to))
        for key in whole
    }
    told |= {(TOTAL, *key): count or 0 for key, count in whole.items()}
    return _Told(told, (_bands(len(limits) + 1), *table.axes)).system()


def _bands(number: int) -> Axis:
    return replace(_BANDS, levels=tuple(Level(str(band), "") for band in range(number)))


def reader_system(table: RawTable) -> System:
    """The table's counts as its reader knows them: no more of how values overlap than that they may."""
    return _Told(table.counts, table.axes, wary=True).system()


def people_system(table: RawTable, measure: str) -> System:
    """Distinct people in each cell, who may stand in several cells of any axis."""
    people = {key: value or 0 for key, value in table.values[measure].items()}
    axes = tuple(replace(axis, multiple=True) for axis in table.axes)
    return _Told(people, axes, shared=True).system()


def sum_system(table: RawTable, measure: str) -> System:
    """The sums of a number, which add up as the counts do."""
    return _Told({key: value or 0.0 for key, value in table.values[measure].items()}, table.axes).system()


@dataclass
class _Told:
    """The cells and relations of one measure, as they are found. `shared`: one person can be in several levels.
    `wary`: values that could overlap are never taken to add up."""

    values: Mapping[Key, float]
    axes: tuple[Axis, ...]
    flow: bool = False
    shared: bool = False
    wary: bool = False
    cells: list[Cell] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    names: dict[Key, Name] = field(default_factory=dict)

    def system(self) -> System:
        self.cells = [Cell(self._name(key), value) for key, value in self.values.items()]
        for place, axis in enumerate(self.axes):
            if self.flow and axis.id == FLOW_AXIS:
                self._flow(place)
            elif self.flow and axis.id == MONTH_AXIS:
                self._months(place, [level.code for level in axis.levels])
            else:
                self._axis(place, axis)
        return system(self.cells, self.relations)

    def _axis(self, place: int, axis: Axis) -> None:
        lines = [self._line(place, axis, rest) for rest in self._rests(place)]
        if axis.multiple and (self.wary or not all(self._adds_up(line) for line in lines)):
            alone = [] if self.shared else _alone(axis)
            for line in lines:
                self._overlapping(line, place, alone)
        else:
            # levels that could overlap, but for nobody here, are protected as if the reader knew that
            for line in lines:
                self._relate(*((key, 1.0) for key in line[1:]), (line[0], -1.0))

    def _overlapping(self, line: list[Key], place: int, alone: list[str]) -> None:
        """total = missing + unknown + known; known = level + not level, for each; the levels = known + overlap."""
        whole, outside = line[0], [key for key in line[1:] if key[place] in alone]
        levels = [key for key in line[1:] if key not in outside]
        answered = self.values[whole] - sum(self.values[key] for key in outside)
        known = self._latent("known", place, whole, answered)
        self._relate((whole, -1.0), *((key, 1.0) for key in outside), latents=((known, 1.0),))
        for key in levels:
            other = self._latent("not", place, key, answered - self.values[key])
            self._relate((key, 1.0), latents=((other, 1.0), (known, -1.0)))
        over = sum(self.values[key] for key in levels) - answered
        overlap = self._latent("overlap", place, whole, over, slack=True)
        self._relate(*((key, 1.0) for key in levels), latents=((overlap, -1.0), (known, -1.0)))

    def _flow(self, place: int) -> None:
        for rest in self._rests(place):
            for pair in ((START, NEW), (CLOSED, END)):
                self._relate(*((_at(rest, place, level), 1.0) for level in pair), (rest, -1.0))

    def _months(self, place: int, months: list[str]) -> None:
        flow = next(index for index, axis in enumerate(self.axes) if axis.id == FLOW_AXIS)
        for rest in self._rests(place):
            if rest[flow] in (NEW, CLOSED):
                self._relate(*((_at(rest, place, month), 1.0) for month in months), (rest, -1.0))
            elif rest[flow] == START:
                self._relate((_at(rest, place, months[0]), 1.0), (rest, -1.0))
            elif rest[flow] == END:
                self._relate((_at(rest, place, months[-1]), 1.0), (rest, -1.0))
                for month, following in pairwise(months):
                    start = _at(_at(rest, flow, START), place, following)
                    self._relate((_at(rest, place, month), 1.0), (start, -1.0))

    def _relate(self, *terms: tuple[Key, float], latents: Relation = ()) -> None:
        self.relations.append((*((self._name(key), coefficient) for key, coefficient in terms), *latents))

    def _latent(self, kind: str, place: int, key: Key, value: float, *, slack: bool = False) -> Name:
        name = (f"{kind}:{self.axes[place].id}", *self._name(key))
        self.cells.append(Cell(name, value, latent=True, slack=slack))
        return name

    def _name(self, key: Key) -> Name:
        if key not in self.names:
            self.names[key] = cell_name(self.axes, key)
        return self.names[key]

    def _rests(self, place: int) -> Iterator[Key]:
        """Every combination of the other axes' levels and totals, with a total in this axis' place."""
        others = [
            (TOTAL,) if index == place else (*(level.code for level in axis.levels), TOTAL)
            for index, axis in enumerate(self.axes)
        ]
        return product(*others)

    def _line(self, place: int, axis: Axis, rest: Key) -> list[Key]:
        """The total, and each level."""
        return [rest, *(_at(rest, place, level.code) for level in axis.levels)]

    def _adds_up(self, line: list[Key]) -> bool:
        return abs(self.values[line[0]] - sum(self.values[key] for key in line[1:])) < 1e-6


def _alone(axis: Axis) -> list[str]:
    """The levels of a multi-select axis that overlap with no other: missing, and a lone "don't know"."""
    unknown = _codes(axis.levels, LevelKind.UNKNOWN)
    return _codes(axis.levels, LevelKind.MISSING) + (unknown if len(unknown) == 1 else [])


def _codes(levels: tuple[Level, ...], kind: LevelKind) -> list[str]:
    return [level.code for level in levels if level.kind is kind]


def _at(key: Key, place: int, code: str) -> Key:
    return (*key[:place], code, *key[place + 1 :])
