"""The tables of one snapshot as one system: what each says, and what follows between them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from scipy.sparse import csr_array

from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system_of
from skillnad.analysis.joint.copies import Copies
from skillnad.analysis.joint.groups import Group
from skillnad.analysis.joint.kinds import Disagreeing, kinds
from skillnad.analysis.joint.linking import NEAR, Counted, Links, Memory
from skillnad.analysis.joint.merging import Merged, merged
from skillnad.analysis.joint.named import NamedPart, NamedTable
from skillnad.analysis.joint.rests import Guarded, rests
from skillnad.analysis.joint.sets import Among
from skillnad.codebook.snapshot_schema import SnapshotColumn
from skillnad.lib.errors import UserError


def nobody_counts(group: Group) -> float | None:
    """Where what no table shows cannot be counted."""
    return None


@dataclass(frozen=True)
class Union:
    """`tables` by a name of their own (a ledger key). What is a group in one table and latent in none is published."""

    tables: Mapping[str, NamedTable]
    counted: Counted = field(default=nobody_counts)
    zeros_known: bool = True
    copies: Copies = field(default_factory=Copies)
    """What was published of the groups before."""
    memory: Memory = field(default_factory=dict, compare=False)
    """What was linked before, of the same snapshot."""
    guard: Policy = DEFAULT
    """Whose sensitive columns are guarded."""

    def __repr__(self) -> str:
        return f"Union({len(self.tables)} tables)"

    @cached_property
    def groups(self) -> dict[Name, Group]:
        return {name: group for part in self._parts() for name, group in part[1].groups.items()}

    @cached_property
    def standing(self) -> dict[Name, frozenset[str]]:
        """In which tables each group stands."""
        found: dict[Name, set[str]] = {}
        for key, part in self._parts():
            for name in part.groups:
                found.setdefault(name, set()).add(key)
        return {name: frozenset(keys) for name, keys in found.items()}

    @cached_property
    def own_cells(self) -> dict[Name, Cell]:
        """Raises UserError (DISC-016) where two tables do not agree on what they both count."""
        found: dict[Name, Cell] = {}
        for _, part in self._parts():
            for cell in part.cells():
                found[cell.name] = _agreed(found.get(cell.name), cell)
        return found

    @cached_property
    def links(self) -> Links:
        values = {name: cell.value for name, cell in self.own_cells.items()}
        links = Links(self.groups, values, self.standing, self._whole, self.counted, self.memory, self.zeros_known)
        try:
            links.find()
        except Disagreeing:
            raise _untrue() from None
        return links

    @cached_property
    def merged(self) -> Merged:
        """All that the tables say and that follows between them, with what is equal as one cell."""
        cells = {**self.links.cells, **self.own_cells}
        own: Iterator[Relation] = (relation for _, part in self._parts() for relation in part.relations())
        relations = [relation for relation in (*own, *self.links.relations) if relation]
        try:
            most = [part.most for _, part in self._parts()]
            more, sums = kinds(self.groups, self.links.values, self._whole, most, zeros_known=self.zeros_known)
        except Disagreeing:
            raise _untrue() from None
        cells |= {cell.name: cell for cell in (*more, *self.copies.cells, *(cell for cell, _ in self.rests))}
        sums += [relation for _, relation in self.rests]
        sums += [each for each in self.copies.relations if all(name in cells for name, _ in each)]
        relations += sums
        _check(cells, [*self.links.new, *sums])
        return merged(cells.values(), relations, zeros_known=self.zeros_known)

    @cached_property
    def system(self) -> System:
        """Raises UserError where a link is not true: DISC-016 where it does not add up, DISC-002 where what no table
        shows would be fewer than none."""
        told = system_of(list(self.merged.cells.values()), self.merged.matrix)
        whole = self.called(cell.name for cell, _ in self.rests if not cell.value)
        return Guarded(told.cells, told.matrix, frozenset(whole)) if whole else told

    @cached_property
    def rests(self) -> list[tuple[Cell, Relation]]:
        """What may not be told of groups as a whole."""
        return list(rests(self.groups, self.links.values, self.guard, self._column)) if self.guard.sensitive else []

    def called(self, names: Iterable[Name]) -> set[Name]:
        """What groups are called in the system; zeros that everybody knows are not in it."""
        return {self.merged.same[name] for name in names if name in self.merged.same}

    def only(self, keys: Iterable[str]) -> "Union":
        """The union of some of the tables."""
        chosen = {key: self.tables[key] for key in keys}
        return self if len(chosen) == len(self.tables) else replace(self, tables=chosen)

    @cached_property
    def where(self) -> dict[Name, set[str]]:
        """In which tables each cell of the system stands, under any of its names."""
        found: dict[Name, set[str]] = {}
        for name, keys in self.standing.items():
            if name in self.merged.same:
                found.setdefault(self.merged.same[name], set()).update(keys)
        return found

    def near(self, name: Name) -> set[str]:
        """The tables that a cell of the system stands in; those beside it, where it stands in none."""
        return set(self.where.get(name, ())) or self.beside(name)

    def beside(self, name: Name) -> set[str]:
        """The tables that its relations touch."""
        told = self.system
        if name not in told.position:
            return set()
        rows = told.by_column[:, [told.position[name]]].indices
        cells = {told.cells[at].name for at in csr_array(told.matrix[rows, :]).indices}
        return {key for cell in cells for key in self.where.get(cell, ())}

    def _parts(self) -> list[tuple[str, NamedPart]]:
        return [(key, table.parts[kind]) for key, table in self.tables.items() for kind in table.parts]

    def _column(self, group: Group, feature: str) -> SnapshotColumn | None:
        tables = (table.columns.table for table in self.tables.values() if _of(table, group))
        return next((table.columns.get(feature) for table in tables), None)

    def _whole(self, group: Group, feature: str) -> Among | None:
        return next((table.columns.whole(feature) for table in self.tables.values() if _of(table, group)), None)


def _of(table: NamedTable, group: Group) -> bool:
    return group.of.endswith(table.columns.table.population.value)


def _agreed(one: Cell | None, other: Cell) -> Cell:
    if one is None:
        return other
    if abs(one.value - other.value) > NEAR:
        raise _untrue()
    return Cell(one.name, one.value, one.latent and other.latent, one.slack and other.slack)


def _check(cells: Mapping[Name, Cell], relations: Iterable[Relation]) -> None:
    """A link that is not true of the counts is a bug, and nothing may rest on it."""
    for relation in relations:
        if abs(sum(cells[name].value * coefficient for name, coefficient in relation)) > NEAR:
            raise _untrue()


def _untrue() -> UserError:
    return UserError.of(
        "DISC-016",
        sv="Två tabeller över samma grupp har olika antal, så de kan inte skyddas tillsammans. Inget visas. Gör en ny "
        "ögonblicksbild, och anmäl felet om det kommer tillbaka.",
        en="Two tables of the same group count it differently, so they cannot be protected together. Nothing is "
        "shown. Make a new snapshot, and report the fault if it comes back.",
    )
