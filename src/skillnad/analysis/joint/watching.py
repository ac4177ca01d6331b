"""What a reader of all the tables can still work out: the promises that a pattern of gaps does not keep."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csc_array, csr_array

from skillnad.analysis.disclosure.audit import Claim, count_claims, objections
from skillnad.analysis.disclosure.contributors import alone
from skillnad.analysis.disclosure.known import known_bounds
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.joint.components import components, mask, part_of, unsolved
from skillnad.analysis.joint.rests import Guarded


@dataclass
class Watch:
    """Looks at one component at a time. One that is just as it was when it kept every promise is not looked at again:
    `safe` holds a fingerprint of what is unknown there and of all that is known about it, and no count."""

    told: System
    policy: Policy
    safe: set[bytes] = field(default_factory=set)
    looked_at: set[bytes] = field(default_factory=set)
    """The places of components of this system that were safe."""

    def unmet(self, hidden: Collection[Name], moves: Sequence[Mapping[int, float]] = ()) -> list[Claim]:
        """The claims that do not hold, in the system's order. `moves`: how some numbers are said to be able to change
        together, by their places; each is tried before it is believed."""
        known = _as_rows(moves, len(self.told.cells))
        unknown = mask(self.told, hidden) | self.told.latent
        left = unsolved(self.told, unknown)
        claims = {claim.name: claim for claim in self._claims(hidden)}
        asked = np.array([cell.name in claims for cell in self.told.cells], dtype=bool)
        found = [self.told.cells[place].name for place in np.flatnonzero(asked & ~left).tolist()]
        for places in components(self.told, left):
            mark = places.tobytes()
            more = [] if mark in self.looked_at else self._objections(places, claims, known)
            self.looked_at |= set() if more else {mark}
            found += more
        return [claims[name] for name in sorted(found, key=self.told.position.__getitem__)]

    def _claims(self, hidden: Collection[Name]) -> Iterator[Claim]:
        yield from count_claims(self.told, hidden, self.policy)
        yield from (Claim(name, 0.0, 1.0) for name in self._whole)

    @property
    def _whole(self) -> frozenset[Name]:
        return self.told.whole if isinstance(self.told, Guarded) else frozenset()

    def _objections(self, places: np.ndarray, claims: dict[Name, Claim], moves: csc_array) -> list[Name]:
        names = [self.told.cells[place].name for place in places.tolist()]
        wanted = [claims[name] for name in names if name in claims]
        if not wanted:
            return []
        part = part_of(self.told, places)
        print_ = fingerprint(part, names, f"{self.policy.id} {sorted(self._whole & set(names))}")
        if print_ in self.safe:
            return []
        hidden = [name for name in names if not self.told.latent[self.told.position[name]]]
        people = alone(part) if self.policy.contributors else ()
        bounds = known_bounds(part, self.policy, frozenset())
        found = objections(part, hidden, wanted, bounds, moves=self._within(part, places, moves), alone=people)
        if not found:
            self.safe.add(print_)
        return found

    def _within(self, part: System, places: np.ndarray, moves: csc_array) -> csr_array:
        """What the moves do in a component: no relation holds cells of two of them that are unknown."""
        inside = csr_array(moves[:, places])
        rows = inside[np.flatnonzero(np.diff(inside.indptr)), :].tocoo()
        column = np.array([part.position[self.told.cells[place].name] for place in places.tolist()])
        return csr_array((rows.data, (rows.row, column[rows.col])), shape=(rows.shape[0], len(part.cells)))


def _as_rows(moves: Sequence[Mapping[int, float]], cells: int) -> csc_array:
    """One row a move, one column a cell."""
    places = [place for move in moves for place in move]
    amounts = [amount for move in moves for amount in move.values()]
    starts = np.cumsum([0, *map(len, moves)])
    return csc_array(csr_array((amounts, places, starts), shape=(len(moves), cells), dtype=float))


def fingerprint(part: System, unknown: Collection[Name], rules: str) -> bytes:
    """The same for the same unknown cells in the same relations with the same sums, under the same rules."""
    own = set(unknown)
    inside = np.array([cell.name in own for cell in part.cells], dtype=bool)
    left = csr_array(csr_array(part.matrix)[:, np.flatnonzero(inside)])
    left.sort_indices()
    sums = left @ part.values[inside]
    rows = [
        (tuple(left.indices[a:b].tolist()), tuple(left.data[a:b].tolist()), float(total))
        for a, b, total in zip(left.indptr[:-1], left.indptr[1:], sums, strict=True)
    ]
    cells = [(cell.name, cell.value) for cell in part.cells if cell.name in own]
    return hashlib.sha256(repr((rules, cells, sorted(rows))).encode()).digest()
