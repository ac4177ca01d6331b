"""Suggestions for a question asked of a snapshot: each coarser question is asked through the door and its gaps counted.

Nothing raw is seen here; but that another table would have so many gaps is something that its counts tell, and asking
for many tells more. So a suggestion is an inside view, none of the answers joins the protected set, and whoever shows
it logs that it was seen. A question that is taken up is then asked as any other.
"""

from skillnad.analysis.comparisons.questions import Asked
from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import DEFAULT, Policy
from skillnad.analysis.disclosure.suggest.suggestion import Held, Suggestion, best
from skillnad.analysis.door import ask
from skillnad.analysis.questions import (
    Change,
    Count,
    CrossTable,
    Duration,
    Flow,
    Question,
    Share,
    Sum,
)
from skillnad.analysis.results import MISSING_LEVEL, TOTAL, ProtectedTable
from skillnad.analysis.snapshot import Snapshot
from skillnad.analysis.suggested.coarser import coarser
from skillnad.lib.errors import UserError

MOST_TRIED = 30
LIMIT = 3
DIVIDED = Count | CrossTable | Share | Duration | Flow | Change | Sum


def suggestions_for(
    snapshot: Snapshot, question: Asked, policy: Policy = DEFAULT, *, limit: int = LIMIT
) -> tuple[Suggestion[Question], ...]:
    """At most `limit` coarser questions that leave fewer gaps, best first; none where there are no gaps, or where
    nothing helps. Raises UserError (ASK-…, DISC-…) where the question itself cannot be answered."""
    if not isinstance(question, DIVIDED) or policy.way is not Way.SUPPRESS:
        return ()
    shown = ask(snapshot, question, policy)
    before = held(shown)
    if not before.gaps:
        return ()
    found = []
    for recoding in list(coarser(snapshot, question, shown))[:MOST_TRIED]:
        after = _held_of(snapshot, recoding.to, policy)
        if after is not None:
            found.append(Suggestion(recoding, before, after))
    return best(found, limit)


def held(shown: ProtectedTable) -> Held:
    """All gaps, of every measure, and what the inner counts tell."""
    inner = [count for key, count in shown.cells["count"].items() if not {TOTAL, MISSING_LEVEL} & set(key)]
    return Held.of(inner, shown.gaps)


def _held_of(snapshot: Snapshot, question: Question, policy: Policy) -> Held | None:
    """None where the snapshot cannot answer it."""
    try:
        return held(ask(snapshot, question, policy))
    except UserError:
        return None
