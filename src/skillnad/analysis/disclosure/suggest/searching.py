"""Which coarser tables would win back most, for whoever is about to publish a set of tables."""

from dataclasses import replace

from skillnad.analysis.disclosure.attackers import Way
from skillnad.analysis.disclosure.policy import Policy
from skillnad.analysis.disclosure.protect import protect_counts
from skillnad.analysis.disclosure.suggest.recodings import Published, recodings
from skillnad.analysis.disclosure.suggest.suggestion import Held, Suggestion, best
from skillnad.analysis.disclosure.table_set.publication import publication_of
from skillnad.analysis.disclosure.table_set.tables import TableSet
from skillnad.lib.errors import UserError

FAST = 20_000_000
"""The most work on each try: enough to compare, and the same for all."""
MOST_TRIED = 16
LIMIT = 3


def suggestions(told: TableSet, policy: Policy, limit: int = LIMIT) -> tuple[Suggestion[TableSet], ...]:
    """At most `limit` recodings that leave fewer gaps, best first: an inside view, which is never published.

    Every try is protected by the quick way alone, so that `gaps` can be more than `protect` leaves, before and after.
    Raises UserError (DISC-042 … DISC-052) where the tables are no tables.
    """
    if policy.way is not Way.SUPPRESS:
        return ()
    quick = replace(policy, budget=min(policy.budget, FAST))
    published = _published(told, quick)
    before = _held(published)
    found = []
    for recoding in list(recodings(published))[:MOST_TRIED]:
        after = _after(recoding.to, quick)
        if after is not None:
            found.append(Suggestion(recoding, before, after))
    return best(found, limit)


def _published(told: TableSet, policy: Policy) -> Published:
    publication = publication_of(told)
    pattern = protect_counts(publication.told, policy)
    return Published.of(told, publication, pattern.hidden & publication.counts.keys())


def _held(published: Published) -> Held:
    """Each set of people once."""
    inner = {name for table in published.inner for _, name in table} - published.hidden
    counts = published.publication.counts
    return Held.of((counts[name] for name in sorted(inner)), len(published.hidden))


def _after(told: TableSet, policy: Policy) -> Held | None:
    """None where what came out is no publication."""
    try:
        return _held(_published(told, policy))
    except UserError:
        return None
