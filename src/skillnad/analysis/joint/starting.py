"""The gaps that joint protection starts from: those that a table has for their own sake.

A gap that only guards another is chosen again, among all the tables: the one that was best in its own table may be the
headline of the next, and takes it along.
"""

from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import Pattern
from skillnad.analysis.disclosure.system import Name, System
from skillnad.analysis.measures import OPEN
from skillnad.analysis.protection import ROWS
from skillnad.analysis.questions import Sum
from skillnad.analysis.relations import count_system, open_system
from skillnad.analysis.results import RawTable
from skillnad.analysis.sensitive_groups import sensitive_groups
from skillnad.analysis.thin_lines import thin_lines


def guards_more(raw: RawTable, policy: Policy) -> bool:
    """Is more than small counts guarded: sums, groups that may not be told of as a whole, or who is alone in a cell?"""
    return isinstance(raw.question, Sum) or policy.contributors or bool(sensitive_groups(raw, policy))


def starting(raw: RawTable, policy: Policy) -> dict[str, Pattern]:
    """The gaps of a table's small counts, by what is counted in it, and of what its shares may not be made of."""
    systems = {ROWS: count_system(raw), **({OPEN: open_system(raw)} if OPEN in raw.values else {})}
    thin = thin_lines(raw, policy)
    return {kind: _small(told, thin, policy) for kind, told in systems.items()}


def _small(told: System, thin: frozenset[Name], policy: Policy) -> Pattern:
    own = (cell for cell in told.cells if not cell.latent)
    hidden = frozenset(cell.name for cell in own if policy.small(cell.value) or (cell.name in thin and cell.value))
    return Pattern(hidden, len(hidden))
