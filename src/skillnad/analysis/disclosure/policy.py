"""A disclosure policy as data: what counts as small, what the reader is taken to know, and what sums need."""

import hashlib
import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import ceil

from skillnad.lib.errors import UserError

EDITION = 4
"""Of how policies are kept to. Raised where the same policy hides more than before, so that an answer that was kept
under an earlier edition is not shown again. 2: as many rows on each side of every quantile; 3: and of every end of a
compared median's interval; 4: and what follows for who knows what rows were chosen for, from half a day, and from how
many rows a standard leaves out."""


@dataclass(frozen=True)
class Policy:
    """How results are protected.

    `threshold`: counts and denominators from 1 up to but not including it are hidden. `zeros_printed`: an empty cell is
    shown as 0, so that a reader knows that each gap is at least 1 (attacker A1); else a gap may be 0 (A0).
    `quantile_minimum`: a median needs at least so many rows, and every quantile `threshold` on each side (`rows_for`).
    A sum needs `sum_clients` clients, and its largest client at most the part `largest_share`; a reader must not come
    nearer a hidden sum than the part `sum_margin` of it. `budget`: the most work on one table, counted in cells looked
    at; a table that takes more is given more gaps than it needs, and takes less.
    """

    name: str = "kommun"
    threshold: int = 5
    zeros_printed: bool = True
    quantile_minimum: int = 10
    sum_clients: int = 5
    largest_share: float = 0.5
    sum_margin: float = 0.1
    budget: int = 160_000_000

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.quantile_minimum < self.threshold or not 0 < self.largest_share < 1:
            raise UserError.of(
                "DISC-001",
                where=f"policy {self.name[:40]}",
                sv="Tröskeln är minst 2, kvantilgränsen minst lika hög som tröskeln, och största andel mellan 0 och 1.",
                en="The threshold is at least 2, the quantile limit no lower, and the largest share between 0 and 1.",
            )

    @property
    def gap_floor(self) -> int:
        """The least that a reader knows a gap to be."""
        return 1 if self.zeros_printed else 0

    @property
    def id(self) -> str:
        """The name and a fingerprint of every rule: two policies that differ anywhere have different ids."""
        rules = json.dumps({"edition": EDITION, **asdict(self)}, sort_keys=True).encode()
        return f"{self.name}-{hashlib.sha256(rules).hexdigest()[:8]}"

    def small(self, count: int | float) -> bool:
        return 0 < count < self.threshold

    def rows_for(self, p: float) -> int:
        """How many rows the quantile `p` needs, to have `threshold` on each side: 10 for a median, 50 for p90."""
        share = Fraction(p).limit_denominator(1000)
        return max(self.quantile_minimum, ceil(self.threshold / min(share, 1 - share)))


DEFAULT = Policy()
