"""What a reader of all the tables can still work out: the promises that a pattern of gaps does not keep."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from skillnad.analysis.disclosure.audit import Claim, count_claims, objections
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.joint.components import components, mask, part_of, unsolved


@dataclass
class Watch:
    """Looks at one component at a time. One that is unknown just as before is not looked at again: `seen` holds those
    that kept every promise."""

    told: System
    policy: Policy
    seen: set[bytes] = field(default_factory=set)

    def unmet(self, hidden: Collection[Name]) -> list[Claim]:
        """The claims that do not hold, in the system's order."""
        unknown = mask(self.told, hidden) | self.told.latent
        left = unsolved(self.told, unknown)
        claims = {claim.name: claim for claim in count_claims(self.told, hidden, self.policy)}
        asked = np.array([cell.name in claims for cell in self.told.cells], dtype=bool)
        found = [self.told.cells[place].name for place in np.flatnonzero(asked & ~left).tolist()]
        for places in components(self.told, left):
            found += self._objections(places, claims)
        return [claims[name] for name in sorted(found, key=self.told.position.__getitem__)]

    def _objections(self, places: np.ndarray, claims: dict[Name, Claim]) -> list[Name]:
        names = [self.told.cells[place].name for place in places.tolist()]
        wanted = [claims[name] for name in names if name in claims]
        if not wanted or places.tobytes() in self.seen:
            return []
        hidden = [name for name in names if not self.told.latent[self.told.position[name]]]
        found = objections(part_of(self.told, places), hidden, wanted, float(self.policy.gap_floor))
        if not found:
            self.seen.add(places.tobytes())
        return found
