"""A disclosure policy as data: what counts as small, what the reader is taken to know, and what sums need."""

import hashlib
import json
from dataclasses import asdict, dataclass
from fractions import Fraction
from math import ceil

from skillnad.analysis.disclosure.attackers import Attacker, Way
from skillnad.lib.errors import Problem, UserError

EDITION = 5
"""Of how policies are kept to. Raised where the same policy hides more than before, so that an answer that was kept
under an earlier edition is not shown again. 2: as many rows on each side of every quantile; 3: and of every end of a
compared median's interval; 4: and what follows for who knows what rows were chosen for, from half a day, and from how
many rows a standard leaves out; 5: and from all answers of a snapshot together."""

BASES = (3, 5)
"""What counts can be rounded to."""
MARKED = "codebook"
"""Among the sensitive columns: all that the codebook marks as sensitive."""


@dataclass(frozen=True)
class Policy:
    """How results are protected. `policy_files` says of each field, in Swedish, what it is for a reader.

    `threshold`: counts from 1 up to but not including it are hidden, and so is a share whose denominator is under
    `denominator`. `zeros_printed`: an empty cell is always shown as 0, so that a reader knows that each gap is at
    least 1; else a zero may be hidden for another's sake, and with `zeros_protected` it is hidden as a small number is.
    `attacker`: None for the one that the zeros make (`reader`). `contributors`: one who is alone in a cell knows it.

    `sensitive`: columns in which it must not be told of a group of people what all of them have: one value
    (`group_all`), all but 1 to `all_but` - 1 of them, or that nobody has a value (`group_none`).

    `quantile_minimum`: a median needs at least so many rows, and every quantile `threshold` on each side (`rows_for`).
    A sum needs `sum_clients` clients, and its largest client at most the part `largest_share`; a reader must not come
    nearer a hidden sum than the part `sum_margin` of it, nor the second largest client nearer the largest one's than
    the part `p_percent` of it (0: not asked for).

    `way`: how what is small is kept; `base` is what counts are rounded to. `own_area`: nothing is hidden, for one who
    may see their own area. `allow_looser`: a report may ask for less than the municipality's default. `budget`: the
    most work on one table, counted in cells looked at; a table that takes more is given more gaps than it needs.
    """

    name: str = "kommun"
    threshold: int = 5
    denominator: int = 5
    zeros_printed: bool = True
    zeros_protected: bool = False
    attacker: Attacker | None = None
    contributors: bool = False
    sensitive: tuple[str, ...] = ()
    group_all: bool = True
    group_none: bool = False
    all_but: int = 5
    quantile_minimum: int = 10
    sum_clients: int = 5
    largest_share: float = 0.5
    p_percent: float = 0.0
    sum_margin: float = 0.1
    way: Way = Way.SUPPRESS
    base: int = 5
    own_area: bool = False
    allow_looser: bool = False
    budget: int = 160_000_000

    def __post_init__(self) -> None:
        problems = [
            Problem("DISC-001", sv=sv, en=en, where=f"policy {self.name[:40]}")
            for wrong, sv, en in (*_bounds(self), *_combinations(self))
            if wrong
        ]
        if problems:
            raise UserError(*problems)

    @property
    def reader(self) -> Attacker:
        """Whom the results are protected against."""
        usual = Attacker.ZEROS_PRINTED if self.zeros_printed else Attacker.NOT_NEGATIVE
        return self.attacker or usual

    @property
    def gap_floor(self) -> int:
        """The least that the reader knows a gap to be."""
        return 1 if self.zeros_printed and self.reader is not Attacker.NOT_NEGATIVE else 0

    @property
    def id(self) -> str:
        """The name and a fingerprint of every rule: two policies that differ anywhere have different ids."""
        rules = json.dumps({"edition": EDITION, **asdict(self)}, sort_keys=True).encode()
        return f"{self.name}-{hashlib.sha256(rules).hexdigest()[:8]}"

    def small(self, count: int | float) -> bool:
        """A count that must not be told: 1 up to the threshold, and 0 where zeros are protected; none of one's own
        area."""
        return not self.own_area and (count > 0 or self.zeros_protected) and count < self.threshold

    def rows_for(self, p: float) -> int:
        """How many rows the quantile `p` needs, to have `threshold` on each side: 10 for a median, 50 for p90."""
        share = Fraction(p).limit_denominator(1000)
        return max(self.quantile_minimum, ceil(self.threshold / min(share, 1 - share)))

    def is_sensitive(self, column: str, *, marked: bool) -> bool:
        """Whether group disclosure is protected in a column, which the codebook may have marked as sensitive."""
        return column in self.sensitive or (marked and MARKED in self.sensitive)


