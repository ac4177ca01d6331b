"""A raw table with every cell of its systems under the name of its group."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from skillnad.analysis.disclosure.system import Cell, Name, Relation, System
from skillnad.analysis.joint.columns import Columns
from skillnad.analysis.joint.groups import PEOPLE, Group
from skillnad.analysis.joint.kinds import Most, most_of
from skillnad.analysis.joint.naming import Naming, digest
from skillnad.analysis.joint.sets import Among
from skillnad.analysis.measures import OPEN
from skillnad.analysis.protection import CLIENTS, ROWS
from skillnad.analysis.questions import Share
from skillnad.analysis.relations import count_system, open_system, people_system
from skillnad.analysis.results import Axis, RawTable
from skillnad.analysis.selection import selection_of
from skillnad.analysis.snapshot import Snapshot


@dataclass(frozen=True)
class NamedPart:
    """One system of a table: `names` maps its own names to canonical ones, and `groups` those to groups; latent cells
    have none."""

    told: System
    names: Mapping[Name, Name]
    groups: Mapping[Name, Group]

    def cells(self) -> tuple[Cell, ...]:
        return self._cells

    def relations(self) -> tuple[Relation, ...]:
        """Terms of the same group are put together."""
        return self._relations

    @cached_property
    def counts(self) -> Mapping[Name, float]:
        """How many are in each group."""
        return {cell.name: cell.value for cell in self._cells if cell.name in self.groups}

    @cached_property
    def most(self) -> Most:
        """What the groups have of each feature, for `joint.kinds`."""
        return most_of(self.groups, self.counts)

    @cached_property
    def _cells(self) -> tuple[Cell, ...]:
        return tuple(Cell(self.names[cell.name], cell.value, cell.latent, cell.slack) for cell in self.told.cells)

    @cached_property
    def _relations(self) -> tuple[Relation, ...]:
        return tuple(self._put_together())

    def _put_together(self) -> Iterator[Relation]:
        names, matrix = [self.names[cell.name] for cell in self.told.cells], self.told.matrix
        for row in range(matrix.shape[0]):
            terms: dict[Name, float] = {}
            for at in range(matrix.indptr[row], matrix.indptr[row + 1]):
                name = names[matrix.indices[at]]
                terms[name] = terms.get(name, 0.0) + float(matrix.data[at])
            yield tuple((name, coefficient) for name, coefficient in terms.items() if coefficient)


@dataclass(frozen=True)
class NamedTable:
    """`parts` by what is counted: ROWS, OPEN, CLIENTS."""

    columns: Columns
    parts: Mapping[str, NamedPart]

    def __repr__(self) -> str:
        return f"NamedTable({len(self.parts)} parts)"


def named_table(snapshot: Snapshot, raw: RawTable) -> NamedTable:
    columns = Columns(snapshot.table(selection_of(raw.question).population))
    naming = Naming(raw, columns, _outcome_axis(snapshot, raw))
    parts = {ROWS: _part(naming, count_system(raw), _itself)}
    if OPEN in raw.values:
        parts[OPEN] = _part(naming, open_system(raw), naming.still_open)
    if CLIENTS in raw.values:
        parts[CLIENTS] = _part(naming, people_system(raw, CLIENTS), _their_people)
    return NamedTable(columns, parts)


def _outcome_axis(snapshot: Snapshot, raw: RawTable) -> Axis | None:
    question = raw.question
    return (
        snapshot.axis(question.selection.population, question.of.column, language="sv")
        if isinstance(question, Share)
        else None
    )


def _itself(group: Group) -> Group:
    return group


def _their_people(group: Group) -> Group:
    return group if group.people else Group(PEOPLE + group.of, group.where)


def _part(naming: Naming, told: System, turned: Callable[[Group], Group]) -> NamedPart:
    names: dict[Name, Name] = {}
    groups: dict[Name, Group] = {}
    within, question = turned(naming.base()).name, digest(naming.question)
    for cell in told.cells:
        mark, own = _marked(naming, cell.name)
        if mark or cell.latent:
            names[cell.name] = (mark or "between", *own, "within", *within, question)
        else:
            group = without_whole(turned(naming.group(own)), naming.columns)
            names[cell.name] = group.name
            groups[group.name] = group
    return NamedPart(told, names, groups)


def without_whole(group: Group, columns: Columns) -> Group:
    """Without the conditions that everything meets."""
    kept = tuple(
        (feature, values)
        for feature, values in group.where
        if not (isinstance(values, Among) and (whole := columns.whole(feature)) and whole.within(values))
    )
    return Group(group.of, kept)


def _marked(naming: Naming, name: Name) -> tuple[str, Name]:
    """What a latent cell is to a cell of the table, and that cell's name; nothing where it is a cell itself."""
    axes = [f"{axis.id}=" for axis in naming.table.axes] + ["days="]
    if not name or any(name[0].startswith(axis) for axis in axes):
        return "", name
    return name[0], name[1:]
