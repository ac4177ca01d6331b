"""Cells that a reader knows to be equal are one cell: two names of it, or a sum where all but one are printed zeros."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from skillnad.analysis.disclosure.system import Cell, Name, Relation


@dataclass
class Merged:
    """`same` says what each name is called in the system; a name that is missing there is a printed zero."""

    cells: dict[Name, Cell]
    relations: list[Relation]
    same: dict[Name, Name] = field(default_factory=dict)

    def find(self, name: Name) -> Name:
        while self.same[name] != name:
            self.same[name] = self.same[self.same[name]]
            name = self.same[name]
        return name

    def told(self) -> None:
        """Merges until nothing more is equal."""
        while sum(map(self._join, self.relations)):
            self.relations = self._renamed()
        self.same = {name: self.find(name) for name in self.same}
        self.cells = self._of_both()

    def _join(self, relation: Relation) -> bool:
        if len(relation) != 2 or relation[0][1] + relation[1][1]:
            return False
        one, other = sorted((self.find(relation[0][0]), self.find(relation[1][0])), key=self._first)
        self.same[other] = one
        return one != other

    def _first(self, name: Name) -> tuple[bool, Name]:
        return self.cells[name].latent, name

    def _renamed(self) -> list[Relation]:
        made: list[Relation] = []
        for relation in self.relations:
            terms: dict[Name, float] = {}
            for name, coefficient in relation:
                own = self.find(name)
                terms[own] = terms.get(own, 0.0) + coefficient
            made.append(tuple((name, coefficient) for name, coefficient in terms.items() if coefficient))
        return [relation for relation in made if relation]

    def _of_both(self) -> dict[Name, Cell]:
        """A cell is latent, and a slack, where all that it is the same as are."""
        found: dict[Name, Cell] = {}
        for name, cell in self.cells.items():
            own = self.same[name]
            held = found.get(own)
            latent, slack = (held.latent, held.slack) if held else (True, True)
            found[own] = Cell(own, cell.value, latent and cell.latent, slack and cell.slack)
        return found


def merged(cells: Iterable[Cell], relations: Iterable[Relation], *, zeros_known: bool) -> Merged:
    """The cells and relations with equal cells as one, and without zeros that a reader knows."""
    kept = {cell.name: cell for cell in cells if cell.value or cell.latent or not zeros_known}
    left = [tuple(term for term in relation if term[0] in kept) for relation in relations]
    made = Merged(kept, [relation for relation in left if relation], {name: name for name in kept})
    made.told()
    return made
