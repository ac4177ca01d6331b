"""The tables of one snapshot as one system: what each says, and what follows between them."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.system import Cell, Name, Relation, System, system
from skillnad.analysis.joint.groups import Group
from skillnad.analysis.joint.linking import Counted, Links
from skillnad.analysis.joint.named import NamedPart, NamedTable
from skillnad.analysis.joint.sets import Among
from skillnad.lib.errors import UserError


def nobody_counts(group: Group) -> float | None:
    """Where what no table shows cannot be counted."""
    return None


@dataclass(frozen=True)
class Union:
    """`tables` by a name of their own (a ledger key). What is a group in one table and latent in none is published."""

    tables: Mapping[str, NamedTable]
    counted: Counted = field(default=nobody_counts)

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
        links = Links(self.groups, values, self.standing, self._whole, self.counted)
        links.find()
        return links

    @cached_property
    def system(self) -> System:
        """Raises UserError (DISC-002) where something does not add up: then a link is not true."""
        cells = {**self.links.cells, **self.own_cells}
        own: Iterator[Relation] = (relation for _, part in self._parts() for relation in part.relations())
        return system(cells.values(), [relation for relation in (*own, *self.links.relations) if relation])

    def only(self, keys: Iterable[str]) -> "Union":
        """The union of some of the tables."""
        chosen = {key: self.tables[key] for key in keys}
        return self if len(chosen) == len(self.tables) else Union(chosen, self.counted)

    def near(self, name: Name) -> set[str]:
        """The tables that a cell stands in; those that its relations touch, where it stands in none."""
        if name in self.standing:
            return set(self.standing[name])
        told = self.system
        place = told.position.get(name)
        if place is None:
            return set()
        rows = csc_array(told.matrix)[:, [place]].indices
        cells = {told.cells[at].name for row in rows for at in csr_array(told.matrix[[row], :]).indices}
        return {key for cell in cells for key in self.standing.get(cell, ())}

    def parts(self, key: str) -> Collection[Name]:
        """What one table shows or hides."""
        return {name for part in self.tables[key].parts.values() for name in part.groups}

    def _parts(self) -> list[tuple[str, NamedPart]]:
        return [(key, table.parts[kind]) for key, table in self.tables.items() for kind in table.parts]

    def _whole(self, group: Group, feature: str) -> Among | None:
        return next((table.columns.whole(feature) for table in self.tables.values() if _of(table, group)), None)


def _of(table: NamedTable, group: Group) -> bool:
    return group.of.endswith(table.columns.table.population.value)


def _agreed(one: Cell | None, other: Cell) -> Cell:
    if one is None:
        return other
    if abs(one.value - other.value) > 1e-6:
        raise UserError.of(
            "DISC-016",
            sv="Två tabeller över samma grupp har olika antal, så de kan inte skyddas tillsammans. Inget visas. Gör en "
            "ny ögonblicksbild, och anmäl felet om det kommer tillbaka.",
            en="Two tables of the same group count it differently, so they cannot be protected together. Nothing is "
            "shown. Make a new snapshot, and report the fault if it comes back.",
        )
    return Cell(one.name, one.value, one.latent and other.latent, one.slack and other.slack)
