"""What adds up in a raw table: its cells and relations as disclosure protects them.

Over a single-choice axis the levels add up to the total. Over a multi-select axis, and over any where distinct people
are counted, they overlap; a reader still knows that no level is more than the whole, that together they are no less,
and which of them every row has one of (`surely_held`). A Flow's own axes are a chain: start + new = closed + end, and
the end of a month is the start of the next.

Cells are named by axis, not by place, so that a table and the same table turned around are one and the same system.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise, product

from skillnad.analysis.axes import FLOW_AXIS, MONTH_AXIS, FlowKind
from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system
from skillnad.analysis.measures import OPEN, ended_within, open_within
from skillnad.analysis.questions import Duration, Flow, Question, Share
from skillnad.analysis.results import (
    MISSING_LEVEL,
    NO,
    TOTAL,
    UNKNOWN_OUTCOME,
    YES,
    Axis,
    Key,
    Level,
    LevelKind,
    RawTable,
)
from skillnad.analysis.selection import selection_of
from skillnad.analysis.surely_held import surely_held

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
    return _told(table).system()


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
    return _Told(told, (_bands(len(limits) + 1), *table.axes), table.question).system()


def _bands(number: int) -> Axis:
    return replace(_BANDS, levels=tuple(Level(str(band), "") for band in range(number)))


def reader_system(table: RawTable) -> System:
    """The table's counts as its reader knows them: no more of how values overlap than that they may."""
    return _told(table, wary=True).system()


def _told(table: RawTable, *, wary: bool = False) -> "_Told":
    question = table.question
    people = selection_of(question).people
    kind = _OfPeople if people and isinstance(question, Share) else _Told
    return kind(table.counts, table.axes, question, shared=people, wary=wary)


def people_system(table: RawTable, measure: str) -> System:
    """Distinct people in each cell, who may stand in several cells of any axis."""
    people = {key: value or 0 for key, value in table.values[measure].items()}
    axes = tuple(replace(axis, multiple=True) for axis in table.axes)
    return _Told(people, axes, table.question, shared=True).system()


def sum_system(table: RawTable, measure: str) -> System:
    """The sums of a number, which add up as the counts do."""
    sums = {key: value or 0.0 for key, value in table.values[measure].items()}
    return _Told(sums, table.axes, table.question).system()


@dataclass
class _Told:
    """The cells and relations of one measure, as they are found. `shared`: one person can be in several levels.
    `wary`: values that could overlap are never taken to add up. `between` are values that no cell holds."""

    values: Mapping[Key, float]
    axes: tuple[Axis, ...]
    question: Question
    shared: bool = False
    wary: bool = False
    cells: list[Cell] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    names: dict[Key, Name] = field(default_factory=dict)
    between: frozenset[Key] = frozenset()

    def system(self) -> System:
        self.cells = [Cell(self._name(key), told, latent=key in self.between) for key, told in self.values.items()]
        for place, axis in enumerate(self.axes):
            flow = isinstance(self.question, Flow)
            if flow and axis.id == FLOW_AXIS:
                self._flow(place)
            elif flow and axis.id == MONTH_AXIS:
                self._months(place, [level.code for level in axis.levels])
            else:
                self._axis(place, axis)
        return system(self.cells, self.relations)

    def _axis(self, place: int, axis: Axis) -> None:
        lines = [self._line(place, axis, rest) for rest in self._rests(place)]
        if any(level.kind is LevelKind.ANY for level in axis.levels):
            for line in lines:
                self._with_any(line, place, axis)
                self._surely(line, place, axis)
        elif axis.multiple and (self.wary or not all(self._adds_up(line) for line in lines)):
            alone = [] if self.shared else _alone(axis)
            for line in lines:
                self._overlapping(line, place, alone)
                self._surely(line, place, axis)
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

    def _with_any(self, line: list[Key], place: int, axis: Axis) -> None:
        """total = any value + none; any value = level + not level, for each value; the values = any value + overlap;
        and so for what stands outside, where those with none are."""
        whole, kinds = line[0], {level.code: level.kind for level in axis.levels}
        known = next(key for key in line[1:] if kinds[key[place]] is LevelKind.ANY)
        values = [key for key in line[1:] if kinds[key[place]] is LevelKind.VALUE]
        outside = [key for key in line[1:] if key not in (known, *values)]
        none = self._latent("none", place, whole, self.values[whole] - self.values[known])
        self._relate((whole, -1.0), (known, 1.0), latents=((none, 1.0),))
        for keys, within in ((values, known), (outside, whole)):
            for key in keys:
                other = self._latent("not", place, key, self.values[within] - self.values[key])
                self._relate((key, 1.0), (within, -1.0), latents=((other, 1.0),))
        over = self._latent("overlap", place, known, self._more(values, known), slack=True)
        self._relate(*((key, 1.0) for key in values), (known, -1.0), latents=((over, -1.0),))
        twice = sum(self.values[key] for key in outside) + self.values[known] - self.values[whole]
        both = self._latent("overlap", place, whole, twice, slack=True)
        self._relate(*((key, 1.0) for key in outside), latents=((none, -1.0), (both, -1.0)))

    def _surely(self, line: list[Key], place: int, axis: Axis) -> None:
        """The levels that every row has one of = total + overlap; the one that every row has = total."""
        for levels in surely_held(self.question, axis).of(line[0]):
            keys = [key for key in line[1:] if key[place] in levels]
            over: Relation = ()
            if len(keys) > 1:
                kind = f"overlap {','.join(sorted(levels))}"
                over = ((self._latent(kind, place, line[0], self._more(keys, line[0]), slack=True), -1.0),)
            self._relate((line[0], -1.0), *((key, 1.0) for key in keys), latents=over)

    def _more(self, keys: list[Key], than: Key) -> float:
        return sum(self.values[key] for key in keys) - self.values[than]

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


