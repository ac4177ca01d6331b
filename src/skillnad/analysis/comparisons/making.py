"""A comparative question's table, made of the plain question's protected one."""

from collections.abc import Callable

from skillnad.analysis.comparisons.made import Made
from skillnad.analysis.comparisons.questions import Comparative, Comparison
from skillnad.analysis.comparisons.rows import Rows
from skillnad.analysis.comparisons.shares import compared_shares
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.protection import Protected
from skillnad.analysis.questions import Share
from skillnad.analysis.results import Axis


def set_beside(
    question: Comparative, axes: tuple[Axis, ...], shown: Protected, rows: Callable[[], Rows], policy: Policy
) -> Made:
    """`axes` and `shown` are of the plain question; `rows` gives its rows, asked only where counts do not suffice."""
    match question:
        case Comparison(of=Share()):
            return compared_shares(question, axes, shown.cells["count"])
    raise NotImplementedError(type(question).__name__)