Rule = tuple[bool, str, str]


def _bounds(policy: Policy) -> tuple[Rule, ...]:
    """What is outside what a rule can be, with what it can."""
    return (
        (
            policy.threshold < 2 or policy.quantile_minimum < policy.threshold or not 0 < policy.largest_share < 1,
            "Tröskeln är minst 2, kvantilgränsen minst lika hög som tröskeln, och största andel mellan 0 och 1.",
            "The threshold is at least 2, the quantile limit no lower, and the largest share between 0 and 1.",
        ),
        (
            policy.denominator < 2 or policy.sum_clients < 2 or policy.all_but < 1 or policy.budget < 1,
            "Minsta nämnare och minsta antal personer bakom en summa är minst 2; all_but och budget är minst 1.",
            "The least denominator and the least number of people behind a sum are at least 2; all_but and budget 1.",
        ),
        (
            not 0 < policy.sum_margin < 1 or not 0 <= policy.p_percent < 1,
            "sum_margin och p_percent är delar av ett: skriv 0.1 för tio procent.",
            "sum_margin and p_percent are parts of one: write 0.1 for ten per cent.",
        ),
        (
            policy.base not in BASES,
            "Antal avrundas till jämna 3 eller 5. Skriv base = 3 eller base = 5.",
            "Counts are rounded to a multiple of 3 or 5. Write base = 3 or base = 5.",
        ),
        (
            not policy.name.strip() or len(policy.name) > 40 or not policy.name.isprintable(),
            "Policyn ska ha ett namn på högst 40 tecken, på en rad.",
            "The policy has a name of at most 40 characters, on one line.",
        ),
    )


def _combinations(policy: Policy) -> tuple[Rule, ...]:
    """Rules that contradict each other, with what to change."""
    return (
        (
            policy.zeros_protected and policy.zeros_printed,
            "Nollor kan inte både visas och skyddas. Skriv zeros_printed = false, eller ta bort zeros_protected.",
            "Zeros cannot be both printed and protected. Write zeros_printed = false, or remove zeros_protected.",
        ),
        (
            bool(policy.sensitive) and (policy.group_none or policy.group_all) and policy.zeros_printed,
            "Att alla eller ingen i en grupp har ett känsligt värde kan inte döljas där varje nolla visas. Skriv "
            "zeros_printed = false, eller group_all = false och group_none = false.",
            "That all of a group, or nobody, has a sensitive value cannot be hidden where every zero is printed. Write "
            "zeros_printed = false, or group_all = false and group_none = false.",
        ),
        (
            bool(policy.sensitive) and policy.all_but > policy.threshold,
            "Alla utom några få kan döljas så länge de få är ett litet antal. Skriv all_but högst lika högt som "
            "tröskeln.",
            "All but a few can be hidden as long as the few are a small count. Write all_but no higher than the "
            "threshold.",
        ),
        (
            policy.attacker is Attacker.ZEROS_PRINTED and not policy.zeros_printed,
            'Läsaren A1 vet att nollor visas, men här visas de inte alltid. Skriv attacker = "A0" eller zeros_printed '
            "= true.",
            "The reader A1 knows that zeros are printed, but here they are not always. Write attacker = 'A0' or "
            "zeros_printed = true.",
        ),
        (
            policy.own_area != (policy.name == OWN_AREA_NAME),
            f"Oskyddade resultat visas bara för det egna området, och ingen annan policy heter {OWN_AREA_NAME}. Ge "
            "policyn ett annat namn.",
            f"Unprotected results are shown of one's own area alone, and no other policy is called {OWN_AREA_NAME}. "
            "Give the policy another name.",
        ),
    )


OWN_AREA_NAME = "own_area"
DEFAULT = Policy()
OWN_AREA = Policy(name=OWN_AREA_NAME, own_area=True)
"""What a manager sees of the own unit (`analysis.own_area`): nothing is hidden, and exports refuse it."""