KNOWN, ANSWERED = "known", "answered"
"""What stands between the outcomes of a share of people: yes or no; and those, or that nobody knows."""


class _OfPeople(_Told):
    """A share of people. In each group the outcomes share out its clients; but one whose outcome is no in a group can
    have another among all, as a yes elsewhere goes before. It is those who hold it, those who are known, those who have
    an answer, and all, that are never more in a group than among all; and no outcome is had by nobody in any group."""

    def system(self) -> System:
        between: dict[Key, float] = {}
        for key in [key[1:] for key in self.values if key[0] == YES]:
            between[KNOWN, *key] = self.values[YES, *key] + self.values[NO, *key]
            between[ANSWERED, *key] = between[KNOWN, *key] + self.values[UNKNOWN_OUTCOME, *key]
        self.between = frozenset(between)
        self.values = {**self.values, **between}
        return super().system()

    def _axis(self, place: int, axis: Axis) -> None:
        super()._axis(place, axis)
        if not place:
            for key in self.between:
                less, more = (YES, NO) if key[0] == KNOWN else (KNOWN, UNKNOWN_OUTCOME)
                self._relate((key, -1.0), ((less, *key[1:]), 1.0), ((more, *key[1:]), 1.0))
            return
        outcomes = (NO, UNKNOWN_OUTCOME, MISSING_LEVEL)
        for rest in [(code, *rest[1:]) for rest in self._wholes(place) for code in outcomes]:
            self._no_less(self._line(place, axis, rest), place)

    def _no_less(self, line: list[Key], place: int) -> None:
        over = self._latent("overlap", place, line[0], self._more(line[1:], line[0]), slack=True)
        self._relate(*((key, 1.0) for key in line[1:]), (line[0], -1.0), latents=((over, -1.0),))

    def _rests(self, place: int) -> Iterator[Key]:
        own = (YES, KNOWN, ANSWERED, TOTAL) if place else (TOTAL,)
        return ((code, *rest[1:]) for rest in self._wholes(place) for code in own)

    def _wholes(self, place: int) -> list[Key]:
        return [rest for rest in super()._rests(place) if rest[0] == TOTAL]


def _alone(axis: Axis) -> list[str]:
    """The levels of a multi-select axis that overlap with no other: missing, and a lone "don't know"."""
    unknown = _codes(axis.levels, LevelKind.UNKNOWN)
    return _codes(axis.levels, LevelKind.MISSING) + (unknown if len(unknown) == 1 else [])


def _codes(levels: tuple[Level, ...], kind: LevelKind) -> list[str]:
    return [level.code for level in levels if level.kind is kind]


def _at(key: Key, place: int, code: str) -> Key:
    return (*key[:place], code, *key[place + 1 :])
