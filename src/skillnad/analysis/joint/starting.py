"""The gaps that joint protection starts from: those that a table has for their own sake.

A gap that only guards another is chosen again, among all the tables: the one that was best in its own table may be the
headline of the next, and takes it along.
"""

from collections.abc import Mapping
from dataclasses import replace

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


def starting(raw: RawTable, patterns: Mapping[str, Pattern], policy: Policy) -> Mapping[str, Pattern]:
    """`patterns` are the table's own, by what is counted in it. They stay as they are where what they guard is more
    than small counts: sums, groups that may not be told of as a whole, and who is alone in a cell."""
    if isinstance(raw.question, Sum) or policy.contributors or sensitive_groups(raw, policy):
        return patterns
    thin = thin_lines(raw, policy)
    systems = {ROWS: count_system, OPEN: open_system}
    return {kind: _own(systems[kind](raw), pattern, thin, policy) for kind, pattern in patterns.items()}


def _own(told: System, pattern: Pattern, thin: frozenset[Name], policy: Policy) -> Pattern:
    if pattern.withheld:
        return pattern
    values = {cell.name: cell.value for cell in told.cells}
    own = (name for name in pattern.hidden if name in thin or not values[name] or policy.small(values[name]))
    return replace(pattern, hidden=frozenset(own))
