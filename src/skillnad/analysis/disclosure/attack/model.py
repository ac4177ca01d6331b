"""Every number of several publications as one cell a set of people, and the sums between them.

Where a table leaves something out, the cells that it would have shown are there too, and nothing is known of them but
that they are not negative. Tables with different columns meet in the finest cells of all columns together, as long as
those are not too many; beyond that they meet only where they show the same people.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from skillnad.analysis.disclosure.attack.published import Publication, Statement
from skillnad.analysis.disclosure.attack.rounded import Rounded, counts_of
from skillnad.analysis.disclosure.attack.universe import EVERYBODY, Key, Universe
from skillnad.lib.errors import UserError

MOST_JOINT = 20_000
MOST_CELLS = 400_000
Line = tuple[int, tuple[int, ...]]
"""A cell, and the cells that it is the sum of."""


@dataclass
class PublishedCell:
    """What is said of one set of people. `said`: the rows that do, the first names it. `listed`: some row does.
    `floor`: the least that a gap is known to be. `share`: the printed share that gave the count, where one did."""

    key: Key
    count: int | None = None
    gap: bool = False
    small: bool | None = None
    floor: int = 0
    said: list[Statement] = field(default_factory=list)
    share: "Part | None" = None

    @property
    def listed(self) -> bool:
        return bool(self.said)


@dataclass(frozen=True)
class Part:
    """A printed share: of the people in cell `whole`, those in `cell`."""

    cell: int
    whole: int
    share: Rounded


@dataclass
class Model:
    """`told` for words; the rest by cell number."""

    universe: Universe
    cells: list[PublishedCell] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    shares: list[Part] = field(default_factory=list)
    number: dict[Key, int] = field(default_factory=dict)

    def at(self, key: Key) -> int:
        """The cell's number; a new one where nothing was said of these people."""
        if key not in self.number:
            if len(self.cells) >= MOST_CELLS:
                raise _too_large()
            self.number[key] = len(self.cells)
            self.cells.append(PublishedCell(key))
        return self.number[key]


def model_of(told: Sequence[Publication]) -> Model:
    """Raises UserError: DISC-080 where two rows say different numbers of the same people, DISC-081 where there are too
    many cells."""
    model = Model(Universe(told))
    for publication in told:
        for statement in publication.statements:
            _say(model, publication, statement)
    spans = [model.universe.within(publication.columns) for publication in told]
    for publication, span in zip(told, spans, strict=True):
        _Lines(model, span).of(publication.statements)
    _meet(model, spans)
    model.lines = list(dict.fromkeys(model.lines))
    _whole_shares(model)
    return model


def _say(model: Model, publication: Publication, statement: Statement) -> None:
    at = model.at(model.universe.key(statement.people))
    cell = model.cells[at]
    if statement.count is not None:
        if cell.count not in (None, statement.count):
            raise _contradicted(cell, statement)
        cell.count = statement.count
    cell.said.append(statement)
    if statement.gap:
        cell.gap = True
        cell.small = statement.small if cell.small is None else cell.small
        cell.floor = max(cell.floor, int(publication.zeros_printed))
    if statement.share is not None:
        model.shares.append(Part(at, model.at(model.universe.key(statement.of)), statement.share))


@dataclass(frozen=True)
class _Lines:
    """The sums of one table, whose dimensions are `span`."""

    model: Model
    span: tuple[int, ...]

    def of(self, statements: Sequence[Statement]) -> None:
        waiting = list(dict.fromkeys(self.model.universe.key(statement.people) for statement in statements))
        seen = set(waiting)
        while waiting:
            key = waiting.pop()
            for child in self._divide(key):
                if child not in seen:
                    seen.add(child)
                    waiting.append(child)

    def _divide(self, key: Key) -> list[Key]:
        """Lines for every way to divide the cell where something is known of a part, or for any one way. The parts."""
        ways = [
            [(*key[:axis], part, *key[axis + 1 :]) for part in parts]
            for axis in self.span
            for parts in self.model.universe.dimensions[axis].partitions(key[axis])
        ]
        known = [parts for parts in ways if any(part in self.model.number for part in parts)]
        found = known or ways[:1]
        for parts in found:
            self.model.lines.append((self.model.at(key), tuple(self.model.at(part) for part in parts)))
        return [part for parts in found for part in parts]


def _meet(model: Model, spans: Sequence[tuple[int, ...]]) -> None:
    """Cells of tables with fewer columns, as sums of the finest cells of all the columns there are."""
    dimensions = model.universe.dimensions
    every = tuple(range(len(dimensions)))
    singles = [[dimension.single(code) for code in sorted(dimension.sets[EVERYBODY])] for dimension in dimensions]
    if prod(map(len, singles)) > MOST_JOINT:
        return
    for span in sorted({span for span in spans if span != every}):
        for inner in product(*(singles[axis] if axis in span else [EVERYBODY] for axis in every)):
            parts = product(*([inner[axis]] if axis in span else singles[axis] for axis in every))
            model.lines.append((model.at(inner), tuple(model.at(part) for part in parts)))


def _whole_shares(model: Model) -> None:
    """A share of people whose number is known is a count, where only one whole number fits; the others stay shares."""
    waiting = True
    while waiting:
        waiting = False
        for part in model.shares:
            cell, of = model.cells[part.cell], model.cells[part.whole].count
            if of is None or cell.share is part:
                continue
            fitting = counts_of(part.share, of)
            if not fitting or (cell.count is not None and cell.count not in fitting):
                raise _no_such_share(cell)
            if len(fitting) == 1 and cell.count is None:
                cell.count, cell.share, waiting = fitting[0], part, True


def _contradicted(cell: PublishedCell, statement: Statement) -> UserError:
    place = ", ".join(f"{column}={value}" for column, value in statement.people) or "alla"
    tables = " och ".join(dict.fromkeys((cell.said[0].table, statement.table)))
    return UserError.of(
        "DISC-080",
        where=f"{tables}, {place}",
        sv="Två rader säger olika om samma människor. Är det olika år eller urval: ange det med --where, eller lägg "
        "till en kolumn som skiljer dem åt.",
        en="Two rows say different things of the same people. If they are of different years or selections, say so "
        "with --where, or add a column that tells them apart.",
    )


def _no_such_share(cell: PublishedCell) -> UserError:
    place = ", ".join(f"{column}={value}" for column, value in cell.said[0].people) or "alla"
    return UserError.of(
        "DISC-082",
        where=f"{cell.said[0].table}, {place}",
        sv="Andelen kan inte vara en andel av det antal som den ställs mot. Ange vad den är en andel av med --share "
        "ANDEL=KOLUMN.",
        en="The share cannot be one of the count that it is set against. Say what it is a share of with --share "
        "SHARE=COLUMN.",
    )


def _too_large() -> UserError:
    return UserError.of(
        "DISC-081",
        sv=f"Tabellerna har tillsammans fler än {MOST_CELLS} celler. Pröva färre av dem på en gång.",
        en=f"Together the tables have more than {MOST_CELLS} cells. Try fewer of them at once.",
    )
